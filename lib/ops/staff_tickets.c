// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/staffTickets?staffUserName=: the tickets assigned to an agent.
#include "ops/operations.h"
#include "ops/reading.h"
#include "store/people.h"
#include "store/ticket_rows.h"

static bool find_agent(struct operation_context *context, struct arena *arena, struct text username,
                       struct staff *staff, struct error *error) {
    int found = staff_by_username(context->db, username, arena, staff, error);
    if (found != 0) return found > 0;
    error_set(error, ERROR_NOT_FOUND, "there is no agent with this user name");
    return error_envelope(error, "tickets");
}

bool staff_tickets(struct operation_context *context, struct answer *answer, struct error *error) {
    struct arena arena = arena_new(REQUEST_ARENA_MAX);
    struct help_desk help_desk;
    struct db_rows *rows = NULL;
    struct staff staff;
    struct text username;
    bool done = reading_parameter(context, "staffUserName", &username, error) &&
                find_agent(context, &arena, username, &staff, error) &&
                help_desk_load(context->db, &arena, &help_desk, error) &&
                ticket_rows_of_staff(context->db, staff.id, true, &rows, error) &&
                reading_write_list(context, rows, &help_desk, answer, error);
    arena_free(&arena);
    return done;
}
