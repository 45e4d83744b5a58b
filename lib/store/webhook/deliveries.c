// SPDX-License-Identifier: GPL-2.0-or-later
// What waits to be told to webhooks, and what was.
#include "store/webhook/deliveries.h"

#include "base/buffer.h"
#include "store/outbox/outbox.h"
#include "store/row.h"
#include "store/statements.h"
#include "store/webhook/webhooks.h"

#include <string.h>

#define AT_ONCE_MAX   64
#define BYTES_AT_ONCE (4 << 20)
#define PURGED_MAX    5000
#define SQL_MAX       (16 << 10)
#define ONE_BODY_MAX  4096

// ---- adding

static void bind(const struct delivery *delivery, struct db_value values[DELIVERY_VALUES_COUNT]) {
    values[DELIVERY_VALUE_WEBHOOK] = db_integer(delivery->webhook_id);
    values[DELIVERY_VALUE_SEQ] = db_integer(delivery->seq);
    values[DELIVERY_VALUE_CHANGE] = db_text(delivery->change_id);
    values[DELIVERY_VALUE_TYPE] = db_text(delivery->type);
    values[DELIVERY_VALUE_TICKET] = db_integer(delivery->ticket_id);
    values[DELIVERY_VALUE_IS_NOTE] = db_integer(delivery->is_note);
    values[DELIVERY_VALUE_BODY] = db_text(delivery->body);
}

// How many go into the next statement: few numbers of rows, so that their texts stay prepared.
static size_t rows_at_once(const struct delivery *deliveries, size_t count) {
    static const size_t sizes[] = {AT_ONCE_MAX, 16, 4, 1};
    size_t bytes = 0, fit = 0;
    while (fit < count && fit < AT_ONCE_MAX && (!fit || bytes + deliveries[fit].body.length < BYTES_AT_ONCE))
        bytes += deliveries[fit++].body.length;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i] <= fit) return sizes[i];
    return 1;
}

static bool add_rows(struct db *db, const struct delivery *deliveries, size_t count, struct error *error) {
    struct db_value values[AT_ONCE_MAX * DELIVERY_VALUES_COUNT];
    struct buffer sql = buffer_new(SQL_MAX);
    buffer_add_string(&sql, DELIVERIES_INTO);
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(&sql, i ? "," DELIVERY_ROW : DELIVERY_ROW);
        bind(&deliveries[i], values + i * DELIVERY_VALUES_COUNT);
    }
    buffer_add_string(&sql, DELIVERIES_NOT_TWICE);
    bool done = db_execute_text(db, sql.data, values, count * DELIVERY_VALUES_COUNT, error);
    buffer_free(&sql);
    return done || webhook_explain(db, error);
}

bool deliveries_add(struct db *db, const struct delivery *deliveries, size_t count, struct error *error) {
    for (size_t i = 0, rows; i < count; i += rows) {
        rows = rows_at_once(deliveries + i, count - i);
        if (!add_rows(db, deliveries + i, rows, error)) return false;
    }
    return true;
}

bool deliveries_number(struct db *db, struct error *error) {
    return db_execute(db, STATEMENT_WEBHOOKS_COUNT_ON, NULL, 0, NULL, NULL, error);
}

static bool add_at_end(struct db *db, struct delivery *delivery, delivery_body *write, struct error *error) {
    struct arena arena = arena_new(1 << 20);
    struct buffer body = buffer_new(ONE_BODY_MAX);
    struct webhook webhook = {0};
    int found = webhook_lock(db, delivery->webhook_id, &arena, &webhook, error);
    delivery->seq = webhook.seq + 1;
    if (found > 0) write(webhook.format, delivery->seq, &body);
    delivery->body = buffer_text(&body);
    const struct db_value values[] = {db_integer(delivery->seq), db_integer(delivery->webhook_id)};
    bool done = found > 0 && add_rows(db, delivery, 1, error) &&
                db_execute(db, STATEMENT_WEBHOOK_COUNT_ON, values, 2, NULL, NULL, error);
    delivery->body = TEXT("");
    buffer_free(&body);
    arena_free(&arena);
    return done || (found == 0 && error_set(error, ERROR_NOT_FOUND, "There is no such webhook"));
}

static void take_id(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, DELIVERY_NAMED);
}

bool delivery_add_one(struct db *db, struct delivery *delivery, delivery_body *write, struct error *error) {
    return add_at_end(db, delivery, write, error) &&
           row_first(db,
                     QUERY(STATEMENT_DELIVERY_OF_CHANGE, db_integer(delivery->webhook_id),
                           db_key(delivery->change_id)),
                     NULL, take_id, &delivery->id, error) >= 0;
}

// ---- reading

static void take_delivery(const struct row *row, void *into) {
    struct delivery *delivery = into;
    *delivery = (struct delivery){
        .id = row_integer(row, DELIVERY_ID),
        .webhook_id = row_integer(row, DELIVERY_WEBHOOK),
        .seq = row_integer(row, DELIVERY_SEQ),
        .change_id = row_copy(row, DELIVERY_CHANGE),
        .type = row_copy(row, DELIVERY_TYPE),
        .ticket_id = row_integer(row, DELIVERY_TICKET),
        .is_note = row_is_true(row, DELIVERY_IS_NOTE),
        .body = row_copy(row, DELIVERY_BODY),
        .attempts = row_integer(row, DELIVERY_ATTEMPTS),
        .due_in = row_integer(row, DELIVERY_DUE_IN),
        .state = row_copy(row, DELIVERY_STATE),
        .status = row_integer(row, DELIVERY_STATUS),
        .error = row_copy(row, DELIVERY_ERROR),
        .created = row_copy(row, DELIVERY_CREATED),
        .finished = row_copy(row, DELIVERY_FINISHED),
    };
}

bool deliveries_waiting(struct db *db, int64_t webhook_id, int64_t most, struct arena *arena,
                        struct delivery **deliveries, size_t *count, struct error *error) {
    *deliveries = NULL;
    *count = 0;
    if (!row_all(db, QUERY(STATEMENT_DELIVERIES_WAITING, db_integer(webhook_id), db_integer(most)), arena,
                 take_delivery, ROW_LIST(deliveries, count), error))
        return webhook_explain(db, error);
    // The last of those that are there is not whole where the arena is full.
    if (arena->failed && *count) --*count;
    return *count || !arena->failed || error_too_large(error);
}

bool deliveries_list(struct db *db, int64_t webhook_id, int64_t before, int64_t most, struct arena *arena,
                     struct delivery **deliveries, size_t *count, struct error *error) {
    *deliveries = NULL;
    *count = 0;
    if (!row_all(db,
                 QUERY(STATEMENT_DELIVERIES_LISTED, db_integer(webhook_id), db_integer(before),
                       db_integer(before), db_integer(most)),
                 arena, take_delivery, ROW_LIST(deliveries, count), error))
        return webhook_explain(db, error);
    return !arena->failed || error_too_large(error);
}

int delivery_read(struct db *db, int64_t webhook_id, int64_t id, struct arena *arena,
                  struct delivery *delivery, struct error *error) {
    int found = row_first(db, QUERY(STATEMENT_DELIVERY_ONE, db_integer(webhook_id), db_integer(id)), arena,
                          take_delivery, delivery, error);
    return found < 0 ? webhook_explain(db, error) - 1 : found;
}

bool deliveries_counts(struct db *db, struct arena *arena, struct outbox_count **counts, size_t *count,
                       struct error *error) {
    return outbox_counts(db, &OUTBOX(DELIVERY), arena, counts, count, error) || webhook_explain(db, error);
}

// ---- what became of them

static bool book_sent(struct db *db, const int64_t *ids, size_t count, int64_t status, const char *lease,
                      struct error *error) {
    static const size_t sizes[] = {1, 8, AT_ONCE_MAX};
    struct db_value values[AT_ONCE_MAX + 2] = {db_integer(status), db_string(lease)};
    struct buffer sql = buffer_new(SQL_MAX);
    size_t places = AT_ONCE_MAX;
    for (size_t i = sizeof sizes / sizeof *sizes; i-- > 0;)
        if (sizes[i] >= count) places = sizes[i];
    buffer_add_string(&sql, DELIVERIES_SENT_AMONG);
    // Places that are left over name the last id again.
    for (size_t i = 0; i < places; i++) {
        buffer_add_string(&sql, i ? ",?" : "?");
        values[i + 2] = db_integer(ids[i < count ? i : count - 1]);
    }
    buffer_add_char(&sql, ')');
    bool done = db_execute_text(db, sql.data, values, places + 2, error);
    buffer_free(&sql);
    return done;
}

bool deliveries_sent(struct db *db, const int64_t *ids, size_t count, int64_t status, const char *lease,
                     struct error *error) {
    for (size_t i = 0; i < count; i += AT_ONCE_MAX) {
        size_t some = count - i < AT_ONCE_MAX ? count - i : AT_ONCE_MAX;
        if (!book_sent(db, ids + i, some, status, lease, error)) return false;
    }
    return true;
}

static bool book_try(struct db *db, int64_t id, int64_t status, struct error *error) {
    const struct db_value values[] = {db_integer(status), db_integer(id)};
    return db_execute(db, STATEMENT_DELIVERY_TRIED, values, 2, NULL, NULL, error);
}

bool delivery_postpone(struct db *db, int64_t id, int64_t status, int64_t seconds, struct text reason,
                       const char *lease, struct error *error) {
    return book_try(db, id, status, error) &&
           outbox_postpone(db, &OUTBOX(DELIVERY), id, lease, seconds, reason, true, error);
}

bool delivery_finish(struct db *db, int64_t id, int64_t status, const char *state, struct text reason,
                     const char *lease, struct error *error) {
    return book_try(db, id, status, error) &&
           outbox_finish(db, &OUTBOX(DELIVERY), id, lease, state, reason, error);
}

bool delivery_retry(struct db *db, int64_t id, uint64_t *changed, struct error *error) {
    return outbox_retry(db, &OUTBOX(DELIVERY), id, changed, error) || webhook_explain(db, error);
}

bool delivery_drop(struct db *db, int64_t id, uint64_t *changed, struct error *error) {
    return outbox_drop(db, &OUTBOX(DELIVERY), id, changed, error) || webhook_explain(db, error);
}

bool deliveries_purge(struct db *db, int64_t days, bool *more, struct error *error) {
    const struct db_value value = db_integer(days);
    uint64_t finished = 0, forgotten = 0;
    if (!outbox_purge(db, &OUTBOX(DELIVERY), days, &finished, error) ||
        !db_execute(db, STATEMENT_DELIVERIES_FORGOTTEN, &value, 1, &forgotten, NULL, error))
        return webhook_explain(db, error);
    *more = finished == PURGED_MAX || forgotten == PURGED_MAX;
    return true;
}
