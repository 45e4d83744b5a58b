// SPDX-License-Identifier: GPL-2.0-or-later
// Durations out of rows.
#include "store/stats/ticket_times.h"

#include "store/read/ticket_source.h"
#include "store/row.h"
#include "store/stats/ticket_group_statements.h"

static void take_duration(const struct row *row, unsigned column, struct durations *durations) {
    if (row_is_null(row, column) || row_integer(row, column) < 0) return;
    durations->seconds[durations->count++] = row_integer(row, column);
}

// One ticket too many is none of those that are counted: it says that there are too many.
static void take_ticket(const struct row *row, void *into) {
    struct ticket_times *times = into;
    if (times->tickets++ >= TICKET_TIMES_MAX) return;
    take_duration(row, DURATION_TO_RESPONSE, &times->to_response);
    take_duration(row, DURATION_TO_END, &times->to_end);
}

bool ticket_times_read(struct db *db, const struct ticket_conditions *conditions, struct arena *arena,
                       struct ticket_times *times, struct error *error) {
    struct composed composed = composed_new();
    size_t room = TICKET_TIMES_MAX * sizeof *times->to_end.seconds;
    *times = (struct ticket_times){.to_response = {arena_take(arena, room), 0},
                                   .to_end = {arena_take(arena, room), 0}};
    if (arena->failed) return error_too_large(error);
    buffer_add_string(&composed.sql, "SELECT " COLUMNS(DURATION_COLUMNS));
    ticket_source_add(&composed, conditions, 0, NULL);
    buffer_add_string(&composed.sql, " LIMIT ?");
    composed_bind(&composed, db_integer(TICKET_TIMES_MAX + 1));
    if (!composed_run(db, &composed, ticket_conditions_search(&conditions->search), NULL, take_ticket, times,
                      error))
        return false;
    return times->tickets <= TICKET_TIMES_MAX ||
           error_set(error, ERROR_UNPROCESSABLE,
                     "More than %d tickets are like that: narrow them, as by created_since",
                     TICKET_TIMES_MAX);
}
