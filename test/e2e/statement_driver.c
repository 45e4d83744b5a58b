// SPDX-License-Identifier: GPL-2.0-or-later
// Prepares every statement of the table as a worker does, on the help desk of a settings file, and prints a
// line for each that the database refuses: its number in the table, the database's words. For tests of what
// the tables may be like.
//
//     statement_driver CONFIG
#include "config/settings.h"
#include "db/db.h"
#include "store/statements.h"

#include <stdio.h>

int main(int count, char **arguments) {
    struct settings settings;
    struct error error = {0};
    if (count != 2 || !settings_load(arguments[1], &settings, &error)) return 2;
    struct db_settings database = {.socket = settings.database.socket,
                                   .user = settings.database.user,
                                   .password = settings.database.password,
                                   .database = settings.database.name,
                                   .prefix = settings.database.prefix};
    struct db *db = db_new(&database, statements, STATEMENT_COUNT);
    bool connected = db && db_connect(db, &error);
    if (!connected) fprintf(stderr, "%s: %s\n", error.message, error.detail);
    for (unsigned i = 0; connected && i < STATEMENT_COUNT; i++) {
        error_clear(&error);
        if (db_denies(db, i, &error) || error.code) printf("%u %s\n", i, error.detail);
    }
    db_free(&db);
    settings_free(&settings);
    return connected ? 0 : 1;
}
