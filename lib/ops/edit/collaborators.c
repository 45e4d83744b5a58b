// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/collaborators.json, PATCH and DELETE …/collaborators/{id}.json: who takes part in a
// ticket beside its owner. {id} is the user's. spec: operations.md 4.9; acting.md 8, 11.
#include "ops/act/act.h"
#include "ops/change/client_message.h"
#include "ops/edit/person.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "store/create/rows.h"
#include "store/edit/edit_parties.h"

#define FIELDS_MAX 200
#define OWN_FIELDS 2 // email and name, in front of the further ones

struct participation {
    struct taking_part who;     // by the locked row
    bool active, in_copy;       // from now on
    int64_t user_id;            // of PATCH and DELETE
    struct person_maker person; // of POST
};

// Who may answer a ticket or edit it may bring people into it: it shows them what was written.
static bool may_change(const struct act *act, struct error *error) {
    if (act->agent && right_has(&act->change.around.agent, "ticket.reply")) return true;
    return act_needs(act, "ticket.edit", error);
}

static bool read_who(struct act *act, struct participation *participation, int64_t user_id,
                     struct error *error) {
    struct change *change = &act->change;
    int found = taking_part_read(change->work.db, change->ticket.thread_id, user_id, &change->arena,
                                 &participation->who, error);
    if (found == 0) error_set(error, ERROR_NOT_FOUND, "There is no such user");
    return found > 0;
}

static int64_t flags_of(const struct participation *participation) {
    return (participation->active ? COLLABORATOR_ACTIVE : 0) |
           (participation->in_copy ? COLLABORATOR_IN_COPY : 0);
}

static bool tell_event(struct act *act, const struct participation *participation, bool joins,
                       struct error *error) {
    const struct taking_part *who = &participation->who;
    return change_add_event(&act->change, "collab",
                            collaborator_event_data(joins, who->user_id, who->name, &act->change.arena),
                            error);
}

static void tell(struct act *act, void *operation, struct json_writer *json) {
    const struct participation *participation = operation;
    const struct taking_part *who = &participation->who;
    (void)act;
    json_name(json, "collaborator");
    json_open_object(json);
    json_name(json, "user");
    json_open_object(json);
    json_integer_member(json, "id", who->user_id);
    json_text_member(json, "name", who->name);
    json_text_member(json, "email", who->address);
    json_close_object(json);
    json_name(json, "active");
    json_boolean(json, participation->active);
    json_name(json, "cc");
    json_boolean(json, participation->in_copy);
    json_close_object(json);
}

// ---- adding

static bool may_create(const struct act *act, const struct participation *participation,
                       struct error *error) {
    if (!participation->person.is_new || !act->agent) return true;
    return right_is_granted(act->agent->permissions, "user.create") ||
           act_refuse(ERROR_DENIED, "email", error,
                      "The agent lacks the permission user.create, and nobody has this address");
}

static bool decide_addition(struct act *act, void *operation, struct error *error) {
    struct participation *participation = operation;
    struct person_maker *person = &participation->person;
    if (!may_change(act, error) || !may_create(act, participation, error)) return false;
    if (person->user_id && person->user_id == act->change.ticket.owner_id)
        return act_refuse(ERROR_CONFLICT, "email", error, "The ticket's owner cannot be a collaborator");
    if (!person_write(person, error)) return false;
    if (person->is_new && act->agent)
        participation->who = (struct taking_part){
            .user_id = person->user_id, .name = person->name, .address = person->address};
    else if (!read_who(act, participation, person->user_id, error))
        return false;
    if (participation->who.is_collaborator)
        return act_refuse(ERROR_CONFLICT, "email", error, "The user is a collaborator already");
    // Nobody in person brings agents into a ticket where the help desk keeps them out.
    if (!act->agent && participation->who.is_agent &&
        help_desk_switch(&act->change.help_desk, "disable_agent_collabs", false))
        participation->active = false;
    return tell_event(act, participation, true, error);
}

static bool write_addition(struct act *act, void *operation, struct error *error) {
    const struct participation *participation = operation;
    const struct new_collaborator row = {participation->who.user_id, flags_of(participation)};
    return collaborators_insert(act->change.work.db, act->change.ticket.thread_id, &row, 1, error);
}

static bool read_flags(const struct act *act, struct participation *participation, struct error *error) {
    return act_switch(act, "active", participation->active, &participation->active, error) &&
           act_switch(act, "cc", participation->in_copy, &participation->in_copy, error);
}

// What a new user's form is filled from: email, name, and further fields.
static bool read_fields(struct act *act, struct input *fields, struct error *error) {
    struct input further;
    struct arena *arena = &act->change.arena;
    struct text address, name;
    const struct json_value *given = json_member(act->body, "fields");
    *fields = (struct input){.kind = INPUT_MAP};
    if (given && json_kind(given) != JSON_NULL &&
        (json_kind(given) != JSON_OBJECT || json_count(given) > FIELDS_MAX))
        return act_refuse(ERROR_UNPROCESSABLE, "fields", error,
                          "fields: has to be an object with at most %d members", FIELDS_MAX);
    if (!act_text(act, "email", &address, error) || !act_text(act, "name", &name, error) ||
        !input_add_text(fields, "email", address, arena, error) ||
        !input_add_text(fields, "name", name, arena, error) || !input_of_json(given, arena, &further, error))
        return false;
    if (input_member(&further, TEXT("email")) || input_member(&further, TEXT("name")))
        return act_refuse(ERROR_UNPROCESSABLE, "fields", error,
                          "fields: email and name are members of their own");
    return input_add_members(fields, &further, arena, error);
}

static bool prepare_addition(struct act *act, struct participation *participation, struct error *error) {
    struct text address;
    struct input fields;
    participation->active = participation->in_copy = true;
    if (!act_text(act, "email", &address, error) || !read_flags(act, participation, error)) return false;
    address = text_trim(address);
    if (!address.length)
        return act_refuse(ERROR_UNPROCESSABLE, "email", error, "email is missing: the user's address");
    return read_fields(act, &fields, error) && act_find(act, error) &&
           person_open(&participation->person, act->change.context, &act->change.work, address, &fields,
                       error) &&
           (!participation->person.is_new ||
            person_check_fields(&participation->person, fields.members + OWN_FIELDS,
                                fields.count - OWN_FIELDS, error));
}

bool ticket_collaborator_add(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .created = true, .decide = decide_addition, .write = write_addition, .tell = tell};
    struct participation participation = {0};
    struct act act;
    bool done = act_open(&act, context, "email,name,fields,active,cc", error) &&
                prepare_addition(&act, &participation, error) &&
                act_run(&act, &steps, &participation, answer, error);
    person_close(&participation.person);
    act_close(&act);
    return done;
}

// ---- changing, removing

static bool find_present(struct act *act, struct participation *participation, struct error *error) {
    if (!may_change(act, error) || !read_who(act, participation, participation->user_id, error)) return false;
    return participation->who.is_collaborator ||
           act_refuse(ERROR_NOT_FOUND, NULL, error, "The user is no collaborator of this ticket");
}

static bool decide_change(struct act *act, void *operation, struct error *error) {
    struct participation *participation = operation;
    if (!find_present(act, participation, error)) return false;
    participation->active = participation->who.flags & COLLABORATOR_ACTIVE;
    participation->in_copy = participation->who.flags & COLLABORATOR_IN_COPY;
    return read_flags(act, participation, error);
}

static bool write_change(struct act *act, void *operation, struct error *error) {
    const struct participation *participation = operation;
    const struct taking_part *who = &participation->who;
    int64_t known = COLLABORATOR_ACTIVE | COLLABORATOR_IN_COPY;
    int64_t flags = (who->flags & ~known) | flags_of(participation);
    return flags == who->flags ||
           collaborator_update(act->change.work.db, act->change.ticket.thread_id, who->user_id, flags, error);
}

static bool decide_removal(struct act *act, void *operation, struct error *error) {
    struct participation *participation = operation;
    return find_present(act, participation, error) && tell_event(act, participation, false, error);
}

static bool write_removal(struct act *act, void *operation, struct error *error) {
    const struct participation *participation = operation;
    return collaborator_delete(act->change.work.db, act->change.ticket.thread_id, participation->user_id,
                               NULL, error);
}

static bool change_one(struct operation_context *context, const char *members, const struct act_steps *steps,
                       struct answer *answer, struct error *error) {
    struct participation participation = {.user_id = parameter_integer(context, "id", 0)};
    struct act act;
    bool done = act_open(&act, context, members, error) && act_find(&act, error) &&
                act_run(&act, steps, &participation, answer, error);
    act_close(&act);
    return done;
}

bool ticket_collaborator_change(struct operation_context *context, struct answer *answer,
                                struct error *error) {
    static const struct act_steps steps = {.decide = decide_change, .write = write_change, .tell = tell};
    return change_one(context, "active,cc", &steps, answer, error);
}

bool ticket_collaborator_remove(struct operation_context *context, struct answer *answer,
                                struct error *error) {
    static const struct act_steps steps = {.decide = decide_removal, .write = write_removal};
    return change_one(context, "", &steps, answer, error);
}
