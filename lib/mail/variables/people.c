// SPDX-License-Identifier: GPL-2.0-or-later
// Variables of users and agents, their names and addresses.
#include "contact/phone.h"
#include "mail/ticket_link.h"
#include "mail/variables/types.h"

#include <string.h>

#define NAME_MAX_BYTES (PERSON_NAME_MAX * 4)

static struct variable formatted(struct variables *variables, const struct person_name *name,
                                 struct text format) {
    struct buffer out = buffer_new(NAME_MAX_BYTES);
    person_name_format(name, format, &out);
    return variable_of_buffer(variables, &out, false);
}

static struct variable user_name_self(struct variables *variables, const void *object) {
    struct text format = help_desk_config(variables->help_desk, "client_name_format");
    return formatted(variables, object, format.length ? format : TEXT("original"));
}

static struct variable agent_name_self(struct variables *variables, const void *object) {
    struct text format = help_desk_config(variables->help_desk, "agent_name_format");
    return formatted(variables, object, format.length ? format : TEXT("full"));
}

static struct variable name_other(struct variables *variables, const void *object, struct text leaf) {
    struct buffer out = buffer_new(NAME_MAX_BYTES);
    if (person_name_variable(object, leaf, &out)) return variable_of_buffer(variables, &out, false);
    buffer_free(&out);
    return (struct variable){.kind = VARIABLE_UNKNOWN};
}

const struct object_type name_type = {NULL, user_name_self, name_other};
const struct object_type agent_name_type = {NULL, agent_name_self, name_other};

struct variable variable_of_user_name(struct variables *variables, struct text name, struct text address) {
    struct person_name *parts = arena_take(variables->arena, sizeof *parts);
    if (!parts) return variable_of_text(TEXT_NULL);
    ptrdiff_t at = text_find(address, TEXT("@"), 0);
    person_name_split(name.length ? name : (struct text){address.data, at > 0 ? (size_t)at : 0}, parts);
    return variable_of_object(&name_type, parts);
}

static struct variable address_self(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(*(const struct text *)object);
}

static struct variable address_domain(struct variables *variables, const void *object) {
    (void)variables;
    struct text address = *(const struct text *)object;
    ptrdiff_t at = text_find(address, TEXT("@"), 0);
    if (at < 0) return variable_of_text(TEXT_NULL);
    return variable_of_text((struct text){address.data + at + 1, address.length - (size_t)at - 1});
}

static struct variable address_mailbox(struct variables *variables, const void *object) {
    (void)variables;
    struct text address = *(const struct text *)object;
    ptrdiff_t at = text_find(address, TEXT("@"), 0);
    return variable_of_text(at < 0 ? TEXT_NULL : (struct text){address.data, (size_t)at});
}

static struct variable address_personal(struct variables *variables, const void *object) {
    (void)variables, (void)object;
    return variable_of_text(TEXT_NULL);
}

static const struct member address_members[] = {
    {"email", address_self},
    {"address", address_self},
    {"domain", address_domain},
    {"host", address_domain},
    {"mailbox", address_mailbox},
    {"personal", address_personal},
    {NULL, NULL},
};

const struct object_type address_type = {address_members, address_self, NULL};

struct variable variable_of_address(struct variables *variables, struct text address) {
    struct text *copy = address.length ? arena_take(variables->arena, sizeof *copy) : NULL;
    if (copy) *copy = address;
    return variable_of_object(&address_type, copy);
}

static struct variable user_id(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_user *)object)->id);
}

static struct variable user_name(struct variables *variables, const void *object) {
    const struct mail_user *user = object;
    return variable_of_user_name(variables, user->name, user->address);
}

static struct variable user_self(struct variables *variables, const void *object) {
    return variable_resolve(variables, user_name(variables, object), TEXT_NULL);
}

static struct variable user_email(struct variables *variables, const void *object) {
    return variable_of_address(variables, ((const struct mail_user *)object)->address);
}

static struct variable user_answer(struct variables *variables, const void *object, struct text name) {
    const struct mail_user *user = object;
    return variable_of_answer(variables, variable_answers(variables, 'U', user->id), name);
}

static struct variable user_phone(struct variables *variables, const void *object) {
    struct variable found = user_answer(variables, object, TEXT("phone"));
    return found.kind == VARIABLE_UNKNOWN ? variable_of_text(TEXT_NULL) : found;
}

static struct variable user_organization(struct variables *variables, const void *object) {
    (void)variables;
    const struct mail_user *user = object;
    return variable_of_object(&organization_type, user->organization_id ? user : NULL);
}

static struct variable user_link(struct variables *variables, const void *object) {
    const struct mail_user *user = object;
    const struct mail_ticket *ticket = variables->roots->ticket;
    struct buffer out = buffer_new(4096);
    if (ticket) {
        struct ticket_link link = {variable_base_url(variables), ticket->id,
                                   ticket->created_text,         user->id,
                                   user->id == ticket->user_id,  variables->roots->link_with_token,
                                   variables->secret_salt};
        ticket_link(&link, &out);
    }
    return variable_of_buffer(variables, &out, false);
}

#define USER_MEMBERS                                                                                         \
    {"id", user_id}, {"name", user_name}, {"email", user_email}, {"phone", user_phone},                      \
        {"phone_number", user_phone}, {"organization", user_organization}, {                                 \
        "org", user_organization                                                                             \
    }

static struct variable collaborators_self(struct variables *variables, const void *object) {
    (void)variables, (void)object;
    return variable_of_text(TEXT("Collaborator"));
}

static struct variable collaborators_part(struct variables *variables, const void *object, struct text leaf) {
    (void)leaf;
    return collaborators_self(variables, object);
}

// name.first is the word as well.
static const struct object_type collaborators_name_type = {NULL, collaborators_self, collaborators_part};

static struct variable collaborators_name(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_object(&collaborators_name_type, object);
}

static const struct member user_members[] = {USER_MEMBERS, {NULL, NULL}};
static const struct member recipient_members[] = {USER_MEMBERS, {"ticket_link", user_link}, {NULL, NULL}};

static const struct member collaborators_members[] = {
    {"name", collaborators_name}, USER_MEMBERS, {"ticket_link", user_link}, {NULL, NULL}};

const struct object_type user_type = {user_members, user_self, user_answer};
const struct object_type recipient_type = {recipient_members, user_self, user_answer};
const struct object_type collaborators_type = {collaborators_members, collaborators_self, user_answer};

static struct variable organization_name(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_user *)object)->organization);
}

static struct variable organization_answer(struct variables *variables, const void *object,
                                           struct text name) {
    const struct mail_user *user = object;
    return variable_of_answer(variables, variable_answers(variables, 'O', user->organization_id), name);
}

static const struct member organization_members[] = {{"name", organization_name}, {NULL, NULL}};
const struct object_type organization_type = {organization_members, organization_name, organization_answer};

static struct variable agent_id(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_agent *)object)->id);
}

static struct variable agent_name(struct variables *variables, const void *object) {
    const struct mail_agent *agent = object;
    struct person_name *parts = arena_take(variables->arena, sizeof *parts);
    if (!parts) return variable_of_text(TEXT_NULL);
    person_name_of_agent(agent->first_name, agent->last_name, parts);
    return variable_of_object(&agent_name_type, parts);
}

static struct variable agent_self(struct variables *variables, const void *object) {
    return variable_resolve(variables, agent_name(variables, object), TEXT_NULL);
}

static struct variable agent_first(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_agent *)object)->first_name);
}

static struct variable agent_last(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_agent *)object)->last_name);
}

static struct variable agent_email(struct variables *variables, const void *object) {
    return variable_of_address(variables, ((const struct mail_agent *)object)->email);
}

static struct variable phone_number(struct variables *variables, struct text stored) {
    struct buffer out = buffer_new(1024);
    phone_format(stored, TEXT("us"), &out);
    return variable_of_buffer(variables, &out, false);
}

static struct variable agent_phone(struct variables *variables, const void *object) {
    return phone_number(variables, ((const struct mail_agent *)object)->phone);
}

static struct variable agent_mobile(struct variables *variables, const void *object) {
    return phone_number(variables, ((const struct mail_agent *)object)->mobile);
}

static struct variable agent_username(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_agent *)object)->username);
}

static struct variable agent_signature(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_html(((const struct mail_agent *)object)->signature);
}

static struct variable agent_timezone(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_agent *)object)->timezone);
}

static struct variable agent_department(struct variables *variables, const void *object) {
    return variable_of_department(variables, ((const struct mail_agent *)object)->dept_id);
}

static const struct member agent_members[] = {
    {"id", agent_id},
    {"name", agent_name},
    {"firstname", agent_first},
    {"lastname", agent_last},
    {"email", agent_email},
    {"phone", agent_phone},
    {"mobile", agent_mobile},
    {"username", agent_username},
    {"signature", agent_signature},
    {"timezone", agent_timezone},
    {"dept", agent_department},
    {NULL, NULL},
};

const struct object_type agent_type = {agent_members, agent_self, NULL};

struct variable variable_of_agent(struct variables *variables, int64_t staff_id) {
    struct mail_agent *row = staff_id ? arena_take(variables->arena, sizeof *row) : NULL;
    struct error error;
    int found = row ? mail_agent_load(variables->db, staff_id, variables->arena, row, &error) : 0;
    if (found < 0) return variable_failed(variables, &error);
    return variable_of_object(&agent_type, found ? row : NULL);
}
