// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of thread.c.
#ifndef STORE_TICKET_THREAD_STATEMENTS_H
#define STORE_TICKET_THREAD_STATEMENTS_H

#include "store/columns.h"
#include "store/slots.h"

// clang-format off
#define ENTRY_VALUES(FIRST, NEXT, PART) \
    FIRST(ENTRY_VALUE_PARENT, INTEGER, "pid") \
    NEXT(ENTRY_VALUE_THREAD, INTEGER, "thread_id") \
    NEXT(ENTRY_VALUE_STAFF, INTEGER, "staff_id") \
    NEXT(ENTRY_VALUE_USER, INTEGER, "user_id") \
    NEXT(ENTRY_VALUE_TYPE, TEXT, "type") \
    NEXT(ENTRY_VALUE_FLAGS, INTEGER, "flags") \
    NEXT(ENTRY_VALUE_POSTER, TEXT, "poster") \
    NEXT(ENTRY_VALUE_SOURCE, TEXT, "source") \
    NEXT(ENTRY_VALUE_TITLE, TEXT, "title") \
    NEXT(ENTRY_VALUE_BODY, TEXT, "body") \
    NEXT(ENTRY_VALUE_FORMAT, TEXT, "format") \
    NEXT(ENTRY_VALUE_IP_ADDRESS, TEXT, "ip_address") \
    NEXT(ENTRY_VALUE_RECIPIENTS, TEXT, "recipients")
COLUMN_NAMES(ENTRY_VALUES);

// A note's body comes in slots.
#define NOTE_VALUES(FIRST, NEXT, PART) \
    FIRST(NOTE_VALUE_THREAD, INTEGER, ) \
    NEXT(NOTE_VALUE_TITLE, TEXT, )
COLUMN_NAMES(NOTE_VALUES);

#define SEARCH_VALUES_OF_ROW(FIRST, NEXT, PART) \
    FIRST(SEARCH_VALUE_OBJECT_TYPE, TEXT, "object_type") \
    NEXT(SEARCH_VALUE_OBJECT, INTEGER, "object_id") \
    NEXT(SEARCH_VALUE_TITLE, TEXT, "title") \
    NEXT(SEARCH_VALUE_CONTENT, TEXT, "content")
COLUMN_NAMES(SEARCH_VALUES_OF_ROW);

// The event by its name.
#define EVENT_VALUES(FIRST, NEXT, PART) \
    FIRST(EVENT_VALUE_THREAD, INTEGER, "thread_id") \
    NEXT(EVENT_VALUE_NAME, TEXT, "event_id") \
    NEXT(EVENT_VALUE_STAFF, INTEGER, "staff_id") \
    NEXT(EVENT_VALUE_TEAM, INTEGER, "team_id") \
    NEXT(EVENT_VALUE_DEPARTMENT, INTEGER, "dept_id") \
    NEXT(EVENT_VALUE_TOPIC, INTEGER, "topic_id") \
    NEXT(EVENT_VALUE_DATA, TEXT, "data") \
    NEXT(EVENT_VALUE_USERNAME, TEXT, "username") \
    NEXT(EVENT_VALUE_UID, INTEGER, "uid") \
    NEXT(EVENT_VALUE_UID_TYPE, TEXT, "uid_type")
COLUMN_NAMES(EVENT_VALUES);

#define REFERRAL_VALUES(FIRST, NEXT, PART) \
    FIRST(REFERRAL_VALUE_THREAD, INTEGER, "thread_id") \
    NEXT(REFERRAL_VALUE_OBJECT, INTEGER, "object_id") \
    NEXT(REFERRAL_VALUE_TYPE, TEXT, "object_type")
COLUMN_NAMES(REFERRAL_VALUES);

#define THREAD_STATEMENTS(STATEMENT) \
    STATEMENT(ENTRY_INSERT, COLUMN_TYPES(ENTRY_VALUES), NO_COLUMNS, \
        "INSERT INTO {thread_entry}(" COLUMNS(ENTRY_VALUES) ",created,updated) " \
        "VALUES(" PLACES(ENTRY_VALUES) ",NOW(),'0000-00-00 00:00:00')") \
    STATEMENT(SYSTEM_NOTES_INSERT, COLUMN_TYPES(NOTE_VALUES) "16 TEXT body,INTEGER rows,", NO_COLUMNS, \
        "INSERT INTO {thread_entry}(" COLUMNS(ENTRY_VALUES) ",created,updated) " \
        "SELECT 0,?,0,0,'N',128,'SYSTEM','',?," SLOT ",'text','',NULL,NOW(),'0000-00-00 00:00:00' " \
        "FROM " SLOTS) \
    STATEMENT(THREAD_RESPONDED, "INTEGER thread,", NO_COLUMNS, \
        "UPDATE {thread} " \
        "SET lastresponse=NOW() " \
        "WHERE id=?") \
    STATEMENT(SEARCH_REPLACE, COLUMN_TYPES(SEARCH_VALUES_OF_ROW), NO_COLUMNS, \
        "REPLACE INTO {_search}(" COLUMNS(SEARCH_VALUES_OF_ROW) ") " \
        "VALUES(" PLACES(SEARCH_VALUES_OF_ROW) ")") \
    STATEMENT(SEARCH_REPLACE_ROWS, SLOT_TYPES(SEARCH_VALUES_OF_ROW) "INTEGER rows,", NO_COLUMNS, \
        "REPLACE INTO {_search}(" COLUMNS(SEARCH_VALUES_OF_ROW) ") " \
        "SELECT " SLOT_PLACES(SEARCH_VALUES_OF_ROW) " " \
        "FROM " SLOTS) \
    STATEMENT(EVENT_INSERT, COLUMN_TYPES(EVENT_VALUES), NO_COLUMNS, \
        "INSERT INTO {thread_event}(" COLUMNS(EVENT_VALUES) ",thread_type,annulled,timestamp) " \
        "VALUES(?,(SELECT v.id FROM {event} v WHERE v.name=?),?,?,?,?,?,?,?,?,'T',0,NOW())") \
    /* The unique index keeps a second one out. */ \
    STATEMENT(REFERRAL_INSERT, COLUMN_TYPES(REFERRAL_VALUES), NO_COLUMNS, \
        "INSERT INTO {thread_referral}(" COLUMNS(REFERRAL_VALUES) ",created) " \
        "VALUES(" PLACES(REFERRAL_VALUES) ",NOW()) " \
        "ON DUPLICATE KEY UPDATE object_id=object_id") \
    STATEMENT(REFERRAL_DELETE, COLUMN_TYPES(REFERRAL_VALUES), NO_COLUMNS, \
        "DELETE FROM {thread_referral} " \
        "WHERE thread_id=? AND object_id=? AND object_type=?") \
    STATEMENT(DRAFT_DELETE, "INTEGER agent,TEXT kind,INTEGER ticket,", NO_COLUMNS, \
        "DELETE FROM {draft} " \
        "WHERE staff_id=? AND namespace=CONCAT('ticket.',?,'.',?)") \
    STATEMENT(DRAFTS_DELETE, "INTEGER ticket,", NO_COLUMNS, \
        "DELETE FROM {draft} " \
        "WHERE namespace LIKE CONCAT('ticket.%.',?)")
// clang-format on

#endif
