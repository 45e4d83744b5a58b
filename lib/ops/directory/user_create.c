// SPDX-License-Identifier: GPL-2.0-or-later
// POST /users.json: a new user, by the contact form. spec: operations.md 5.2; acting.md 9; creating.md C.1.
#include "ops/directory/fields.h"
#include "ops/directory/name.h"
#include "ops/edit/person.h"
#include "ops/operations.h"

#define OWN_FIELDS 2 // email and name, behind the further ones

struct creation_of_user {
    struct person_maker person;
    struct reference organization; // neither: by the domain of the address
    bool without_organization;     // null
};

static bool write(struct directory_change *change, void *operation, struct error *error) {
    struct creation_of_user *creation = operation;
    struct person_maker *person = &creation->person;
    int64_t *organization_id = &person->draft.desk.user.organization_id;
    if (creation->without_organization) *organization_id = 0;
    if (reference_is_given(creation->organization) &&
        !directory_organization(change, creation->organization, organization_id, error))
        return false;
    if (!person_write(person, error)) return false;
    change->id = person->user_id;
    return true;
}

static bool add_text(const struct act *act, struct input *fields, const char *name, struct error *error) {
    struct text text;
    return act_text(act, name, &text, error) &&
           input_add_text(fields, name, text, act->change.work.arena, error);
}

static bool add_further(const struct act *act, struct input *fields, struct error *error) {
    struct input further;
    return directory_fields_read(act, &further, error) &&
           input_add_members(fields, &further, act->change.work.arena, error);
}

// As the panel keeps it, of what the form has let through.
static bool clean_name(struct directory_change *change, struct person_maker *person, struct error *error) {
    struct form_answers *answers = &person->draft.user_answers;
    for (size_t i = 0; i < answers->count; i++) {
        struct answer_value *answer = &answers->values[i];
        if (!text_equal_ignoring_case(answer->field->name, TEXT("name"))) continue;
        answer->value = directory_name(answer->value, change->act.change.work.arena);
        if (!answer->value.length)
            return act_refuse(ERROR_UNPROCESSABLE, "name", error, "Full Name is a required field");
    }
    return true;
}

static bool is_unknown(const struct person_maker *person, struct error *error) {
    return person->is_new ||
           act_refuse(ERROR_CONFLICT, "email", error, "Email is assigned to another user: %lld",
                      (long long)person->user_id);
}

static bool prepare(struct directory_change *change, struct creation_of_user *creation, struct error *error) {
    struct act *act = &change->act;
    struct input fields = {.kind = INPUT_MAP};
    struct text address, name;
    const struct json_value *organization = json_member(act->body, "organization");
    if (!act_text(act, "email", &address, error) || !act_text(act, "name", &name, error)) return false;
    if (!text_trim(address).length)
        return act_refuse(ERROR_UNPROCESSABLE, "email", error, "email is missing: the user's address");
    if (!text_trim(name).length)
        return act_refuse(ERROR_UNPROCESSABLE, "name", error, "name is missing: the user's name");
    creation->without_organization = organization && json_kind(organization) == JSON_NULL;
    return act_reference(act, "organization", &creation->organization, error) &&
           add_further(act, &fields, error) && add_text(act, &fields, "email", error) &&
           add_text(act, &fields, "name", error) && directory_change_find(change, error) &&
           person_open(&creation->person, act->change.context, &act->change.work, text_trim(address), &fields,
                       error) &&
           is_unknown(&creation->person, error) &&
           person_check_fields(&creation->person, fields.members, fields.count - OWN_FIELDS, error) &&
           clean_name(change, &creation->person, error);
}

bool user_create(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct directory_steps steps = {
        .kind = ITEM_USER, .right = "user.create", .creates = true, .write = write};
    struct creation_of_user creation = {0};
    struct directory_change change;
    bool done = directory_change_open(&change, context, &steps, "email,name,fields,organization", error) &&
                prepare(&change, &creation, error) && directory_change_run(&change, &creation, answer, error);
    person_close(&creation.person);
    directory_change_close(&change);
    return done;
}
