// SPDX-License-Identifier: GPL-2.0-or-later
// What the reading operations share.
#include "ops/reading.h"
#include "ops/success.h"

#include "ops/ticket/ticket_writer.h"
#include "store/read/ticket_rows.h"

#define NO_TICKET (-1)

bool reading_parameter(const struct operation_context *context, const char *name, struct text *value,
                       struct error *error) {
    *value = context->parameter(context, name);
    if (value->length && !text_equal(*value, TEXT("0"))) return true;
    return error_set(error, ERROR_UNPROCESSABLE, "missing %s parameter ", name);
}

// Writes the rows as they come: what is held is one row, however long the list.
static bool write_tickets(struct ticket_writer *writer, struct ticket_rows *rows, struct error *error) {
    struct ticket_row row;
    int64_t open = NO_TICKET;
    int more;
    while ((more = ticket_rows_next(rows, &row, error)) > 0) {
        if (row.ticket.id != open) {
            if (open != NO_TICKET) ticket_writer_close(writer);
            if (!ticket_writer_open(writer, &row.ticket, error)) return false;
            open = row.ticket.id;
        }
        if (row.has_entry && !ticket_writer_entry(writer, &row.entry, error)) return false;
        if (writer->json.output->failed) return error_set(error, ERROR_ABORTED, "the client is gone");
    }
    if (open != NO_TICKET) ticket_writer_close(writer);
    return more == 0;
}

bool reading_shows_notes(const struct operation_context *context, enum notes_in where) {
    return context->settings->notes & where && !principal_hides_notes(context->principal);
}

bool reading_write_list(struct operation_context *context, struct ticket_rows *rows,
                        const struct help_desk *help_desk, struct answer *answer, struct error *error) {
    struct ticket_writer writer;
    ticket_writer_init(&writer, answer->output, context->settings, true, help_desk);
    json_open_object(&writer.json);
    json_name(&writer.json, "tickets");
    json_open_array(&writer.json);
    bool done = write_tickets(&writer, rows, error);
    json_close_array(&writer.json);
    success_write(&writer.json);
    json_close_object(&writer.json);
    ticket_writer_free(&writer);
    ticket_rows_close(rows);
    return done;
}
