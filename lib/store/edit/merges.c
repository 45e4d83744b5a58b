// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of a ticket's thread, people and tasks when it is merged into another one.
#include "store/edit/merges.h"

#include "store/row.h"
#include "store/statements.h"

static void take_participant(const struct row *row, void *into) {
    *(struct merge_participant *)into = (struct merge_participant){row_integer(row, MERGE_PARTICIPANT_ID),
                                                                   row_copy(row, MERGE_PARTICIPANT_NAME)};
}

bool merge_participants_read(struct db *db, const struct merge_of_threads *merge, bool owner_only,
                             struct arena *arena, struct merge_participant **participants, size_t *count,
                             struct error *error) {
    struct query query =
        QUERY(STATEMENT_MERGE_PARTICIPANTS, db_integer(merge->child_owner_id),
              db_integer(owner_only ? 0 : merge->child_thread_id), db_integer(merge->parent_owner_id),
              db_integer(merge->parent_thread_id), db_integer(merge->child_owner_id));
    *participants = NULL;
    *count = 0;
    return row_all(db, query, arena, take_participant, ROW_LIST(participants, count), error) &&
           (!arena->failed || error_too_large(error));
}

static void take_entry(const struct row *row, void *into) {
    *(struct unknown_entry *)into = (struct unknown_entry){
        .id = row_integer(row, MERGE_ENTRY_ID),
        .title = row_copy(row, MERGE_ENTRY_TITLE),
        .body = row_copy(row, MERGE_ENTRY_BODY),
        .is_html = row_is_true(row, MERGE_ENTRY_IS_HTML),
    };
}

bool merge_unknown_entries_read(struct db *db, int64_t thread_id, struct arena *arena,
                                struct unknown_entry **entries, size_t *count, struct error *error) {
    struct query query =
        QUERY(STATEMENT_MERGE_ENTRIES, db_integer(thread_id), db_integer(UNKNOWN_ENTRIES_MAX));
    *entries = NULL;
    *count = 0;
    return row_all(db, query, arena, take_entry, ROW_LIST(entries, count), error) &&
           (!arena->failed || error_too_large(error));
}

bool merge_threads(struct db *db, const struct merge_of_threads *merge, struct text extra,
                   struct error *error) {
    const struct db_value from = db_integer(merge->child_thread_id), to = db_integer(merge->parent_thread_id);
    const struct db_value origins[] = {from, from}, entries[] = {to, from}, thread[] = {db_text(extra), from};
    return db_execute(db, STATEMENT_MERGE_ORIGINS, origins, 2, NULL, NULL, error) &&
           db_execute(db, STATEMENT_MERGE_MOVE, entries, 2, NULL, NULL, error) &&
           db_execute(db, STATEMENT_MERGE_THREAD, thread, 2, NULL, NULL, error);
}

bool merge_tasks(struct db *db, const struct merge_of_threads *merge, struct error *error) {
    const struct db_value values[] = {db_integer(merge->parent_id), db_integer(merge->child_id)};
    return db_execute(db, STATEMENT_MERGE_TASKS, values, 2, NULL, NULL, error);
}
