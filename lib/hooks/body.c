// SPDX-License-Identifier: GPL-2.0-or-later
// What a webhook is told of a change.
#include "hooks/body.h"

#include "base/output.h"
#include "ops/changes/change_writer.h"
#include "ops/read/entry_writer.h"
#include "ops/read/ticket_fields.h"
#include "ops/read/values.h"
#include "store/read/ticket_object.h"
#include "store/webhook/webhooks.h"
#include "json/writer.h"

#include <inttypes.h>
#include <string.h>

#define ENTRY_CHARACTERS 200000 // with which is begun where it is too long
#define LINE_MAX         (16 << 10)

static struct view view_of(const struct telling *telling) {
    return (struct view){.utc = true, .notes = true, .rules = telling->rules};
}

static bool has_part(const struct webhook *webhook, const char *part) {
    return text_find(webhook->parts, text_of(part), 0) >= 0;
}

static bool is_line(const struct webhook *webhook) {
    return !text_equal(webhook->format, TEXT("json"));
}

bool body_wants_ticket(const struct webhook *webhook) {
    return is_line(webhook) || has_part(webhook, "ticket");
}

bool body_wants_entry(const struct webhook *webhook, const struct change *change) {
    return change->lane == LANE_ENTRIES && !is_line(webhook) && has_part(webhook, "entry");
}

// ---- JSON

static void write_ticket(const struct telling *telling, struct json_writer *json,
                         const struct ticket_object *ticket) {
    json_name(json, "ticket");
    if (!ticket) {
        json_null(json);
        return;
    }
    struct ticket_object shown = *ticket;
    if (telling->rules) shown.parent = (struct named){0}; // nobody asked whether that one is seen
    json_open_object(json);
    ticket_fields_write(json, &shown, TICKET_FIELDS_ALL, view_of(telling));
    json_close_object(json);
}

static bool write_entry(const struct telling *telling, struct json_writer *json, const struct post *post,
                        struct error *error) {
    json_name(json, "entry");
    if (!post) {
        json_null(json);
        return true;
    }
    struct entry_writer writer = entry_writer_new(BODY_HTML, view_of(telling));
    json_open_object(json);
    bool done = entry_writer_write(&writer, post, json, error);
    json_close_object(json);
    entry_writer_free(&writer);
    return done;
}

// Ticket and post are the telling's, or less. False: too long, or the entry cannot be read.
static bool write_json(const struct telling *telling, const struct ticket_object *ticket,
                       const struct post *post, bool is_cut, struct buffer *out) {
    struct buffer body = buffer_new(HOOK_BODY_MAX);
    struct error error = {0};
    struct output output;
    struct json_writer json;
    output_to_buffer(&output, &body);
    json_writer_init(&json, &output);
    json_open_object(&json);
    json_text_member(&json, "type", text_of(change_type_name(telling->change->type)));
    json_integer_member(&json, "seq", telling->seq);
    json_name(&json, "change");
    change_as_json(&json, telling->change, NULL, view_of(telling));
    if (has_part(telling->webhook, "ticket")) write_ticket(telling, &json, ticket);
    bool done =
        !body_wants_entry(telling->webhook, telling->change) || write_entry(telling, &json, post, &error);
    if (is_cut) value_boolean(&json, "cut", true);
    json_close_object(&json);
    done = output_flush(&output) && done && !body.failed;
    if (done) buffer_add_text(out, buffer_text(&body));
    buffer_free(&body);
    return done;
}

// What is too long or cannot be read is told shorter: one change must not stop those behind it.
static bool write_fitting(const struct telling *telling, struct buffer *out, struct error *error) {
    struct post shorter;
    if (write_json(telling, telling->ticket, telling->post, false, out)) return true;
    for (size_t most = ENTRY_CHARACTERS; telling->post && most; most /= 2) {
        shorter = *telling->post;
        shorter.body = text_cut(shorter.body, most);
        if (write_json(telling, telling->ticket, &shorter, true, out)) return true;
    }
    return write_json(telling, telling->ticket, NULL, true, out) ||
           write_json(telling, NULL, NULL, true, out) ||
           error_set(error, ERROR_INTERNAL, "a change is too long to be told");
}

// ---- a line

static const char *const said[CHANGE_TYPE_COUNT] = {
    [CHANGE_CREATED] = "created",     [CHANGE_CLOSED] = "closed",
    [CHANGE_REOPENED] = "reopened",   [CHANGE_ASSIGNED] = "assigned",
    [CHANGE_RELEASED] = "released",   [CHANGE_TRANSFERRED] = "transferred",
    [CHANGE_REFERRED] = "referred",   [CHANGE_OVERDUE] = "overdue",
    [CHANGE_EDITED] = "edited",       [CHANGE_COLLAB] = "collaborators changed",
    [CHANGE_MERGED] = "merged",       [CHANGE_LINKED] = "linked",
    [CHANGE_UNLINKED] = "unlinked",   [CHANGE_DELETED] = "deleted",
    [CHANGE_MESSAGE] = "new message", [CHANGE_REPLY] = "replied",
    [CHANGE_NOTE] = "internal note",  [CHANGE_ENTRY_EDITED] = "text edited",
};

// What a chat would take for its own marks is shown as it is.
static void add_plain(struct text text, bool is_slack, struct buffer *out) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if ((unsigned char)c < ' ')
            buffer_add_char(out, ' ');
        else if (c == '&')
            buffer_add_string(out, "&amp;");
        else if (c == '<')
            buffer_add_string(out, "&lt;");
        else if (c == '>')
            buffer_add_string(out, "&gt;");
        else {
            if (!is_slack && strchr("\\`*_[]#|~", c)) buffer_add_char(out, '\\');
            buffer_add_char(out, c);
        }
    }
}

static void add_number(const struct telling *telling, bool is_slack, struct buffer *out) {
    const struct change *change = telling->change;
    struct text number = change->number.length ? change->number : TEXT("?");
    if (!telling->ticket || !telling->help_desk_url.length) {
        buffer_add_string(out, is_slack ? "#" : "\\#");
        add_plain(number, is_slack, out);
        return;
    }
    buffer_add_string(out, is_slack ? "<" : "[\\#");
    if (!is_slack) {
        add_plain(number, false, out);
        buffer_add_string(out, "](");
    }
    buffer_add_text(out, telling->help_desk_url);
    buffer_add_format(out, "/scp/tickets.php?id=%" PRId64, change->ticket_id);
    if (!is_slack) {
        buffer_add_char(out, ')');
        return;
    }
    buffer_add_string(out, "|#");
    add_plain(number, true, out);
    buffer_add_char(out, '>');
}

static void add_line(const struct telling *telling, bool is_slack, struct buffer *out) {
    const struct change *change = telling->change;
    add_number(telling, is_slack, out);
    if (telling->ticket && telling->ticket->subject.length) {
        buffer_add_char(out, ' ');
        add_plain(text_cut(telling->ticket->subject, 200), is_slack, out);
    }
    buffer_add_format(out, ": %s", said[change->type]);
    if (!change->actor_name.length) return;
    buffer_add_string(out, " by ");
    add_plain(text_cut(change->actor_name, 200), is_slack, out);
}

static bool write_text(struct text line, struct buffer *out, struct error *error) {
    struct output output;
    struct json_writer json;
    output_to_buffer(&output, out);
    json_writer_init(&json, &output);
    json_open_object(&json);
    json_text_member(&json, "text", line);
    json_close_object(&json);
    return (output_flush(&output) && !out->failed) ||
           error_set(error, ERROR_INTERNAL, "a change is too long to be told");
}

bool body_write(const struct telling *telling, struct buffer *out, struct error *error) {
    struct buffer line = buffer_new(LINE_MAX);
    if (!is_line(telling->webhook)) return write_fitting(telling, out, error);
    add_line(telling, text_equal(telling->webhook->format, TEXT("slack")), &line);
    bool done = write_text(buffer_text(&line), out, error);
    buffer_free(&line);
    return done;
}
