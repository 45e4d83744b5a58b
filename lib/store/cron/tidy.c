// SPDX-License-Identifier: GPL-2.0-or-later
// What cron takes away.
#include "store/cron/tidy.h"

#include "db/db.h"
#include "store/row.h"
#include "store/statements.h"

bool cron_delete_locks(struct db *db, uint64_t *count, struct error *error) {
    return db_execute(db, STATEMENT_CRON_LOCKS, NULL, 0, count, NULL, error);
}

bool cron_delete_sessions(struct db *db, uint64_t *count, struct error *error) {
    return db_execute(db, STATEMENT_CRON_SESSIONS, NULL, 0, count, NULL, error);
}

bool cron_delete_tokens(struct db *db, int64_t seconds, uint64_t *count, struct error *error) {
    const struct db_value value = db_integer(seconds);
    return db_execute(db, STATEMENT_CRON_TOKENS, &value, 1, count, NULL, error);
}

bool cron_delete_logs(struct db *db, int64_t months, uint64_t *count, struct error *error) {
    const struct db_value value = db_integer(months);
    return db_execute(db, STATEMENT_CRON_LOGS, &value, 1, count, NULL, error);
}

struct old_drafts {
    int64_t count, last;
};

static void take_drafts(const struct row *row, void *into) {
    *(struct old_drafts *)into =
        (struct old_drafts){row_integer(row, OLD_DRAFTS), row_integer(row, OLD_DRAFTS_LAST)};
}

bool cron_delete_drafts(struct db *db, struct text today, uint64_t *count, struct error *error) {
    struct old_drafts old = {0};
    struct query query = QUERY(STATEMENT_CRON_OLD_DRAFTS, db_text(today));
    if (row_first(db, query, NULL, take_drafts, &old, error) < 0) return false;
    *count = (uint64_t)old.count;
    if (!old.count) return true;
    const struct db_value values[] = {db_integer(old.last), db_text(today)};
    if (!db_begin(db, error)) return false;
    if (db_execute(db, STATEMENT_CRON_DRAFT_FILES, values, 2, NULL, NULL, error) &&
        db_execute(db, STATEMENT_CRON_DRAFTS, values, 2, NULL, NULL, error))
        return db_commit(db, error);
    db_rollback(db);
    return false;
}

struct found_orphans {
    int64_t *ids;
    size_t *count;
};

static void take_orphan(const struct row *row, void *into) {
    struct found_orphans *found = into;
    if (*found->count < CRON_BITE_ROWS) found->ids[(*found->count)++] = row_integer(row, ORPHAN_ID);
}

bool cron_find_orphans(struct db *db, int64_t after, int64_t ids[CRON_BITE_ROWS], size_t *count,
                       struct error *error) {
    struct found_orphans found = {ids, count};
    *count = 0;
    return row_each(db, QUERY(STATEMENT_CRON_ORPHANS, db_integer(after)), NULL, take_orphan, &found, error);
}

bool cron_delete_orphan(struct db *db, int64_t id, bool *gone, struct error *error) {
    const struct db_value value = db_integer(id);
    uint64_t deleted = 0;
    *gone = false;
    if (!db_begin(db, error)) return false;
    bool done = db_execute(db, STATEMENT_CRON_ORPHAN_DELETE, &value, 1, &deleted, NULL, error);
    if (done && deleted) done = db_execute(db, STATEMENT_CRON_CHUNKS_DELETE, &value, 1, NULL, NULL, error);
    if (done && deleted) return (*gone = db_commit(db, error));
    db_rollback(db);
    return done;
}
