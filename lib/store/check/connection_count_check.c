// SPDX-License-Identifier: GPL-2.0-or-later
// Workers against the connections that the database server allows.
#include "store/check/connection_count_check.h"

#include "store/row.h"
#include "store/statements.h"

#include <stdio.h>

#define BESIDE                                                                                               \
    4 // the mailer, the cron process, the one in which requests wait for changes, a worker's successor

static void judge(int64_t wanted, int64_t all, int64_t own, schema_report *report, void *context) {
    char finding[256], mend[256];
    snprintf(finding, sizeof finding,
             "the workers, the mailer and cron want %lld connections; the database server allows %lld, PHP's "
             "included",
             (long long)wanted, (long long)all);
    snprintf(mend, sizeof mend,
             "SET GLOBAL max_connections = %lld (and in the server's configuration), or set [server] workers",
             (long long)wanted * 2);
    if (wanted > all)
        report(context, SCHEMA_WRONG, finding, mend);
    else if (wanted * 4 > all * 3)
        report(context, SCHEMA_WARNING, finding, mend);
    if (!own || wanted <= own) return;
    snprintf(
        finding, sizeof finding,
        "the workers, the mailer and cron want %lld connections; the database server allows this user %lld",
        (long long)wanted, (long long)own);
    snprintf(mend, sizeof mend, "ALTER USER ... WITH MAX_USER_CONNECTIONS %lld, or set [server] workers",
             (long long)wanted * 2);
    report(context, SCHEMA_WRONG, finding, mend);
}

struct limits {
    int64_t of_all, of_user;
};

static void take_limits(const struct row *row, void *into) {
    *(struct limits *)into = (struct limits){row_integer(row, CHECK_CONNECTIONS_OF_ALL),
                                             row_integer(row, CHECK_CONNECTIONS_OF_USER)};
}

void connection_count_check(const struct db_settings *settings, unsigned workers, schema_report *report,
                            void *context) {
    struct db *db = db_new(settings, statements, STATEMENT_COUNT);
    struct query query = QUERY_WITHOUT_VALUES(STATEMENT_CHECK_CONNECTIONS);
    struct limits limits;
    struct error error = {0};
    if (db && row_first(db, query, NULL, take_limits, &limits, &error) > 0)
        judge((int64_t)workers + BESIDE, limits.of_all, limits.of_user, report, context);
    db_free(&db);
}
