// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of rows.c: what a mail leaves beside its entry.
#ifndef STORE_EMAIL_ROW_STATEMENTS_H
#define STORE_EMAIL_ROW_STATEMENTS_H

#include "store/columns.h"
#include "store/slots.h"
#include "store/uniform_text.h"

// clang-format off
#define EMAIL_USER_COLUMNS(FIRST, NEXT, PART) \
    FIRST(EMAIL_USER_SLOT, INTEGER, "r.n") \
    NEXT(EMAIL_USER_ID, INTEGER, "u.id") \
    NEXT(EMAIL_USER_NAME, TEXT, "u.name") \
    NEXT(EMAIL_USER_IS_AGENT, INTEGER, "EXISTS(SELECT 1 FROM {staff} s WHERE s.email=" SLOT ")")
COLUMN_NAMES(EMAIL_USER_COLUMNS);

#define EMAIL_ROW_STATEMENTS(STATEMENT) \
    STATEMENT(EMAIL_INSERT, "INTEGER entry,TEXT message_id,TEXT headers,", NO_COLUMNS, \
        "INSERT INTO {thread_entry_email}(thread_entry_id,email_id,mid,headers) VALUES(?,NULL,?,?)") \
    /* The unique index keeps a second one out. */ \
    STATEMENT(EMAIL_REFER, "INTEGER thread,INTEGER department,", NO_COLUMNS, \
        "INSERT INTO {thread_referral}(thread_id,object_id,object_type,created) VALUES(?,?,'D',NOW()) " \
        "ON DUPLICATE KEY UPDATE object_id=object_id") \
    STATEMENT(EMAIL_MERGED, "INTEGER entry,TEXT data,", NO_COLUMNS, \
        "INSERT INTO {thread_entry_merge}(thread_entry_id,data) VALUES(?,?)") \
    STATEMENT(EMAIL_USERS, "16 TEXT addresses,16 TEXT addresses,INTEGER count,", EMAIL_USER_COLUMNS, \
        "SELECT " COLUMNS(EMAIL_USER_COLUMNS) " " \
        "FROM " SLOT_NUMBERS " " \
        "LEFT JOIN {user_email} m ON m.address=" SLOT " " \
        "LEFT JOIN {user} u ON u.id=m.user_id " \
        "WHERE r.n<=?")
// clang-format on

#endif
