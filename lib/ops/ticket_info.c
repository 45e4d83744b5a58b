// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/ticketInfo?ticketNumber=: one ticket by its number.
#include "base/arena.h"
#include "ops/operations.h"
#include "ops/reading.h"
#include "ops/ticket/ticket_writer.h"
#include "store/read/ticket_rows.h"
#include "store/read/usual_ticket.h"

#include <strings.h>

static void begin(struct ticket_writer *writer, struct operation_context *context,
                  const struct help_desk *help_desk, struct answer *answer) {
    ticket_writer_init(writer, answer->output, context->settings, false, help_desk);
    json_open_object(&writer->json);
    json_name(&writer->json, "ticket");
}

static void end(struct ticket_writer *writer) {
    json_text_member(&writer->json, "status_code", TEXT("0"));
    json_text_member(&writer->json, "status_msg", TEXT("ticket details retrieved successfully"));
    json_close_object(&writer->json);
    ticket_writer_free(writer);
}

// Writes the ticket whose first row is at hand, and the rows that follow.
static bool write_rows(struct ticket_writer *writer, struct ticket_row *row, struct ticket_rows *rows,
                       struct error *error) {
    int more = 1;
    if (!ticket_writer_open(writer, &row->ticket, error)) return false;
    for (; more > 0; more = ticket_rows_next(rows, row, error))
        if (row->has_entry && !ticket_writer_entry(writer, &row->entry, error)) return false;
    ticket_writer_close(writer);
    return more == 0;
}

static bool write_answer(struct operation_context *context, const struct help_desk *help_desk,
                         struct ticket_row *row, struct ticket_rows *rows, struct answer *answer,
                         struct error *error) {
    struct ticket_writer writer;
    bool done = true;
    begin(&writer, context, help_desk, answer);
    // As PHP: a ticket whose status row is gone is there, but cannot be loaded.
    if (help_desk_status(help_desk, row->ticket.status_id))
        done = write_rows(&writer, row, rows, error);
    else
        json_null(&writer.json);
    end(&writer);
    return done;
}

static bool shows_notes(const struct operation_context *context) {
    return reading_shows_notes(context, NOTES_IN_TICKET_INFO);
}

static bool write_usual(struct operation_context *context, const struct usual_ticket *usual,
                        struct answer *answer, struct error *error) {
    struct ticket_writer writer;
    begin(&writer, context, &usual->help_desk, answer);
    bool done = ticket_writer_open(&writer, &usual->ticket, error);
    for (size_t i = 0; done && i < usual->count; i++) {
        if (!shows_notes(context) && text_equal(usual->entries[i].type, TEXT("N"))) continue;
        done = ticket_writer_entry(&writer, &usual->entries[i], error);
    }
    ticket_writer_close(&writer);
    end(&writer);
    return done;
}

static bool not_found(struct text number, struct error *error) {
    return error_set(error, ERROR_NOT_FOUND,
                     text_is_numeric(number) ? "Ticket not found" : "Invalid ticket number");
}

// A frame is kept or not by a setting that a usual ticket may come without.
static bool has_frame(const struct usual_ticket *usual) {
    static const char frame[] = "iframe";
    for (size_t i = 0; i < usual->count; i++) {
        struct text body = usual->entries[i].body;
        for (size_t k = 0; k + sizeof frame - 1 <= body.length; k++)
            if ((body.data[k] | 32) == 'i' && strncasecmp(body.data + k, frame, sizeof frame - 1) == 0)
                return true;
    }
    return false;
}

// The ticket in one round trip: 1 written, 0 not possible, -1 failure.
static int answer_usual(struct operation_context *context, struct arena *arena, struct answer *answer,
                        struct error *error) {
    struct usual_ticket usual;
    if (!context->subject) return 0;
    int read = usual_ticket_read(context->db, context->desk, context->subject->id, arena, &usual, error);
    if (read <= 0 || (!usual.knows_frames && has_frame(&usual))) return read < 0 ? -1 : 0;
    return write_usual(context, &usual, answer, error) ? 1 : -1;
}

static bool answer_any(struct operation_context *context, struct arena *arena, struct text number,
                       struct answer *answer, struct error *error) {
    struct help_desk help_desk;
    struct ticket_rows rows = {0};
    struct ticket_row row;
    bool done = help_desk_load_for_reading(context->db, arena, &help_desk, error) &&
                ticket_rows_by_number(context->db, number, shows_notes(context), &rows, error);
    if (done) {
        int found = ticket_rows_next(&rows, &row, error);
        done = found > 0    ? write_answer(context, &help_desk, &row, &rows, answer, error)
               : found == 0 ? not_found(number, error)
                            : false;
    }
    ticket_rows_close(&rows);
    return done;
}

bool ticket_info(struct operation_context *context, struct answer *answer, struct error *error) {
    struct arena arena = arena_new(REQUEST_ARENA_MAX);
    struct text number;
    if (!reading_parameter(context, "ticketNumber", &number, error)) return false;
    if (context->subject && !context->subject->id) return not_found(number, error);
    int answered = answer_usual(context, &arena, answer, error);
    bool done = answered > 0 || (answered == 0 && answer_any(context, &arena, number, answer, error));
    arena_free(&arena);
    return done;
}
