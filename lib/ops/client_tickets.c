// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/clientTickets?clientUserMail=: the tickets that a user owns.
#include "ops/operations.h"
#include "ops/reading.h"
#include "store/people.h"
#include "store/read/ticket_rows.h"

static bool find_user(struct operation_context *context, struct text address, int64_t *user_id,
                      struct error *error) {
    int found =
        context->subject ? context->subject->id != 0 : user_by_address(context->db, address, user_id, error);
    if (context->subject) *user_id = context->subject->id;
    if (found != 0) return found > 0;
    error_set(error, ERROR_NOT_FOUND, "there is no user with this e-mail address");
    return error_envelope(error, "tickets");
}

bool client_tickets(struct operation_context *context, struct answer *answer, struct error *error) {
    struct arena arena = arena_new(REQUEST_ARENA_MAX);
    struct help_desk help_desk;
    struct ticket_rows rows;
    struct text address;
    // Agents' notes are not for clients, unless the administrator says so.
    struct ticket_list_wish wish = {.notes = reading_shows_notes(context, NOTES_IN_CLIENT_TICKETS),
                                    .at_once = context->subject != NULL,
                                    .kept = context->desk,
                                    .help_desk = &help_desk,
                                    .arena = &arena};
    bool done = reading_parameter(context, "clientUserMail", &address, error) &&
                find_user(context, address, &wish.id, error) &&
                ticket_rows_of_user(context->db, &wish, &rows, error) &&
                reading_write_list(context, &rows, &help_desk, answer, error);
    arena_free(&arena);
    return done;
}
