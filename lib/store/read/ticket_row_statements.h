// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of ticket_rows.c: a row for each visible entry of each ticket, one row for a ticket without
// any.
#ifndef STORE_READ_TICKET_ROW_STATEMENTS_H
#define STORE_READ_TICKET_ROW_STATEMENTS_H

#include "store/read/ticket_column_statements.h"
#include "store/sql_parts.h"

// clang-format off
// The answer to the field NAME of the ticket's forms: of several the one whose field sorts last. `expression` is made of
// v (form_entry_values) and f (form_field).
#define SORTED_ANSWER(name, expression) \
    "(SELECT " expression " FROM {form_entry} o " \
    "JOIN {form_entry_values} v ON v.entry_id=o.id " \
    "JOIN {form_field} f ON f.id=v.field_id " \
    "WHERE o.object_type='T' AND o.object_id=t.ticket_id AND CAST(LOWER(f.name) AS BINARY)='" name "' " \
    "ORDER BY f.sort DESC,f.id DESC LIMIT 1)"

#define SORTED_COLUMNS(FIRST, NEXT, PART) \
    /* The owner's behind its field's display format: "us 3185558634X123". */ \
    FIRST(SORTED_PHONE, TEXT, \
        "(SELECT CONCAT(" SQL_PHONE_FORMAT ",' ',COALESCE(v.value,'')) FROM {form_entry} o " \
        "JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "JOIN {form_field} f ON f.id=v.field_id " \
        "WHERE o.object_type='U' AND o.object_id=u.id AND CAST(LOWER(f.name) AS BINARY)='phone' " \
        "ORDER BY o.sort,o.id,f.sort,f.id LIMIT 1)") \
    NEXT(SORTED_SUBJECT, TEXT, SORTED_ANSWER("subject", "v.value")) \
    /* "#ID" when the answer chose a row, "=TEXT" when it is only a text. */ \
    NEXT(SORTED_PRIORITY, TEXT, SORTED_ANSWER("priority", \
        "CASE WHEN v.value_id IS NOT NULL THEN CONCAT('#',v.value_id) " \
        "WHEN v.value IS NOT NULL THEN CONCAT('=',v.value) END")) \
    NEXT(SORTED_LAST_MESSAGE, TIME, "h.lastmessage") \
    NEXT(SORTED_LAST_RESPONSE, TIME, "h.lastresponse") \
    NEXT(SORTED_USER_ADDRESS, TEXT, "em.address") \
    NEXT(SORTED_EDITOR, TEXT, SHOWN_EDITOR_NAME) \
    NEXT(SORTED_LONG_BODY, TEXT, SQL_LONG_BODY) \
    NEXT(SORTED_ATTACHMENTS, INTEGER, \
        "(SELECT COUNT(*) FROM {attachment} b WHERE b.type='H' AND b.object_id=e.id AND b.inline=0)") \
    PART(SORTED_TICKET, SHOWN_TICKET_PART) \
    PART(SORTED_SLA, SHOWN_SLA_PART) \
    PART(SORTED_ENTRY, SHOWN_ENTRY_PART)
COLUMN_NAMES(SORTED_COLUMNS);

#define SORTED_TICKETS(condition) \
    "SELECT " COLUMNS(SORTED_COLUMNS) " " \
    "FROM {ticket} t " SHOWN_TICKET_JOINS SHOWN_SLA_JOIN \
    "LEFT JOIN {thread} h ON h.id=" SQL_THREAD " " \
    "LEFT JOIN {thread_entry} e ON e.thread_id=h.id AND e.type IN ('M','R',?) AND e.flags&4=0 " \
    "LEFT JOIN {staff} es ON es.staff_id=e.staff_id " \
    "LEFT JOIN {user} eu ON eu.id=e.user_id " \
    "LEFT JOIN {user_email} em ON em.id=eu.default_email_id " \
    "LEFT JOIN {staff} ds ON e.editor_type='S' AND ds.staff_id=e.editor " \
    "LEFT JOIN {user} du ON e.editor_type='U' AND du.id=e.editor " \
    "WHERE " condition " " \
    "ORDER BY t.ticket_id,e.created,e.id"

#define TICKET_SUMMARY_COLUMNS(FIRST, NEXT, PART) \
    FIRST(TICKET_SUMMARY_NUMBER, TEXT, "t.number") \
    NEXT(TICKET_SUMMARY_CREATED, TIME, "t.created") \
    NEXT(TICKET_SUMMARY_UPDATED, TIME, "t.updated") \
    NEXT(TICKET_SUMMARY_CLOSED, TIME, "t.closed")
COLUMN_NAMES(TICKET_SUMMARY_COLUMNS);

// What each takes: the type of the notes ('N', or 'M' for none), and whose.
#define SORTED_VALUES(FIRST, NEXT, PART) \
    FIRST(SORTED_VALUE_NOTES, TEXT, ) \
    NEXT(SORTED_VALUE_KEY, TEXT, )
COLUMN_NAMES(SORTED_VALUES);

#define TICKET_ROW_STATEMENTS(STATEMENT) \
    STATEMENT(TICKET_BY_NUMBER, "TEXT type of notes,TEXT number,", SORTED_COLUMNS, \
        SORTED_TICKETS("t.ticket_id=" SQL_TICKET_OF_NUMBER)) \
    STATEMENT(TICKET_LIST, "", TICKET_SUMMARY_COLUMNS, \
        "SELECT " COLUMNS(TICKET_SUMMARY_COLUMNS) " " \
        "FROM {ticket} t " \
        "ORDER BY t.ticket_id")

// Lists without the index of schema/fcgi-indexes.sql.
#define TICKET_ROW_RARE_STATEMENTS(STATEMENT) \
    STATEMENT(SORTED_OF_STAFF, "TEXT type of notes,INTEGER staff,", SORTED_COLUMNS, SORTED_TICKETS("t.staff_id=?")) \
    STATEMENT(SORTED_OF_USER, "TEXT type of notes,INTEGER user,", SORTED_COLUMNS, SORTED_TICKETS("t.user_id=?"))
// clang-format on

#endif
