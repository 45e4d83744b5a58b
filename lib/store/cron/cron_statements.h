// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of cron's jobs, and of who runs them.
#ifndef STORE_CRON_CRON_STATEMENTS_H
#define STORE_CRON_CRON_STATEMENTS_H

#include "store/answer_statements.h"
#include "store/columns.h"
#include "store/slots.h"
#include "store/sql_parts.h"

// clang-format off
// Rows that a clean-up takes away at once.
#define CRON_BITE "1000"

#define CRON_RUN_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CRON_RUN_ASKED, INTEGER, "r.asked") \
    NEXT(CRON_RUN_TAKEN, INTEGER, "r.taken") \
    NEXT(CRON_RUN_DONE, INTEGER, "r.done") \
    NEXT(CRON_RUN_AGE, INTEGER, "TIMESTAMPDIFF(SECOND,r.begun,UTC_TIMESTAMP())") \
    NEXT(CRON_RUN_IS_HELD, INTEGER, "r.lease<>'' AND r.until>=UTC_TIMESTAMP(6)") \
    NEXT(CRON_RUN_LEASE, TEXT, "r.lease") \
    NEXT(CRON_RUN_CALLER, TEXT, "r.caller")
COLUMN_NAMES(CRON_RUN_COLUMNS);

// Ticket t of status s is overdue and not marked so.
#define NOW_OVERDUE \
    "t.isoverdue=0 AND s.state='open' AND (t.duedate<NOW() OR (t.duedate IS NULL AND t.est_duedate<NOW()))"

#define OVERDUE_ID_COLUMNS(FIRST, NEXT, PART) FIRST(OVERDUE_ID, INTEGER, "t.ticket_id")
COLUMN_NAMES(OVERDUE_ID_COLUMNS);

#define OVERDUE_TICKET_COLUMNS(FIRST, NEXT, PART) \
    FIRST(OVERDUE_NUMBER, TEXT, "k.number") \
    NEXT(OVERDUE_SLA_FLAGS, INTEGER, "(SELECT l.flags FROM {sla} l WHERE l.id=k.sla_id)") \
    NEXT(OVERDUE_MAILBOX, INTEGER, "(SELECT d.email_id FROM {department} d WHERE d.id=" SQL_DEPARTMENT ")")
COLUMN_NAMES(OVERDUE_TICKET_COLUMNS);

// A draft d that was last touched more than 14 calendar days before ?. Not COALESCE(): from there MariaDB reckons with a
// zero time, from a column it does not, and osTicket keeps such a draft.
#define OLD_DRAFT "DATEDIFF(?,IF(d.updated IS NULL,d.created,d.updated))>14"

#define OLD_DRAFTS_COLUMNS(FIRST, NEXT, PART) \
    FIRST(OLD_DRAFTS, INTEGER, "COUNT(*)") \
    NEXT(OLD_DRAFTS_LAST, INTEGER, "MAX(q.id)")
COLUMN_NAMES(OLD_DRAFTS_COLUMNS);

// A file f of the database's own store that nothing refers to, older than a day. A store's letter has its case, whatever
// the column's collation: "d" would be a plugin's.
#define ORPHAN_FILE \
    "f.ft='T' AND f.bk=BINARY 'D' AND f.created<NOW()-INTERVAL 1 DAY " \
    "AND NOT EXISTS(SELECT 1 FROM {attachment} a WHERE a.file_id=f.id)"

#define ORPHAN_COLUMNS(FIRST, NEXT, PART) FIRST(ORPHAN_ID, INTEGER, "f.id")
COLUMN_NAMES(ORPHAN_COLUMNS);

// The answers of an object's forms.
#define ANSWERS_OF_OBJECT \
    "SELECT " COLUMNS(FORM_ANSWER_PART) " " \
    "FROM {form_entry} o " \
    "JOIN {form_entry_values} v ON v.entry_id=o.id " \
    "JOIN {form_field} f ON f.id=v.field_id " \
    "WHERE o.object_type=? AND o.object_id=? "

#define REINDEX_COLUMNS(FIRST, NEXT, PART) FIRST(REINDEX_VALUE, TEXT, "c.value")
COLUMN_NAMES(REINDEX_COLUMNS);

// What search does not know.
#define NOT_INDEXED(id, type) \
    "NOT EXISTS(SELECT 1 FROM {_search} z WHERE z.object_type='" type "' AND z.object_id=" id ")"
#define UNINDEXED_ENTRY(FIRST, NEXT, PART) \
    FIRST(UNINDEXED_ID, INTEGER, "e.id") \
    NEXT(UNINDEXED_FIRST, TEXT, "e.title") \
    NEXT(UNINDEXED_SECOND, TEXT, "e.body") \
    NEXT(UNINDEXED_THIRD, TEXT, "e.format")
COLUMN_NAMES(UNINDEXED_ENTRY);
#define UNINDEXED_TICKET(FIRST, NEXT, PART) \
    FIRST(UNINDEXED_ID, INTEGER, "t.ticket_id") \
    NEXT(UNINDEXED_FIRST, TEXT, "t.number") \
    NEXT(UNINDEXED_SECOND, ANY, "NULL") \
    NEXT(UNINDEXED_THIRD, ANY, "NULL")
#define UNINDEXED_USER(FIRST, NEXT, PART) \
    FIRST(UNINDEXED_ID, INTEGER, "u.id") \
    NEXT(UNINDEXED_FIRST, TEXT, "u.name") \
    NEXT(UNINDEXED_SECOND, TEXT, "(SELECT GROUP_CONCAT(m.address ORDER BY m.id SEPARATOR '\\n') " \
                                 "FROM {user_email} m WHERE m.user_id=u.id)") \
    NEXT(UNINDEXED_THIRD, ANY, "NULL")
#define UNINDEXED_ORGANIZATION(FIRST, NEXT, PART) \
    FIRST(UNINDEXED_ID, INTEGER, "g.id") \
    NEXT(UNINDEXED_FIRST, TEXT, "g.name") \
    NEXT(UNINDEXED_SECOND, ANY, "NULL") \
    NEXT(UNINDEXED_THIRD, ANY, "NULL")
#define UNINDEXED_FAQ(FIRST, NEXT, PART) \
    FIRST(UNINDEXED_ID, INTEGER, "q.faq_id") \
    NEXT(UNINDEXED_FIRST, TEXT, "q.question") \
    NEXT(UNINDEXED_SECOND, TEXT, "q.keywords") \
    NEXT(UNINDEXED_THIRD, TEXT, "q.answer")

#define CRON_STATEMENTS(STATEMENT) \
    /* The insert id is the number of the call. */ \
    STATEMENT(CRON_ASK, "TEXT caller,TEXT caller,", NO_COLUMNS, \
        "INSERT INTO {fcgi:cron}(job,asked,caller) VALUES('run',LAST_INSERT_ID(1),?) " \
        "ON DUPLICATE KEY UPDATE asked=LAST_INSERT_ID(asked+1),caller=?") \
    /* `every` twice: seconds between runs, 0: only those that are asked for. */ \
    STATEMENT(CRON_CLAIM, "TEXT lease,INTEGER seconds,INTEGER every,INTEGER every,", NO_COLUMNS, \
        "UPDATE {fcgi:cron} SET lease=?,until=UTC_TIMESTAMP(6)+INTERVAL ? SECOND,taken=asked,begun=UTC_TIMESTAMP() " \
        "WHERE job='run' AND (lease='' OR until<UTC_TIMESTAMP(6)) " \
        "AND (asked>done OR (?>0 AND (begun IS NULL OR begun<=UTC_TIMESTAMP()-INTERVAL ? SECOND)))") \
    STATEMENT(CRON_KEEP, "INTEGER seconds,TEXT lease,", NO_COLUMNS, \
        "UPDATE {fcgi:cron} SET until=UTC_TIMESTAMP(6)+INTERVAL ? SECOND " \
        "WHERE job='run' AND lease=?") \
    STATEMENT(CRON_END, "TEXT lease,", NO_COLUMNS, \
        "UPDATE {fcgi:cron} SET lease='',until=NULL,done=taken,ended=UTC_TIMESTAMP() " \
        "WHERE job='run' AND lease=?") \
    STATEMENT(CRON_FREE, "TEXT lease,", NO_COLUMNS, \
        "UPDATE {fcgi:cron} SET lease='',until=NULL " \
        "WHERE job='run' AND lease=?") \
    STATEMENT(CRON_SEED, "", NO_COLUMNS, \
        "INSERT IGNORE INTO {fcgi:cron}(job) VALUES('run')") \
    STATEMENT(CRON_RUN, "", CRON_RUN_COLUMNS, \
        "SELECT " COLUMNS(CRON_RUN_COLUMNS) " " \
        "FROM {fcgi:cron} r WHERE r.job='run'") \
    STATEMENT(CRON_LOCKS, "", NO_COLUMNS, \
        "DELETE FROM {lock} WHERE expire<NOW() " \
        "ORDER BY lock_id LIMIT " CRON_BITE) \
    STATEMENT(CRON_SESSIONS, "", NO_COLUMNS, \
        "DELETE FROM {session} WHERE session_expire<=NOW() " \
        "ORDER BY session_id LIMIT " CRON_BITE) \
    STATEMENT(CRON_TOKENS, "INTEGER seconds,", NO_COLUMNS, \
        "DELETE FROM {config} WHERE namespace='pwreset' AND updated<NOW()-INTERVAL ? SECOND " \
        "ORDER BY id LIMIT " CRON_BITE) \
    STATEMENT(CRON_LOGS, "INTEGER months,", NO_COLUMNS, \
        "DELETE FROM {syslog} WHERE DATE_ADD(created,INTERVAL ? MONTH)<=NOW() " \
        "ORDER BY log_id LIMIT " CRON_BITE) \
    /* How many of them a bite takes, and the last of these. */ \
    STATEMENT(CRON_OLD_DRAFTS, "TIME today,", OLD_DRAFTS_COLUMNS, \
        "SELECT " COLUMNS(OLD_DRAFTS_COLUMNS) " " \
        "FROM (SELECT d.id FROM {draft} d WHERE " OLD_DRAFT " ORDER BY d.id LIMIT " CRON_BITE ") q") \
    STATEMENT(CRON_DRAFT_FILES, "INTEGER last,TIME today,", NO_COLUMNS, \
        "DELETE a FROM {attachment} a " \
        "JOIN {draft} d ON a.type='D' AND a.object_id=d.id " \
        "WHERE d.id<=? AND " OLD_DRAFT) \
    STATEMENT(CRON_DRAFTS, "INTEGER last,TIME today,", NO_COLUMNS, \
        "DELETE d FROM {draft} d WHERE d.id<=? AND " OLD_DRAFT) \
    STATEMENT(CRON_ORPHANS, "INTEGER after,", ORPHAN_COLUMNS, \
        "SELECT " COLUMNS(ORPHAN_COLUMNS) " " \
        "FROM {file} f WHERE f.id>? AND " ORPHAN_FILE " " \
        "ORDER BY f.id LIMIT " CRON_BITE) \
    STATEMENT(CRON_ORPHAN_DELETE, "INTEGER file,", NO_COLUMNS, \
        "DELETE f FROM {file} f WHERE f.id=? AND " ORPHAN_FILE) \
    STATEMENT(CRON_CHUNKS_DELETE, "INTEGER file,", NO_COLUMNS, \
        "DELETE FROM {file_chunk} WHERE file_id=?") \
    /* As many as osTicket takes in a run. */ \
    STATEMENT(CRON_OVERDUE, "", OVERDUE_ID_COLUMNS, \
        "SELECT " COLUMNS(OVERDUE_ID_COLUMNS) " " \
        "FROM {ticket} t " \
        "JOIN {ticket_status} s ON s.id=t.status_id " \
        "WHERE " NOW_OVERDUE " " \
        "ORDER BY t.ticket_id LIMIT 100") \
    STATEMENT(CRON_OVERDUE_MARK, "INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {ticket} t " \
        "JOIN {ticket_status} s ON s.id=t.status_id " \
        "SET t.isoverdue=1,t.updated=NOW() " \
        "WHERE t.ticket_id=? AND " NOW_OVERDUE) \
    STATEMENT(CRON_OVERDUE_EVENT, "INTEGER ticket,", NO_COLUMNS, \
        "INSERT INTO {thread_event}(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,data,username,uid," \
        "uid_type,annulled,timestamp) " \
        "SELECT h.id,'T',v.id,t.staff_id,t.team_id,t.dept_id,t.topic_id,NULL,'SYSTEM',NULL,'S',0,NOW() " \
        "FROM {ticket} t " \
        "JOIN {thread} h ON h.id=" SQL_THREAD " " \
        "LEFT JOIN {event} v ON v.name='overdue' " \
        "WHERE t.ticket_id=?") \
    STATEMENT(CRON_OVERDUE_TICKET, "INTEGER ticket,", OVERDUE_TICKET_COLUMNS, \
        "SELECT " COLUMNS(OVERDUE_TICKET_COLUMNS) " " \
        "FROM {ticket} k WHERE k.ticket_id=?") \
    /* Those of a ticket come as a saved ticket's do, others form by form. */ \
    STATEMENT(CRON_TICKET_ANSWERS, "TEXT object type,INTEGER object,", FORM_ANSWER_PART, \
        ANSWERS_OF_OBJECT "ORDER BY f.sort,f.id LIMIT 100000") \
    STATEMENT(CRON_ANSWERS, "TEXT object type,INTEGER object,", FORM_ANSWER_PART, \
        ANSWERS_OF_OBJECT "ORDER BY o.sort,o.id,f.sort,f.id LIMIT 100000") \
    STATEMENT(CRON_REINDEX, "", REINDEX_COLUMNS, \
        "SELECT " COLUMNS(REINDEX_COLUMNS) " " \
        "FROM {config} c WHERE c.namespace='mysqlsearch' AND c.`key`='reindex'") \
    STATEMENT(CRON_REINDEXED, "", NO_COLUMNS, \
        "INSERT INTO {config}(namespace,`key`,value,updated) VALUES('mysqlsearch','reindex','',NOW()) " \
        "ON DUPLICATE KEY UPDATE value='',updated=NOW()") \
    /* The next below (entries, tickets) or above an id. */ \
    STATEMENT(CRON_INDEX_ENTRIES, "INTEGER below,", UNINDEXED_ENTRY, \
        "SELECT " COLUMNS(UNINDEXED_ENTRY) " " \
        "FROM {thread_entry} e WHERE e.id<? AND " NOT_INDEXED("e.id", "H") " AND e.poster<>'SYSTEM' " \
        "AND COALESCE(LENGTH(e.title),0)+COALESCE(LENGTH(e.body),0)>0 " \
        "ORDER BY e.id DESC LIMIT 16") \
    STATEMENT(CRON_INDEX_TICKETS, "INTEGER below,", UNINDEXED_TICKET, \
        "SELECT " COLUMNS(UNINDEXED_TICKET) " " \
        "FROM {ticket} t WHERE t.ticket_id<? AND " NOT_INDEXED("t.ticket_id", "T") " " \
        "ORDER BY t.ticket_id DESC LIMIT 16") \
    STATEMENT(CRON_INDEX_USERS, "INTEGER above,", UNINDEXED_USER, \
        "SELECT " COLUMNS(UNINDEXED_USER) " " \
        "FROM {user} u WHERE u.id>? AND " NOT_INDEXED("u.id", "U") " " \
        "ORDER BY u.id LIMIT 16") \
    STATEMENT(CRON_INDEX_ORGANIZATIONS, "INTEGER above,", UNINDEXED_ORGANIZATION, \
        "SELECT " COLUMNS(UNINDEXED_ORGANIZATION) " " \
        "FROM {organization} g WHERE g.id>? AND " NOT_INDEXED("g.id", "O") " " \
        "ORDER BY g.id LIMIT 16") \
    STATEMENT(CRON_INDEX_FAQS, "INTEGER above,", UNINDEXED_FAQ, \
        "SELECT " COLUMNS(UNINDEXED_FAQ) " " \
        "FROM {faq} q WHERE q.faq_id>? AND " NOT_INDEXED("q.faq_id", "K") " " \
        "ORDER BY q.faq_id LIMIT 16") \
    /* What somebody else has indexed meanwhile stays. */ \
    STATEMENT(CRON_INDEX, "16 TEXT object type,16 INTEGER object,16 TEXT title,16 TEXT content,INTEGER count,", NO_COLUMNS, \
        "INSERT IGNORE INTO {_search}(object_type,object_id,title,content) " \
        "SELECT " SLOT "," SLOT "," SLOT "," SLOT " FROM " SLOTS)
// clang-format on

#endif
