// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket as it is shown to a client, and what else of it depends on who sees it: columns in the order of
// OBJECT_COLUMNS, and joins in the place of those of PAGE_JOINS. What is not for clients is not read. spec:
// operations.md 9.3.
#ifndef STORE_READ_SHOWN_TICKET_STATEMENTS_H
#define STORE_READ_SHOWN_TICKET_STATEMENTS_H

#include "store/read/ticket_object_statements.h"
#include "store/ticket_view_statements.h"

// clang-format off
// Who sees it is z: z.who is the id of the view, z.viewer the user, z.organization the organization, each NULL where it is not
// a user's or an organization's view; z.departments and z.tickets are lists.
// An address is its user's alone, and so is a name that is one.
#define SHOWN_NAME(u, name) "IF(" u "=z.viewer," name ",SUBSTRING_INDEX(" name ",'@',1))"
#define SHOWN_PERSON_OF(FIRST, NEXT, PART, u, a) \
    FIRST(PERSON_ID, INTEGER, u ".id") \
    NEXT(PERSON_NAME, TEXT, SHOWN_NAME(u ".id", u ".name")) \
    NEXT(PERSON_ADDRESS, TEXT, a ".address")
#define SHOWN_PERSON_PART(FIRST, NEXT, PART) SHOWN_PERSON_OF(FIRST, NEXT, PART, "u", "a")
#define SHOWN_PERSON_PART_COUNT PERSON_PART_COUNT
#define SHOWN_ADDRESS_JOIN "LEFT JOIN {user_email} a ON a.id=u.default_email_id AND u.id=z.viewer "

// Entries e: messages and responses, and what he wrote himself.
#define SHOWN_ENTRY "e.flags&4=0 AND (e.type IN ('M','R') OR (e.user_id=z.viewer AND e.staff_id=0))"

// A department that is not public is the help desk's default one to clients.
#define SHOWN_DEPARTMENT_JOIN \
    "LEFT JOIN {department} d ON d.ispublic<>0 AND d.id=COALESCE((SELECT x.id FROM {department} x " \
    "WHERE x.id=t.dept_id AND x.ispublic<>0),(SELECT CAST(f.value AS UNSIGNED) FROM {config} f " \
    "WHERE f.namespace='core' AND f.`key`='default_dept_id' LIMIT 1)) "
#define SHOWN_TOPIC_JOIN "LEFT JOIN {help_topic} ht ON ht.topic_id=t.topic_id AND ht.ispublic<>0 "
// A priority is an answer to a field, which may not be for clients (256).
#define SHOWN_PRIORITY_JOIN \
    OBJECT_PRIORITY_JOIN \
    "AND EXISTS(SELECT 1 FROM {form} vf JOIN {form_field} vq ON vq.form_id=vf.id " \
    "WHERE vf.type='T' AND vq.name='priority' AND vq.flags&256) "
// An organization is shown to its own members.
#define SHOWN_OWN_ORGANIZATION "COALESCE(z.organization,(SELECT vu.org_id FROM {user} vu WHERE vu.id=z.viewer))"
#define SHOWN_ORGANIZATION_JOIN "LEFT JOIN {organization} o ON o.id=u.org_id AND o.id=" SHOWN_OWN_ORGANIZATION " "
// A ticket above it that is seen, too.
#define SHOWN_PARENT_JOIN(sees) "LEFT JOIN {ticket} tp ON tp.ticket_id=t.ticket_pid AND " VIEW_ALLOWS(sees, "tp") " "
#define SHOWN_NO_PARENT_JOIN "LEFT JOIN {ticket} tp ON FALSE "

#define SHOWN_COLUMNS(FIRST, NEXT, PART) \
    FIRST(OBJECT_ID, INTEGER, "t.ticket_id") \
    NEXT(OBJECT_NUMBER, TEXT, "t.number") \
    NEXT(OBJECT_SUBJECT, TEXT, "c.subject") \
    NEXT(OBJECT_STATUS, INTEGER, "st.id") \
    NEXT(OBJECT_STATUS_NAME, TEXT, "st.name") \
    NEXT(OBJECT_STATUS_STATE, TEXT, "st.state") \
    NEXT(OBJECT_PRIORITY, INTEGER, "pr.priority_id") \
    NEXT(OBJECT_PRIORITY_NAME, TEXT, "pr.priority_desc") \
    NEXT(OBJECT_DEPARTMENT, INTEGER, "d.id") \
    NEXT(OBJECT_DEPARTMENT_NAME, TEXT, "d.name") \
    NEXT(OBJECT_TOPIC, INTEGER, "ht.topic_id") \
    NEXT(OBJECT_TOPIC_NAME, TEXT, "ht.topic") \
    PART(OBJECT_STAFF, NONE_4) \
    NEXT(OBJECT_TEAM, ANY, "NULL") \
    NEXT(OBJECT_TEAM_NAME, ANY, "NULL") \
    NEXT(OBJECT_SLA, ANY, "NULL") \
    NEXT(OBJECT_SLA_NAME, ANY, "NULL") \
    PART(OBJECT_USER, SHOWN_PERSON_PART) \
    NEXT(OBJECT_ORGANIZATION, INTEGER, "o.id") \
    NEXT(OBJECT_ORGANIZATION_NAME, TEXT, "o.name") \
    NEXT(OBJECT_SOURCE, TEXT, "t.source") \
    NEXT(OBJECT_CREATED, TIME, SQL_TIME("t.created")) \
    NEXT(OBJECT_UPDATED, TIME, SQL_TIME("t.updated")) \
    NEXT(OBJECT_LAST_UPDATE, TIME, SQL_TIME("t.lastupdate")) \
    NEXT(OBJECT_LAST_MESSAGE, TIME, SQL_TIME("h.lastmessage")) \
    NEXT(OBJECT_LAST_RESPONSE, TIME, SQL_TIME("h.lastresponse")) \
    NEXT(OBJECT_CLOSED, TIME, SQL_TIME("t.closed")) \
    NEXT(OBJECT_REOPENED, TIME, SQL_TIME("t.reopened")) \
    NEXT(OBJECT_DUE, ANY, "NULL") \
    NEXT(OBJECT_ESTIMATED_DUE, ANY, "NULL") \
    NEXT(OBJECT_IS_OVERDUE, ANY, "NULL") \
    NEXT(OBJECT_IS_ANSWERED, INTEGER, "t.isanswered") \
    NEXT(OBJECT_PARENT, INTEGER, "tp.ticket_id") \
    NEXT(OBJECT_PARENT_NUMBER, TEXT, "tp.number") \
    NEXT(OBJECT_ENTRIES, INTEGER, OBJECT_COUNT("", SHOWN_ENTRY)) \
    NEXT(OBJECT_ATTACHMENTS, INTEGER, OBJECT_COUNT(OBJECT_WITH_ATTACHMENTS, SHOWN_ENTRY)) \
    NEXT(OBJECT_OPEN_TASKS, ANY, "NULL")

// JOIN(which of PAGE_JOINS, text)
#define SHOWN_JOINS(JOIN) \
    JOIN(PRIORITY, SHOWN_PRIORITY_JOIN) \
    JOIN(DEPARTMENT, SHOWN_DEPARTMENT_JOIN) \
    JOIN(TOPIC, SHOWN_TOPIC_JOIN) \
    JOIN(ADDRESS, SHOWN_ADDRESS_JOIN) \
    JOIN(LAST_ENTRY, SHOWN_LAST_ENTRY_JOIN) \
    JOIN(ORGANIZATION, SHOWN_ORGANIZATION_JOIN)
// clang-format on

#endif
