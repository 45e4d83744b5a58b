// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/ticketInfo?ticketNumber=: one ticket by its number.
#include "base/arena.h"
#include "ops/operations.h"
#include "ops/reading.h"
#include "ops/ticket_writer.h"
#include "store/ticket_rows.h"

// Writes the ticket whose first row is at hand, and the rows that follow.
static bool write_ticket(struct ticket_writer *writer, struct ticket_row *row, struct db_rows *rows,
                         struct error *error) {
    int more = 1;
    if (!ticket_writer_open(writer, &row->ticket, error)) return false;
    for (; more > 0; more = ticket_rows_next(rows, row, error))
        if (row->has_entry && !ticket_writer_entry(writer, &row->entry, error)) return false;
    ticket_writer_close(writer);
    return more == 0;
}

static bool write_answer(struct operation_context *context, const struct help_desk *help_desk,
                         struct ticket_row *row, struct db_rows *rows, struct answer *answer,
                         struct error *error) {
    struct ticket_writer writer;
    bool done = true;
    answer->kind = ANSWER_JSON;
    ticket_writer_init(&writer, answer->output, context->settings->shape, false, help_desk);
    json_open_object(&writer.json);
    json_name(&writer.json, "ticket");
    // As PHP: a ticket whose status row is gone is there, but cannot be loaded.
    if (help_desk_status(help_desk, row->ticket.status_id))
        done = write_ticket(&writer, row, rows, error);
    else
        json_null(&writer.json);
    json_text_member(&writer.json, "status_code", TEXT("0"));
    json_text_member(&writer.json, "status_msg", TEXT("ticket details retrieved successfully"));
    json_close_object(&writer.json);
    ticket_writer_free(&writer);
    return done;
}

static bool not_found(struct text number, struct error *error) {
    return error_set(error, ERROR_NOT_FOUND,
                     text_is_numeric(number) ? "Ticket not found" : "Invalid ticket number");
}

bool ticket_info(struct operation_context *context, struct answer *answer, struct error *error) {
    struct arena arena = arena_new(REQUEST_ARENA_MAX);
    struct help_desk help_desk;
    struct db_rows *rows = NULL;
    struct ticket_row row;
    struct text number;
    bool done = reading_parameter(context, "ticketNumber", &number, error) &&
                help_desk_load(context->db, &arena, &help_desk, error) &&
                ticket_rows_by_number(context->db, number, true, &rows, error);
    if (done) {
        int found = ticket_rows_next(rows, &row, error);
        done = found > 0    ? write_answer(context, &help_desk, &row, rows, answer, error)
               : found == 0 ? not_found(number, error)
                            : false;
    }
    ticket_rows_close(&rows);
    arena_free(&arena);
    return done;
}
