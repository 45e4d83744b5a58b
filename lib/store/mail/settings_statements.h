// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of settings.c.
#ifndef STORE_MAIL_SETTINGS_STATEMENTS_H
#define STORE_MAIL_SETTINGS_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// The database's clock, and below it the settings: two kinds of rows, of which the clock has no key.
#define MAIL_CLOCK_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_SETTING_KEY, TEXT, NO_TEXT) \
    NEXT(MAIL_SETTING_VALUE, TEXT, NO_TEXT) \
    NEXT(MAIL_CLOCK_ZONE, TEXT, UNIFORM("@@session.time_zone")) \
    NEXT(MAIL_CLOCK_SYSTEM_ZONE, TEXT, UNIFORM("@@system_time_zone")) \
    NEXT(MAIL_CLOCK_OFFSET, INTEGER, "TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),NOW())") \
    NEXT(MAIL_CLOCK_NOW, TEXT, "CAST(NOW() AS CHAR)")
COLUMN_NAMES(MAIL_CLOCK_COLUMNS);
#define MAIL_SETTING_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_SETTING_KEY, TEXT, "c.`key`") \
    NEXT(MAIL_SETTING_VALUE, TEXT, "c.value") \
    PART(MAIL_SETTING_NO_CLOCK, NONE_4)

#define MAILBOX_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAILBOX_ID, INTEGER, "m.email_id") \
    NEXT(MAILBOX_ADDRESS, TEXT, "m.email") \
    NEXT(MAILBOX_NAME, TEXT, "m.name")
COLUMN_NAMES(MAILBOX_COLUMNS);

// A setting of account q, which lies with the account that bears its credentials.
#define ACCOUNT_NAMESPACE "CONCAT('email.',q.email_id,'.account.',q.bearer)"
#define ACCOUNT_SETTING(key) \
    "(SELECT c.value FROM {config} c WHERE c.namespace=" ACCOUNT_NAMESPACE " AND c.`key`='" key "')"
#define MAIL_ACCOUNT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_ACCOUNT_ID, INTEGER, "q.id") \
    NEXT(MAIL_ACCOUNT_MAILBOX, INTEGER, "q.email_id") \
    NEXT(MAIL_ACCOUNT_ADDRESS, TEXT, "q.email") \
    NEXT(MAIL_ACCOUNT_AUTHENTICATION, TEXT, "q.auth_bk") \
    NEXT(MAIL_ACCOUNT_HOST, TEXT, "q.host") \
    NEXT(MAIL_ACCOUNT_PORT, INTEGER, "q.port") \
    NEXT(MAIL_ACCOUNT_ALLOWS_SPOOFING, INTEGER, "q.allow_spoofing") \
    NEXT(MAIL_ACCOUNT_NAMESPACE, TEXT, ACCOUNT_NAMESPACE) \
    NEXT(MAIL_ACCOUNT_USERNAME, TEXT, ACCOUNT_SETTING("username")) \
    NEXT(MAIL_ACCOUNT_PASSWORD, TEXT, ACCOUNT_SETTING("passwd"))
COLUMN_NAMES(MAIL_ACCOUNT_COLUMNS);

#define MAIL_TEMPLATE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_TEMPLATE_GROUP, INTEGER, "p.tpl_id") \
    NEXT(MAIL_TEMPLATE_SUBJECT, TEXT, "p.subject") \
    NEXT(MAIL_TEMPLATE_BODY, TEXT, "p.body")
COLUMN_NAMES(MAIL_TEMPLATE_COLUMNS);

#define MAIL_SETTINGS_STATEMENTS(STATEMENT) \
    STATEMENT(MAIL_SETTINGS, "", MAIL_CLOCK_COLUMNS, \
        "SELECT " COLUMNS(MAIL_CLOCK_COLUMNS) " " \
        "UNION ALL SELECT " COLUMNS(MAIL_SETTING_COLUMNS) " " \
        "FROM {config} c " \
        "WHERE c.namespace='core'") \
    STATEMENT(MAIL_MAILBOX, "INTEGER email_id,", MAILBOX_COLUMNS, \
        "SELECT " COLUMNS(MAILBOX_COLUMNS) " " \
        "FROM {email} m " \
        "WHERE m.email_id=?")

#define MAIL_SETTINGS_RARE_STATEMENTS(STATEMENT) \
    /* The mailbox's active SMTP accounts, then the one with the id. */ \
    STATEMENT(MAIL_ACCOUNTS, "INTEGER email_id,INTEGER email_id,INTEGER account,", MAIL_ACCOUNT_COLUMNS, \
        "SELECT " COLUMNS(MAIL_ACCOUNT_COLUMNS) " " \
        "FROM (SELECT a.id,a.email_id,m.email,a.host,a.port,a.allow_spoofing," \
        "IF(a.auth_bk='mailbox',COALESCE(b.auth_bk,'mailbox'),a.auth_bk) AS auth_bk," \
        "IF(a.auth_bk='mailbox',COALESCE(b.id,a.id),a.id) AS bearer," \
        "a.email_id=? AS own " \
        "FROM {email_account} a " \
        "LEFT JOIN {email} m ON m.email_id=a.email_id " \
        "LEFT JOIN {email_account} b ON b.email_id=a.email_id AND b.type='mailbox' " \
        "WHERE a.type='smtp' AND a.active=1 AND (a.email_id=? OR a.id=?)) q " \
        "ORDER BY q.own DESC,q.id") \
    /* Not sorted: texts that are sorted go through a temporary table on the disk. */ \
    STATEMENT(MAIL_TEMPLATE, "INTEGER group,INTEGER fallback,TEXT code,", MAIL_TEMPLATE_COLUMNS, \
        "SELECT " COLUMNS(MAIL_TEMPLATE_COLUMNS) " " \
        "FROM {email_template} p " \
        "JOIN {email_template_group} g ON g.tpl_id=p.tpl_id " \
        "WHERE p.tpl_id IN (?,?) AND p.code_name=?")
// clang-format on

#endif
