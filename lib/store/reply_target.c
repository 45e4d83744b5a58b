// SPDX-License-Identifier: GPL-2.0-or-later
// Who replies to what.
#include "store/reply_target.h"

#include "db/db.h"
#include "store/statements.h"

#include <string.h>

// The columns of STATEMENT_REPLY_TARGET.
enum { TICKET_ID, AGENT, MESSAGE_FIELD = AGENT + 6, CANNED_TEXT, CANNED_FILE };

static void take_canned_file(struct db_rows *rows, struct arena *arena, struct reply_target *target) {
    if (db_rows_is_null(rows, CANNED_FILE)) return;
    struct stored_file *file =
        arena_append(arena, &target->canned_files, &target->canned_file_count, sizeof *file);
    if (file) stored_file_take(rows, CANNED_FILE, arena, file);
}

bool reply_target_find(struct db *db, struct text number, struct text username, int64_t canned_id,
                       struct arena *arena, struct reply_target *target, struct error *error) {
    struct db_value canned = canned_id > 0 ? db_integer(canned_id) : db_text(TEXT_NULL);
    struct db_value values[] = {db_text(number), db_text(username), canned, canned};
    struct db_rows *rows;
    memset(target, 0, sizeof *target);
    if (!db_query(db, STATEMENT_REPLY_TARGET, values, 4, &rows, error)) return false;
    int found = db_rows_next(rows, error);
    if (found > 0) {
        target->ticket_id = db_rows_integer(rows, TICKET_ID);
        staff_take(rows, AGENT, arena, &target->staff);
        target->message_field = arena_copy(arena, db_rows_text(rows, MESSAGE_FIELD));
        target->canned_text = arena_copy(arena, db_rows_text(rows, CANNED_TEXT));
    }
    for (; found > 0; found = db_rows_next(rows, error)) take_canned_file(rows, arena, target);
    db_rows_close(&rows);
    return found == 0;
}
