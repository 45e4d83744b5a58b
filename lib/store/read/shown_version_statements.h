// SPDX-License-Identifier: GPL-2.0-or-later
// The version of a ticket for clients, in the columns of VERSION_COLUMNS: of what they are shown, and nothing
// else. A note, an assignment or a link to a ticket of others gives no other version. spec:
// operations.md 1.6, 9.3.
#ifndef STORE_READ_SHOWN_VERSION_STATEMENTS_H
#define STORE_READ_SHOWN_VERSION_STATEMENTS_H

#include "store/read/shown_ticket_statements.h"
#include "store/read/ticket_version_statements.h"

// clang-format off
#define SHOWN_VERSION_COLUMNS(FIRST, NEXT, PART, sees) \
    FIRST(VERSION_TICKET, INTEGER, "t.ticket_id") \
    NEXT(VERSION_PARENT, INTEGER, "tp.ticket_id") \
    NEXT(VERSION_NUMBER, TEXT, "t.number") \
    NEXT(VERSION_USER, INTEGER, "t.user_id") \
    NEXT(VERSION_ADDRESS, ANY, "NULL") \
    NEXT(VERSION_STATUS, INTEGER, "t.status_id") \
    NEXT(VERSION_DEPARTMENT, INTEGER, "d.id") \
    NEXT(VERSION_SLA, ANY, "NULL") \
    NEXT(VERSION_TOPIC, INTEGER, "ht.topic_id") \
    NEXT(VERSION_STAFF, ANY, "NULL") \
    NEXT(VERSION_TEAM, ANY, "NULL") \
    NEXT(VERSION_EMAIL, ANY, "NULL") \
    NEXT(VERSION_LOCK, ANY, "NULL") \
    NEXT(VERSION_FLAGS, ANY, "NULL") \
    NEXT(VERSION_SORT, ANY, "NULL") \
    NEXT(VERSION_IP_ADDRESS, ANY, "NULL") \
    NEXT(VERSION_SOURCE, TEXT, "t.source") \
    NEXT(VERSION_SOURCE_EXTRA, ANY, "NULL") \
    NEXT(VERSION_IS_OVERDUE, ANY, "NULL") \
    NEXT(VERSION_IS_ANSWERED, INTEGER, "t.isanswered") \
    NEXT(VERSION_DUE, ANY, "NULL") \
    NEXT(VERSION_ESTIMATED_DUE, ANY, "NULL") \
    NEXT(VERSION_REOPENED, TIME, "t.reopened") \
    NEXT(VERSION_CLOSED, TIME, "t.closed") \
    NEXT(VERSION_LAST_UPDATE, TIME, "t.lastupdate") \
    NEXT(VERSION_CREATED, TIME, "t.created") \
    NEXT(VERSION_UPDATED, TIME, "t.updated") \
    NEXT(VERSION_SUBJECT, TEXT, "c.subject") \
    NEXT(VERSION_PRIORITY, INTEGER, "pr.priority_id") \
    NEXT(VERSION_LAST_MESSAGE, TIME, "h.lastmessage") \
    NEXT(VERSION_LAST_RESPONSE, TIME, "h.lastresponse") \
    NEXT(VERSION_USER_UPDATED, TIME, "u.updated") \
    NEXT(VERSION_USER_ADDRESS, TEXT, "a.address") \
    NEXT(VERSION_ENTRIES, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),MAX(e.id),MAX(e.updated),SUM(e.flags)) FROM {thread_entry} e " \
        "WHERE e.thread_id=h.id AND " SHOWN_ENTRY ")") \
    NEXT(VERSION_MOVED_ENTRIES, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),MAX(e.id),MAX(e.updated),SUM(e.flags)) FROM {thread_entry} e " \
        "JOIN {thread_entry_merge} m ON m.thread_entry_id=e.id " \
        "WHERE e.thread_id=q.id AND e.flags&1024 AND " SQL_FORMER_THREAD "=h.id AND " SHOWN_ENTRY ")") \
    NEXT(VERSION_EVENT, ANY, "NULL") \
    NEXT(VERSION_COLLABORATORS, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),MAX(k.updated),SUM(k.flags)) FROM {thread_collaborator} k " \
        "WHERE k.thread_id=h.id)") \
    NEXT(VERSION_REFERRALS, ANY, "NULL") \
    NEXT(VERSION_CHILDREN, TEXT, \
        "(SELECT CONCAT_WS(' ',COUNT(*),MAX(k.ticket_id),MAX(k.updated)) FROM {ticket} k " \
        "WHERE k.ticket_pid=t.ticket_id AND " VIEW_ALLOWS(sees, "k") ")") \
    NEXT(VERSION_TASKS, ANY, "NULL") \
    NEXT(VERSION_LOCKED, ANY, "NULL") \
    NEXT(VERSION_ANSWERS, INTEGER, \
        "(SELECT BIT_XOR(CAST(CONV(LEFT(SHA2(CONCAT_WS(' ',v.entry_id,v.field_id,v.value IS NULL,v.value,v.value_id)," \
        "256),15),16,10) AS UNSIGNED)) FROM {form_entry} o " \
        "JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "JOIN {form_field} f ON f.id=v.field_id AND f.flags&256 " \
        "WHERE o.object_type='T' AND o.object_id=t.ticket_id)") \
    NEXT(VERSION_THREAD, INTEGER, "h.id") \
    NEXT(VERSION_UPPER_THREAD, INTEGER, "q.id") \
    NEXT(VERSION_NAMESAKES, ANY, "NULL")
#define SHOWN_VERSION_OF_USER(FIRST, NEXT, PART) SHOWN_VERSION_COLUMNS(FIRST, NEXT, PART, VIEW_USER_SEES)
#define SHOWN_VERSION_OF_ORGANIZATION(FIRST, NEXT, PART) SHOWN_VERSION_COLUMNS(FIRST, NEXT, PART, VIEW_ORGANIZATION_SEES)

#define SHOWN_VERSION(STATEMENT, name, columns, sees) \
    STATEMENT(name, "INTEGER who,INTEGER viewer,INTEGER organization,TEXT departments,TEXT tickets,INTEGER ticket,", columns, \
        "SELECT " COLUMNS(columns) " " \
        "FROM (SELECT ? AS who,? AS viewer,? AS organization,? AS departments,? AS tickets) z " \
        "JOIN {ticket} t " \
        "LEFT JOIN {ticket__cdata} c ON c.ticket_id=t.ticket_id " \
        SHOWN_PRIORITY_JOIN SHOWN_DEPARTMENT_JOIN SHOWN_TOPIC_JOIN \
        "LEFT JOIN {thread} h ON h.id=" SQL_THREAD " " \
        "LEFT JOIN {thread} q ON q.id=" SQL_THREAD_OF("t.ticket_pid") " " \
        "LEFT JOIN {user} u ON u.id=t.user_id " SHOWN_ADDRESS_JOIN SHOWN_PARENT_JOIN(sees) \
        "WHERE t.ticket_id=?")
#define SHOWN_VERSION_STATEMENTS(STATEMENT) \
    SHOWN_VERSION(STATEMENT, VERSION_OF_USER, SHOWN_VERSION_OF_USER, VIEW_USER_SEES) \
    SHOWN_VERSION(STATEMENT, VERSION_OF_ORGANIZATION, SHOWN_VERSION_OF_ORGANIZATION, VIEW_ORGANIZATION_SEES)
// clang-format on

#endif
