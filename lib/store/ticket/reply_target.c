// SPDX-License-Identifier: GPL-2.0-or-later
// Who replies to what.
#include "store/ticket/reply_target.h"

#include "store/row.h"
#include "store/statements.h"

#include <string.h>

static void take_ticket(const struct row *row, void *into) {
    struct reply_target *target = into;
    target->ticket_id = row_integer(row, REPLY_TICKET_ID);
    target->message_field = row_copy(row, REPLY_TICKET_MESSAGE_FIELD);
    target->canned_text = row_copy(row, REPLY_TICKET_CANNED_TEXT);
}

static void take_agent(const struct row *row, void *into) {
    struct reply_target *target = into;
    if (!target->staff.id) staff_take(row, REPLY_AGENT_ID, REPLY_AGENT_STAFF, &target->staff);
}

static void take_canned_file(const struct row *row, void *into) {
    struct reply_target *target = into;
    struct stored_file *file =
        arena_append(row->arena, &target->canned_files, &target->canned_file_count, sizeof *file);
    if (file)
        stored_file_take(file, row_integer(row, REPLY_CANNED_FILE_ID), row_text(row, REPLY_CANNED_FILE_KEY),
                         row_copy(row, REPLY_CANNED_FILE_NAME));
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {
        {"ticket", take_ticket}, {"agent", take_agent}, {"canned file", take_canned_file}};
    row_take_kind(row, DESK_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

bool reply_target_find(struct db *db, struct text number, struct text username, int64_t canned_id,
                       struct arena *arena, struct reply_target *target, struct help_desk *help_desk,
                       struct error *error) {
    struct db_value canned = canned_id > 0 ? db_integer(canned_id) : db_text(TEXT_NULL);
    struct db_value values[] = {db_key(number), canned, db_key(username), canned};
    struct help_desk_query query = {STATEMENT_REPLY_TARGET, values, 4, take_row, target};
    memset(target, 0, sizeof *target);
    return help_desk_load_by(db, &query, arena, help_desk, error);
}
