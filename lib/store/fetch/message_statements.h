// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of messages.c.
#ifndef STORE_FETCH_MESSAGE_STATEMENTS_H
#define STORE_FETCH_MESSAGE_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define MAILBOX_IS_THERE(FIRST, NEXT, PART) FIRST(, INTEGER, "COUNT(*)")

#define MAILBOX_MESSAGE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAILBOX_MESSAGE_UID, TEXT, "f.uid") \
    NEXT(MAILBOX_MESSAGE_STATE, TEXT, "f.state") \
    NEXT(MAILBOX_MESSAGE_ATTEMPTS, INTEGER, "f.attempts") \
    NEXT(MAILBOX_MESSAGE_IS_DUE, INTEGER, "COALESCE(f.due<=UTC_TIMESTAMP(),1)") \
    NEXT(MAILBOX_MESSAGE_SIZE, INTEGER, "f.size")
COLUMN_NAMES(MAILBOX_MESSAGE_COLUMNS);

#define MAILBOX_UNTOLD_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAILBOX_UNTOLD_UID, TEXT, "f.uid") \
    NEXT(MAILBOX_UNTOLD_STATE, TEXT, "f.state") \
    NEXT(MAILBOX_UNTOLD_SIZE, INTEGER, "f.size") \
    NEXT(MAILBOX_UNTOLD_ABOUT, TEXT, "f.about") \
    NEXT(MAILBOX_UNTOLD_REASON, TEXT, "f.reason")
COLUMN_NAMES(MAILBOX_UNTOLD_COLUMNS);

// Messages f of an account that the administrator has to hear of. One that was begun and never ended counts once that
// has happened as often as ?.
#define MAILBOX_IS_UNTOLD \
    "f.account_id=? AND f.told=0 AND (f.state IN ('failed','large') OR (f.state='begun' AND f.attempts>=?))"

#define MAILBOX_IS_THIS "account_id=? AND box=? AND uid=?"
#define MAILBOX_THIS "INTEGER account,TEXT box,TEXT uid,"

#define MAILBOX_STATEMENTS(STATEMENT) \
    STATEMENT(MAILBOX_READY, "", MAILBOX_IS_THERE, \
        "SELECT " COLUMNS(MAILBOX_IS_THERE) " " \
        "FROM (SELECT 1 FROM {fcgi:mailbox} LIMIT 1) f") \
    STATEMENT(MAILBOX_ALL, "INTEGER account,TEXT box,", MAILBOX_MESSAGE_COLUMNS, \
        "SELECT " COLUMNS(MAILBOX_MESSAGE_COLUMNS) " " \
        "FROM {fcgi:mailbox} f WHERE f.account_id=? AND f.box=?") \
    STATEMENT(MAILBOX_ONE, MAILBOX_THIS, MAILBOX_MESSAGE_COLUMNS, \
        "SELECT " COLUMNS(MAILBOX_MESSAGE_COLUMNS) " " \
        "FROM {fcgi:mailbox} f WHERE " MAILBOX_IS_THIS) \
    STATEMENT(MAILBOX_BEGIN, MAILBOX_THIS "INTEGER size,INTEGER pause,TEXT reason,INTEGER pause,TEXT reason,", NO_COLUMNS, \
        "INSERT INTO {fcgi:mailbox}(account_id,box,uid,size,due,reason,state,attempts,changed) " \
        "VALUES(?,?,?,?,UTC_TIMESTAMP()+INTERVAL ? SECOND,?,'begun',1,UTC_TIMESTAMP()) " \
        "ON DUPLICATE KEY UPDATE state='begun',attempts=attempts+1,due=UTC_TIMESTAMP()+INTERVAL ? SECOND,reason=?," \
        "changed=UTC_TIMESTAMP()") \
    STATEMENT(MAILBOX_DONE, MAILBOX_THIS, NO_COLUMNS, \
        "UPDATE {fcgi:mailbox} SET state='done',due=NULL,about=NULL,reason=NULL,changed=UTC_TIMESTAMP() " \
        "WHERE " MAILBOX_IS_THIS) \
    STATEMENT(MAILBOX_FAILED, "INTEGER pause,TEXT about,TEXT reason," MAILBOX_THIS, NO_COLUMNS, \
        "UPDATE {fcgi:mailbox} SET state='failed',due=UTC_TIMESTAMP()+INTERVAL ? SECOND,about=?,reason=?," \
        "changed=UTC_TIMESTAMP() " \
        "WHERE " MAILBOX_IS_THIS) \
    STATEMENT(MAILBOX_LARGE, MAILBOX_THIS "INTEGER size,INTEGER size,", NO_COLUMNS, \
        "INSERT INTO {fcgi:mailbox}(account_id,box,uid,size,state,changed) " \
        "VALUES(?,?,?,?,'large',UTC_TIMESTAMP()) " \
        "ON DUPLICATE KEY UPDATE state='large',size=?,due=NULL,reason=NULL,changed=UTC_TIMESTAMP()") \
    STATEMENT(MAILBOX_UNTOLD, "INTEGER account,INTEGER attempts,", MAILBOX_UNTOLD_COLUMNS, \
        "SELECT " COLUMNS(MAILBOX_UNTOLD_COLUMNS) " " \
        "FROM {fcgi:mailbox} f WHERE " MAILBOX_IS_UNTOLD " " \
        "ORDER BY f.id LIMIT 20") \
    STATEMENT(MAILBOX_TOLD, "INTEGER account,INTEGER attempts,", NO_COLUMNS, \
        "UPDATE {fcgi:mailbox} f SET f.told=1 WHERE " MAILBOX_IS_UNTOLD " " \
        "ORDER BY f.id LIMIT 20") \
    STATEMENT(MAILBOX_FORGET, "INTEGER account,TEXT box,16 TEXT uid,", NO_COLUMNS, \
        "DELETE FROM {fcgi:mailbox} " \
        "WHERE account_id=? AND box=? AND uid IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    /* What the account had before it was led to another mailbox. */ \
    STATEMENT(MAILBOX_FORGET_OTHERS, "INTEGER account,TEXT box,", NO_COLUMNS, \
        "DELETE FROM {fcgi:mailbox} " \
        "WHERE account_id=? AND box<>? AND changed<UTC_TIMESTAMP()-INTERVAL 30 DAY " \
        "ORDER BY id LIMIT 1000")
// clang-format on

#endif
