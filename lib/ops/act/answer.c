// SPDX-License-Identifier: GPL-2.0-or-later
// What an action is answered with.
#include "ops/act/answer.h"

#include "ops/read/client_view.h"
#include "ops/read/ticket_fields.h"
#include "ops/read/ticket_read.h"
#include "store/idempotency.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_page.h"
#include "store/ticket_view.h"

#define ANSWER_MAX (1 << 20)
// What is said of a ticket whose summary is too long to be remembered for an Idempotency-Key.
#define FIELDS_SHORT (TICKET_FIELD_BIT(id) | TICKET_FIELD_BIT(number))

struct answering {
    struct act *act;
    struct ticket_object object;
    struct ticket_version version;
    struct view view;
    struct buffer text;
};

// Of whoever sees some tickets only it depends what is shown of one.
static int read_object(struct answering *answering, struct error *error) {
    struct change *change = &answering->act->change;
    struct db *db = change->work.db;
    int64_t id = change->ticket_id;
    return answering->view.rules
               ? ticket_page_one(db, id, answering->view, &change->arena, &answering->object, error)
               : ticket_object_read(db, id, answering->view, &change->arena, &answering->object, error);
}

static bool read_ticket(struct answering *answering, struct error *error) {
    struct change *change = &answering->act->change;
    struct db *db = change->work.db;
    int found = read_object(answering, error);
    if (found > 0)
        found = ticket_version_read(db, change->ticket_id, false, answering->view.rules, &answering->version,
                                    error);
    if (found == 0) return error_set(error, ERROR_INTERNAL, "the ticket is gone though it is locked");
    return found > 0;
}

static void write_entry_id(const struct act *act, struct json_writer *json) {
    const struct change *change = &act->change;
    json_name(json, "entry_id");
    if (change->entry_count)
        json_integer(json, change->entries[0]->id);
    else
        json_null(json);
}

// A client is told neither what agents see of it nor how many of them get mail.
static void write_events(const struct act *act, bool of_client, struct json_writer *json) {
    json_name(json, "events");
    json_open_array(json);
    for (size_t i = 0; !of_client && i < act->change.event_count; i++)
        json_string(json, act->change.events[i].name);
    json_close_array(json);
}

static void write_ticket(const struct answering *answering, uint64_t fields, struct json_writer *json) {
    json_name(json, "ticket");
    json_open_object(json);
    ticket_fields_write(json, &answering->object, client_view_fields(answering->view, fields),
                        answering->view);
    json_close_object(json);
}

static void write_members(struct answering *answering, uint64_t fields, struct json_writer *json) {
    const struct act *act = answering->act;
    bool stays = !act->steps->deletes, of_client = ticket_view_is_client(answering->view.rules);
    json_open_object(json);
    if (stays) write_ticket(answering, fields, json);
    if (stays) write_entry_id(act, json);
    write_events(act, of_client, json);
    json_integer_member(json, "mails", of_client ? 0 : (int64_t)act->mails);
    if (act->steps->tell) act->steps->tell(answering->act, act->operation, json);
    if (stays) json_text_member(json, "version", text_of(answering->version.version));
    if (act->is_rehearsal) {
        json_name(json, "dry_run");
        json_boolean(json, true);
    }
    json_text_member(json, "status_code", TEXT("0"));
    json_text_member(json, "status_msg", TEXT("success"));
    json_close_object(json);
}

static bool write(struct answering *answering, uint64_t fields, struct error *error) {
    struct output output;
    struct json_writer json;
    buffer_clear(&answering->text);
    output_to_buffer(&output, &answering->text);
    json_writer_init(&json, &output);
    write_members(answering, fields, &json);
    return (output_flush(&output) && !answering->text.failed) || error_too_large(error);
}

bool act_answer(struct act *act, struct outcome *outcome, struct error *error) {
    struct answering answering = {
        .act = act, .view = view_of(act->change.context), .text = buffer_new(ANSWER_MAX)};
    bool done = (act->steps->deletes || read_ticket(&answering, error)) &&
                write(&answering, TICKET_FIELDS_ALL, error);
    if (done && act->change.context->idempotency && answering.text.length > IDEMPOTENCY_ANSWER_MAX)
        done = write(&answering, FIELDS_SHORT, error);
    outcome->kind = ANSWER_JSON;
    outcome->created = act->steps->created;
    outcome->text = done ? arena_copy(&act->change.arena, buffer_text(&answering.text)) : TEXT_NULL;
    buffer_free(&answering.text);
    return done;
}
