// SPDX-License-Identifier: GPL-2.0-or-later
// Variables of a ticket's thread.
#include "mail/variables/types.h"
#include "markup/escape.h"

#define THREAD_MAX (4 * 1024 * 1024)
#define MORE       "<p>(More is in the ticket: it is too long for a mail.)</p>"

static bool load_thread(struct variables *variables, const void *object, struct mail_entries *entries) {
    struct error error;
    if (mail_thread_load(variables->db, ((const struct mail_ticket *)object)->thread_id, variables->arena,
                         entries, &error))
        return true;
    variable_failed(variables, &error);
    return false;
}

static struct variable one_message(struct variables *variables, const void *object, bool last) {
    struct mail_entries entries;
    const struct mail_entry *found = NULL;
    if (!load_thread(variables, object, &entries)) return variable_of_text(TEXT_NULL);
    for (size_t i = 0; i < entries.count && (last || !found); i++)
        if (text_equal(entries.items[i].type, TEXT("M"))) found = &entries.items[i];
    return variable_of_object(&entry_type, found);
}

static struct variable original(struct variables *variables, const void *object) {
    return one_message(variables, object, false);
}

static struct variable last_message(struct variables *variables, const void *object) {
    return one_message(variables, object, true);
}

static void add_entry(struct variables *variables, const struct mail_entry *entry, struct buffer *out) {
    struct variable moment = variable_of_moment(variables, entry->created);
    buffer_add_string(out, "<p><strong>");
    markup_escape(entry->poster, out);
    buffer_add_string(out, "</strong> ");
    markup_escape(variable_resolve(variables, moment, TEXT_NULL).text, out);
    buffer_add_string(out, "</p>");
    buffer_add_text(out, variable_resolve(variables, variable_of_object(&entry_type, entry), TEXT_NULL).text);
    buffer_add_string(out, "<hr>");
}

// Whole entries as far as there is room.
static void add_entries(struct variables *variables, const struct mail_entries *entries, bool reversed,
                        struct buffer *out) {
    bool fits = true;
    for (size_t i = 0; fits && i < entries->count; i++) {
        struct buffer entry = buffer_new(THREAD_MAX - out->length);
        add_entry(variables, &entries->items[reversed ? entries->count - 1 - i : i], &entry);
        fits = !entry.failed;
        buffer_add_text(out, fits ? buffer_text(&entry) : TEXT(MORE));
        buffer_free(&entry);
    }
}

static struct variable whole_thread(struct variables *variables, const void *object, bool reversed) {
    struct mail_entries entries;
    struct buffer out = buffer_new(THREAD_MAX + sizeof MORE);
    if (load_thread(variables, object, &entries)) add_entries(variables, &entries, reversed, &out);
    return variable_of_buffer(variables, &out, true);
}

static struct variable thread_forward(struct variables *variables, const void *object) {
    return whole_thread(variables, object, false);
}

static struct variable thread_backward(struct variables *variables, const void *object) {
    return whole_thread(variables, object, true);
}

static const struct member complete_members[] = {{"reversed", thread_backward}, {NULL, NULL}};
static const struct object_type complete_type = {complete_members, thread_forward, NULL};

static struct variable complete(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_object(&complete_type, object);
}

static const struct member thread_members[] = {
    {"original", original},
    {"lastmessage", last_message},
    {"last_message", last_message},
    {"complete", complete},
    {NULL, NULL},
};

const struct object_type thread_type = {thread_members, thread_forward, NULL};
