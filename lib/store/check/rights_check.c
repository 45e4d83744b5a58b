// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the database's user may do all that this server does.
#include "store/check/rights_check.h"

#include "db/db.h"
#include "store/own_schema.h"
#include "store/statements.h"

#include <stdio.h>
#include <stdlib.h>

bool rights_check(const struct db_settings *settings, schema_report *report, void *context) {
    struct db *db = db_new(settings, statements, STATEMENT_COUNT);
    struct error error = {0};
    char finding[ERROR_DETAIL_MAX + 64];
    bool allowed = true;
    for (unsigned i = 0; db && allowed && i < STATEMENT_COUNT; i++)
        allowed = !statements[i] || !db_denies(db, i, &error);
    db_free(&db);
    if (allowed) return true;
    snprintf(finding, sizeof finding, "the database's user may not do all that is needed: %s", error.detail);
    struct own_schema_user user = own_schema_user_of(settings);
    char *mend = NULL;
    size_t length;
    FILE *memory = open_memstream(&mend, &length);
    if (memory) {
        own_schema_print_grant(&user, false, memory);
        fclose(memory);
    }
    report(context, SCHEMA_WRONG, finding, mend ? mend : "");
    free(mend);
    return false;
}
