// SPDX-License-Identifier: GPL-2.0-or-later
// Who runs the cron jobs, and for whom.
#include "store/cron/runs.h"

#include "db/db.h"
#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

#define CALLER_MAX 64

// Said so that somebody can mend it.
static bool explain(struct db *db, struct error *error) {
    if (!own_table_is_missing(error)) return false;
    error_set(error, ERROR_NOT_NATIVE, "This server is not set up for cron");
    return error_detail(error, "the table fcgi_%scron is missing: load schema/fcgi-cron.sql", db_prefix(db));
}

static bool change(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                   uint64_t *changed, struct error *error) {
    return db_execute(db, statement, values, count, changed, NULL, error) || explain(db, error);
}

bool cron_runs_ask(struct db *db, struct text caller, int64_t *call, struct error *error) {
    const struct db_value name = db_text(text_cut(caller, CALLER_MAX)), values[] = {name, name};
    uint64_t number = 0;
    if (!db_execute(db, STATEMENT_CRON_ASK, values, 2, NULL, &number, error)) return explain(db, error);
    *call = (int64_t)number;
    return true;
}

static void take_run(const struct row *row, void *into) {
    struct cron_state *state = into;
    state->asked = row_integer(row, CRON_RUN_ASKED);
    state->taken = row_integer(row, CRON_RUN_TAKEN);
    state->done = row_integer(row, CRON_RUN_DONE);
    state->age = row_is_null(row, CRON_RUN_AGE) ? -1 : row_integer(row, CRON_RUN_AGE);
    state->held = row_is_true(row, CRON_RUN_IS_HELD);
    state->lease = row_copy(row, CRON_RUN_LEASE);
    state->caller = row_copy(row, CRON_RUN_CALLER);
}

int cron_runs_look(struct db *db, struct arena *arena, struct cron_state *state, struct error *error) {
    *state = (struct cron_state){.age = -1};
    int found = row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_CRON_RUN), arena, take_run, state, error);
    return found < 0 ? explain(db, error) - 1 : found;
}

bool cron_runs_seed(struct db *db, struct error *error) {
    return change(db, STATEMENT_CRON_SEED, NULL, 0, NULL, error);
}

int cron_runs_claim(struct db *db, const char *lease, int64_t seconds, int64_t every, struct error *error) {
    const struct db_value values[] = {db_string(lease), db_integer(seconds), db_integer(every),
                                      db_integer(every)};
    uint64_t changed = 0;
    if (!change(db, STATEMENT_CRON_CLAIM, values, 4, &changed, error)) return -1;
    return changed > 0;
}

bool cron_runs_keep(struct db *db, const char *lease, int64_t seconds, struct error *error) {
    const struct db_value values[] = {db_integer(seconds), db_string(lease)};
    uint64_t changed = 0;
    if (!change(db, STATEMENT_CRON_KEEP, values, 2, &changed, error)) return false;
    return changed || error_set(error, ERROR_CONFLICT, "another process runs the jobs");
}

bool cron_runs_end(struct db *db, const char *lease, struct error *error) {
    const struct db_value value = db_string(lease);
    return change(db, STATEMENT_CRON_END, &value, 1, NULL, error);
}

bool cron_runs_free(struct db *db, const char *lease, struct error *error) {
    const struct db_value value = db_string(lease);
    return change(db, STATEMENT_CRON_FREE, &value, 1, NULL, error);
}
