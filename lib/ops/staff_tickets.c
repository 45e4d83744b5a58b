// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/staffTickets?staffUserName=: the tickets assigned to an agent.
#include "ops/operations.h"
#include "ops/reading.h"
#include "store/people.h"
#include "store/read/ticket_rows.h"

static bool find_agent(struct operation_context *context, struct arena *arena, struct text username,
                       int64_t *staff_id, struct error *error) {
    struct staff staff = {.id = context->subject ? context->subject->id : 0};
    int found =
        context->subject ? staff.id != 0 : staff_by_username(context->db, username, arena, &staff, error);
    *staff_id = staff.id;
    if (found != 0) return found > 0;
    error_set(error, ERROR_NOT_FOUND, "there is no agent with this user name");
    return error_envelope(error, "tickets");
}

bool staff_tickets(struct operation_context *context, struct answer *answer, struct error *error) {
    struct arena arena = arena_new(REQUEST_ARENA_MAX);
    struct help_desk help_desk;
    struct ticket_rows rows;
    struct text username;
    struct ticket_list_wish wish = {.notes = reading_shows_notes(context, NOTES_IN_STAFF_TICKETS),
                                    .at_once = context->subject != NULL,
                                    .kept = context->desk,
                                    .help_desk = &help_desk,
                                    .arena = &arena};
    bool done = reading_parameter(context, "staffUserName", &username, error) &&
                find_agent(context, &arena, username, &wish.id, error) &&
                ticket_rows_of_staff(context->db, &wish, &rows, error) &&
                reading_write_list(context, &rows, &help_desk, answer, error);
    arena_free(&arena);
    return done;
}
