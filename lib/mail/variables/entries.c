// SPDX-License-Identifier: GPL-2.0-or-later
// Variables of an entry of a thread: response, message, note, comments.
#include "mail/variables/types.h"
#include "markup/escape.h"

#define BODY_MAX (8 * 1024 * 1024) // what is made of it must stay below the 10 MB that markup/ takes
#define TOO_LONG TEXT("(This text is too long for a mail. It is in the ticket.)")

// As HTML; a text keeps its line breaks. "-" is how osTicket stores nothing.
static struct variable body(struct variables *variables, const void *object) {
    const struct mail_entry *entry = object;
    if (!entry->body.length || text_equal(entry->body, TEXT("-"))) return variable_of_text(TEXT("(empty)"));
    if (entry->body.length > BODY_MAX) return variable_of_text(TOO_LONG);
    if (!text_equal(entry->format, TEXT("text"))) return variable_of_html(entry->body);
    struct buffer out = buffer_new(BODY_MAX);
    buffer_add_string(&out, "<div style=\"white-space:pre-wrap\">");
    markup_escape_once(entry->body, &out);
    buffer_add_string(&out, "</div>");
    if (out.failed) { // escaping makes it longer
        buffer_free(&out);
        return variable_of_text(TOO_LONG);
    }
    return variable_of_buffer(variables, &out, true);
}

static struct variable poster(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_entry *)object)->poster);
}

static struct variable title(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_entry *)object)->title);
}

static struct variable id(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_entry *)object)->id);
}

static struct variable ip_address(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_entry *)object)->ip_address);
}

static struct variable created(struct variables *variables, const void *object) {
    return variable_of_moment(variables, ((const struct mail_entry *)object)->created);
}

static struct variable updated(struct variables *variables, const void *object) {
    return variable_of_moment(variables, ((const struct mail_entry *)object)->updated);
}

static struct variable staff(struct variables *variables, const void *object) {
    return variable_of_agent(variables, ((const struct mail_entry *)object)->staff_id);
}

static struct variable user(struct variables *variables, const void *object) {
    int64_t user_id = ((const struct mail_entry *)object)->user_id;
    struct mail_user *row = user_id ? arena_take(variables->arena, sizeof *row) : NULL;
    struct error error;
    int found = row ? mail_user_load(variables->db, user_id, variables->arena, row, &error) : 0;
    if (found < 0) return variable_failed(variables, &error);
    return variable_of_object(&user_type, found ? row : NULL);
}

// The files go with the mail by themselves, where the help desk sends attachments.
static struct variable files(struct variables *variables, const void *object) {
    (void)variables, (void)object;
    return variable_of_text(TEXT_NULL);
}

static const struct member entry_members[] = {
    {"body", body},
    {"message", body},
    {"poster", poster},
    {"title", title},
    {"id", id},
    {"staff", staff},
    {"user", user},
    {"create_date", created},
    {"files", files},
    {"update_date", updated},
    {"ip_address", ip_address},
    {NULL, NULL},
};

const struct object_type entry_type = {entry_members, body, NULL};
