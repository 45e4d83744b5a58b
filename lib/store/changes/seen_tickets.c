// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets that are gone.
#include "store/changes/seen_tickets.h"

#include "store/changes/lanes.h"
#include "store/own_table.h"
#include "store/row.h"
#include "store/slots.h"
#include "store/statements.h"

// So many threads before the last known one may have come into sight since.
#define SEEN_OVERLAP 1000

struct finding {
    struct change **changes;
    size_t count;
};

static void take_ticket(const struct row *row, void *into) {
    const struct finding *finding = into;
    for (size_t i = 0; i < finding->count; i++) {
        struct change *change = finding->changes[i];
        if (change->thread_id != row_integer(row, SEEN_TICKET_THREAD)) continue;
        change->ticket_id = row_integer(row, SEEN_TICKET_ID);
        change->number = row_copy(row, SEEN_TICKET_NUMBER);
    }
}

static bool find(struct db *db, struct arena *arena, struct finding *finding, struct error *error) {
    struct db_value values[SLOT_COUNT];
    for (size_t i = 0; i < SLOT_COUNT; i++)
        values[i] = db_integer(i < finding->count ? finding->changes[i]->thread_id : 0);
    if (row_each(db, QUERY_OF(STATEMENT_SEEN_TICKETS, values), arena, take_ticket, finding, error))
        return true;
    if (!own_table_is_missing(error)) return false;
    error_clear(error);
    return true;
}

bool seen_tickets_find(struct db *db, struct arena *arena, struct change *changes, size_t count,
                       struct error *error) {
    struct change *gone[SLOT_COUNT];
    struct finding finding = {gone, 0};
    for (size_t i = 0; i < count; i++) {
        if (changes[i].ticket_is_gone && changes[i].thread_id) gone[finding.count++] = &changes[i];
        if (finding.count < SLOT_COUNT) continue;
        if (!find(db, arena, &finding, error)) return false;
        finding.count = 0;
    }
    return !finding.count || find(db, arena, &finding, error);
}

// Said so that somebody can mend it.
static bool explain(struct db *db, struct error *error) {
    if (!own_table_is_missing(error)) return false;
    error_set(error, ERROR_NOT_NATIVE, "This server does not remember deleted tickets");
    return error_detail(error, "the table fcgi_%sseen is missing: load schema/fcgi-seen.sql", db_prefix(db));
}

static void take_last(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, SEEN_LAST_THREAD);
}

bool seen_tickets_fill(struct db *db, int64_t most, uint64_t *added, struct error *error) {
    int64_t last = 0;
    *added = 0;
    if (row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_SEEN_LAST), NULL, take_last, &last, error) < 0)
        return explain(db, error);
    const struct db_value values[] = {db_integer(last - SEEN_OVERLAP), db_integer(most)};
    return db_execute(db, STATEMENT_SEE_TICKETS, values, 2, added, NULL, error) || explain(db, error);
}
