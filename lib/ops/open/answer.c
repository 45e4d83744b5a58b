// SPDX-License-Identifier: GPL-2.0-or-later
// A new ticket as an answer.
#include "ops/open/answer.h"

#include "ops/read/client_view.h"
#include "ops/read/ticket_fields.h"
#include "ops/read/ticket_read.h"
#include "ops/success.h"
#include "store/read/ticket_field_names.h"
#include "store/read/ticket_version.h"
#include "store/ticket_view.h"

// What is said in short.
#define FIELDS_SHORT (TICKET_FIELD_BIT(id) | TICKET_FIELD_BIT(number))

struct answering {
    const struct creation *creation;
    struct ticket_object object;
    struct ticket_version version;
    struct view view;
};

static bool read_ticket(struct answering *answering, struct error *error) {
    const struct creation *creation = answering->creation;
    int found = versioned_ticket_read(creation->db, creation->ticket_id, answering->view, creation->arena,
                                      &answering->object, &answering->version, error);
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

// A client is not told what agents see of it.
static void write_events(const struct answering *answering, struct json_writer *json) {
    const struct creation *creation = answering->creation;
    bool of_client = ticket_view_is_client(answering->view.rules);
    json_name(json, "events");
    json_open_array(json);
    for (size_t i = 0; !of_client && i < creation->event_count; i++)
        json_string(json, creation->events[i].name);
    json_close_array(json);
}

static void write(const void *with, bool in_short, struct json_writer *json) {
    const struct answering *answering = with;
    const struct creation *creation = answering->creation;
    json_open_object(json);
    json_name(json, "ticket");
    json_open_object(json);
    ticket_fields_write(json, &answering->object,
                        client_view_fields(answering->view, in_short ? FIELDS_SHORT : TICKET_FIELDS_ALL),
                        answering->view);
    json_close_object(json);
    write_entry_id(creation, json);
    write_events(answering, json);
    json_text_member(json, "version", text_of(answering->version.version));
    if (creation->draft->beside.is_rehearsal) {
        json_name(json, "dry_run");
        json_boolean(json, true);
    }
    success_write(json);
    json_close_object(json);
}

bool open_answer(struct creation *creation, void *with, struct outcome *outcome, struct error *error) {
    const struct operation_context *context = creation->draft->context;
    struct answering answering = {.creation = creation, .view = view_of(context)};
    (void)with;
    return read_ticket(&answering, error) &&
           outcome_write(outcome, context, write, &answering, creation->arena, error);
}
