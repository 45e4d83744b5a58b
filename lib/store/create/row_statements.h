// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of rows.c.
#ifndef STORE_CREATE_ROW_STATEMENTS_H
#define STORE_CREATE_ROW_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define USER_VALUES(FIRST, NEXT, PART) \
    FIRST(USER_VALUE_ORGANIZATION, INTEGER, "org_id") \
    NEXT(USER_VALUE_DEFAULT_EMAIL, INTEGER, "default_email_id") \
    NEXT(USER_VALUE_NAME, TEXT, "name")
COLUMN_NAMES(USER_VALUES);

#define TICKET_VALUES(FIRST, NEXT, PART) \
    FIRST(TICKET_VALUE_NUMBER, TEXT, "number") \
    NEXT(TICKET_VALUE_USER, INTEGER, "user_id") \
    NEXT(TICKET_VALUE_STATUS, INTEGER, "status_id") \
    NEXT(TICKET_VALUE_DEPARTMENT, INTEGER, "dept_id") \
    NEXT(TICKET_VALUE_SLA, INTEGER, "sla_id") \
    NEXT(TICKET_VALUE_TOPIC, INTEGER, "topic_id") \
    NEXT(TICKET_VALUE_STAFF, INTEGER, "staff_id") \
    NEXT(TICKET_VALUE_TEAM, INTEGER, "team_id") \
    NEXT(TICKET_VALUE_MAILBOX, INTEGER, "email_id") \
    NEXT(TICKET_VALUE_IP_ADDRESS, TEXT, "ip_address") \
    NEXT(TICKET_VALUE_SOURCE, TEXT, "source") \
    NEXT(TICKET_VALUE_ESTIMATED_DUE, TIME, "est_duedate") \
    NEXT(TICKET_VALUE_CLOSED, TIME, "closed") \
    NEXT(TICKET_VALUE_LAST_UPDATE, TIME, "lastupdate") \
    NEXT(TICKET_VALUE_CREATED, TIME, "created")
COLUMN_NAMES(TICKET_VALUES);

#define FORM_ENTRY_VALUES(FIRST, NEXT, PART) \
    FIRST(FORM_ENTRY_VALUE_FORM, INTEGER, "form_id") \
    NEXT(FORM_ENTRY_VALUE_OBJECT, INTEGER, "object_id") \
    NEXT(FORM_ENTRY_VALUE_OBJECT_TYPE, TEXT, "object_type") \
    NEXT(FORM_ENTRY_VALUE_SORT, INTEGER, "sort") \
    NEXT(FORM_ENTRY_VALUE_EXTRA, TEXT, "extra")
COLUMN_NAMES(FORM_ENTRY_VALUES);

#define FORM_VALUES(FIRST, NEXT, PART) \
    FIRST(FORM_VALUE_ENTRY, INTEGER, "entry_id") \
    NEXT(FORM_VALUE_FIELD, INTEGER, "field_id") \
    NEXT(FORM_VALUE_VALUE, TEXT, "value") \
    NEXT(FORM_VALUE_VALUE_ID, INTEGER, "value_id")
COLUMN_NAMES(FORM_VALUES);

#define COLLABORATOR_VALUES(FIRST, NEXT, PART) \
    FIRST(COLLABORATOR_VALUE_FLAGS, INTEGER, "flags") \
    NEXT(COLLABORATOR_VALUE_THREAD, INTEGER, "thread_id") \
    NEXT(COLLABORATOR_VALUE_USER, INTEGER, "user_id")
COLUMN_NAMES(COLLABORATOR_VALUES);

#define SYSLOG_VALUES(FIRST, NEXT, PART) \
    FIRST(SYSLOG_VALUE_TYPE, TEXT, "log_type") \
    NEXT(SYSLOG_VALUE_TITLE, TEXT, "title") \
    NEXT(SYSLOG_VALUE_LOG, TEXT, "log") \
    NEXT(SYSLOG_VALUE_IP_ADDRESS, TEXT, "ip_address")
// And the level, by which the help desk may leave it out.
#define SYSLOG_ALL_VALUES(FIRST, NEXT, PART) \
    SYSLOG_VALUES(FIRST, NEXT, PART) \
    NEXT(SYSLOG_VALUE_LEVEL, INTEGER, )
COLUMN_NAMES(SYSLOG_ALL_VALUES);

#define ROW_STATEMENTS(STATEMENT) \
    /* The address's row is locked, and its id the id that is told, be it new or not. */ \
    STATEMENT(USER_EMAIL_INSERT, "TEXT address,", NO_COLUMNS, \
        "INSERT INTO {user_email}(user_id,flags,address) " \
        "VALUES(0,0,?) " \
        "ON DUPLICATE KEY UPDATE id=LAST_INSERT_ID(id)") \
    STATEMENT(USER_INSERT, COLUMN_TYPES(USER_VALUES), NO_COLUMNS, \
        "INSERT INTO {user}(" COLUMNS(USER_VALUES) ",status,created,updated) " \
        "VALUES(" PLACES(USER_VALUES) ",0,NOW(),NOW())") \
    /* The user takes the address while it belongs to nobody. */ \
    STATEMENT(USER_EMAIL_TAKE, "INTEGER user,INTEGER id of the address,", NO_COLUMNS, \
        "UPDATE {user_email} m " \
        "LEFT JOIN {user} u ON u.id=m.user_id " \
        "SET m.user_id=? " \
        "WHERE m.id=? AND u.id IS NULL") \
    STATEMENT(TICKET_INSERT, COLUMN_TYPES(TICKET_VALUES), NO_COLUMNS, \
        "INSERT INTO {ticket}(" COLUMNS(TICKET_VALUES) ",updated) " \
        "VALUES(" PLACES(TICKET_VALUES) ",NOW())") \
    STATEMENT(THREAD_INSERT, "INTEGER ticket,INTEGER has a message,", NO_COLUMNS, \
        "INSERT INTO {thread}(object_id,object_type,lastmessage,created) " \
        "VALUES(?,'T',IF(?,NOW(),NULL),NOW())") \
    STATEMENT(FORM_ENTRY_INSERT, COLUMN_TYPES(FORM_ENTRY_VALUES), NO_COLUMNS, \
        "INSERT INTO {form_entry}(" COLUMNS(FORM_ENTRY_VALUES) ",created,updated) " \
        "VALUES(" PLACES(FORM_ENTRY_VALUES) ",NOW(),NOW())") \
    STATEMENT(FORM_VALUE_INSERT, COLUMN_TYPES(FORM_VALUES), NO_COLUMNS, \
        "INSERT INTO {form_entry_values}(" COLUMNS(FORM_VALUES) ") " \
        "VALUES(" PLACES(FORM_VALUES) ")") \
    STATEMENT(COLLABORATOR_INSERT, COLUMN_TYPES(COLLABORATOR_VALUES), NO_COLUMNS, \
        "INSERT INTO {thread_collaborator}(" COLUMNS(COLLABORATOR_VALUES) ",role,created,updated) " \
        "VALUES(" PLACES(COLLABORATOR_VALUES) ",'M',NOW(),NOW())") \
    STATEMENT(SYSLOG_INSERT, COLUMN_TYPES(SYSLOG_ALL_VALUES), NO_COLUMNS, \
        "INSERT INTO {syslog}(" COLUMNS(SYSLOG_VALUES) ",logger,created,updated) " \
        "SELECT " PLACES(SYSLOG_VALUES) ",'',NOW(),NOW() " \
        "FROM (SELECT 1 AS one) o " \
        "WHERE ?<=COALESCE((SELECT CAST(c.value AS UNSIGNED) FROM {config} c " \
        "WHERE c.namespace='core' AND c.`key`='log_level'),2)")
// clang-format on

#endif
