// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of files.c.
#ifndef STORE_TICKET_FILE_STATEMENTS_H
#define STORE_TICKET_FILE_STATEMENTS_H

#include "store/columns.h"
#include "store/slots.h"
#include "store/uniform_text.h"

// clang-format off
// A file f that may be sought: one of the searches' signatures, or keys, is its own.
#define SOUGHT_FILE_PART(FIRST, NEXT, PART) \
    FIRST(SOUGHT_FILE_ID, INTEGER, "f.id") \
    NEXT(SOUGHT_FILE_SIZE, INTEGER, "f.size") \
    NEXT(SOUGHT_FILE_KEY, TEXT, "f.`key`") \
    NEXT(SOUGHT_FILE_NAME, TEXT, "f.name") \
    NEXT(SOUGHT_FILE_SIGNATURE, TEXT, "f.signature")
COLUMN_NAMES(SOUGHT_FILE_PART);

// Files of 16 signatures, and files of 16 keys, NULL where fewer are sought.
#define SIXTEEN "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
#define SOUGHT_FILE_TYPES "16 TEXT signature,16 TEXT key,"
#define SOUGHT_BY_SIGNATURE "FROM {file} f WHERE f.signature IN " SIXTEEN
#define SOUGHT_BY_KEY       "FROM {file} f WHERE f.`key` IN " SIXTEEN

#define FILE_VALUES(FIRST, NEXT, PART) \
    FIRST(FILE_VALUE_TYPE, TEXT, "type") \
    NEXT(FILE_VALUE_SIZE, INTEGER, "size") \
    NEXT(FILE_VALUE_KEY, TEXT, "`key`") \
    NEXT(FILE_VALUE_SIGNATURE, TEXT, "signature") \
    NEXT(FILE_VALUE_NAME, TEXT, "name")
COLUMN_NAMES(FILE_VALUES);

#define FILE_ID_COLUMNS(FIRST, NEXT, PART) \
    FIRST(FILE_ID_ID, INTEGER, "f.id") \
    NEXT(FILE_ID_KEY, TEXT, "f.`key`")
COLUMN_NAMES(FILE_ID_COLUMNS);

// Of a chunk, and the id and key of the file that it must belong to.
#define CHUNK_VALUES(FIRST, NEXT, PART) \
    FIRST(CHUNK_VALUE_FILE, INTEGER, "file_id") \
    NEXT(CHUNK_VALUE_NUMBER, INTEGER, "chunk_id") \
    NEXT(CHUNK_VALUE_DATA, TEXT, "filedata")
#define CHUNK_ALL_VALUES(FIRST, NEXT, PART) \
    CHUNK_VALUES(FIRST, NEXT, PART) \
    NEXT(CHUNK_VALUE_OWNER, INTEGER, ) \
    NEXT(CHUNK_VALUE_OWNER_KEY, TEXT, )
COLUMN_NAMES(CHUNK_ALL_VALUES);

#define ATTACHMENT_VALUES(FIRST, NEXT, PART) \
    FIRST(ATTACHMENT_VALUE_FILE, INTEGER, "file_id") \
    NEXT(ATTACHMENT_VALUE_NAME, TEXT, "name") \
    NEXT(ATTACHMENT_VALUE_IS_INLINE, INTEGER, "inline")
COLUMN_NAMES(ATTACHMENT_VALUES);

#define CANNED_RESPONSE_COLUMNS(FIRST, NEXT, PART) FIRST(CANNED_RESPONSE_TEXT, TEXT, "response")
COLUMN_NAMES(CANNED_RESPONSE_COLUMNS);

#define CANNED_FILE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CANNED_FILE_ID, INTEGER, "f.id") \
    NEXT(CANNED_FILE_KEY, TEXT, "f.`key`") \
    NEXT(CANNED_FILE_NAME, TEXT, "COALESCE(" UNIFORM("a.name") ",f.name)")
COLUMN_NAMES(CANNED_FILE_COLUMNS);

#define FILE_STATEMENTS(STATEMENT) \
    /* No row for what there is not. */ \
    STATEMENT(FILES_FIND, SOUGHT_FILE_TYPES, SOUGHT_FILE_PART, \
        "SELECT " COLUMNS(SOUGHT_FILE_PART) " " SOUGHT_BY_SIGNATURE " " \
        "UNION ALL SELECT " COLUMNS(SOUGHT_FILE_PART) " " SOUGHT_BY_KEY) \
    STATEMENT(FILES_INSERT, SLOT_TYPES(FILE_VALUES) "INTEGER rows,", NO_COLUMNS, \
        "INSERT INTO {file}(ft,bk," COLUMNS(FILE_VALUES) ",attrs,created) " \
        "SELECT 'T','D'," SLOT_PLACES(FILE_VALUES) ",NULL,NOW() " \
        "FROM " SLOTS) \
    /* Read without a lock: one on the index of the keys would keep others from storing their files. */ \
    STATEMENT(FILE_IDS, "16 TEXT key,", FILE_ID_COLUMNS, \
        "SELECT " COLUMNS(FILE_ID_COLUMNS) " " \
        "FROM {file} f " \
        "WHERE f.`key` IN " SIXTEEN) \
    /* Nothing is written to a file of another key. */ \
    STATEMENT(FILE_CHUNKS_INSERT, SLOT_TYPES(CHUNK_ALL_VALUES), NO_COLUMNS, \
        "INSERT INTO {file_chunk}(" COLUMNS(CHUNK_VALUES) ") " \
        "SELECT " SLOT_PLACES(CHUNK_VALUES) " " \
        "FROM " SLOT_NUMBERS " " \
        "WHERE (SELECT f.`key` FROM {file} f WHERE f.id=CAST(" SLOT " AS UNSIGNED))=" UNIFORM(SLOT) " " \
        "ORDER BY r.n") \
    STATEMENT(ATTACHMENTS_INSERT, "INTEGER entry," SLOT_TYPES(ATTACHMENT_VALUES) "INTEGER rows,", NO_COLUMNS, \
        "INSERT INTO {attachment}(object_id,type," COLUMNS(ATTACHMENT_VALUES) ",lang) " \
        "SELECT ?,'H'," SLOT_PLACES(ATTACHMENT_VALUES) ",NULL " \
        "FROM " SLOTS) \
    STATEMENT(CANNED_RESPONSE, "INTEGER canned response,", CANNED_RESPONSE_COLUMNS, \
        "SELECT " COLUMNS(CANNED_RESPONSE_COLUMNS) " " \
        "FROM {canned_response} " \
        "WHERE canned_id=? AND isenabled=1") \
    STATEMENT(CANNED_FILES, "INTEGER canned response,", CANNED_FILE_COLUMNS, \
        "SELECT " COLUMNS(CANNED_FILE_COLUMNS) " " \
        "FROM {attachment} a " \
        "JOIN {file} f ON f.id=a.file_id " \
        "WHERE a.type='C' AND a.object_id=? AND a.inline=0 " \
        "ORDER BY a.id")
// clang-format on

#endif
