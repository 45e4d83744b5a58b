// SPDX-License-Identifier: GPL-2.0-or-later
// A new ticket as an answer.
#include "ops/open/answer.h"

#include "base/buffer.h"
#include "ops/read/ticket_fields.h"
#include "ops/read/ticket_read.h"
#include "store/idempotency.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_object.h"
#include "store/read/ticket_version.h"
#include "json/writer.h"

#define ANSWER_MAX (1 << 20)
// What is said of a ticket whose summary is too long to be remembered for an Idempotency-Key.
#define FIELDS_SHORT (TICKET_FIELD_BIT(id) | TICKET_FIELD_BIT(number))

struct answering {
    const struct creation *creation;
    struct ticket_object object;
    struct ticket_version version;
    struct view view;
};

static bool read_ticket(struct answering *answering, struct error *error) {
    const struct creation *creation = answering->creation;
    int found = ticket_object_read(creation->db, creation->ticket_id, answering->view, creation->arena,
                                   &answering->object, error);
    if (found > 0)
        found = ticket_version_read(creation->db, creation->ticket_id, false, answering->view.rules,
                                    &answering->version, error);
    if (found == 0) return error_set(error, ERROR_INTERNAL, "the ticket is gone though it was just made");
    return found > 0;
}

static void write_entry_id(const struct creation *creation, struct json_writer *json) {
    json_name(json, "entry_id");
    if (creation->message_id)
        json_integer(json, creation->message_id);
    else
        json_null(json);
}

static void write_events(const struct creation *creation, struct json_writer *json) {
    json_name(json, "events");
    json_open_array(json);
    for (size_t i = 0; i < creation->event_count; i++) json_string(json, creation->events[i].name);
    json_close_array(json);
}

static void write_members(const struct answering *answering, uint64_t fields, struct json_writer *json) {
    const struct creation *creation = answering->creation;
    json_open_object(json);
    json_name(json, "ticket");
    json_open_object(json);
    ticket_fields_write(json, &answering->object, fields, answering->view);
    json_close_object(json);
    write_entry_id(creation, json);
    write_events(creation, json);
    json_text_member(json, "version", text_of(answering->version.version));
    if (creation->draft->beside.is_rehearsal) {
        json_name(json, "dry_run");
        json_boolean(json, true);
    }
    json_text_member(json, "status_code", TEXT("0"));
    json_text_member(json, "status_msg", TEXT("success"));
    json_close_object(json);
}

static bool write(const struct answering *answering, uint64_t fields, struct buffer *text,
                  struct error *error) {
    struct output output;
    struct json_writer json;
    buffer_clear(text);
    output_to_buffer(&output, text);
    json_writer_init(&json, &output);
    write_members(answering, fields, &json);
    return (output_flush(&output) && !text->failed) || error_too_large(error);
}

bool open_answer(struct creation *creation, void *with, struct outcome *outcome, struct error *error) {
    const struct operation_context *context = creation->draft->context;
    struct answering answering = {.creation = creation, .view = view_of(context)};
    struct buffer text = buffer_new(ANSWER_MAX);
    (void)with;
    bool done = read_ticket(&answering, error) && write(&answering, TICKET_FIELDS_ALL, &text, error);
    if (done && context->idempotency && text.length > IDEMPOTENCY_ANSWER_MAX)
        done = write(&answering, FIELDS_SHORT, &text, error);
    outcome->kind = ANSWER_JSON;
    outcome->text = done ? arena_copy(creation->arena, buffer_text(&text)) : TEXT_NULL;
    buffer_free(&text);
    return done;
}
