// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of claims.c, and what the claims are called.
#ifndef STORE_CLAIM_STATEMENTS_H
#define STORE_CLAIM_STATEMENTS_H

#include "store/columns.h"

// clang-format off
// No longer than a lock's name may be. Each takes what is claimed.
#define CLAIM_OF_NUMBER "SHA2(CONCAT(DATABASE(),'{ticket}',?),256)"
#define CLAIM_OF_MESSAGE_ID "SHA2(CONCAT(DATABASE(),'{fcgi:mail}',LOWER(?)),256)"

#define CLAIMS_RELEASED(FIRST, NEXT, PART) \
    FIRST(, INTEGER, "RELEASE_LOCK(" CLAIM_OF_NUMBER ")") \
    NEXT(, INTEGER, "RELEASE_LOCK(" CLAIM_OF_MESSAGE_ID ")")

#define CLAIM_KIND_OF_NUMBER "number "
#define CLAIM_KIND_OF_MAIL "mail "

// The row of a claim: of no API key, and with a blank, which no client's key may have. Takes the kind and the name.
#define CLAIM_ROW_KEY "CONCAT(?,SHA2(LOWER(?),256))"
#define CLAIM_MARK(FIRST, NEXT, PART) FIRST(CLAIM_MARK_NOW, TEXT, "i.request")
COLUMN_NAMES(CLAIM_MARK);

#define CLAIM_STATEMENTS(STATEMENT) \
    STATEMENT(CLAIMS_RELEASE, "TEXT number,TEXT message_id,", CLAIMS_RELEASED, \
        "SELECT " COLUMNS(CLAIMS_RELEASED)) \
    STATEMENT(CLAIM_LOOK, "TEXT kind,TEXT name,", CLAIM_MARK, \
        "SELECT " COLUMNS(CLAIM_MARK) " " \
        "FROM {fcgi:idempotency} i " \
        "WHERE i.api_key_id=0 AND i.idempotency_key=" CLAIM_ROW_KEY) \
    /* A row that has another mark than it had is refused: 1048, the column may not be NULL. */ \
    STATEMENT(CLAIM_TAKE, "TEXT kind,TEXT name,TEXT mark,", NO_COLUMNS, \
        "INSERT INTO {fcgi:idempotency}(api_key_id,idempotency_key,request,is_json,is_created,answer,created) " \
        "VALUES(0," CLAIM_ROW_KEY ",UTC_TIMESTAMP(6),0,0,'',UTC_TIMESTAMP()) " \
        "ON DUPLICATE KEY UPDATE request=IF(request=?,VALUES(request),NULL),created=VALUES(created)")
// clang-format on

#endif
