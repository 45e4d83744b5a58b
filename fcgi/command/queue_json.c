// SPDX-License-Identifier: GPL-2.0-or-later
// The queue as JSON.
#include "command/queue_json.h"

#include "mail/recipient_list.h"
#include "json/writer.h"

#include <stdlib.h>

static bool to_file(void *context, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, context) == length;
}

static void add_text_or_null(struct json_writer *json, const char *name, struct text text) {
    json_name(json, name);
    if (text_is_null(text))
        json_null(json);
    else
        json_text(json, text);
}

static void add_recipients(struct json_writer *json, const struct mail_row *row, struct arena *arena) {
    struct reply_mail_recipient *items = NULL;
    size_t count = 0;
    recipient_list_read(row->recipients, arena, &items, &count);
    json_name(json, "recipients");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        json_open_object(json);
        json_text_member(json, "address", items[i].address);
        json_text_member(json, "name", items[i].name);
        json_name(json, "copy");
        json_boolean(json, items[i].copy);
        json_close_object(json);
    }
    json_close_array(json);
}

static void add_mail(struct json_writer *json, const struct mail_row *row, bool whole, struct arena *arena) {
    json_open_object(json);
    json_integer_member(json, "id", row->id);
    json_text_member(json, "state", row->state);
    json_text_member(json, "kind", row->kind);
    add_text_or_null(json, "ticket_number", row->ticket_number);
    add_recipients(json, row, arena);
    json_name(json, "agents_to_alert");
    json_boolean(json, row->spread);
    json_integer_member(json, "attempts", row->attempts);
    json_name(json, "next_try_in");
    if (text_equal(row->state, TEXT("waiting")))
        json_integer(json, row->due_in > 0 ? row->due_in : 0);
    else
        json_null(json);
    add_text_or_null(json, "error", row->error);
    if (whole) {
        json_text_member(json, "message_id", row->message_id);
        add_text_or_null(json, "created", row->created);
        add_text_or_null(json, "finished", row->finished);
    }
    json_close_object(json);
}

static void add_counts(struct json_writer *json, const struct outbox_count *counts, size_t count) {
    int64_t oldest = -1;
    json_name(json, "counts");
    json_open_object(json);
    for (size_t i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)counts[i].state.length, counts[i].state.data);
        json_integer_member(json, name, counts[i].count);
        if (text_equal(counts[i].state, TEXT("waiting"))) oldest = counts[i].oldest;
    }
    json_close_object(json);
    json_name(json, "oldest_waiting");
    if (oldest < 0)
        json_null(json);
    else
        json_integer(json, oldest);
}

bool queue_json_list(const struct outbox_count *counts, size_t count_count, const struct mail_row *rows,
                     size_t count, struct arena *arena, FILE *out) {
    struct output *output = malloc(sizeof *output);
    struct json_writer json;
    if (!output) return false;
    output_init(output, to_file, out);
    json_writer_init(&json, output);
    json_open_object(&json);
    add_counts(&json, counts, count_count);
    json_name(&json, "mails");
    json_open_array(&json);
    for (size_t i = 0; i < count; i++)
        if (!text_equal(rows[i].state, TEXT("sent")) && !text_equal(rows[i].state, TEXT("dropped")))
            add_mail(&json, &rows[i], false, arena);
    json_close_array(&json);
    json_close_object(&json);
    output_add_char(output, '\n');
    bool done = output_flush(output);
    free(output);
    return done;
}

bool queue_json_mail(const struct mail_row *row, struct arena *arena, FILE *out) {
    struct output *output = malloc(sizeof *output);
    struct json_writer json;
    if (!output) return false;
    output_init(output, to_file, out);
    json_writer_init(&json, output);
    add_mail(&json, row, true, arena);
    output_add_char(output, '\n');
    bool done = output_flush(output);
    free(output);
    return done;
}
