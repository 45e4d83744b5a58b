// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of thread.c: what a thread is about, and who takes part.
#ifndef STORE_EMAIL_THREAD_STATEMENTS_H
#define STORE_EMAIL_THREAD_STATEMENTS_H

#include "store/email/look_statements.h"

// clang-format off
#define EMAIL_THREAD_ROW(FIRST, NEXT, PART) \
    FIRST(EMAIL_THREAD_KIND, TEXT, "'thread'") \
    NEXT(EMAIL_THREAD_ID, INTEGER, "x.thread_id") \
    NEXT(EMAIL_THREAD_OBJECT, INTEGER, "x.object_id") \
    NEXT(EMAIL_THREAD_STATUS, INTEGER, "COALESCE(t.status_id,0)") \
    NEXT(EMAIL_THREAD_OWNER, INTEGER, "COALESCE(t.user_id,0)") \
    NEXT(EMAIL_THREAD_MAILBOX, INTEGER, "COALESCE(t.email_id,0)") \
    NEXT(EMAIL_THREAD_DEPARTMENT, INTEGER, "COALESCE(t.dept_id,0)") \
    NEXT(EMAIL_THREAD_TOPIC, INTEGER, "COALESCE(t.topic_id,0)") \
    NEXT(EMAIL_THREAD_CONFIRMS, INTEGER, \
         "COALESCE((SELECT d.message_auto_response FROM {department} d WHERE d.id=t.dept_id),1)") \
    NEXT(EMAIL_THREAD_OWN_OBJECT, INTEGER, "x.own_object_id") \
    NEXT(EMAIL_THREAD_TYPE, TEXT, UNIFORM("x.object_type")) \
    NEXT(EMAIL_THREAD_NUMBER, TEXT, \
         "IF(x.object_type='A',(SELECT " UNIFORM("k.number") " FROM {task} k WHERE k.id=x.own_object_id)," \
         "(SELECT " UNIFORM("n.number") " FROM {ticket} n WHERE n.ticket_id=x.own_object_id))")
COLUMN_NAMES(EMAIL_THREAD_ROW);

#define EMAIL_PARTY(FIRST, NEXT, PART) \
    FIRST(EMAIL_PARTY_KIND, TEXT, "'party'") \
    NEXT(EMAIL_PARTY_USER, INTEGER, "u.id") \
    NEXT(EMAIL_PARTY_COLLABORATOR, INTEGER, "q.collaborator_id") \
    NEXT(EMAIL_PARTY_IS_DEFAULT, INTEGER, "COALESCE(m.id=u.default_email_id,0)") \
    PART(EMAIL_PARTY_NO_NUMBERS, NONE_6) \
    NEXT(EMAIL_PARTY_NAME, TEXT, "u.name") \
    NEXT(EMAIL_PARTY_ADDRESS, TEXT, "m.address")
COLUMN_NAMES(EMAIL_PARTY);

#define EMAIL_ID_OF(FIRST, NEXT, PART, kind, sql) \
    FIRST(, TEXT, kind) \
    NEXT(, INTEGER, sql) \
    PART(, NONE_8) \
    PART(, NONE_2)
#define EMAIL_REFERRED(FIRST, NEXT, PART) EMAIL_ID_OF(FIRST, NEXT, PART, "'referred'", "r.object_id")
#define EMAIL_TRANSFERRED(FIRST, NEXT, PART) EMAIL_ID_OF(FIRST, NEXT, PART, "'transferred'", "COALESCE(d.email_id,0)")

#define EMAIL_ANSWERED(FIRST, NEXT, PART) \
    FIRST(EMAIL_ANSWERED_KIND, TEXT, "'entry'") \
    NEXT(EMAIL_ANSWERED_ID, INTEGER, "e.id") \
    PART(EMAIL_ANSWERED_NO_NUMBERS, NONE_8) \
    NEXT(EMAIL_ANSWERED_NO_TEXT, TEXT, "NULL") \
    NEXT(EMAIL_ANSWERED_RECIPIENTS, TEXT, "e.recipients")
COLUMN_NAMES(EMAIL_ANSWERED);

#define EMAIL_THREAD_STATEMENTS(STATEMENT) \
    STATEMENT(EMAIL_THREAD, "INTEGER thread,INTEGER thread,INTEGER thread,INTEGER thread,INTEGER thread,INTEGER entry,", \
        EMAIL_THREAD_ROW, \
        "SELECT " COLUMNS(EMAIL_THREAD_ROW) " " \
        "FROM " EMAIL_EFFECTIVE " WHERE h.id=?) x " \
        "LEFT JOIN {ticket} t ON x.object_type<>'A' AND t.ticket_id=x.object_id " \
        "UNION ALL SELECT " COLUMNS(EMAIL_PARTY) " " \
        "FROM (SELECT t.user_id,0 AS collaborator_id FROM " EMAIL_EFFECTIVE " WHERE h.id=?) x " \
        "JOIN {ticket} t ON x.object_type<>'A' AND t.ticket_id=x.object_id " \
        "UNION ALL SELECT c.user_id,c.id FROM " EMAIL_EFFECTIVE " WHERE h.id=?) x " \
        "JOIN {thread_collaborator} c ON c.thread_id=x.thread_id) q " \
        "JOIN {user} u ON u.id=q.user_id " \
        "LEFT JOIN {user_email} m ON m.user_id=u.id " \
        "UNION ALL SELECT " COLUMNS(EMAIL_REFERRED) " " \
        "FROM " EMAIL_EFFECTIVE " WHERE h.id=?) x " \
        "JOIN {thread_referral} r ON r.thread_id=x.thread_id AND r.object_type='D' " \
        "UNION ALL SELECT " COLUMNS(EMAIL_TRANSFERRED) " " \
        "FROM " EMAIL_EFFECTIVE " WHERE h.id=?) x " \
        "JOIN {thread_event} v ON v.thread_id=x.thread_id " \
        "JOIN {event} y ON y.id=v.event_id AND y.name='transferred' " \
        "LEFT JOIN {department} d ON d.id=v.dept_id " \
        "UNION ALL SELECT " COLUMNS(EMAIL_ANSWERED) " " \
        "FROM {thread_entry} e " \
        "WHERE e.id=?")
// clang-format on

#endif
