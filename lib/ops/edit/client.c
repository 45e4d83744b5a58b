// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket's owner edits it, as in the portal: those answers that he sees and may edit. spec: operations.md
// 4.8; acting.md 7.3.
#include "ops/edit/answer_event.h"
#include "ops/edit/edit.h"
#include "ops/parameters.h"
#include "store/edit/client_target.h"

#define MEMBERS    "fields,user,format,dry_run,heed_lock"
#define FIELDS_MAX 200

struct client_edit {
    struct client_target from;
    struct answer_edits answers;
};

static bool no_ticket(struct error *error) {
    return error_set(error, ERROR_NOT_FOUND, "There is no such ticket");
}

static bool check_members(const struct act *act, struct error *error) {
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    while (json_next_member(act->body, &cursor, &name, &value)) {
        if (list_place(MEMBERS, name) >= 0) continue;
        error_set(error, ERROR_UNPROCESSABLE, "A client edits fields only");
        return error_field(error, name);
    }
    value = json_member(act->body, "fields");
    if (json_kind(value) == JSON_OBJECT && json_count(value) && json_count(value) <= FIELDS_MAX) return true;
    return act_refuse(ERROR_UNPROCESSABLE, "fields", error,
                      "fields: has to be an object with 1 to %d members", FIELDS_MAX);
}

// Of a key that sees a user's tickets this user.
static bool choose_user(const struct act *act, struct reference *user, struct error *error) {
    const struct key_rules *rules = &act->change.context->principal->rules;
    if (!act_reference(act, "user", user, error)) return false;
    if (rules->view == KEY_VIEW_ORGANIZATION)
        return error_set(error, ERROR_SCOPE, "Keys with an organization's view edit no tickets");
    if (rules->view == KEY_VIEW_USER && !reference_is_given(*user)) user->id = rules->view_id;
    return true;
}

static bool find_client(struct act *act, struct client_edit *edit, struct error *error) {
    struct change *change = &act->change;
    const struct key_rules *rules = &change->context->principal->rules;
    struct client_target *from = &edit->from;
    struct reference user = {0, TEXT_NULL};
    if (!choose_user(act, &user, error)) return false;
    int found = client_target_find(change->work.db, change->ticket_id, user.id, user.name, &change->arena,
                                   from, error);
    if (found < 0) return false;
    if (!found || (rules->view == KEY_VIEW_USER && from->user_id != rules->view_id)) return no_ticket(error);
    if (!from->user_id) return act_refuse(ERROR_UNPROCESSABLE, "user", error, "user: there is no such user");
    const struct client_row client = {from->user_id, from->name, from->address, from->has_account};
    change->actor = actor_client(&client, &change->help_desk, &change->arena);
    change->actor.username = change->actor.edits_as;
    return true;
}

static bool add_fields(struct act *act, struct answer_edits *answers, struct error *error) {
    void *cursor = NULL;
    struct text name;
    const struct json_value *value, *fields = json_member(act->body, "fields");
    while (json_next_member(fields, &cursor, &name, &value)) {
        struct input input;
        bool added;
        if (!input_of_json(value, &act->change.arena, &input, error) ||
            !answer_edits_add(answers, name, &input, &added, error))
            return false;
    }
    return true;
}

// Whoever else sees the ticket learns no more of it than a stranger.
static bool decide(struct act *act, void *operation, struct error *error) {
    struct client_edit *edit = operation;
    struct change *change = &act->change;
    struct answer_edits *answers = &edit->answers;
    answers->by_client = answers->told_together = true;
    if (change->ticket.owner_id != edit->from.user_id) return no_ticket(error);
    if (!answer_edits_open(&change->work, FORM_OF_TICKET, change->ticket.id, answers, error) ||
        !add_fields(act, answers, error) || !answer_edits_check_rest(answers, error))
        return false;
    if (!answers->count) return true;
    struct text data = answer_event_of_all(TEXT(""), answers, &change->arena);
    if (text_is_null(data)) return error_too_large(error);
    return answer_edits_tell(change, answers, error) && change_add_event(change, "edited", data, error);
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct client_edit *edit = operation;
    (void)act;
    return answer_edits_write(&edit->answers, error);
}

static void tell(struct act *act, void *operation, struct json_writer *json) {
    const struct client_edit *edit = operation;
    (void)act;
    json_name(json, "changed");
    json_open_array(json);
    if (edit->answers.count) json_string(json, "fields");
    json_close_array(json);
}

bool ticket_edit_by_client(struct act *act, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {.decide = decide, .write = write, .tell = tell};
    struct client_edit edit = {0};
    return check_members(act, error) && act_find(act, error) && find_client(act, &edit, error) &&
           act_run(act, &steps, &edit, answer, error);
}
