// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of key_rows.c: API keys as an administrator sees and changes them.
#ifndef STORE_KEY_ROW_STATEMENTS_H
#define STORE_KEY_ROW_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define KEY_ROW_COLUMNS(FIRST, NEXT, PART) \
    FIRST(KEY_ROW_ID, INTEGER, "a.id") \
    NEXT(KEY_ROW_ACTIVE, INTEGER, "a.isactive") \
    NEXT(KEY_ROW_CREATES, INTEGER, "a.can_create_tickets") \
    NEXT(KEY_ROW_CRON, INTEGER, "a.can_exec_cron") \
    NEXT(KEY_ROW_ADDRESS, TEXT, "a.ipaddr") \
    NEXT(KEY_ROW_END, TEXT, "IF(CHAR_LENGTH(a.apikey)<12,'',RIGHT(a.apikey,4))") \
    NEXT(KEY_ROW_OF, INTEGER, "k.key_id") \
    NEXT(KEY_ROW_NETWORKS, TEXT, "k.networks") \
    NEXT(KEY_ROW_SCOPES, TEXT, "k.scopes") \
    NEXT(KEY_ROW_STAFF, INTEGER, "k.staff_id") \
    NEXT(KEY_ROW_USERNAME, TEXT, "s.username") \
    NEXT(KEY_ROW_ANY_STAFF, INTEGER, "k.any_staff") \
    NEXT(KEY_ROW_SYSTEM, INTEGER, "k.system") \
    NEXT(KEY_ROW_VIEW, TEXT, "k.view") \
    NEXT(KEY_ROW_VIEW_ID, INTEGER, "k.view_id") \
    NEXT(KEY_ROW_DEPARTMENTS, TEXT, "k.depts") \
    NEXT(KEY_ROW_RATE, INTEGER, "k.rate") \
    NEXT(KEY_ROW_BURST, INTEGER, "k.burst") \
    NEXT(KEY_ROW_EXPIRES, TEXT, "DATE_FORMAT(k.expires,'%Y-%m-%d %H:%i:%s')") \
    NEXT(KEY_ROW_EXPIRED, INTEGER, "k.expires<=UTC_TIMESTAMP()") \
    NEXT(KEY_ROW_NOTE, TEXT, "k.note")
COLUMN_NAMES(KEY_ROW_COLUMNS);

#define KEY_RULE_VALUES(FIRST, NEXT, PART) \
    FIRST(KEY_VALUE_ID, INTEGER, "key_id") \
    NEXT(KEY_VALUE_NETWORKS, TEXT, "networks") \
    NEXT(KEY_VALUE_SCOPES, TEXT, "scopes") \
    NEXT(KEY_VALUE_STAFF, INTEGER, "staff_id") \
    NEXT(KEY_VALUE_ANY_STAFF, INTEGER, "any_staff") \
    NEXT(KEY_VALUE_SYSTEM, INTEGER, "`system`") \
    NEXT(KEY_VALUE_VIEW, TEXT, "view") \
    NEXT(KEY_VALUE_VIEW_ID, INTEGER, "view_id") \
    NEXT(KEY_VALUE_DEPARTMENTS, TEXT, "depts") \
    NEXT(KEY_VALUE_RATE, INTEGER, "rate") \
    NEXT(KEY_VALUE_BURST, INTEGER, "burst") \
    NEXT(KEY_VALUE_EXPIRES, TIME, "expires") \
    NEXT(KEY_VALUE_NOTE, TEXT, "note")
COLUMN_NAMES(KEY_RULE_VALUES);

#define KEY_ROW_ID_COLUMNS(FIRST, NEXT, PART) FIRST(KEY_FOUND_ID, INTEGER, "x.id")
COLUMN_NAMES(KEY_ROW_ID_COLUMNS);

#define KEY_ROW_STATEMENTS(STATEMENT) \
    STATEMENT(KEY_ROWS, "INTEGER one key,INTEGER key,", KEY_ROW_COLUMNS, \
        "SELECT " COLUMNS(KEY_ROW_COLUMNS) " " \
        "FROM {api_key} a " \
        "LEFT JOIN {fcgi:key} k ON k.key_id=a.id " \
        "LEFT JOIN {staff} s ON s.staff_id=k.staff_id " \
        "WHERE ?=0 OR a.id=? " \
        "ORDER BY a.id") \
    STATEMENT(KEY_INSERT, "TEXT address,TEXT key,INTEGER creates tickets,", NO_COLUMNS, \
        "INSERT INTO {api_key}(isactive,ipaddr,apikey,can_create_tickets,can_exec_cron,notes,updated,created) " \
        "VALUES(1,?,?,?,0,'',NOW(),NOW())") \
    STATEMENT(KEY_SWITCH, "INTEGER active,INTEGER creates tickets,INTEGER cron,INTEGER key,", NO_COLUMNS, \
        "UPDATE {api_key} SET isactive=?,can_create_tickets=?,can_exec_cron=?,updated=NOW() " \
        "WHERE id=?") \
    STATEMENT(KEY_RULES_REPLACE, COLUMN_TYPES(KEY_RULE_VALUES), NO_COLUMNS, \
        "REPLACE INTO {fcgi:key}(" COLUMNS(KEY_RULE_VALUES) ") " \
        "VALUES(" PLACES(KEY_RULE_VALUES) ")") \
    STATEMENT(ORGANIZATION_BY_NAME, "TEXT name,", KEY_ROW_ID_COLUMNS, \
        "SELECT " COLUMNS(KEY_ROW_ID_COLUMNS) " " \
        "FROM {organization} x " \
        "WHERE x.name=? " \
        "LIMIT 1") \
    STATEMENT(DEPARTMENT_BY_NAME, "TEXT id,TEXT name,", KEY_ROW_ID_COLUMNS, \
        "SELECT " COLUMNS(KEY_ROW_ID_COLUMNS) " " \
        "FROM {department} x " \
        "WHERE CONCAT(x.id)=? OR x.name=? " \
        "LIMIT 1")
// clang-format on

#endif
