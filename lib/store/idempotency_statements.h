// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of remembered requests: a part of the table in statements.c, which alone includes this.
#ifndef STORE_IDEMPOTENCY_STATEMENTS_H
#define STORE_IDEMPOTENCY_STATEMENTS_H

// The lock's name: this help desk's alone, and no longer than a lock's name may be. Takes api_key_id and key.
#define IDEMPOTENCY_LOCK "SHA2(CONCAT(DATABASE(),'{fcgi:idempotency}',?,'/',?),256)"

#define IDEMPOTENCY_STATEMENTS                                                                               \
    [STATEMENT_IDEMPOTENCY_LOCK] = "SELECT GET_LOCK(" IDEMPOTENCY_LOCK ",0)",                                \
    [STATEMENT_IDEMPOTENCY_UNLOCK] = "SELECT RELEASE_LOCK(" IDEMPOTENCY_LOCK ")",                            \
                                                                                                             \
    /* api_key_id, key -> request, is_json, is_created, answer, expired */                                   \
        [STATEMENT_IDEMPOTENCY_FIND] =                                                                       \
            "SELECT i.request,i.is_json,i.is_created,i.answer,i.created<=UTC_TIMESTAMP()-INTERVAL 24 HOUR "  \
            "FROM {fcgi:idempotency} i WHERE i.api_key_id=? AND i.idempotency_key=?",                        \
                                                                                                             \
    [STATEMENT_IDEMPOTENCY_TABLE] =                                                                          \
        "SELECT EXISTS(SELECT 1 FROM information_schema.tables t WHERE t.table_schema=DATABASE() AND "       \
        "t.table_name=REPLACE('{fcgi:idempotency}','`',''))",                                                \
                                                                                                             \
    /* api_key_id, key, request, is_json, is_created, answer */                                              \
        [STATEMENT_IDEMPOTENCY_INSERT] =                                                                     \
            "INSERT IGNORE INTO {fcgi:idempotency}(api_key_id,idempotency_key,request,is_json,is_created,"   \
            "answer,created) VALUES(?,?,?,?,?,?,UTC_TIMESTAMP())",                                           \
                                                                                                             \
    /* api_key_id, key */                                                                                    \
        [STATEMENT_IDEMPOTENCY_DELETE] =                                                                     \
            "DELETE FROM {fcgi:idempotency} WHERE api_key_id=? AND idempotency_key=?",                       \
                                                                                                             \
    /* how many at most */                                                                                   \
        [STATEMENT_IDEMPOTENCY_PURGE] =                                                                      \
            "DELETE FROM {fcgi:idempotency} WHERE created<=UTC_TIMESTAMP()-INTERVAL 24 HOUR ORDER BY "       \
            "created LIMIT ?"

#endif
