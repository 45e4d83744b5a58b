// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of claims.c, and what the claims are called.
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

#define CLAIM_STATEMENTS(STATEMENT) \
    STATEMENT(CLAIMS_RELEASE, "TEXT number,TEXT message_id,", CLAIMS_RELEASED, \
        "SELECT " COLUMNS(CLAIMS_RELEASED))
// clang-format on

#endif
