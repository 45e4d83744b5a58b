// SPDX-License-Identifier: GPL-2.0-or-later
// Variables of a ticket and its status.
#include "crypto/digest.h"
#include "mail/ticket_link.h"
#include "mail/variables/types.h"

#include <inttypes.h>

static const struct mail_user *owner(struct variables *variables) {
    return variables->roots->owner;
}

static struct variable number(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_ticket *)object)->number);
}

static struct variable id(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_ticket *)object)->id);
}

static struct variable answer(struct variables *variables, const void *object, struct text name) {
    const struct mail_ticket *ticket = object;
    return variable_of_answer(variables, variable_answers(variables, 'T', ticket->id), name);
}

// A ticket without a subject or priority has an empty one.
static struct variable known_answer(struct variables *variables, const void *object, struct text name) {
    struct variable found = answer(variables, object, name);
    return found.kind == VARIABLE_UNKNOWN ? variable_of_text(TEXT_NULL) : found;
}

static struct variable subject(struct variables *variables, const void *object) {
    return known_answer(variables, object, TEXT("subject"));
}

static struct variable priority(struct variables *variables, const void *object) {
    return known_answer(variables, object, TEXT("priority"));
}

static struct variable name(struct variables *variables, const void *object) {
    (void)object;
    const struct mail_user *user = owner(variables);
    return user ? variable_of_user_name(variables, user->name, user->address) : variable_of_text(TEXT_NULL);
}

static struct variable email(struct variables *variables, const void *object) {
    (void)object;
    const struct mail_user *user = owner(variables);
    return variable_of_address(variables, user ? user->address : TEXT_NULL);
}

static struct variable user(struct variables *variables, const void *object) {
    (void)object;
    return variable_of_object(&user_type, owner(variables));
}

static struct variable phone(struct variables *variables, const void *object) {
    (void)object;
    if (!owner(variables)) return variable_of_text(TEXT_NULL);
    struct variable found =
        variable_of_answer(variables, variable_answers(variables, 'U', owner(variables)->id), TEXT("phone"));
    return found.kind == VARIABLE_UNKNOWN ? variable_of_text(TEXT_NULL) : found;
}

static struct variable source(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_ticket *)object)->source);
}

static struct variable ip_address(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_ticket *)object)->ip_address);
}

static struct variable created(struct variables *variables, const void *object) {
    return variable_of_moment(variables, ((const struct mail_ticket *)object)->created);
}

static struct variable due(struct variables *variables, const void *object) {
    return variable_of_moment(variables, ((const struct mail_ticket *)object)->due);
}

static struct variable closed(struct variables *variables, const void *object) {
    const struct mail_ticket *ticket = object;
    bool is_closed = text_equal(ticket->state, TEXT("closed"));
    return variable_of_moment(variables, is_closed ? ticket->closed : 0);
}

static struct variable last_update(struct variables *variables, const void *object) {
    return variable_of_moment(variables, ((const struct mail_ticket *)object)->last_update);
}

static struct variable department(struct variables *variables, const void *object) {
    return variable_of_department(variables, ((const struct mail_ticket *)object)->dept_id);
}

static struct variable sla(struct variables *variables, const void *object) {
    return variable_of_sla(variables, ((const struct mail_ticket *)object)->sla_id);
}

static struct variable status(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_object(&status_type, object);
}

static struct variable thread(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_object(&thread_type, object);
}

static struct variable topic(struct variables *variables, const void *object) {
    struct mail_topic *row = arena_take(variables->arena, sizeof *row);
    struct error error;
    int found = row ? mail_topic_load(variables->db, ((const struct mail_ticket *)object)->topic_id,
                                      variables->arena, row, &error)
                    : 0;
    if (found < 0) return variable_failed(variables, &error);
    return variable_of_object(&topic_type, found ? row : NULL);
}

static struct variable team(struct variables *variables, const void *object) {
    struct mail_team *row = arena_take(variables->arena, sizeof *row);
    struct error error;
    int found = row ? mail_team_load(variables->db, ((const struct mail_ticket *)object)->team_id,
                                     variables->arena, row, &error)
                    : 0;
    if (found < 0) return variable_failed(variables, &error);
    return variable_of_object(&team_type, found ? row : NULL);
}

static struct variable staff(struct variables *variables, const void *object) {
    return variable_of_agent(variables, ((const struct mail_ticket *)object)->staff_id);
}

// Agent, else team; nobody once the ticket is closed.
static struct variable assignee(struct variables *variables, const void *object) {
    const struct mail_ticket *ticket = object;
    if (!text_equal(ticket->state, TEXT("open"))) return variable_of_text(TEXT_NULL);
    return ticket->staff_id ? staff(variables, object) : team(variables, object);
}

// "Agent/Team".
static struct variable assigned(struct variables *variables, const void *object) {
    struct buffer both = buffer_new(4096);
    struct text agent = variable_resolve(variables, staff(variables, object), TEXT_NULL).text;
    struct text group = variable_resolve(variables, team(variables, object), TEXT_NULL).text;
    buffer_add_text(&both, agent);
    if (agent.length && group.length) buffer_add_char(&both, '/');
    buffer_add_text(&both, group);
    return variable_of_buffer(variables, &both, false);
}

static struct variable client_link(struct variables *variables, const void *object) {
    struct buffer link = buffer_new(4096);
    buffer_add_text(&link, variable_base_url(variables));
    buffer_add_string(&link, "/view.php?t=");
    buffer_add_text(&link, ((const struct mail_ticket *)object)->number);
    return variable_of_buffer(variables, &link, false);
}

static struct variable staff_link(struct variables *variables, const void *object) {
    struct buffer link = buffer_new(4096);
    buffer_add_text(&link, variable_base_url(variables));
    buffer_add_format(&link, "/scp/tickets.php?id=%" PRId64, ((const struct mail_ticket *)object)->id);
    return variable_of_buffer(variables, &link, false);
}

// The token of osTicket's first releases, which it still knows.
static struct variable auth_token(struct variables *variables, const void *object) {
    char hex[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)];
    struct buffer data = buffer_new(4096);
    struct text address = owner(variables) ? owner(variables)->address : TEXT_NULL;
    buffer_add_format(&data, "%" PRId64, ((const struct mail_ticket *)object)->id);
    for (size_t i = 0; i < address.length; i++) {
        char c = address.data[i];
        buffer_add_char(&data, c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c);
    }
    buffer_add_text(&data, variables->secret_salt);
    bool done = !data.failed && digest_md5_hex(buffer_text(&data), hex);
    buffer_free(&data);
    return variable_of_text(done ? arena_copy(variables->arena, text_of(hex)) : TEXT_NULL);
}

// Owner and active collaborators.
static struct variable recipients(struct variables *variables, const void *object) {
    struct mail_collaborators found;
    struct mail_names names = {0};
    struct error error;
    const struct mail_user *first = owner(variables);
    if (!mail_collaborators_load(variables->db, ((const struct mail_ticket *)object)->thread_id,
                                 variables->arena, &found, &error))
        return variable_failed(variables, &error);
    for (size_t i = 0; i <= found.count; i++) {
        if (i == 0 && !first) continue;
        struct text *item = arena_append(variables->arena, &names.items, &names.count, sizeof *item);
        if (item) *item = i ? found.items[i - 1].name : first->name;
    }
    return variable_of_names(variables, &names);
}

static const struct member ticket_members[] = {
    {"number", number},
    {"id", id},
    {"subject", subject},
    {"name", name},
    {"email", email},
    {"phone", phone},
    {"phone_number", phone},
    {"user", user},
    {"owner", user},
    {"dept", department},
    {"topic", topic},
    {"status", status},
    {"priority", priority},
    {"source", source},
    {"ip", ip_address},
    {"ip_address", ip_address},
    {"sla", sla},
    {"create_date", created},
    {"due_date", due},
    {"duedate", due},
    {"close_date", closed},
    {"last_update", last_update},
    {"staff", staff},
    {"team", team},
    {"assigned", assigned},
    {"assignee", assignee},
    {"client_link", client_link},
    {"staff_link", staff_link},
    {"auth_token", auth_token},
    {"recipients", recipients},
    {"thread", thread},
    {NULL, NULL},
};

const struct object_type ticket_type = {ticket_members, number, answer};

static struct variable status_name(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_ticket *)object)->status);
}

static struct variable status_state(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_ticket *)object)->state);
}

static struct variable status_id(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_ticket *)object)->status_id);
}

static const struct member status_members[] = {
    {"name", status_name}, {"state", status_state}, {"id", status_id}, {NULL, NULL}};

const struct object_type status_type = {status_members, status_name, NULL};
