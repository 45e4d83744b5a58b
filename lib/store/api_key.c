// SPDX-License-Identifier: GPL-2.0-or-later
// API keys.
#include "store/api_key.h"

#include "db/db.h"
#include "store/statements.h"

int api_key_find(struct db *db, struct text key, const char *address, struct api_key *api_key,
                 struct error *error) {
    struct db_value values[] = {db_text(key), db_string(address)};
    struct db_rows *rows;
    if (!db_query(db, STATEMENT_API_KEY, values, 2, &rows, error)) return -1;
    int found = db_rows_next(rows, error);
    if (found > 0) {
        api_key->id = db_rows_integer(rows, 0);
        api_key->active = db_rows_integer(rows, 1) != 0;
        api_key->can_create_tickets = db_rows_integer(rows, 2) != 0;
        api_key->can_exec_cron = db_rows_integer(rows, 3) != 0;
    }
    db_rows_close(&rows);
    return found;
}
