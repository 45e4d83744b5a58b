// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of merges.c.
#ifndef STORE_EDIT_MERGE_STATEMENTS_H
#define STORE_EDIT_MERGE_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define MERGE_PARTICIPANT(FIRST, NEXT, PART) \
    FIRST(MERGE_PARTICIPANT_ID, INTEGER, "u.id") \
    NEXT(MERGE_PARTICIPANT_NAME, TEXT, "u.name")
COLUMN_NAMES(MERGE_PARTICIPANT);

#define MERGE_ENTRY(FIRST, NEXT, PART) \
    FIRST(MERGE_ENTRY_ID, INTEGER, "e.id") \
    NEXT(MERGE_ENTRY_TITLE, TEXT, "e.title") \
    NEXT(MERGE_ENTRY_BODY, TEXT, "e.body") \
    NEXT(MERGE_ENTRY_IS_HTML, INTEGER, "e.format='html'")
COLUMN_NAMES(MERGE_ENTRY);

// Entries that were edited away, 4, stay where they are.
#define MERGE_STATEMENTS(STATEMENT) \
    STATEMENT(MERGE_PARTICIPANTS, "INTEGER owner,INTEGER thread,INTEGER owner of the parent,INTEGER thread of the parent,INTEGER owner,", \
        MERGE_PARTICIPANT, \
        "SELECT " COLUMNS(MERGE_PARTICIPANT) " " \
        "FROM {user} u " \
        "WHERE (u.id=? OR u.id IN (SELECT c.user_id FROM {thread_collaborator} c WHERE c.thread_id=?)) " \
        "AND u.id<>? " \
        "AND NOT EXISTS(SELECT 1 FROM {thread_collaborator} p WHERE p.thread_id=? AND p.user_id=u.id) " \
        "ORDER BY u.id=?,u.name,u.id") \
    STATEMENT(MERGE_ENTRIES, "INTEGER thread,INTEGER most,", MERGE_ENTRY, \
        "SELECT " COLUMNS(MERGE_ENTRY) " " \
        "FROM {thread_entry} e " \
        "LEFT JOIN {_search} s ON s.object_type='H' AND s.object_id=e.id " \
        "WHERE e.thread_id=? AND NOT e.flags&4 AND (e.staff_id>0 OR e.user_id>0) AND s.object_id IS NULL " \
        "ORDER BY e.id LIMIT ?") \
    STATEMENT(MERGE_ORIGINS, "INTEGER thread,INTEGER thread,", NO_COLUMNS, \
        "INSERT INTO {thread_entry_merge}(thread_entry_id,data) " \
        "SELECT e.id,CONCAT('{\"thread\":',?,'}') FROM {thread_entry} e " \
        "LEFT JOIN {thread_entry_merge} m ON m.thread_entry_id=e.id " \
        "WHERE e.thread_id=? AND NOT e.flags&4 AND m.id IS NULL " \
        "ORDER BY e.id") \
    STATEMENT(MERGE_MOVE, "INTEGER thread of the parent,INTEGER thread,", NO_COLUMNS, \
        "UPDATE {thread_entry} " \
        "SET thread_id=?,flags=flags|1024 " \
        "WHERE thread_id=? AND NOT flags&4") \
    STATEMENT(MERGE_THREAD, "TEXT extra,INTEGER thread,", NO_COLUMNS, \
        "UPDATE {thread} " \
        "SET object_type='C',extra=? " \
        "WHERE id=?") \
    STATEMENT(MERGE_TASKS, "INTEGER parent,INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {task} " \
        "SET object_id=? " \
        "WHERE object_id=? AND object_type='T'")
// clang-format on

#endif
