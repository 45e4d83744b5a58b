// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of the checks in this room.
#ifndef STORE_CHECK_CHECK_STATEMENTS_H
#define STORE_CHECK_CHECK_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// Of all users, and of this one (0: no limit of its own).
#define CHECK_CONNECTION_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CHECK_CONNECTIONS_OF_ALL, INTEGER, "@@global.max_connections") \
    NEXT(CHECK_CONNECTIONS_OF_USER, INTEGER, "@@max_user_connections")
COLUMN_NAMES(CHECK_CONNECTION_COLUMNS);

// Whether there is a default mailbox, how many SMTP accounts q can be used, the mailboxes of those that cannot.
#define CHECK_MAIL_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CHECK_MAIL_DEFAULT_MAILBOXES, INTEGER, \
        "(SELECT COUNT(*) FROM {config} c JOIN {email} m ON CONCAT(m.email_id)=c.value " \
        "WHERE c.namespace='core' AND c.`key`='default_email_id')") \
    NEXT(CHECK_MAIL_USABLE_ACCOUNTS, INTEGER, "SUM(q.auth NOT LIKE 'oauth2%')") \
    NEXT(CHECK_MAIL_OAUTH_MAILBOXES, TEXT, "GROUP_CONCAT(IF(q.auth LIKE 'oauth2%',q.email,NULL) SEPARATOR ', ')")
COLUMN_NAMES(CHECK_MAIL_COLUMNS);

// What was made with SECRET_SALT: the headers of mails, and the passwords of mailboxes. Message-IDs of osTicket's own
// have the form <B......-.....-...: in what customers answered.
#define SALT_HEADERS(FIRST, NEXT, PART) \
    FIRST(SALT_KIND, TEXT, "'headers' AS kind") \
    NEXT(SALT_HEADERS_TEXT, TEXT, "CONCAT(" UNIFORM("e.mid") ",'\\n'," UNIFORM("COALESCE(e.headers,'')") ")") \
    NEXT(SALT_TEXT_2, TEXT, NO_TEXT) \
    NEXT(SALT_TEXT_3, TEXT, NO_TEXT)
COLUMN_NAMES(SALT_HEADERS);
#define SALT_PASSWORD(FIRST, NEXT, PART) \
    FIRST(SALT_PASSWORD_KIND, TEXT, "'password'") \
    NEXT(SALT_PASSWORD_NAMESPACE, TEXT, "p.namespace") \
    NEXT(SALT_PASSWORD_USERNAME, TEXT, \
        "(SELECT u.value FROM {config} u WHERE u.namespace=p.namespace AND u.`key`='username')") \
    NEXT(SALT_PASSWORD_STORED, TEXT, "p.value")
COLUMN_NAMES(SALT_PASSWORD);

#define CHECK_SERVER_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CHECK_SERVER_VERSION, TEXT, "VERSION()") \
    NEXT(CHECK_SERVER_ZONE, TEXT, "IF(@@global.time_zone='SYSTEM',@@system_time_zone,@@global.time_zone)") \
    NEXT(CHECK_SERVER_MINUTES, INTEGER, "TIMESTAMPDIFF(MINUTE,UTC_TIMESTAMP(),NOW())") \
    NEXT(CHECK_SERVER_MAX_PACKET, INTEGER, "@@global.max_allowed_packet")
COLUMN_NAMES(CHECK_SERVER_COLUMNS);

// One of several database servers: which it is, and what of osTicket it has.
#define CHECK_HOST_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CHECK_HOST_VERSION, TEXT, "VERSION()") \
    NEXT(CHECK_HOST_WHO, TEXT, "CONCAT(@@hostname,' ',@@port,' ',@@server_id)") \
    NEXT(CHECK_HOST_DATA, TEXT, \
        "CONCAT((SELECT COUNT(*) FROM information_schema.tables WHERE table_schema=DATABASE()),' '," \
        "(SELECT c.value FROM {config} c WHERE c.namespace='core' AND c.`key`='schema_signature'))")
COLUMN_NAMES(CHECK_HOST_COLUMNS);

// A catalog has two words a row. The second column of an index of this server's own stands for all of it, by the index's
// name.
#define CATALOG_OF(FIRST, NEXT, PART, word) \
    FIRST(CATALOG_TABLE, TEXT, "table_name") \
    NEXT(CATALOG_WORD, TEXT, word)
#define CATALOG_COLUMNS(FIRST, NEXT, PART) CATALOG_OF(FIRST, NEXT, PART, "column_name")
#define CATALOG_ENGINES(FIRST, NEXT, PART) CATALOG_OF(FIRST, NEXT, PART, "engine")
#define CATALOG_INDEXES(FIRST, NEXT, PART) \
    CATALOG_OF(FIRST, NEXT, PART, "IF(seq_in_index=1,column_name,index_name)")
COLUMN_NAMES(CATALOG_COLUMNS);
// Of osTicket's tables and ours: takes the prefix of each twice.
#define CATALOG_IS_OURS \
    "table_schema=DATABASE() " \
    "AND (LEFT(table_name,CHAR_LENGTH(?))=? OR LEFT(table_name,CHAR_LENGTH(?))=?)"
#define CATALOG_TAKES "TEXT prefix,TEXT prefix,TEXT own prefix,TEXT own prefix,"

#define CHECK_SETTING_COLUMNS(FIRST, NEXT, PART) FIRST(CHECK_SETTING, TEXT, "c.value")
COLUMN_NAMES(CHECK_SETTING_COLUMNS);

#define CHECK_STATEMENTS(STATEMENT) \
    STATEMENT(CHECK_CONNECTIONS, "", CHECK_CONNECTION_COLUMNS, \
        "SELECT " COLUMNS(CHECK_CONNECTION_COLUMNS)) \
    STATEMENT(CHECK_HOST, "", CHECK_HOST_COLUMNS, \
        "SELECT " COLUMNS(CHECK_HOST_COLUMNS)) \
    /* An account that logs in as its mailbox does is resolved. */ \
    STATEMENT(CHECK_MAIL, "", CHECK_MAIL_COLUMNS, \
        "SELECT " COLUMNS(CHECK_MAIL_COLUMNS) " " \
        "FROM (SELECT COALESCE(IF(a.auth_bk='mailbox',b.auth_bk,a.auth_bk),'') AS auth,m.email " \
        "FROM {email_account} a " \
        "LEFT JOIN {email} m ON m.email_id=a.email_id " \
        "LEFT JOIN {email_account} b ON b.email_id=a.email_id AND b.type='mailbox' " \
        "WHERE a.type='smtp' AND a.active=1) q") \
    STATEMENT(CHECK_SALT, "", SALT_HEADERS, \
        "(SELECT " COLUMNS(SALT_HEADERS) " " \
        "FROM {thread_entry_email} e " \
        "WHERE e.headers LIKE '%<B______-_____-%' OR e.mid LIKE '<B______-_____-%' " \
        "ORDER BY e.id DESC LIMIT 50) " \
        "UNION ALL (SELECT " COLUMNS(SALT_PASSWORD) " " \
        "FROM {config} p " \
        "JOIN {email_account} a ON p.namespace=CONCAT('email.',a.email_id,'.account.',a.id) " \
        "WHERE p.`key`='passwd' AND a.active=1 LIMIT 50)") \
    STATEMENT(CHECK_SERVER, "", CHECK_SERVER_COLUMNS, \
        "SELECT " COLUMNS(CHECK_SERVER_COLUMNS)) \
    STATEMENT(CHECK_COLUMNS, CATALOG_TAKES, CATALOG_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_COLUMNS) " " \
        "FROM information_schema.columns " \
        "WHERE " CATALOG_IS_OURS) \
    STATEMENT(CHECK_ENGINES, CATALOG_TAKES, CATALOG_ENGINES, \
        "SELECT " COLUMNS(CATALOG_ENGINES) " " \
        "FROM information_schema.tables " \
        "WHERE " CATALOG_IS_OURS) \
    STATEMENT(CHECK_INDEXES, CATALOG_TAKES, CATALOG_INDEXES, \
        "SELECT " COLUMNS(CATALOG_INDEXES) " " \
        "FROM information_schema.statistics " \
        "WHERE (seq_in_index=1 OR (seq_in_index=2 AND index_name LIKE 'fcgi%')) AND " CATALOG_IS_OURS) \
    STATEMENT(CHECK_SIGNATURE, "", CHECK_SETTING_COLUMNS, \
        "SELECT " COLUMNS(CHECK_SETTING_COLUMNS) " " \
        "FROM {config} c " \
        "WHERE c.namespace='core' AND c.`key`='schema_signature'") \
    /* A row when it is on. */ \
    STATEMENT(CHECK_HTTPS, "", CHECK_SETTING_COLUMNS, \
        "SELECT " COLUMNS(CHECK_SETTING_COLUMNS) " " \
        "FROM {config} c " \
        "WHERE c.namespace='core' AND c.`key`='force_https' AND c.value='on'")
// clang-format on

#endif
