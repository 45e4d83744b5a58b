// SPDX-License-Identifier: GPL-2.0-or-later
// Who replies to what.
#include "store/ticket/reply_target.h"

#include "db/db.h"
#include "store/statements.h"

#include <string.h>

// The columns of STATEMENT_REPLY_TARGET: those of the help desk's rows. A ticket has its id, the message
// field's configuration and the canned text; an agent his id, username, first and last name, address and
// signature; a canned file its id, key and name.
enum { KIND, ID, NAME = 4, TRANSLATION, VALUE, STARTS_ON, STARTS_AT };

struct finding {
    struct arena *arena;
    struct reply_target *target;
};

static void take_agent(struct db_rows *rows, struct arena *arena, struct staff *staff) {
    if (staff->id) return;
    staff->id = db_rows_integer(rows, ID);
    staff->username = arena_copy(arena, db_rows_text(rows, NAME));
    staff->first_name = arena_copy(arena, db_rows_text(rows, TRANSLATION));
    staff->last_name = arena_copy(arena, db_rows_text(rows, VALUE));
    staff->email = arena_copy(arena, db_rows_text(rows, STARTS_ON));
    staff->signature = arena_copy(arena, db_rows_text(rows, STARTS_AT));
}

static void take_canned_file(struct db_rows *rows, struct arena *arena, struct reply_target *target) {
    struct stored_file *file =
        arena_append(arena, &target->canned_files, &target->canned_file_count, sizeof *file);
    if (file)
        stored_file_take(file, db_rows_integer(rows, ID), db_rows_text(rows, NAME),
                         arena_copy(arena, db_rows_text(rows, VALUE)));
}

static void take_row(struct db_rows *rows, void *context) {
    const struct finding *finding = context;
    struct reply_target *target = finding->target;
    struct text kind = db_rows_text(rows, KIND);
    if (text_equal(kind, TEXT("ticket"))) {
        target->ticket_id = db_rows_integer(rows, ID);
        target->message_field = arena_copy(finding->arena, db_rows_text(rows, VALUE));
        target->canned_text = arena_copy(finding->arena, db_rows_text(rows, STARTS_ON));
    } else if (text_equal(kind, TEXT("agent"))) {
        take_agent(rows, finding->arena, &target->staff);
    } else if (text_equal(kind, TEXT("canned file"))) {
        take_canned_file(rows, finding->arena, target);
    }
}

bool reply_target_find(struct db *db, struct text number, struct text username, int64_t canned_id,
                       struct arena *arena, struct reply_target *target, struct help_desk *help_desk,
                       struct error *error) {
    struct db_value canned = canned_id > 0 ? db_integer(canned_id) : db_text(TEXT_NULL);
    struct db_value values[] = {db_key(number), canned, db_key(username), canned};
    struct finding finding = {arena, target};
    struct help_desk_query query = {STATEMENT_REPLY_TARGET, values, 4, take_row, &finding};
    memset(target, 0, sizeof *target);
    return help_desk_load_by(db, &query, arena, help_desk, error);
}
