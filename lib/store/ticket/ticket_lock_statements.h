// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of ticket_lock.c.
#ifndef STORE_TICKET_TICKET_LOCK_STATEMENTS_H
#define STORE_TICKET_TICKET_LOCK_STATEMENTS_H

#include "store/agent_rights_statements.h"
#include "store/answer_statements.h"
#include "store/columns.h"
#include "store/mail/content_statements.h"
#include "store/sql_parts.h"
#include "store/ticket/file_statements.h"
#include "store/uniform_text.h"

// clang-format off
// How many answers are missing that must be there before the ticket t may be closed: those of fields that the topic
// (or, without one, the form) does not switch off.
#define LOCK_SWITCHED_OFF(table, condition) \
    "EXISTS(SELECT 1 FROM " table " x WHERE " condition " AND JSON_VALID(x.extra) " \
    "AND (JSON_CONTAINS(x.extra,CONCAT(f.id),'$.disable') " \
    "OR JSON_CONTAINS(x.extra,JSON_QUOTE(CONCAT(f.id)),'$.disable')))"
#define LOCK_MISSING_ANSWERS \
    "(SELECT COUNT(*) FROM {form_entry} o " \
    "JOIN {form_entry_values} v ON v.entry_id=o.id " \
    "JOIN {form_field} f ON f.id=v.field_id " \
    "WHERE o.object_type='T' AND o.object_id=t.ticket_id AND f.flags&4 AND v.value IS NULL AND NOT IF(" \
    "EXISTS(SELECT 1 FROM {help_topic} p WHERE p.topic_id=t.topic_id)," \
    LOCK_SWITCHED_OFF("{help_topic_form}", "x.topic_id=t.topic_id") "," \
    LOCK_SWITCHED_OFF("{form_entry}", "x.object_type='T' AND x.object_id=t.ticket_id") "))"

// The agent of a response: the second of the thread, as osTicket's "last respondent" has it, or the first.
#define LOCK_RESPONDENT(offset) \
    "(SELECT r.staff_id FROM {thread_entry} r WHERE r.thread_id=" SQL_THREAD " AND r.type='R' AND r.staff_id>0 " \
    "ORDER BY r.id LIMIT " offset ",1)"

// The id of the event.
#define LOCK_EVENT_CLOSED "(SELECT x.id FROM {event} x WHERE x.name='closed')"

// Agent, team and SLA also as the ids of their rows, NULL when these are gone.
#define LOCKED_TICKET_PART(FIRST, NEXT, PART) \
    FIRST(LOCKED_ID, INTEGER, "t.ticket_id") \
    NEXT(LOCKED_NUMBER, TEXT, "t.number") \
    NEXT(LOCKED_OWNER, INTEGER, "t.user_id") \
    NEXT(LOCKED_OWNER_NAME, TEXT, "(SELECT u.name FROM {user} u WHERE u.id=t.user_id)") \
    NEXT(LOCKED_OWNER_ADDRESS, TEXT, \
         "(SELECT m.address FROM {user} u JOIN {user_email} m ON m.id=u.default_email_id WHERE u.id=t.user_id)") \
    NEXT(LOCKED_STATUS, INTEGER, "t.status_id") \
    NEXT(LOCKED_DEPARTMENT, INTEGER, "t.dept_id") \
    NEXT(LOCKED_TOPIC, INTEGER, "t.topic_id") \
    NEXT(LOCKED_STAFF, INTEGER, "t.staff_id") \
    NEXT(LOCKED_STAFF_ROW, INTEGER, "(SELECT s.staff_id FROM {staff} s WHERE s.staff_id=t.staff_id)") \
    NEXT(LOCKED_STAFF_NAME, TEXT, \
         "(SELECT CONCAT_WS(' '," UNIFORM("s.firstname") "," UNIFORM("s.lastname") ") FROM {staff} s WHERE s.staff_id=t.staff_id)") \
    NEXT(LOCKED_TEAM, INTEGER, "t.team_id") \
    NEXT(LOCKED_TEAM_ROW, INTEGER, "(SELECT g.team_id FROM {team} g WHERE g.team_id=t.team_id)") \
    NEXT(LOCKED_SLA, INTEGER, "t.sla_id") \
    NEXT(LOCKED_SLA_FLAGS, INTEGER, "(SELECT l.flags FROM {sla} l WHERE l.id=t.sla_id)") \
    NEXT(LOCKED_SLA_GRACE, INTEGER, "(SELECT l.grace_period FROM {sla} l WHERE l.id=t.sla_id)") \
    NEXT(LOCKED_SLA_SCHEDULE, INTEGER, "(SELECT l.schedule_id FROM {sla} l WHERE l.id=t.sla_id)") \
    NEXT(LOCKED_IS_ANSWERED, INTEGER, "t.isanswered") \
    NEXT(LOCKED_IS_OVERDUE, INTEGER, "t.isoverdue") \
    NEXT(LOCKED_DUE, TIME, "t.duedate") \
    NEXT(LOCKED_ESTIMATED_DUE, TIME, "t.est_duedate") \
    NEXT(LOCKED_CREATED, TIME, "t.created") \
    NEXT(LOCKED_REOPENED, TIME, "t.reopened") \
    NEXT(LOCKED_CLOSED, TIME, "t.closed") \
    NEXT(LOCKED_LAST_UPDATE, TIME, "t.lastupdate") \
    NEXT(LOCKED_THREAD, INTEGER, SQL_THREAD) \
    NEXT(LOCKED_LAST_MESSAGE, INTEGER, \
         "(SELECT e.id FROM {thread_entry} e WHERE e.thread_id=" SQL_THREAD " AND e.type='M' AND e.flags&4=0 " \
         "ORDER BY e.id DESC LIMIT 1)") \
    NEXT(LOCKED_MISSING_ANSWERS, INTEGER, LOCK_MISSING_ANSWERS) \
    NEXT(LOCKED_OPEN_TASKS, INTEGER, \
         "(SELECT COUNT(*) FROM {task} k WHERE k.object_id=t.ticket_id AND k.flags&1)") \
    NEXT(LOCKED_FIRST_RESPONDENT, INTEGER, LOCK_RESPONDENT("0")) \
    NEXT(LOCKED_SECOND_RESPONDENT, INTEGER, LOCK_RESPONDENT("1")) \
    NEXT(LOCKED_IS_REFERRED, INTEGER, \
         "EXISTS(SELECT 1 FROM {thread_referral} r WHERE r.thread_id=" SQL_THREAD \
         " AND r.object_type='S' AND r.object_id=t.staff_id)") \
    NEXT(LOCKED_HAS_CLOSED_EVENT, INTEGER, \
         "EXISTS(SELECT 1 FROM {thread_event} v WHERE v.thread_id=" SQL_THREAD \
         " AND v.event_id=" LOCK_EVENT_CLOSED " AND v.annulled=0)") \
    NEXT(LOCKED_SOURCE, TEXT, "t.source") \
    NEXT(LOCKED_PARENT, INTEGER, "t.ticket_pid") \
    NEXT(LOCKED_FLAGS, INTEGER, "t.flags") \
    NEXT(LOCKED_LOCK, INTEGER, "t.lock_id") \
    NEXT(LOCKED_LOCK_HOLDER, INTEGER, \
         "(SELECT k.staff_id FROM {lock} k WHERE k.lock_id=t.lock_id AND k.expire>NOW())") \
    NEXT(LOCKED_HAS_DRAFTS, INTEGER, \
         "IF(?,EXISTS(SELECT 1 FROM {draft} d WHERE d.namespace LIKE CONCAT('ticket.%.',t.ticket_id)),0)")
COLUMN_NAMES(LOCKED_TICKET_PART);

// Whom its thread is referred to.
#define LOCK_REFERRAL_PART(FIRST, NEXT, PART) \
    FIRST(LOCK_REFERRAL_TYPE, TEXT, "r.object_type") \
    NEXT(LOCK_REFERRAL_OBJECT, INTEGER, "r.object_id")
COLUMN_NAMES(LOCK_REFERRAL_PART);

// A row of the ticket, of an answer to its forms, of an active collaborator, of the agent who acts, of a referral, of a
// file: each kind has a part of its own, since tables may differ in their collations.
#define LOCK_COLUMNS_OF(FIRST, NEXT, PART, FILE_PART) \
    FIRST(LOCK_KIND, TEXT, ) \
    PART(LOCK_TICKET, LOCKED_TICKET_PART) \
    PART(LOCK_ANSWER, FORM_ANSWER_PART) \
    PART(LOCK_COLLABORATOR, COLLABORATOR_PART) \
    PART(LOCK_AGENT, AGENT_RIGHTS_PART) \
    PART(LOCK_REFERRAL, LOCK_REFERRAL_PART) \
    PART(LOCK_FILE, FILE_PART)
#define LOCK_COLUMNS(FIRST, NEXT, PART) LOCK_COLUMNS_OF(FIRST, NEXT, PART, SOUGHT_FILE_PART)
#define LOCK_COLUMNS_WITHOUT_FILES(FIRST, NEXT, PART) LOCK_COLUMNS_OF(FIRST, NEXT, PART, NONE_5)
COLUMN_NAMES(LOCK_COLUMNS);

#define LOCK_VALUES(FIRST, NEXT, PART) \
    FIRST(LOCK_VALUE_DRAFTS, INTEGER, ) \
    NEXT(LOCK_VALUE_TICKET, INTEGER, ) \
    NEXT(LOCK_VALUE_TICKET_OF_ANSWERS, INTEGER, ) \
    NEXT(LOCK_VALUE_COLLABORATORS, INTEGER, ) \
    NEXT(LOCK_VALUE_TICKET_OF_COLLABORATORS, INTEGER, ) \
    NEXT(LOCK_VALUE_AGENT, INTEGER, ) \
    NEXT(LOCK_VALUE_TICKET_OF_AGENT, INTEGER, ) \
    NEXT(LOCK_VALUE_REFERRALS, INTEGER, ) \
    NEXT(LOCK_VALUE_TICKET_OF_REFERRALS, INTEGER, )
COLUMN_NAMES(LOCK_VALUES);

#define MAY_TAKE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(, INTEGER, \
        "s.isactive=1 AND s.onvacation=0 AND s.assigned_only=0 AND EXISTS(SELECT 1 FROM {department} d " \
        "LEFT JOIN {staff_dept_access} g ON g.staff_id=s.staff_id " \
        "WHERE d.id=? AND (LOCATE(CONCAT('/',s.dept_id,'/'),d.path) OR d.manager_id=s.staff_id " \
        "OR LOCATE(CONCAT('/',g.dept_id,'/'),d.path)))")

#define IS_MEMBER_COLUMNS(FIRST, NEXT, PART) \
    FIRST(, INTEGER, \
        "s.dept_id=? OR EXISTS(SELECT 1 FROM {staff_dept_access} g WHERE g.staff_id=s.staff_id AND g.dept_id=?) " \
        "OR EXISTS(SELECT 1 FROM {department} d WHERE d.id=? AND d.manager_id=s.staff_id)")

// What is saved of the ticket t and its thread h, in the order of the question marks.
#define SAVE_VALUES(FIRST, NEXT, PART) \
    FIRST(SAVE_VALUE_THREAD, INTEGER, "h.id=?") \
    SAVE_CHANGES(NEXT, NEXT) \
    NEXT(SAVE_VALUE_TICKET, INTEGER, "t.ticket_id=?")
#define SAVE_CHANGES(FIRST, NEXT) \
    FIRST(SAVE_VALUE_STATUS, INTEGER, "t.status_id=?") \
    NEXT(SAVE_VALUE_DEPARTMENT, INTEGER, "t.dept_id=?") \
    NEXT(SAVE_VALUE_TOPIC, INTEGER, "t.topic_id=?") \
    NEXT(SAVE_VALUE_STAFF, INTEGER, "t.staff_id=?") \
    NEXT(SAVE_VALUE_TEAM, INTEGER, "t.team_id=?") \
    NEXT(SAVE_VALUE_SLA, INTEGER, "t.sla_id=?") \
    NEXT(SAVE_VALUE_IS_OVERDUE, INTEGER, "t.isoverdue=?") \
    NEXT(SAVE_VALUE_DUE, TIME, "t.duedate=?") \
    NEXT(SAVE_VALUE_ESTIMATED_DUE, TIME, "t.est_duedate=?") \
    NEXT(SAVE_VALUE_REOPENED, TIME, "t.reopened=?") \
    NEXT(SAVE_VALUE_CLOSED, TIME, "t.closed=?") \
    NEXT(SAVE_VALUE_LAST_UPDATE, TIME, "t.lastupdate=?") \
    NEXT(SAVE_VALUE_IS_ANSWERED, INTEGER, "t.isanswered=?") \
    NEXT(SAVE_VALUE_RESPONDED, INTEGER, "h.lastresponse=IF(?,NOW(),h.lastresponse)") \
    NEXT(SAVE_VALUE_MESSAGED, INTEGER, "h.lastmessage=IF(?,NOW(),h.lastmessage)")
COLUMN_NAMES(SAVE_VALUES);
#define SAVE_SET \
    SAVE_CHANGES(COLUMN_SQL, COLUMN_NEXT_SQL) ",t.updated=NOW() " \
    "WHERE t.ticket_id=?"

// Only the ticket's row is locked (`locks`); what stands beside it is read after the lock was taken, so that it is what the
// last holder of the lock left. `wanted` says which tickets; where they are several, each row has its own behind it (`OF`).
#define LOCK_SELECT_OF(wanted, OF, locks) \
    "(SELECT 'ticket'," COLUMNS(LOCKED_TICKET_PART) "," NULLS(FORM_ANSWER_PART) "," NULLS(COLLABORATOR_PART) "," \
    NULLS(AGENT_RIGHTS_PART) "," NULLS(LOCK_REFERRAL_PART) "," NULLS(SOUGHT_FILE_PART) OF("t.ticket_id") " " \
    "FROM {ticket} t " \
    "WHERE t.ticket_id" wanted locks ") " \
    "UNION ALL (SELECT 'answer'," NULLS(LOCKED_TICKET_PART) "," COLUMNS(FORM_ANSWER_PART) "," \
    NULLS(COLLABORATOR_PART) "," NULLS(AGENT_RIGHTS_PART) "," NULLS(LOCK_REFERRAL_PART) "," NULLS(SOUGHT_FILE_PART) \
    OF("o.object_id") " " \
    "FROM {form_entry} o " \
    "JOIN {form_entry_values} v ON v.entry_id=o.id " \
    "JOIN {form_field} f ON f.id=v.field_id " \
    "WHERE o.object_type='T' AND o.object_id" wanted " " \
    "ORDER BY f.sort,f.id LIMIT 100000) " \
    "UNION ALL (SELECT 'collaborator'," NULLS(LOCKED_TICKET_PART) "," NULLS(FORM_ANSWER_PART) "," \
    COLUMNS(COLLABORATOR_PART) "," NULLS(AGENT_RIGHTS_PART) "," NULLS(LOCK_REFERRAL_PART) "," NULLS(SOUGHT_FILE_PART) \
    OF("t.ticket_id") " " \
    "FROM {ticket} t " \
    "JOIN {thread_collaborator} c ON c.thread_id=" SQL_THREAD " " \
    "JOIN {user} u ON u.id=c.user_id " \
    "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
    "WHERE ? AND t.ticket_id" wanted " AND c.flags&1 " \
    "ORDER BY u.name,c.id LIMIT 100000) " \
    "UNION ALL (SELECT 'agent'," NULLS(LOCKED_TICKET_PART) "," NULLS(FORM_ANSWER_PART) "," NULLS(COLLABORATOR_PART) "," \
    COLUMNS(AGENT_RIGHTS_PART) "," NULLS(LOCK_REFERRAL_PART) "," NULLS(SOUGHT_FILE_PART) OF("t.ticket_id") " " \
    "FROM {ticket} t " \
    "JOIN {staff} s ON s.staff_id=? " \
    "WHERE t.ticket_id" wanted ") " \
    "UNION ALL (SELECT 'referral'," NULLS(LOCKED_TICKET_PART) "," NULLS(FORM_ANSWER_PART) "," \
    NULLS(COLLABORATOR_PART) "," NULLS(AGENT_RIGHTS_PART) "," COLUMNS(LOCK_REFERRAL_PART) "," NULLS(SOUGHT_FILE_PART) \
    OF("t.ticket_id") " " \
    "FROM {ticket} t " \
    "JOIN {thread_referral} r ON r.thread_id=" SQL_THREAD " " \
    "WHERE ? AND t.ticket_id" wanted " " \
    "ORDER BY r.id LIMIT 100000)"
#define LOCK_OF_ONE(id)
#define LOCK_OF_SEVERAL(id) "," id
#define LOCK_SELECT LOCK_SELECT_OF("=?", LOCK_OF_ONE, " FOR UPDATE")

// The same of several that are locked already; behind the columns the ticket that a row is about. As many ids as
// TICKETS_LOCK_MAX, 0 where fewer are wanted.
#define LOCK_IDS " IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
#define LOCK_TOGETHER_COLUMNS(FIRST, NEXT, PART) \
    LOCK_COLUMNS_WITHOUT_FILES(FIRST, NEXT, PART) \
    NEXT(, INTEGER, )
enum { LOCK_TOGETHER_OF = LOCK_COLUMNS_COUNT };
#define LOCK_TOGETHER_TYPES \
    "INTEGER drafts,20 INTEGER ticket,20 INTEGER ticket,INTEGER collaborators,20 INTEGER ticket,INTEGER agent,20 INTEGER ticket," \
    "INTEGER referrals,20 INTEGER ticket,"
#define LOCK_FILE_ROW \
    "SELECT 'file'," NULLS(LOCKED_TICKET_PART) "," NULLS(FORM_ANSWER_PART) "," NULLS(COLLABORATOR_PART) "," \
    NULLS(AGENT_RIGHTS_PART) "," NULLS(LOCK_REFERRAL_PART) "," COLUMNS(SOUGHT_FILE_PART)
// Looking for them costs a fifth of all, whether any is wanted or not.
#define LOCK_SELECT_FILES \
    " UNION ALL (" LOCK_FILE_ROW " " SOUGHT_BY_SIGNATURE ") " \
    "UNION ALL (" LOCK_FILE_ROW " " SOUGHT_BY_KEY ")"

#define TICKET_LOCK_RARE_STATEMENTS(STATEMENT) \
    STATEMENT(TICKET_LOCK_WITH_FILES, COLUMN_TYPES(LOCK_VALUES) SOUGHT_FILE_TYPES, LOCK_COLUMNS, LOCK_SELECT LOCK_SELECT_FILES) \
    STATEMENT(TICKETS_TOGETHER, LOCK_TOGETHER_TYPES, LOCK_TOGETHER_COLUMNS, LOCK_SELECT_OF(LOCK_IDS, LOCK_OF_SEVERAL, ""))
#define TICKET_LOCK_STATEMENTS(STATEMENT) \
    STATEMENT(TICKET_LOCK, COLUMN_TYPES(LOCK_VALUES), LOCK_COLUMNS_WITHOUT_FILES, LOCK_SELECT) \
    STATEMENT(TICKET_SAVE, COLUMN_TYPES(SAVE_VALUES), NO_COLUMNS, \
        "UPDATE {ticket} t " \
        "JOIN {thread} h ON h.id=? " \
        "SET " SAVE_SET) \
    /* Takes back the thread's former "closed" events, too. */ \
    STATEMENT(TICKET_SAVE_ANNULLING, COLUMN_TYPES(SAVE_VALUES), NO_COLUMNS, \
        "UPDATE {ticket} t " \
        "JOIN {thread} h ON h.id=? " \
        "LEFT JOIN {thread_event} v ON v.thread_id=h.id AND v.event_id=" LOCK_EVENT_CLOSED " " \
        "SET v.annulled=1," SAVE_SET) \
    STATEMENT(TICKET_UNLOCK, "INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {ticket} " \
        "SET lock_id=0 " \
        "WHERE ticket_id=?") \
    STATEMENT(LOCK_DELETE, "INTEGER lock,", NO_COLUMNS, \
        "DELETE FROM {lock} " \
        "WHERE lock_id=?") \
    STATEMENT(STAFF_IS_MEMBER, "INTEGER department,INTEGER department,INTEGER department,INTEGER staff,", IS_MEMBER_COLUMNS, \
        "SELECT " COLUMNS(IS_MEMBER_COLUMNS) " " \
        "FROM {staff} s " \
        "WHERE s.staff_id=?") \
    /* 1 when the agent is there, at work, and may see the department. */ \
    STATEMENT(STAFF_MAY_TAKE, "INTEGER department,INTEGER staff,", MAY_TAKE_COLUMNS, \
        "SELECT " COLUMNS(MAY_TAKE_COLUMNS) " " \
        "FROM {staff} s " \
        "WHERE s.staff_id=?")
// clang-format on

#endif
