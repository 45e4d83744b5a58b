// SPDX-License-Identifier: GPL-2.0-or-later
// Workers against the connections that the database server allows.
#include "store/check/connection_count_check.h"

#include <stdio.h>

#define BESIDE 2 // the mailer, a worker's successor

enum { ASK_LIMITS, ASK_COUNT };

// of all users, of this one (0: no limit of its own)
static const char *const asks[ASK_COUNT] = {
    [ASK_LIMITS] = "SELECT @@global.max_connections,@@max_user_connections",
};

static void judge(int64_t wanted, int64_t all, int64_t own, schema_report *report, void *context) {
    char finding[256], mend[256];
    snprintf(
        finding, sizeof finding,
        "the workers and the mailer want %lld connections; the database server allows %lld, PHP's included",
        (long long)wanted, (long long)all);
    snprintf(mend, sizeof mend,
             "SET GLOBAL max_connections = %lld (and in the server's configuration), or set [server] workers",
             (long long)wanted * 2);
    if (wanted > all)
        report(context, SCHEMA_WRONG, finding, mend);
    else if (wanted * 4 > all * 3)
        report(context, SCHEMA_WARNING, finding, mend);
    if (!own || wanted <= own) return;
    snprintf(finding, sizeof finding,
             "the workers and the mailer want %lld connections; the database server allows this user %lld",
             (long long)wanted, (long long)own);
    snprintf(mend, sizeof mend, "ALTER USER ... WITH MAX_USER_CONNECTIONS %lld, or set [server] workers",
             (long long)wanted * 2);
    report(context, SCHEMA_WRONG, finding, mend);
}

void connection_count_check(const struct db_settings *settings, unsigned workers, schema_report *report,
                            void *context) {
    struct db *db = db_new(settings, asks, ASK_COUNT);
    struct db_rows *rows = NULL;
    struct error error = {0};
    if (db && db_query(db, ASK_LIMITS, NULL, 0, &rows, &error) && db_rows_next(rows, &error) > 0)
        judge((int64_t)workers + BESIDE, db_rows_integer(rows, 0), db_rows_integer(rows, 1), report, context);
    db_rows_close(&rows);
    db_free(&db);
}
