// SPDX-License-Identifier: GPL-2.0-or-later
// What tables of things to be sent have in common.
#include "store/outbox/outbox.h"

#include "store/outbox/outbox_statements.h"
#include "store/row.h"

#define REASON_MAX 500

bool outbox_finish(struct db *db, const struct outbox *outbox, int64_t id, const char *lease,
                   const char *state, struct text reason, struct error *error) {
    const struct db_value values[] = {db_string(state), db_text(text_cut(reason, REASON_MAX)), db_integer(id),
                                      db_string(lease)};
    return db_execute(db, outbox->finish, values, 4, NULL, NULL, error);
}

bool outbox_postpone(struct db *db, const struct outbox *outbox, int64_t id, const char *lease,
                     int64_t seconds, struct text reason, bool counts, struct error *error) {
    const struct db_value values[] = {db_text(text_cut(reason, REASON_MAX)), db_integer(seconds),
                                      db_integer(counts ? 0 : 1), db_integer(id), db_string(lease)};
    return db_execute(db, outbox->postpone, values, 5, NULL, NULL, error);
}

bool outbox_purge(struct db *db, const struct outbox *outbox, int64_t days, uint64_t *purged,
                  struct error *error) {
    struct db_value value = db_integer(days);
    return db_execute(db, outbox->purge, &value, 1, purged, NULL, error);
}

static void take_count(const struct row *row, void *into) {
    struct outbox_count *count = into;
    count->state = row_copy(row, OUTBOX_COUNT_STATE);
    count->count = row_integer(row, OUTBOX_COUNT_COUNT);
    count->oldest = row_integer(row, OUTBOX_COUNT_OLDEST);
}

bool outbox_counts(struct db *db, const struct outbox *outbox, struct arena *arena,
                   struct outbox_count **counts, size_t *count, struct error *error) {
    *counts = NULL;
    *count = 0;
    return row_all(db, QUERY_WITHOUT_VALUES(outbox->counts), arena, take_count, ROW_LIST(counts, count),
                   error);
}

bool outbox_retry(struct db *db, const struct outbox *outbox, int64_t id, uint64_t *changed,
                  struct error *error) {
    const struct db_value values[] = {db_integer(id), db_integer(id)};
    return db_execute(db, outbox->retry, values, 2, changed, NULL, error);
}

bool outbox_drop(struct db *db, const struct outbox *outbox, int64_t id, uint64_t *changed,
                 struct error *error) {
    struct db_value value = db_integer(id);
    return db_execute(db, outbox->drop, &value, 1, changed, NULL, error);
}
