// SPDX-License-Identifier: GPL-2.0-or-later
// The statements that a reply reads by and saves its ticket with: a part of the table in statements.c, which
// alone includes this.
#ifndef STORE_TICKET_REPLY_STATEMENTS_H
#define STORE_TICKET_REPLY_STATEMENTS_H

#include "store/ticket/file_statements.h"
#include "store/uniform_text.h"

// How many answers are missing that must be there before ticket t may be closed: those of fields that the
// topic (or, without one, the form) does not switch off.
#define SWITCHED_OFF(table, condition)                                                                       \
    "EXISTS(SELECT 1 FROM " table " x WHERE " condition " AND JSON_VALID(x.extra) AND "                      \
    "(JSON_CONTAINS(x.extra,CONCAT(f.id),'$.disable') OR "                                                   \
    "JSON_CONTAINS(x.extra,JSON_QUOTE(CONCAT(f.id)),'$.disable')))"
#define MISSING_ANSWERS                                                                                      \
    "(SELECT COUNT(*) FROM {form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id "                    \
    "JOIN {form_field} f ON f.id=v.field_id WHERE o.object_type='T' AND o.object_id=t.ticket_id AND "        \
    "f.flags&4 "                                                                                             \
    "AND v.value IS NULL AND NOT IF(EXISTS(SELECT 1 FROM {help_topic} p WHERE "                              \
    "p.topic_id=t.topic_id)," SWITCHED_OFF("{help_topic_form}", "x.topic_id=t.topic_id") "," SWITCHED_OFF(   \
        "{form_entry}", "x.object_type='T' AND x.object_id=t.ticket_id") "))"

// The agent of a response: the second of the thread, as osTicket's "last respondent" has it, or the first.
#define RESPONDENT(offset)                                                                                   \
    "(SELECT r.staff_id FROM {thread_entry} r WHERE r.thread_id=" THREAD " AND r.type='R' AND r.staff_id>0 " \
    "ORDER BY r.id LIMIT " offset ",1)"

// The id of the event.
#define EVENT_CLOSED "(SELECT x.id FROM {event} x WHERE x.name='closed')"

// What is written of a changed ticket t and its thread h.
#define TICKET_CHANGES                                                                                       \
    "t.status_id=?,t.dept_id=?,t.topic_id=?,t.staff_id=?,t.team_id=?,t.sla_id=?,t.isoverdue=?,"              \
    "t.duedate=?,t.est_duedate=?,t.reopened=?,t.closed=?,t.lastupdate=?,t.updated=NOW(),t.isanswered=?,"     \
    "h.lastresponse=IF(?,NOW(),h.lastresponse),h.lastmessage=IF(?,NOW(),h.lastmessage) WHERE t.ticket_id=?"

// Beside the help desk's rows: the ticket with this number, with the ticket form's message field and the
// canned response's text; the agent; the canned response's files that are no inline images.
#define REPLY_TICKET                                                                                         \
    "SELECT 'ticket',COALESCE(" TICKET_ID_BY_NUMBER                                                          \
    ",0),0,0,NULL,NULL,(SELECT d.configuration FROM {form} o "                                               \
    "JOIN {form_field} d ON d.form_id=o.id WHERE o.type='T' AND d.name='message' ORDER BY o.id,d.sort,d.id " \
    "LIMIT 1),(SELECT n.response FROM {canned_response} n WHERE n.canned_id=? AND n.isenabled=1)," NULL_7
#define REPLY_AGENT                                                                                          \
    "SELECT 'agent',s.staff_id,0,0,s.username,s.firstname,s.lastname,s.email,s.signature," NULL_6            \
    " FROM {staff} s WHERE s.username=?"
#define REPLY_CANNED_FILES                                                                                   \
    "SELECT 'canned file',y.id,0,0,y.`key`,NULL,y.name," NULL_8                                              \
    " FROM (SELECT f.id,f.`key`,COALESCE(" UNIFORM(                                                          \
        "a.name") ",f.name) AS name "                                                                        \
                  "FROM {attachment} a JOIN {file} f ON f.id=a.file_id WHERE a.type='C' AND a.object_id=? "  \
                  "AND a.inline=0 "                                                                          \
                  "ORDER BY a.id LIMIT 100000) y"

#define NULL_4  "NULL,NULL,NULL,NULL"
#define NULL_6  NULL_4 ",NULL,NULL"
#define NULL_7  NULL_6 ",NULL"
#define NULL_8  NULL_6 ",NULL,NULL"
#define NULL_33 NULL_6 "," NULL_6 "," NULL_6 "," NULL_6 "," NULL_6 ",NULL,NULL,NULL"

// The ticket, locked. Takes whether drafts matter, ticket_id.
#define LOCKED_TICKET                                                                                        \
    "(SELECT "                                                                                               \
    "t.ticket_id,t.number,t.user_id,t.status_id,t.dept_id,t.topic_id,t.staff_id,t.team_id,t.isanswered,"     \
    "t.isoverdue,t.duedate,t.est_duedate,t.created,t.reopened,t.closed,t.lastupdate,"                        \
    "(SELECT u.name FROM {user} u WHERE u.id=t.user_id),"                                                    \
    "(SELECT m.address FROM {user} u JOIN {user_email} m ON m.id=u.default_email_id WHERE u.id=t.user_id),"  \
    "(SELECT l.flags FROM {sla} l WHERE l.id=t.sla_id),(SELECT l.grace_period FROM {sla} l WHERE "           \
    "l.id=t.sla_id),(SELECT l.schedule_id FROM {sla} l WHERE l.id=t.sla_id)," THREAD ","                     \
    "(SELECT e.id FROM {thread_entry} e WHERE e.thread_id=" THREAD " AND e.type='M' AND e.flags&4=0 "        \
    "ORDER BY e.id DESC LIMIT 1)," MISSING_ANSWERS ","                                                       \
    "(SELECT COUNT(*) FROM {task} k WHERE k.object_id=t.ticket_id AND k.flags&1)," RESPONDENT(               \
        "0") "," RESPONDENT("1") ",(SELECT s.staff_id FROM {staff} s WHERE s.staff_id=t.staff_id),"          \
                                 "(SELECT g.team_id FROM {team} g WHERE g.team_id=t.team_id),t.sla_id,"      \
                                 "EXISTS(SELECT 1 FROM {thread_referral} r WHERE r.thread_id=" THREAD        \
                                 " AND r.object_type='S' AND "                                               \
                                 "r.object_id=t.staff_id),"                                                  \
                                 "EXISTS(SELECT 1 FROM {thread_event} v WHERE v.thread_id=" THREAD           \
                                 " AND v.event_id=" EVENT_CLOSED " AND v.annulled=0),"                       \
                                 "IF(?,EXISTS(SELECT 1 FROM {draft} d WHERE d.namespace LIKE "               \
                                 "CONCAT('ticket.%.',t.ticket_id)),0),"                                      \
                                 "'ticket'," NULL_6 "," NULL_4 "," NULL_4                                    \
                                 " FROM {ticket} t WHERE t.ticket_id=? FOR UPDATE)"

// The answers of its forms. Takes ticket_id.
#define ANSWERS_BESIDE                                                                                       \
    "(SELECT " NULL_33 ",'answer',f.id,f.name,f.type,f.configuration,v.value,v.value_id," NULL_4 "," NULL_4  \
    " FROM {form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id JOIN {form_field} f ON "             \
    "f.id=v.field_id WHERE o.object_type='T' AND o.object_id=? ORDER BY f.sort,f.id LIMIT 100000)"

// The active collaborators. Takes whether they are wanted, ticket_id.
#define COLLABORATORS_BESIDE                                                                                 \
    "(SELECT " NULL_33 ",'collaborator'," NULL_6 ",c.id,u.id,u.name,m.address," NULL_4 " FROM {ticket} t "   \
    "JOIN {thread_collaborator} c ON c.thread_id=" THREAD " JOIN {user} u ON u.id=c.user_id LEFT JOIN "      \
    "{user_email} m ON m.id=u.default_email_id WHERE ? AND t.ticket_id=? AND c.flags&1 ORDER BY "            \
    "u.name,c.id LIMIT 100000)"

// Takes what STATEMENT_FILES_FIND takes.
#define FILES_BESIDE                                                                                         \
    "(SELECT " NULL_33 ",'file'," NULL_6 "," NULL_4 ",x.n,x.id,x.`key`,x.name FROM (" SOUGHT_FILES ") x)"

#define REPLY_STATEMENTS                                                                                     \
    /* number, canned_id, username, canned_id -> the help desk's rows (see help_desk.c) and further ones:    \
       see reply_target.c */                                                                                 \
    [STATEMENT_REPLY_TARGET] =                                                                               \
        HELP_DESK " UNION ALL " REPLY_TICKET " UNION ALL " REPLY_AGENT " UNION ALL " REPLY_CANNED_FILES,     \
                                                                                                             \
    /* whether drafts matter, ticket_id, ticket_id, whether collaborators are wanted, ticket_id, what        \
       STATEMENT_FILES_FIND takes -> see ticket_lock.c. Only the ticket's row is locked; what stands beside  \
       it is read after the lock was taken, so that it is what the last holder of the lock left. Each kind   \
       of row has columns of its own: tables may differ in their collations. */                              \
        [STATEMENT_TICKET_LOCK] = LOCKED_TICKET                                                              \
        " UNION ALL " ANSWERS_BESIDE " UNION ALL " COLLABORATORS_BESIDE " UNION ALL " FILES_BESIDE,          \
                                                                                                             \
    /* Of both: thread_id, status_id, dept_id, topic_id, staff_id, team_id, sla_id, isoverdue, duedate,      \
       est_duedate, reopened, closed, lastupdate, isanswered, whether the thread was responded to now,       \
       whether it got a message now, ticket_id. The second also takes back the thread's former "closed"      \
       events. */                                                                                            \
        [STATEMENT_TICKET_SAVE] = "UPDATE {ticket} t JOIN {thread} h ON h.id=? SET " TICKET_CHANGES,         \
    [STATEMENT_TICKET_SAVE_ANNULLING] =                                                                      \
        "UPDATE {ticket} t JOIN {thread} h ON h.id=? LEFT JOIN {thread_event} v ON v.thread_id=h.id AND "    \
        "v.event_id=" EVENT_CLOSED " SET v.annulled=1," TICKET_CHANGES

#endif
