// SPDX-License-Identifier: GPL-2.0-or-later
// What the statements of ticket_groups.c and ticket_times.c are put together from: what tickets t are counted
// by, and the names behind it. What a client sent is no part of any of it.
#ifndef STORE_STATS_TICKET_GROUP_STATEMENTS_H
#define STORE_STATS_TICKET_GROUP_STATEMENTS_H

#include "store/columns.h"

// clang-format off
// What is said of one side of a group: by a number, or by a word that is its own name.
enum { GROUP_ID, GROUP_NAME, GROUP_WORD, GROUP_FIRST_NAME, GROUP_LAST_NAME, GROUP_SIDE_COLUMNS };
// Two sides, and how many tickets.
enum { GROUP_COUNT = 2 * GROUP_SIDE_COLUMNS };

// GROUPING(by, joins of the tickets, value, then for the side x.ga and the side x.gb: its columns, its join)
#define GROUP_OF(GROUPING, by, joins, value, NAMES) GROUP_WITH(GROUPING, by, joins, value, NAMES("ga"), NAMES("gb"))
#define GROUP_WITH(GROUPING, ...) GROUPING(__VA_ARGS__)
#define GROUP_STATUS_NAMES(g) "x." g ",s" g ".name,s" g ".state,NULL,NULL", "LEFT JOIN {ticket_status} s" g " ON s" g ".id=x." g " "
#define GROUP_DEPARTMENT_NAMES(g) "x." g ",d" g ".name,NULL,NULL,NULL", "LEFT JOIN {department} d" g " ON d" g ".id=x." g " "
#define GROUP_STAFF_NAMES(g) \
    "x." g ",NULL,a" g ".username,a" g ".firstname,a" g ".lastname", "LEFT JOIN {staff} a" g " ON a" g ".staff_id=x." g " "
#define GROUP_TEAM_NAMES(g) "x." g ",t" g ".name,NULL,NULL,NULL", "LEFT JOIN {team} t" g " ON t" g ".team_id=x." g " "
#define GROUP_TOPIC_NAMES(g) "x." g ",h" g ".topic,NULL,NULL,NULL", "LEFT JOIN {help_topic} h" g " ON h" g ".topic_id=x." g " "
#define GROUP_PRIORITY_NAMES(g) \
    "x." g ",p" g ".priority_desc,NULL,NULL,NULL", "LEFT JOIN {ticket_priority} p" g " ON p" g ".priority_id=x." g " "
#define GROUP_WORD_NAMES(g) "0,NULL,x." g ",NULL,NULL", ""
#define GROUPINGS(GROUPING) \
    GROUP_OF(GROUPING, TICKETS_BY_STATUS, 0, "t.status_id", GROUP_STATUS_NAMES) \
    GROUP_OF(GROUPING, TICKETS_BY_STATE, PAGE_JOIN_STATUS, "st.state", GROUP_WORD_NAMES) \
    GROUP_OF(GROUPING, TICKETS_BY_DEPARTMENT, 0, "t.dept_id", GROUP_DEPARTMENT_NAMES) \
    GROUP_OF(GROUPING, TICKETS_BY_STAFF, 0, "t.staff_id", GROUP_STAFF_NAMES) \
    GROUP_OF(GROUPING, TICKETS_BY_TEAM, 0, "t.team_id", GROUP_TEAM_NAMES) \
    GROUP_OF(GROUPING, TICKETS_BY_TOPIC, 0, "t.topic_id", GROUP_TOPIC_NAMES) \
    GROUP_OF(GROUPING, TICKETS_BY_PRIORITY, PAGE_JOIN_PRIORITY, "pr.priority_id", GROUP_PRIORITY_NAMES) \
    GROUP_OF(GROUPING, TICKETS_BY_SOURCE, 0, "t.source", GROUP_WORD_NAMES)
#define GROUP_NO_SIDE "NULL,NULL,NULL,NULL,NULL"

// Of open tickets: overdue, with neither agent nor team, not answered.
#define OPEN_COLUMNS(FIRST, NEXT, PART) \
    FIRST(OPEN_OVERDUE, INTEGER, "COALESCE(SUM(t.isoverdue<>0),0)") \
    NEXT(OPEN_UNASSIGNED, INTEGER, "COALESCE(SUM(t.staff_id=0 AND t.team_id=0),0)") \
    NEXT(OPEN_UNANSWERED, INTEGER, "COALESCE(SUM(t.isanswered=0),0)")
COLUMN_NAMES(OPEN_COLUMNS);
#define OPEN_CONDITION " AND t.status_id IN (SELECT w.id FROM {ticket_status} w WHERE w.state='open')"

// Seconds from its creation to an agent's first response, and to its end; NULL: none yet.
#define DURATION_COLUMNS(FIRST, NEXT, PART) \
    FIRST(DURATION_TO_RESPONSE, INTEGER, \
        "(SELECT MIN(UNIX_TIMESTAMP(e.created)) FROM {thread} y STRAIGHT_JOIN {thread_entry} e ON e.thread_id=y.id " \
        "WHERE y.object_id=t.ticket_id AND y.object_type IN ('T','C') AND e.type='R' AND e.staff_id<>0)" \
        "-UNIX_TIMESTAMP(t.created)") \
    NEXT(DURATION_TO_END, INTEGER, "UNIX_TIMESTAMP(t.closed)-UNIX_TIMESTAMP(t.created)")
COLUMN_NAMES(DURATION_COLUMNS);

// What happened, by days, weeks or months, by its name, and by what it happened to.
enum { DAY_OF_EVENTS, NAME_OF_EVENTS, SIDE_OF_EVENTS, COUNT_OF_EVENTS = SIDE_OF_EVENTS + GROUP_SIDE_COLUMNS };
#define EVENT_SPANS(SPAN) \
    SPAN(EVENTS_OF_ALL_TIME, "NULL") \
    SPAN(EVENTS_BY_DAY, "DATE_FORMAT(e.timestamp,'%Y-%m-%d')") \
    SPAN(EVENTS_BY_WEEK, "DATE_FORMAT(DATE_SUB(e.timestamp,INTERVAL WEEKDAY(e.timestamp) DAY),'%Y-%m-%d')") \
    SPAN(EVENTS_BY_MONTH, "DATE_FORMAT(e.timestamp,'%Y-%m')")
#define EVENT_GROUPINGS(GROUPING) \
    GROUPING(EVENTS_OF_ALL, "NULL", GROUP_NO_SIDE, "") \
    GROUPING(EVENTS_BY_DEPARTMENT, "e.dept_id", GROUP_DEPARTMENT_NAMES("ga")) \
    GROUPING(EVENTS_BY_STAFF, "e.staff_id", GROUP_STAFF_NAMES("ga")) \
    GROUPING(EVENTS_BY_TOPIC, "e.topic_id", GROUP_TOPIC_NAMES("ga"))
// By the index on the time; annulled ones do not count, nor what happened to tasks.
#define EVENT_ROWS \
    " AS ga,COUNT(*) AS n FROM {thread_event} e JOIN {event} v ON v.id=e.event_id " \
    "WHERE e.timestamp>=CONVERT_TZ(?,'+00:00',@@session.time_zone) " \
    "AND e.timestamp<CONVERT_TZ(?,'+00:00',@@session.time_zone) AND e.thread_type='T' AND e.annulled=0"
// clang-format on

#endif
