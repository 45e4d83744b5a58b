// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of idempotency.c.
#ifndef STORE_IDEMPOTENCY_STATEMENTS_H
#define STORE_IDEMPOTENCY_STATEMENTS_H

#include "store/columns.h"

// clang-format off
// The lock's name: this help desk's alone, and no longer than a lock's name may be. Takes api_key_id and key.
#define IDEMPOTENCY_LOCK_NAME "SHA2(CONCAT(DATABASE(),'{fcgi:idempotency}',?,'/',?),256)"

#define IDEMPOTENCY_LOCKED(FIRST, NEXT, PART) FIRST(, INTEGER, "GET_LOCK(" IDEMPOTENCY_LOCK_NAME ",0)")
#define IDEMPOTENCY_UNLOCKED(FIRST, NEXT, PART) FIRST(, INTEGER, "RELEASE_LOCK(" IDEMPOTENCY_LOCK_NAME ")")
#define IDEMPOTENCY_EXISTS(FIRST, NEXT, PART) \
    FIRST(, INTEGER, "EXISTS(SELECT 1 FROM information_schema.tables t " \
                     "WHERE t.table_schema=DATABASE() AND t.table_name=REPLACE('{fcgi:idempotency}','`',''))")

#define IDEMPOTENCY_COLUMNS(FIRST, NEXT, PART) \
    FIRST(IDEMPOTENCY_REQUEST, TEXT, "i.request") \
    NEXT(IDEMPOTENCY_IS_JSON, INTEGER, "i.is_json") \
    NEXT(IDEMPOTENCY_IS_CREATED, INTEGER, "i.is_created") \
    NEXT(IDEMPOTENCY_ANSWER, TEXT, "i.answer") \
    NEXT(IDEMPOTENCY_IS_EXPIRED, INTEGER, "i.created<=UTC_TIMESTAMP()-INTERVAL 24 HOUR")
COLUMN_NAMES(IDEMPOTENCY_COLUMNS);

#define IDEMPOTENCY_KNOWN_COLUMNS(FIRST, NEXT, PART) FIRST(IDEMPOTENCY_KNOWN_KEY, TEXT, "i.idempotency_key")
COLUMN_NAMES(IDEMPOTENCY_KNOWN_COLUMNS);

#define IDEMPOTENCY_VALUES(FIRST, NEXT, PART) \
    FIRST(IDEMPOTENCY_VALUE_API_KEY, INTEGER, "api_key_id") \
    NEXT(IDEMPOTENCY_VALUE_KEY, TEXT, "idempotency_key") \
    NEXT(IDEMPOTENCY_VALUE_REQUEST, TEXT, "request") \
    NEXT(IDEMPOTENCY_VALUE_IS_JSON, INTEGER, "is_json") \
    NEXT(IDEMPOTENCY_VALUE_IS_CREATED, INTEGER, "is_created") \
    NEXT(IDEMPOTENCY_VALUE_ANSWER, TEXT, "answer")
COLUMN_NAMES(IDEMPOTENCY_VALUES);

#define IDEMPOTENCY_STATEMENTS(STATEMENT) \
    STATEMENT(IDEMPOTENCY_LOCK, "INTEGER API key,TEXT key,", IDEMPOTENCY_LOCKED, \
        "SELECT " COLUMNS(IDEMPOTENCY_LOCKED)) \
    STATEMENT(IDEMPOTENCY_UNLOCK, "INTEGER API key,TEXT key,", IDEMPOTENCY_UNLOCKED, \
        "SELECT " COLUMNS(IDEMPOTENCY_UNLOCKED)) \
    STATEMENT(IDEMPOTENCY_FIND, "INTEGER API key,TEXT key,", IDEMPOTENCY_COLUMNS, \
        "SELECT " COLUMNS(IDEMPOTENCY_COLUMNS) " " \
        "FROM {fcgi:idempotency} i " \
        "WHERE i.api_key_id=? AND i.idempotency_key=?") \
    /* As many keys as IDEMPOTENCY_KNOWN_MAX; NULL where fewer are asked for. */ \
    STATEMENT(IDEMPOTENCY_KNOWN, "INTEGER API key,20 TEXT key,", IDEMPOTENCY_KNOWN_COLUMNS, \
        "SELECT " COLUMNS(IDEMPOTENCY_KNOWN_COLUMNS) " " \
        "FROM {fcgi:idempotency} i " \
        "WHERE i.api_key_id=? AND i.idempotency_key IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    STATEMENT(IDEMPOTENCY_TABLE, "", IDEMPOTENCY_EXISTS, \
        "SELECT " COLUMNS(IDEMPOTENCY_EXISTS)) \
    STATEMENT(IDEMPOTENCY_INSERT, COLUMN_TYPES(IDEMPOTENCY_VALUES), NO_COLUMNS, \
        "INSERT IGNORE INTO {fcgi:idempotency}(" COLUMNS(IDEMPOTENCY_VALUES) ",created) " \
        "SELECT " PLACES(IDEMPOTENCY_VALUES) ",UTC_TIMESTAMP() FROM DUAL /*M! WHERE @@in_transaction=1 */") \
    STATEMENT(IDEMPOTENCY_DELETE, "INTEGER API key,TEXT key,", NO_COLUMNS, \
        "DELETE FROM {fcgi:idempotency} " \
        "WHERE api_key_id=? AND idempotency_key=? AND created<=UTC_TIMESTAMP()-INTERVAL 24 HOUR")

#define IDEMPOTENCY_RARE_STATEMENTS(STATEMENT) \
    STATEMENT(IDEMPOTENCY_PURGE, "INTEGER most,", NO_COLUMNS, \
        "DELETE FROM {fcgi:idempotency} " \
        "WHERE created<=UTC_TIMESTAMP()-INTERVAL 24 HOUR " \
        "ORDER BY created LIMIT ?")
// clang-format on

#endif
