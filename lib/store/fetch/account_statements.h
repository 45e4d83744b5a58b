// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of accounts.c.
#ifndef STORE_FETCH_ACCOUNT_STATEMENTS_H
#define STORE_FETCH_ACCOUNT_STATEMENTS_H

#include "store/columns.h"
#include "store/mail/settings_statements.h"

// clang-format off
// Of account a its own row in this server's table: PHP, where it fetches as well, sets num_errors back with each try.
#define FETCH_OWN_ROW "{fcgi:mailbox} o WHERE o.account_id=a.id AND o.box='' AND o.uid=''"

// Account a is to be fetched now. Whoever saves the account in osTicket sets num_errors to 0: then it is due at once.
#define FETCH_IS_DUE \
    "a.type='mailbox' AND a.active=1 " \
    "AND (a.num_errors<=5 OR a.last_error<=NOW()-INTERVAL 10 MINUTE) " \
    "AND (a.num_errors=0 OR NOT EXISTS(SELECT 1 FROM " FETCH_OWN_ROW " AND o.due>UTC_TIMESTAMP())) " \
    "AND (a.last_activity IS NULL OR a.last_activity<=NOW()-INTERVAL a.fetchfreq MINUTE)"

#define FETCH_SWITCH(FIRST, NEXT, PART) FIRST(, INTEGER, "COUNT(*)")

#define FETCH_DUE_COLUMNS(FIRST, NEXT, PART) FIRST(FETCH_DUE_ID, INTEGER, "a.id")
COLUMN_NAMES(FETCH_DUE_COLUMNS);

#define FETCH_ACCOUNT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(FETCH_ACCOUNT_ID, INTEGER, "q.id") \
    NEXT(FETCH_ACCOUNT_MAILBOX, INTEGER, "COALESCE(q.known_id,0)") \
    NEXT(FETCH_ACCOUNT_ADDRESS, TEXT, "q.email") \
    NEXT(FETCH_ACCOUNT_AUTHENTICATION, TEXT, "q.auth_bk") \
    NEXT(FETCH_ACCOUNT_PROTOCOL, TEXT, "q.protocol") \
    NEXT(FETCH_ACCOUNT_HOST, TEXT, "q.host") \
    NEXT(FETCH_ACCOUNT_PORT, INTEGER, "q.port") \
    NEXT(FETCH_ACCOUNT_FOLDER, TEXT, "q.folder") \
    NEXT(FETCH_ACCOUNT_MOST, INTEGER, "q.fetchmax") \
    NEXT(FETCH_ACCOUNT_DELETES, INTEGER, "q.postfetch='delete'") \
    NEXT(FETCH_ACCOUNT_ARCHIVE, TEXT, "q.archivefolder") \
    NEXT(FETCH_ACCOUNT_ERRORS, INTEGER, "q.num_errors") \
    NEXT(FETCH_ACCOUNT_NAMESPACE, TEXT, ACCOUNT_NAMESPACE) \
    NEXT(FETCH_ACCOUNT_USERNAME, TEXT, ACCOUNT_SETTING("username")) \
    NEXT(FETCH_ACCOUNT_PASSWORD, TEXT, ACCOUNT_SETTING("passwd")) \
    NEXT(FETCH_ACCOUNT_TOKEN, TEXT, ACCOUNT_SETTING("access_token")) \
    NEXT(FETCH_ACCOUNT_TOKEN_OWNER, TEXT, ACCOUNT_SETTING("resource_owner_email")) \
    NEXT(FETCH_ACCOUNT_TOKEN_EXPIRES, TEXT, ACCOUNT_SETTING("expires"))
COLUMN_NAMES(FETCH_ACCOUNT_COLUMNS);

// The errors that account a had in a row.
#define FETCH_ERRORS \
    "IF(a.num_errors=0,0,GREATEST(a.num_errors,COALESCE((SELECT o.attempts FROM " FETCH_OWN_ROW "),0)))"

// Accounts q: the conditions on a follow, and a closing parenthesis.
#define FETCH_ACCOUNTS(errors) \
    "SELECT " COLUMNS(FETCH_ACCOUNT_COLUMNS) " " \
    "FROM (SELECT a.id,a.id AS bearer,a.email_id,m.email_id AS known_id,m.email,a.auth_bk,a.protocol,a.host,a.port," \
    "a.folder,a.fetchmax,a.postfetch,a.archivefolder," \
    errors " AS num_errors " \
    "FROM {email_account} a " \
    "LEFT JOIN {email} m ON m.email_id=a.email_id "

#define FETCH_ACCOUNT_STATEMENTS(STATEMENT) \
    STATEMENT(FETCH_IS_ON, "", FETCH_SWITCH, \
        "SELECT " COLUMNS(FETCH_SWITCH) " " \
        "FROM {config} c " \
        "WHERE c.namespace='core' AND c.`key`='enable_mail_polling' AND c.value NOT IN ('','0')") \
    /* The one that waits longest comes first. */ \
    STATEMENT(FETCH_DUE, "", FETCH_DUE_COLUMNS, \
        "SELECT " COLUMNS(FETCH_DUE_COLUMNS) " " \
        "FROM {email_account} a " \
        "WHERE " FETCH_IS_DUE " " \
        "ORDER BY a.last_activity IS NOT NULL,a.last_activity,a.id LIMIT 1000") \
    /* osTicket, too, leaves an account alone whose time was set a moment ago. */ \
    STATEMENT(FETCH_CLAIM, "INTEGER account,", NO_COLUMNS, \
        "UPDATE {email_account} a " \
        "SET a.last_activity=NOW(),a.updated=NOW() " \
        "WHERE a.id=? AND " FETCH_IS_DUE) \
    STATEMENT(FETCH_ACCOUNT, "INTEGER account,", FETCH_ACCOUNT_COLUMNS, \
        FETCH_ACCOUNTS(FETCH_ERRORS) "WHERE a.id=?) q") \
    STATEMENT(FETCH_ACTIVE, "", FETCH_ACCOUNT_COLUMNS, \
        FETCH_ACCOUNTS("a.num_errors") "WHERE a.type='mailbox' AND a.active=1) q " \
        "ORDER BY q.id") \
    STATEMENT(FETCH_SUCCEEDED, "TEXT message,INTEGER account,", NO_COLUMNS, \
        "UPDATE {email_account} " \
        "SET num_errors=0,last_error=NULL,last_error_msg=?,updated=NOW() " \
        "WHERE id=?") \
    STATEMENT(FETCH_FAILED, "INTEGER errors,TEXT message,INTEGER account,", NO_COLUMNS, \
        "UPDATE {email_account} " \
        "SET num_errors=?,last_error=NOW(),last_error_msg=?,updated=NOW() " \
        "WHERE id=?") \
    STATEMENT(FETCH_KEEP_ERRORS, "INTEGER account,INTEGER errors,INTEGER pause,INTEGER errors,INTEGER pause,", NO_COLUMNS, \
        "INSERT INTO {fcgi:mailbox}(account_id,box,uid,state,attempts,due,told,changed) " \
        "VALUES(?,'','','failed',?,UTC_TIMESTAMP()+INTERVAL ? SECOND,1,UTC_TIMESTAMP()) " \
        "ON DUPLICATE KEY UPDATE attempts=?,due=UTC_TIMESTAMP()+INTERVAL ? SECOND,changed=UTC_TIMESTAMP()") \
    STATEMENT(FETCH_FORGET_ERRORS, "INTEGER account,", NO_COLUMNS, \
        "DELETE FROM {fcgi:mailbox} " \
        "WHERE account_id=? AND box='' AND uid=''")
// clang-format on

#endif
