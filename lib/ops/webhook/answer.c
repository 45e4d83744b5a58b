// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks and deliveries as clients are told them.
#include "ops/webhook/answer.h"

#include "base/words.h"
#include "ops/parameters.h"
#include "ops/read/values.h"

static const struct view in_utc = {.utc = true};

// "a,b" as ["a","b"]; an empty one as null. Of numbers those alone: who writes into the table by hand breaks
// no client.
static void write_list(struct json_writer *json, const char *name, struct text list, bool of_numbers) {
    struct text word;
    int64_t number;
    json_name(json, name);
    if (!list.length) {
        json_null(json);
        return;
    }
    json_open_array(json);
    while (list_next(&list, &word)) {
        if (!of_numbers)
            json_text(json, word);
        else if (text_to_int64(word, &number))
            json_integer(json, number);
    }
    json_close_array(json);
}

static void write_number_or_null(struct json_writer *json, const char *name, bool is_there, int64_t number) {
    json_name(json, name);
    if (is_there)
        json_integer(json, number);
    else
        json_null(json);
}

void webhook_write(struct json_writer *json, const struct webhook *webhook, struct text secret) {
    json_open_object(json);
    json_integer_member(json, "id", webhook->id);
    json_text_member(json, "url", webhook->url);
    write_list(json, "types", webhook->types, false);
    json_name(json, "filter");
    json_open_object(json);
    write_list(json, "department", webhook->departments, true);
    value_boolean(json, "private_entries", webhook->private_entries);
    json_close_object(json);
    json_text_member(json, "format", webhook->format);
    write_list(json, "include", webhook->parts, false);
    value_boolean(json, "active", webhook->is_on);
    json_text_member(json, "reason", webhook->is_on || !webhook->reason.length ? TEXT_NULL : webhook->reason);
    json_integer_member(json, "seq", webhook->seq);
    write_number_or_null(json, "failing_for", webhook->failing >= 0, webhook->failing);
    value_time(json, "created", webhook->created, in_utc);
    value_time(json, "updated", webhook->updated, in_utc);
    if (!text_is_null(secret)) json_text_member(json, "secret", secret);
    json_close_object(json);
}

void delivery_write(struct json_writer *json, const struct delivery *delivery) {
    bool waits = text_equal(delivery->state, TEXT("waiting"));
    json_open_object(json);
    json_integer_member(json, "id", delivery->id);
    json_integer_member(json, "seq", delivery->seq);
    json_text_member(json, "change_id", delivery->change_id);
    json_text_member(json, "type", delivery->type);
    write_number_or_null(json, "ticket_id", delivery->ticket_id > 0, delivery->ticket_id);
    json_text_member(json, "state", delivery->state);
    json_integer_member(json, "attempts", delivery->attempts);
    write_number_or_null(json, "status", delivery->status > 0, delivery->status);
    json_text_member(json, "error", delivery->error);
    write_number_or_null(json, "next_try_in", waits, delivery->due_in > 0 ? delivery->due_in : 0);
    value_time(json, "created", delivery->created, in_utc);
    value_time(json, "finished", delivery->finished, in_utc);
    json_close_object(json);
}
