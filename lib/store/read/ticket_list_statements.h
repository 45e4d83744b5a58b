// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of ticket_list.c.
#ifndef STORE_READ_TICKET_LIST_STATEMENTS_H
#define STORE_READ_TICKET_LIST_STATEMENTS_H

#include "store/desk/kept_desk_statements.h"
#include "store/read/ticket_column_statements.h"
#include "store/sql_parts.h"

// clang-format off
// A list's tickets, a row for each answer to the fields whose ids are known, as a comma list. They come by the index on
// their agent or owner, which goes on with their ids.
#define LISTED_OWNER_ANSWER_PART(FIRST, NEXT, PART) FIELD_ANSWER_OF(FIRST, NEXT, PART, "po", "pv")
enum { LISTED_OWNER_ANSWER_PART_COUNT = FIELD_ANSWER_PART_COUNT };
#define LISTED_OF_USER(FIRST, NEXT, PART) \
    FIRST(LISTED_ID, INTEGER, "t.ticket_id") \
    PART(LISTED_TICKET, SHOWN_TICKET_PART) \
    PART(LISTED_SLA, SHOWN_SLA_PART) \
    PART(LISTED_ANSWER, FIELD_ANSWER_PART)
#define LISTED_OF_STAFF(FIRST, NEXT, PART) \
    LISTED_OF_USER(FIRST, NEXT, PART) \
    PART(LISTED_OWNER_ANSWER, LISTED_OWNER_ANSWER_PART)
COLUMN_NAMES(LISTED_OF_STAFF);
// With the version of the names that a worker keeps; of a user also the phone, "us 3185558634X123", read once.
#define LISTED_OF_STAFF_KEPT(FIRST, NEXT, PART) \
    LISTED_OF_STAFF(FIRST, NEXT, PART) \
    NEXT(LISTED_OF_STAFF_VERSION, INTEGER, DESK_VERSION)
#define LISTED_OF_USER_KEPT(FIRST, NEXT, PART) \
    LISTED_OF_USER(FIRST, NEXT, PART) \
    NEXT(LISTED_OF_USER_VERSION, INTEGER, DESK_VERSION) \
    NEXT(LISTED_OF_USER_PHONE, TEXT, \
        "(SELECT CONCAT(" SQL_PHONE_FORMAT ",' ',COALESCE(v.value,'')) FROM {form_entry} po " \
        "JOIN {form_entry_values} v ON v.entry_id=po.id AND FIND_IN_SET(v.field_id,?) " \
        "JOIN {form_field} f ON f.id=v.field_id " \
        "WHERE po.object_type='U' AND po.object_id=? " \
        "ORDER BY po.sort,po.id,f.sort,f.id LIMIT 1)")
enum {
    LISTED_OF_STAFF_VERSION = LISTED_OF_STAFF_COUNT,
    LISTED_OF_USER_VERSION = LISTED_OWNER_ANSWER, // which a user's tickets come without
    LISTED_OF_USER_PHONE,
};

#define LISTED_ANSWERS(form, value, type, object) \
    "LEFT JOIN ({form_entry} " form " JOIN {form_entry_values} " value " ON " value ".entry_id=" form ".id " \
    "AND FIND_IN_SET(" value ".field_id,?)) ON " form ".object_type=" type " AND " form ".object_id=" object " "

#define LISTED_OWNER_ANSWERS LISTED_ANSWERS("po", "pv", "'U'", "t.user_id")
#define LISTED_TICKETS(columns, joins, condition) \
    "SELECT STRAIGHT_JOIN " COLUMNS(columns) " " \
    "FROM {ticket} t " SHOWN_TICKET_JOINS SHOWN_SLA_JOIN joins \
    LISTED_ANSWERS("o", "v", "'T'", "t.ticket_id") \
    "WHERE " condition " " \
    "ORDER BY t.ticket_id"

// Their entries, in the same order, by fcgi_entries: without that index the server refuses the statement. Written so,
// the rows leave one by one, unsorted. A long body comes in pieces.
#define LISTED_ENTRY_COLUMNS(FIRST, NEXT, PART) \
    FIRST(LISTED_ENTRY_TICKET, INTEGER, "t.ticket_id") \
    NEXT(LISTED_ENTRY_THREAD, INTEGER, "COALESCE(h.id,hc.id)") \
    NEXT(LISTED_ENTRY_LAST_MESSAGE, TIME, "COALESCE(h.lastmessage,hc.lastmessage)") \
    NEXT(LISTED_ENTRY_LAST_RESPONSE, TIME, "COALESCE(h.lastresponse,hc.lastresponse)") \
    PART(LISTED_ENTRY, SHOWN_ENTRY_PART) \
    NEXT(LISTED_ENTRY_ATTACHMENT, INTEGER, "b.id") \
    NEXT(LISTED_ENTRY_ATTACHMENT_INLINE, INTEGER, "b.inline") \
    NEXT(LISTED_ENTRY_USER_ADDRESS, TEXT, "em.address") \
    NEXT(LISTED_ENTRY_EDITOR, TEXT, SHOWN_EDITOR_NAME) \
    NEXT(LISTED_ENTRY_CHUNK_ID, INTEGER, "k.chunk_id") \
    NEXT(LISTED_ENTRY_CHUNK, TEXT, "k.filedata")
COLUMN_NAMES(LISTED_ENTRY_COLUMNS);

#define LISTED_ENTRIES(condition) \
    "SELECT STRAIGHT_JOIN " COLUMNS(LISTED_ENTRY_COLUMNS) " " \
    "FROM {ticket} t " \
    "LEFT JOIN {thread} h ON h.object_id=t.ticket_id AND CONCAT(h.object_type)='T' " \
    "LEFT JOIN {thread} hc ON hc.object_id=IF(h.id IS NULL,t.ticket_id,NULL) AND CONCAT(hc.object_type)='C' " \
    SHOWN_ENTRY_JOINS("FORCE INDEX (fcgi_entries) ", "COALESCE(h.id,hc.id)") \
    "LEFT JOIN {user_email} em ON em.id=IF(eu.name IN ('','0'),eu.default_email_id,NULL) " \
    "LEFT JOIN {staff} ds ON ds.staff_id=IF(e.editor_type='S',e.editor,NULL) " \
    "LEFT JOIN {user} du ON du.id=IF(e.editor_type='U',e.editor,NULL) " \
    "LEFT JOIN ({file} i JOIN {file_chunk} k ON k.file_id=i.id) " \
    "ON i.id=IF(e.body='' AND b.inline=1,b.file_id,NULL) AND CONCAT(i.type) IN ('text/html','text/plain') " \
    "WHERE " condition " " \
    "ORDER BY t.ticket_id"

#define TICKET_LIST_STATEMENTS(STATEMENT) \
    /* Fields are the ids of those whose answers are shown: of the owner's, of the ticket's. */ \
    STATEMENT(TICKETS_OF_STAFF, "TEXT fields of the owner,TEXT fields,INTEGER staff,", LISTED_OF_STAFF, \
        LISTED_TICKETS(LISTED_OF_STAFF, LISTED_OWNER_ANSWERS, "t.staff_id=?")) \
    STATEMENT(TICKETS_OF_USER, "TEXT fields,INTEGER user,", LISTED_OF_USER, \
        LISTED_TICKETS(LISTED_OF_USER, "", "t.user_id=?")) \
    STATEMENT(ENTRIES_OF_STAFF, "TEXT type of notes,INTEGER staff,", LISTED_ENTRY_COLUMNS, \
        LISTED_ENTRIES("t.staff_id=?")) \
    STATEMENT(ENTRIES_OF_USER, "TEXT type of notes,INTEGER user,", LISTED_ENTRY_COLUMNS, \
        LISTED_ENTRIES("t.user_id=?"))

#define KEPT_LIST_STATEMENTS(STATEMENT) \
    STATEMENT(KEPT_TICKETS_OF_STAFF, "TEXT fields of the owner,TEXT fields,INTEGER staff,", LISTED_OF_STAFF_KEPT, \
        LISTED_TICKETS(LISTED_OF_STAFF_KEPT, DESK_VERSION_JOIN LISTED_OWNER_ANSWERS, "t.staff_id=?")) \
    STATEMENT(KEPT_TICKETS_OF_USER, "TEXT fields of the owner,INTEGER user,TEXT fields,INTEGER user,", LISTED_OF_USER_KEPT, \
        LISTED_TICKETS(LISTED_OF_USER_KEPT, DESK_VERSION_JOIN, "t.user_id=?"))
// clang-format on

#endif
