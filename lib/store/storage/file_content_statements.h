// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of file_content.c. spec: operations.md 3.5.
#ifndef STORE_STORAGE_FILE_CONTENT_STATEMENTS_H
#define STORE_STORAGE_FILE_CONTENT_STATEMENTS_H

#include "store/read/thread_part_statements.h"

// clang-format off
#define CONTENT_FILE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CONTENT_FILE_ID, INTEGER, "f.id") \
    NEXT(CONTENT_FILE_NAME, TEXT, "COALESCE(NULLIF(" UNIFORM("b.name") ",''),f.name)") \
    NEXT(CONTENT_FILE_SIZE, INTEGER, "f.size") \
    NEXT(CONTENT_FILE_TYPE, TEXT, "f.type") \
    NEXT(CONTENT_FILE_SIGNATURE, TEXT, "f.signature") \
    NEXT(CONTENT_FILE_STORAGE, TEXT, "f.bk") \
    NEXT(CONTENT_FILE_KEY, TEXT, "f.`key`")
COLUMN_NAMES(CONTENT_FILE_COLUMNS);

#define CONTENT_CHUNK_COLUMNS(FIRST, NEXT, PART) FIRST(CONTENT_CHUNK, TEXT, "k.filedata")
COLUMN_NAMES(CONTENT_CHUNK_COLUMNS);

#define ATTACHED_TO(FIRST, NEXT, PART) FIRST(ATTACHED_TO_TICKET, INTEGER, "h.object_id")
COLUMN_NAMES(ATTACHED_TO);

#define FILE_CONTENT_STATEMENTS(STATEMENT) \
    STATEMENT(ATTACHED_TO, "INTEGER attachment,", ATTACHED_TO, \
        "SELECT " COLUMNS(ATTACHED_TO) " " \
        "FROM {attachment} b " \
        "JOIN {thread_entry} e ON e.id=b.object_id " \
        "JOIN {thread} h ON h.id=e.thread_id AND h.object_type='T' " \
        "WHERE b.id=? AND b.type='H'") \
    /* An attachment of an entry of the ticket that is shown: of another ticket's there is no row. */ \
    STATEMENT(CONTENT_FILE, THREAD_ENTRIES_TAKE "INTEGER attachment,", CONTENT_FILE_COLUMNS, \
        "SELECT " COLUMNS(CONTENT_FILE_COLUMNS) " " \
        "FROM {thread_entry} e " \
        "JOIN {attachment} b ON b.object_id=e.id AND b.type='H' " \
        "JOIN {file} f ON f.id=b.file_id " \
        "WHERE " THREAD_ENTRIES " AND b.id=? " \
        "AND NOT (b.inline=1 AND e.body='' AND f.type IN ('text/html','text/plain'))") \
    STATEMENT(CONTENT_CHUNKS, "INTEGER file,", CONTENT_CHUNK_COLUMNS, \
        "SELECT " COLUMNS(CONTENT_CHUNK_COLUMNS) " " \
        "FROM {file_chunk} k " \
        "WHERE k.file_id=? " \
        "ORDER BY k.chunk_id")
// clang-format on

#endif
