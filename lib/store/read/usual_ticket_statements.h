// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of usual_ticket.c: one ticket, with the rows that its names come from, which are found by
// their keys before the join begins, or without them. What is left out (long bodies, editors, SLAs, and of
// names deeper trees and translations) makes a ticket an unusual one.
//
// A join with the four rows of USUAL_KINDS puts all that it is made of below each other, without multiplying
// it and without a subquery a row: 0 the ticket with its people, 1 the answers to its forms, 2 those to its
// owner's forms, 3 its entries. A lookup of another kind meets NULL and is skipped. Of many tickets that
// takes the database a third longer than two statements: see ticket_list_statements.h.
#ifndef STORE_READ_USUAL_TICKET_STATEMENTS_H
#define STORE_READ_USUAL_TICKET_STATEMENTS_H

#include "store/desk/kept_desk_statements.h"
#include "store/read/ticket_column_statements.h"
#include "store/sql_parts.h"

// clang-format off
#define USUAL_KINDS \
    "(SELECT 0 AS kind,NULL AS type UNION ALL SELECT 1,_ascii'T' UNION ALL SELECT 2,_ascii'U' " \
    "UNION ALL SELECT 3,NULL) z "

// A column of the ticket's own row alone.
#define USUAL_ONCE(column) "IF(z.kind=0," column ",NULL)"
#define USUAL_TICKET_PART(FIRST, NEXT, PART) SHOWN_TICKET_OF(FIRST, NEXT, PART, USUAL_ONCE)
enum { USUAL_TICKET_PART_COUNT = SHOWN_TICKET_PART_COUNT };

// A department or a help topic.
#define USUAL_NODE_OF(FIRST, NEXT, PART, id, name, parent) \
    FIRST(USUAL_NODE_ID, INTEGER, USUAL_ONCE(id)) \
    NEXT(USUAL_NODE_NAME, TEXT, USUAL_ONCE(name)) \
    NEXT(USUAL_NODE_PARENT, INTEGER, USUAL_ONCE(parent))
#define USUAL_NODE_DEPARTMENT(FIRST, NEXT, PART) USUAL_NODE_OF(FIRST, NEXT, PART, "dp.id", "dp.name", "dp.pid")
#define USUAL_NODE_ABOVE_DEPARTMENT(FIRST, NEXT, PART) USUAL_NODE_OF(FIRST, NEXT, PART, "dq.id", "dq.name", "dq.pid")
#define USUAL_NODE_TOPIC(FIRST, NEXT, PART) \
    USUAL_NODE_OF(FIRST, NEXT, PART, "tp.topic_id", "tp.topic", "tp.topic_pid")
#define USUAL_NODE_ABOVE_TOPIC(FIRST, NEXT, PART) \
    USUAL_NODE_OF(FIRST, NEXT, PART, "tq.topic_id", "tq.topic", "tq.topic_pid")
COLUMN_NAMES(USUAL_NODE_DEPARTMENT);
enum {
    USUAL_NODE_ABOVE_DEPARTMENT_COUNT = USUAL_NODE_DEPARTMENT_COUNT,
    USUAL_NODE_TOPIC_COUNT = USUAL_NODE_DEPARTMENT_COUNT,
    USUAL_NODE_ABOVE_TOPIC_COUNT = USUAL_NODE_DEPARTMENT_COUNT,
};

// What both statements give.
#define USUAL_ROW(FIRST, NEXT, PART) \
    FIRST(USUAL_KIND, INTEGER, "z.kind") \
    PART(USUAL_TICKET, USUAL_TICKET_PART) \
    NEXT(USUAL_NEEDS_SLA, INTEGER, USUAL_ONCE("t.duedate IS NULL AND t.est_duedate IS NULL AND t.sla_id<>0")) \
    NEXT(USUAL_THREAD, INTEGER, "h.id") \
    NEXT(USUAL_LAST_MESSAGE, TIME, "h.lastmessage") \
    NEXT(USUAL_LAST_RESPONSE, TIME, "h.lastresponse") \
    PART(USUAL_ANSWER, FIELD_ANSWER_PART) \
    PART(USUAL_ENTRY, SHOWN_ENTRY_PART) \
    NEXT(USUAL_ATTACHMENT, INTEGER, "b.id") \
    NEXT(USUAL_ATTACHMENT_INLINE, INTEGER, "b.inline")

// With the rows that the names come from.
#define USUAL_COLUMNS(FIRST, NEXT, PART) \
    USUAL_ROW(FIRST, NEXT, PART) \
    NEXT(USUAL_FIELD_NAME, TEXT, "f.name") \
    NEXT(USUAL_FIELD_SORT, INTEGER, "f.sort") \
    NEXT(USUAL_PHONE_FORMAT, TEXT, "IF(z.kind=2," SQL_PHONE_FORMAT ",NULL)") \
    NEXT(USUAL_STATUS, INTEGER, USUAL_ONCE("st.id")) \
    NEXT(USUAL_STATUS_NAME, TEXT, USUAL_ONCE("st.name")) \
    PART(USUAL_DEPARTMENT, USUAL_NODE_DEPARTMENT) \
    PART(USUAL_PARENT_DEPARTMENT, USUAL_NODE_ABOVE_DEPARTMENT) \
    PART(USUAL_TOPIC, USUAL_NODE_TOPIC) \
    PART(USUAL_PARENT_TOPIC, USUAL_NODE_ABOVE_TOPIC) \
    NEXT(USUAL_AGENT_NAME_FORMAT, TEXT, USUAL_ONCE("ca.value")) \
    NEXT(USUAL_CLIENT_NAME_FORMAT, TEXT, USUAL_ONCE("cc.value")) \
    /* On the row of each kind, of another name. */ \
    NEXT(USUAL_TRANSLATION, INTEGER, "x.id") \
    NEXT(USUAL_PRIORITY, INTEGER, "pr.priority_id") \
    NEXT(USUAL_PRIORITY_DESCRIPTION, TEXT, "pr.priority_desc") \
    NEXT(USUAL_PRIORITY_NAME, TEXT, "pr.priority") \
    NEXT(USUAL_PRIORITY_COLOR, TEXT, "pr.priority_color") \
    NEXT(USUAL_PRIORITY_URGENCY, INTEGER, "pr.priority_urgency") \
    NEXT(USUAL_PRIORITY_IS_PUBLIC, INTEGER, "pr.ispublic")
COLUMN_NAMES(USUAL_COLUMNS);

// With the version of those that a worker keeps.
#define KEPT_TICKET_COLUMNS(FIRST, NEXT, PART) \
    USUAL_ROW(FIRST, NEXT, PART) \
    NEXT(USUAL_VERSION, INTEGER, DESK_VERSION)
enum { USUAL_VERSION = USUAL_FIELD_NAME };

// osTicket files a name's translation under the last 16 digits of an MD5 sum.
#define USUAL_NAME_HASH(tag, id) "CONVERT(RIGHT(MD5(CONCAT('" tag ".'," id ")),16) USING ascii)"

#define USUAL_ANSWERS_OF "ON o.object_type=z.type AND o.object_id=IF(z.kind=1,t.ticket_id,t.user_id) "
#define USUAL_THREAD_JOINS \
    "LEFT JOIN {thread} h ON h.object_id=IF(z.kind=3,t.ticket_id,NULL) AND CONCAT(h.object_type)='T' " \
    SHOWN_ENTRY_JOINS("", "h.id")

#define USUAL_TICKET_STATEMENTS(STATEMENT) \
    STATEMENT(USUAL_TICKET, "TEXT type of notes,INTEGER ticket,", USUAL_COLUMNS, \
        "SELECT STRAIGHT_JOIN " COLUMNS(USUAL_COLUMNS) " " \
        "FROM {ticket} t " SHOWN_TICKET_JOINS \
        "LEFT JOIN {ticket_status} st ON st.id=t.status_id " \
        "LEFT JOIN {department} dp ON dp.id=t.dept_id " \
        "LEFT JOIN {department} dq ON dq.id=dp.pid " \
        "LEFT JOIN {help_topic} tp ON tp.topic_id=t.topic_id " \
        "LEFT JOIN {help_topic} tq ON tq.topic_id=tp.topic_pid " \
        "LEFT JOIN {config} ca ON ca.namespace='core' AND ca.`key`='agent_name_format' " \
        "LEFT JOIN {config} cc ON cc.namespace='core' AND cc.`key`='client_name_format' " \
        "JOIN " USUAL_KINDS \
        "LEFT JOIN {translation} x ON x.object_hash=CASE z.kind " \
        "WHEN 0 THEN " USUAL_NAME_HASH("status.value", "t.status_id") " " \
        "WHEN 1 THEN " USUAL_NAME_HASH("dept.name", "t.dept_id") " " \
        "WHEN 2 THEN " USUAL_NAME_HASH("topic.name", "t.topic_id") " " \
        "ELSE " USUAL_NAME_HASH("topic.name", "tp.topic_pid") " END AND CONCAT(x.type)='phrase' " \
        "LEFT JOIN ({form_entry} o " \
        "JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "JOIN {form_field} f ON f.id=v.field_id AND f.name IN ('subject','priority','phone')) " \
        USUAL_ANSWERS_OF \
        "LEFT JOIN {ticket_priority} pr ON pr.priority_id=IF(z.kind=1,v.value_id,NULL) " \
        USUAL_THREAD_JOINS \
        "WHERE t.ticket_id=? LIMIT 60")

#define KEPT_TICKET_STATEMENTS(STATEMENT) \
    STATEMENT(KEPT_TICKET, "TEXT fields,TEXT type of notes,INTEGER ticket,", KEPT_TICKET_COLUMNS, \
        "SELECT STRAIGHT_JOIN " COLUMNS(KEPT_TICKET_COLUMNS) " " \
        "FROM {ticket} t " SHOWN_TICKET_JOINS DESK_VERSION_JOIN \
        "JOIN " USUAL_KINDS \
        "LEFT JOIN ({form_entry} o " \
        "JOIN {form_entry_values} v ON v.entry_id=o.id AND FIND_IN_SET(v.field_id,?)) " \
        USUAL_ANSWERS_OF \
        USUAL_THREAD_JOINS \
        "WHERE t.ticket_id=? LIMIT 60")
// clang-format on

#endif
