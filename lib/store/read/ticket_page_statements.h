// SPDX-License-Identifier: GPL-2.0-or-later
// What the statements of ticket_page.c are put together from: columns, joins, conditions, orders. What a
// client sent is no part of any of it.
#ifndef STORE_READ_TICKET_PAGE_STATEMENTS_H
#define STORE_READ_TICKET_PAGE_STATEMENTS_H

#include "store/read/thread_part_statements.h"
#include "store/read/ticket_object_statements.h"

// clang-format off
// Behind the ticket's columns, the value that it is sorted by.
enum { PAGE_SORT_VALUE = OBJECT_COLUMNS_COUNT };

// Behind that how many places a search has, and, where it is asked for, the entry e that was written last, with its agent and its user.
enum { PAGE_PLACES = PAGE_SORT_VALUE + 1, PAGE_LAST_ENTRY };
#define LAST_AGENT_PART(FIRST, NEXT, PART) AGENT_COLUMNS(FIRST, NEXT, PART, "es")
#define LAST_PERSON_PART(FIRST, NEXT, PART) PERSON_COLUMNS(FIRST, NEXT, PART, "eu", "ea")
enum { LAST_AGENT_PART_COUNT = AGENT_PART_COUNT, LAST_PERSON_PART_COUNT = PERSON_PART_COUNT };
#define LAST_POST_COLUMNS(FIRST, NEXT, PART) \
    POST_COLUMNS_OF(FIRST, NEXT, PART, LAST_AGENT_PART, LAST_PERSON_PART, "e.body", SQL_LONG_BODY, POST_DOMAINS)
#define PAGE_LAST_ENTRY_OF(is_shown) \
    "LEFT JOIN {thread_entry} e ON e.id=COALESCE(" \
    "(SELECT e.id " OBJECT_ENTRIES_OF("", is_shown) " ORDER BY e.created DESC,e.id DESC LIMIT 1)," \
    "IF(t.ticket_pid IS NULL,NULL," \
    "(SELECT e.id " OBJECT_MOVED_ENTRIES_OF("", is_shown) " ORDER BY e.created DESC,e.id DESC LIMIT 1))) "
#define PAGE_LAST_ENTRY_JOIN \
    PAGE_LAST_ENTRY_OF(OBJECT_ENTRY_IS_SHOWN) \
    "LEFT JOIN {staff} es ON es.staff_id=e.staff_id " \
    "LEFT JOIN {user} eu ON eu.id=e.user_id " \
    "LEFT JOIN {user_email} ea ON ea.id=eu.default_email_id "

// The same as clients are shown it.
#define LAST_SHOWN_PERSON_PART(FIRST, NEXT, PART) SHOWN_PERSON_OF(FIRST, NEXT, PART, "eu", "ea")
#define LAST_SHOWN_POST_COLUMNS(FIRST, NEXT, PART) \
    POST_SHOWN_COLUMNS_OF(FIRST, NEXT, PART, LAST_SHOWN_PERSON_PART, "(" POST_HIDES_AGENTS ")", "e.body", SQL_LONG_BODY, \
        POST_DOMAINS)
#define SHOWN_LAST_ENTRY_JOIN \
    PAGE_LAST_ENTRY_OF(SHOWN_ENTRY) \
    "LEFT JOIN {user} eu ON eu.id=e.user_id " \
    "LEFT JOIN {user_email} ea ON ea.id=eu.default_email_id AND eu.id=z.viewer "

// The joins by name: JOIN(name, what it needs, text).
#define PAGE_JOINS(JOIN) \
    JOIN(CDATA, 0, "LEFT JOIN {ticket__cdata} c ON c.ticket_id=t.ticket_id ") \
    JOIN(STATUS, 0, "LEFT JOIN {ticket_status} st ON st.id=t.status_id ") \
    JOIN(PRIORITY, PAGE_JOIN_CDATA, OBJECT_PRIORITY_JOIN) \
    JOIN(DEPARTMENT, 0, "LEFT JOIN {department} d ON d.id=t.dept_id ") \
    JOIN(TOPIC, 0, "LEFT JOIN {help_topic} ht ON ht.topic_id=t.topic_id ") \
    JOIN(STAFF, 0, "LEFT JOIN {staff} s ON s.staff_id=t.staff_id ") \
    JOIN(TEAM, 0, "LEFT JOIN {team} g ON g.team_id=t.team_id ") \
    JOIN(SLA, 0, "LEFT JOIN {sla} l ON l.id=t.sla_id ") \
    JOIN(USER, 0, "LEFT JOIN {user} u ON u.id=t.user_id ") \
    JOIN(ADDRESS, PAGE_JOIN_USER, "LEFT JOIN {user_email} a ON a.id=u.default_email_id ") \
    JOIN(ORGANIZATION, PAGE_JOIN_USER, "LEFT JOIN {organization} o ON o.id=u.org_id ") \
    JOIN(THREAD, 0, "LEFT JOIN {thread} h ON h.id=" SQL_THREAD " ") \
    JOIN(PARENT, 0, "LEFT JOIN {ticket} tp ON tp.ticket_id=t.ticket_pid ") \
    JOIN(LAST_ENTRY, PAGE_JOIN_THREAD, PAGE_LAST_ENTRY_JOIN)
#define PAGE_JOIN_NUMBER(name, needs, text) PAGE_JOIN_NUMBER_##name,
enum { PAGE_JOINS(PAGE_JOIN_NUMBER) PAGE_JOIN_COUNT };

// Conditions: CONDITION(kind, its joins, whether it finds tickets by an index, before and behind its values).
#define PAGE_TIME(column, comparison) column comparison "CONVERT_TZ(", ",'+00:00',@@session.time_zone)"
#define PAGE_HAS(column) "(" column " IS NOT NULL)=", ""
#define PAGE_DUE "COALESCE(t.duedate,t.est_duedate)"
#define PAGE_CONDITIONS(CONDITION) \
    CONDITION(TICKET_OF_STATUS, 0, true, "t.status_id IN (", ")") \
    CONDITION(TICKET_OF_DEPARTMENT, 0, true, "t.dept_id IN (", ")") \
    CONDITION(TICKET_OF_TOPIC, 0, true, "t.topic_id IN (", ")") \
    CONDITION(TICKET_OF_SHOWN_DEPARTMENT, PAGE_JOIN_DEPARTMENT, false, "d.id IN (", ")") \
    CONDITION(TICKET_OF_SHOWN_TOPIC, PAGE_JOIN_TOPIC, false, "ht.topic_id IN (", ")") \
    CONDITION(TICKET_OF_STAFF, 0, true, "t.staff_id IN (", ")") \
    CONDITION(TICKET_OF_TEAM, 0, true, "t.team_id IN (", ")") \
    CONDITION(TICKET_OF_SLA, 0, true, "t.sla_id IN (", ")") \
    CONDITION(TICKET_OF_USER, 0, true, "t.user_id IN (", ")") \
    CONDITION(TICKET_OF_ORGANIZATION, 0, true, "t.user_id IN (SELECT w.id FROM {user} w WHERE w.org_id IN (", "))") \
    CONDITION(TICKET_OF_PARENT, 0, true, "t.ticket_pid IN (", ")") \
    CONDITION(TICKET_OF_ID, 0, true, "t.ticket_id IN (", ")") \
    CONDITION(TICKET_OF_NUMBER, 0, true, "t.number IN (", ")") \
    CONDITION(TICKET_OF_SOURCE, 0, false, "t.source IN (", ")") \
    CONDITION(TICKET_HAS_SUBJECT, PAGE_JOIN_CDATA, false, "c.subject LIKE ", "") \
    CONDITION(TICKET_OF_PRIORITY, PAGE_JOIN_PRIORITY, false, "pr.priority_id IN (", ")") \
    CONDITION(TICKET_OF_COLLABORATOR, 0, true, \
        "t.ticket_id IN (SELECT y.object_id FROM {thread_collaborator} k " \
        "JOIN {thread} y ON y.id=k.thread_id AND y.object_type IN ('T','C') WHERE k.user_id IN (", "))") \
    CONDITION(TICKET_IS_OVERDUE, 0, false, "t.isoverdue=", "") \
    CONDITION(TICKET_IS_ANSWERED, 0, false, "t.isanswered=", "") \
    CONDITION(TICKET_IS_ASSIGNED, 0, false, "(t.staff_id<>0 OR t.team_id<>0)=", "") \
    CONDITION(TICKET_CREATED_SINCE, 0, true, PAGE_TIME("t.created", ">=")) \
    CONDITION(TICKET_CREATED_BEFORE, 0, true, PAGE_TIME("t.created", "<")) \
    CONDITION(TICKET_UPDATED_SINCE, 0, true, PAGE_TIME("t.updated", ">=")) \
    CONDITION(TICKET_UPDATED_BEFORE, 0, true, PAGE_TIME("t.updated", "<")) \
    CONDITION(TICKET_CLOSED_SINCE, 0, true, PAGE_TIME("t.closed", ">=")) \
    CONDITION(TICKET_CLOSED_BEFORE, 0, true, PAGE_TIME("t.closed", "<")) \
    CONDITION(TICKET_DUE_SINCE, 0, false, PAGE_TIME(PAGE_DUE, ">=")) \
    CONDITION(TICKET_DUE_BEFORE, 0, false, PAGE_TIME(PAGE_DUE, "<")) \
    CONDITION(TICKET_LAST_MESSAGE_SINCE, PAGE_JOIN_THREAD, false, PAGE_TIME("h.lastmessage", ">=")) \
    CONDITION(TICKET_LAST_MESSAGE_BEFORE, PAGE_JOIN_THREAD, false, PAGE_TIME("h.lastmessage", "<")) \
    CONDITION(TICKET_LAST_RESPONSE_SINCE, PAGE_JOIN_THREAD, false, PAGE_TIME("h.lastresponse", ">=")) \
    CONDITION(TICKET_LAST_RESPONSE_BEFORE, PAGE_JOIN_THREAD, false, PAGE_TIME("h.lastresponse", "<")) \
    CONDITION(TICKET_OF_STORED_PRIORITY, PAGE_JOIN_CDATA, false, "CAST(c.priority AS UNSIGNED) IN (", ")") \
    CONDITION(TICKET_HAS_CREATED, 0, false, PAGE_HAS("t.created")) \
    CONDITION(TICKET_HAS_CLOSED, 0, false, PAGE_HAS("t.closed")) \
    CONDITION(TICKET_REOPENED_SINCE, 0, false, PAGE_TIME("t.reopened", ">=")) \
    CONDITION(TICKET_REOPENED_BEFORE, 0, false, PAGE_TIME("t.reopened", "<")) \
    CONDITION(TICKET_HAS_REOPENED, 0, false, PAGE_HAS("t.reopened")) \
    CONDITION(TICKET_LAST_UPDATE_SINCE, 0, true, PAGE_TIME("t.lastupdate", ">=")) \
    CONDITION(TICKET_LAST_UPDATE_BEFORE, 0, true, PAGE_TIME("t.lastupdate", "<")) \
    CONDITION(TICKET_HAS_LAST_UPDATE, 0, false, PAGE_HAS("t.lastupdate")) \
    CONDITION(TICKET_DUE_SET_SINCE, 0, true, PAGE_TIME("t.duedate", ">=")) \
    CONDITION(TICKET_DUE_SET_BEFORE, 0, true, PAGE_TIME("t.duedate", "<")) \
    CONDITION(TICKET_HAS_DUE_SET, 0, false, PAGE_HAS("t.duedate")) \
    CONDITION(TICKET_DUE_BY_SLA_SINCE, 0, false, PAGE_TIME("t.est_duedate", ">=")) \
    CONDITION(TICKET_DUE_BY_SLA_BEFORE, 0, false, PAGE_TIME("t.est_duedate", "<")) \
    CONDITION(TICKET_HAS_DUE_BY_SLA, 0, false, PAGE_HAS("t.est_duedate"))

// An answer's column of c, its name between the two, one of these texts; of a choice its keys, which stand there as
// "p4, p5", as "p4,Pier 4" where osTicket made the table anew, or as the JSON that they are stored in.
#define PAGE_ANSWER_TEXT "c.`", "` IN ("
#define PAGE_ANSWER_CHOICE \
    "FIND_IN_SET(?,REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(c.`", \
    "`,'{',''),'}',''),'\"',''),':',','),', ',','))>0"

// Orders: ORDER(sort, its joins, whether an index has it, whether the value may be NULL, the value).
#define PAGE_ORDERS(ORDER) \
    ORDER(TICKET_SORT_CREATED, 0, true, false, "t.created") \
    ORDER(TICKET_SORT_UPDATED, 0, true, false, "t.updated") \
    ORDER(TICKET_SORT_LAST_UPDATE, 0, true, true, "t.lastupdate") \
    ORDER(TICKET_SORT_CLOSED, 0, true, true, "t.closed") \
    ORDER(TICKET_SORT_DUE, 0, false, true, PAGE_DUE) \
    ORDER(TICKET_SORT_NUMBER, 0, true, true, "t.number") \
    ORDER(TICKET_SORT_PRIORITY, PAGE_JOIN_PRIORITY, false, true, "pr.priority_urgency") \
    ORDER(TICKET_SORT_ID, 0, true, false, "t.ticket_id")
// clang-format on

#endif
