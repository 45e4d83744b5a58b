// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets that are gone.
#include "store/changes/seen_tickets.h"

#include "store/changes/lanes.h"
#include "store/own_table.h"
#include "store/row.h"
#include "store/row_batch.h"
#include "store/slots.h"
#include "store/statements.h"
#include "store/transaction.h"

// So many threads before the last known one may have come into sight since.
#define SEEN_OVERLAP 1000
#define FILL_ARENA   (4 << 20)

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

struct fresh {
    struct db_value *values; // SEEN_VALUES for each
    size_t count;
};

static void take_fresh(const struct row *row, void *into) {
    struct fresh *fresh = into;
    struct db_value *values = fresh->values + fresh->count++ * SEEN_VALUES_COUNT;
    struct text number = row_copy(row, SEEN_NEW_NUMBER);
    values[SEEN_VALUE_THREAD] = db_integer(row_integer(row, SEEN_NEW_THREAD));
    values[SEEN_VALUE_TICKET] = db_integer(row_integer(row, SEEN_NEW_TICKET));
    values[SEEN_VALUE_NUMBER] = db_text(text_is_null(number) ? TEXT("") : number);
}

static bool add(struct db *db, const struct fresh *fresh, struct error *error) {
    bool done =
        transaction_begin(db, error) &&
        row_batch_insert(db, STATEMENT_SEE_TICKET, fresh->values, SEEN_VALUES_COUNT, fresh->count, error) &&
        transaction_commit(db, error);
    if (!done) transaction_rollback(db);
    return done;
}

static bool fill(struct db *db, size_t most, struct arena *arena, struct fresh *fresh, struct error *error) {
    int64_t last = 0;
    fresh->values = arena_take(arena, most * SEEN_VALUES_COUNT * sizeof *fresh->values);
    if (!fresh->values) return error_too_large(error);
    if (row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_SEEN_LAST), NULL, take_last, &last, error) < 0)
        return false;
    struct query query =
        QUERY(STATEMENT_SEEN_NEW, db_integer(last - SEEN_OVERLAP), db_integer((int64_t)most));
    if (!row_each(db, query, arena, take_fresh, fresh, error)) return false;
    if (arena->failed) return error_too_large(error);
    return !fresh->count || add(db, fresh, error);
}

bool seen_tickets_fill(struct db *db, size_t most, size_t *added, struct error *error) {
    struct arena arena = arena_new(FILL_ARENA);
    struct fresh fresh = {0};
    bool done = fill(db, most, &arena, &fresh, error) || explain(db, error);
    *added = done ? fresh.count : 0;
    arena_free(&arena);
    return done;
}
