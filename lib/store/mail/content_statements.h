// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of what mails are made of: see content.c and rows.c.
#ifndef STORE_MAIL_CONTENT_STATEMENTS_H
#define STORE_MAIL_CONTENT_STATEMENTS_H

#include "store/agent_rights_statements.h"
#include "store/columns.h"
#include "store/sql_parts.h"
#include "store/uniform_text.h"

// clang-format off
#define MAIL_TICKET_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_TICKET_ID, INTEGER, "t.ticket_id") \
    NEXT(MAIL_TICKET_NUMBER, TEXT, "t.number") \
    NEXT(MAIL_TICKET_USER, INTEGER, "t.user_id") \
    NEXT(MAIL_TICKET_STATUS_ID, INTEGER, "t.status_id") \
    NEXT(MAIL_TICKET_DEPARTMENT, INTEGER, "t.dept_id") \
    NEXT(MAIL_TICKET_SLA, INTEGER, "t.sla_id") \
    NEXT(MAIL_TICKET_TOPIC, INTEGER, "t.topic_id") \
    NEXT(MAIL_TICKET_STAFF, INTEGER, "t.staff_id") \
    NEXT(MAIL_TICKET_TEAM, INTEGER, "t.team_id") \
    NEXT(MAIL_TICKET_IP_ADDRESS, TEXT, "t.ip_address") \
    NEXT(MAIL_TICKET_SOURCE, TEXT, "t.source") \
    NEXT(MAIL_TICKET_CREATED_TEXT, TEXT, "CAST(t.created AS CHAR)") \
    NEXT(MAIL_TICKET_CREATED, INTEGER, "UNIX_TIMESTAMP(t.created)") \
    NEXT(MAIL_TICKET_CLOSED, INTEGER, "UNIX_TIMESTAMP(t.closed)") \
    NEXT(MAIL_TICKET_DUE, INTEGER, "UNIX_TIMESTAMP(COALESCE(t.duedate,t.est_duedate))") \
    NEXT(MAIL_TICKET_LAST_UPDATE, INTEGER, "UNIX_TIMESTAMP(t.lastupdate)") \
    NEXT(MAIL_TICKET_STATUS, TEXT, "s.name") \
    NEXT(MAIL_TICKET_STATE, TEXT, "s.state") \
    NEXT(MAIL_TICKET_THREAD, INTEGER, "h.id") \
    NEXT(MAIL_TICKET_COLLABORATORS, INTEGER, \
         "(SELECT COUNT(*) FROM {thread_collaborator} k WHERE k.thread_id=h.id)")
COLUMN_NAMES(MAIL_TICKET_COLUMNS);

#define MAIL_USER_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_USER_ID, INTEGER, "u.id") \
    NEXT(MAIL_USER_NAME, TEXT, "u.name") \
    NEXT(MAIL_USER_ADDRESS, TEXT, "m.address") \
    NEXT(MAIL_USER_ORGANIZATION_ID, INTEGER, "o.id") \
    NEXT(MAIL_USER_ORGANIZATION, TEXT, "o.name") \
    NEXT(MAIL_USER_TIMEZONE, TEXT, "a.timezone")
COLUMN_NAMES(MAIL_USER_COLUMNS);

#define MAIL_AGENT_PART(FIRST, NEXT, PART) \
    FIRST(MAIL_AGENT_ID, INTEGER, "s.staff_id") \
    NEXT(MAIL_AGENT_DEPARTMENT, INTEGER, "s.dept_id") \
    NEXT(MAIL_AGENT_USERNAME, TEXT, "s.username") \
    NEXT(MAIL_AGENT_FIRST_NAME, TEXT, "s.firstname") \
    NEXT(MAIL_AGENT_LAST_NAME, TEXT, "s.lastname") \
    NEXT(MAIL_AGENT_EMAIL, TEXT, "s.email") \
    NEXT(MAIL_AGENT_PHONE, TEXT, "s.phone") \
    NEXT(MAIL_AGENT_PHONE_EXTENSION, TEXT, "s.phone_ext") \
    NEXT(MAIL_AGENT_MOBILE, TEXT, "s.mobile") \
    NEXT(MAIL_AGENT_SIGNATURE, TEXT, "s.signature") \
    NEXT(MAIL_AGENT_TIMEZONE, TEXT, "s.timezone") \
    NEXT(MAIL_AGENT_IS_AVAILABLE, INTEGER, "s.isactive=1 AND s.onvacation=0")
COLUMN_NAMES(MAIL_AGENT_PART);

#define MAIL_DEPARTMENT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_DEPARTMENT_ID, INTEGER, "d.id") \
    NEXT(MAIL_DEPARTMENT_PARENT, INTEGER, "COALESCE(d.pid,0)") \
    NEXT(MAIL_DEPARTMENT_NAME, TEXT, "d.name") \
    NEXT(MAIL_DEPARTMENT_SIGNATURE, TEXT, "d.signature") \
    NEXT(MAIL_DEPARTMENT_IS_PUBLIC, INTEGER, "d.ispublic") \
    NEXT(MAIL_DEPARTMENT_MANAGER, INTEGER, "d.manager_id") \
    NEXT(MAIL_DEPARTMENT_MAILBOX, INTEGER, "d.email_id") \
    NEXT(MAIL_DEPARTMENT_TEMPLATES, INTEGER, "d.tpl_id") \
    NEXT(MAIL_DEPARTMENT_SLA, INTEGER, "d.sla_id") \
    NEXT(MAIL_DEPARTMENT_GROUP_MEMBERSHIP, INTEGER, "d.group_membership")
COLUMN_NAMES(MAIL_DEPARTMENT_COLUMNS);

#define MAIL_TEAM_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_TEAM_ID, INTEGER, "g.team_id") \
    NEXT(MAIL_TEAM_NAME, TEXT, "g.name") \
    NEXT(MAIL_TEAM_LEAD, INTEGER, "g.lead_id")
COLUMN_NAMES(MAIL_TEAM_COLUMNS);

#define MAIL_TOPIC_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_TOPIC_ID, INTEGER, "p.topic_id") \
    NEXT(MAIL_TOPIC_PARENT, INTEGER, "p.topic_pid") \
    NEXT(MAIL_TOPIC_NAME, TEXT, "p.topic") \
    NEXT(MAIL_TOPIC_DEPARTMENT, INTEGER, "p.dept_id") \
    NEXT(MAIL_TOPIC_SLA, INTEGER, "p.sla_id")
COLUMN_NAMES(MAIL_TOPIC_COLUMNS);

#define MAIL_SLA_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_SLA_ID, INTEGER, "l.id") \
    NEXT(MAIL_SLA_NAME, TEXT, "l.name") \
    NEXT(MAIL_SLA_GRACE, INTEGER, "l.grace_period")
COLUMN_NAMES(MAIL_SLA_COLUMNS);

#define MAIL_NAME_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_NAME_FIRST, TEXT, "s.firstname") \
    NEXT(MAIL_NAME_LAST, TEXT, "s.lastname")
COLUMN_NAMES(MAIL_NAME_COLUMNS);

// A setting of the field f, decoded by the database since it is JSON.
#define FIELD_SETTING(key) \
    "IF(JSON_VALID(f.configuration),JSON_UNQUOTE(JSON_EXTRACT(f.configuration,'$." key "')),NULL)"
// A choice or list answer is JSON {"key":"Label",…}: its labels with commas between.
#define ANSWER_LABELS \
    "IF(JSON_VALID(v.value) AND v.value LIKE '{%',(SELECT GROUP_CONCAT(j.label SEPARATOR ', ') FROM " \
    "JSON_TABLE(IF(JSON_VALID(v.value),v.value,'{}'),'$.*' COLUMNS(label TEXT PATH '$')) j),NULL)"
#define MAIL_ANSWER_PART(FIRST, NEXT, PART, labels, entry_sort) \
    FIRST(MAIL_ANSWER_NAME, TEXT, "f.name") \
    NEXT(MAIL_ANSWER_TYPE, TEXT, "f.type") \
    NEXT(MAIL_ANSWER_VALUE, TEXT, "v.value") \
    NEXT(MAIL_ANSWER_LABELS, TEXT, labels) \
    NEXT(MAIL_ANSWER_PHONE_FORMAT, TEXT, FIELD_SETTING("format")) \
    NEXT(MAIL_ANSWER_IS_HTML, TEXT, FIELD_SETTING("html")) \
    NEXT(MAIL_ANSWER_HAS_TIME, TEXT, FIELD_SETTING("time")) \
    NEXT(MAIL_ANSWER_IS_UTC, TEXT, FIELD_SETTING("gmt")) \
    NEXT(MAIL_ANSWER_CHOICES, TEXT, FIELD_SETTING("choices")) \
    NEXT(MAIL_ANSWER_ENTRY_SORT, INTEGER, entry_sort) \
    NEXT(MAIL_ANSWER_ENTRY, INTEGER, "o.id") \
    NEXT(MAIL_ANSWER_FIELD_SORT, INTEGER, "f.sort") \
    NEXT(MAIL_ANSWER_FIELD, INTEGER, "f.id")
#define MAIL_ANSWER_OF(FIRST, NEXT, PART, labels) \
    MAIL_ANSWER_PART(FIRST, NEXT, PART, labels, "o.sort") \
    NEXT(MAIL_ANSWER_PRIORITY, TEXT, "p.priority_desc") \
    NEXT(MAIL_ANSWER_PRIORITY_URGENCY, INTEGER, "p.priority_urgency") \
    NEXT(MAIL_ANSWER_PRIORITY_COLOR, TEXT, "p.priority_color")
#define MAIL_ANSWER_COLUMNS(FIRST, NEXT, PART) MAIL_ANSWER_OF(FIRST, NEXT, PART, "NULL")
#define MAIL_ANSWER_LABELLED(FIRST, NEXT, PART) MAIL_ANSWER_OF(FIRST, NEXT, PART, ANSWER_LABELS)
COLUMN_NAMES(MAIL_ANSWER_COLUMNS);
// A company has no priorities.
#define MAIL_COMPANY_COLUMNS(FIRST, NEXT, PART) \
    MAIL_ANSWER_PART(FIRST, NEXT, PART, ANSWER_LABELS, "0") \
    PART(MAIL_COMPANY_NO_PRIORITY, NONE_3)

#define MAIL_ENTRY_OF(FIRST, NEXT, PART, long_body) \
    FIRST(MAIL_ENTRY_ID, INTEGER, "e.id") \
    NEXT(MAIL_ENTRY_THREAD, INTEGER, "e.thread_id") \
    NEXT(MAIL_ENTRY_STAFF, INTEGER, "e.staff_id") \
    NEXT(MAIL_ENTRY_USER, INTEGER, "e.user_id") \
    NEXT(MAIL_ENTRY_TYPE, TEXT, "e.type") \
    NEXT(MAIL_ENTRY_POSTER, TEXT, "e.poster") \
    NEXT(MAIL_ENTRY_TITLE, TEXT, "e.title") \
    NEXT(MAIL_ENTRY_BODY, TEXT, "e.body") \
    NEXT(MAIL_ENTRY_LONG_BODY, TEXT, long_body) \
    NEXT(MAIL_ENTRY_FORMAT, TEXT, "e.format") \
    NEXT(MAIL_ENTRY_IP_ADDRESS, TEXT, "e.ip_address") \
    NEXT(MAIL_ENTRY_CREATED, INTEGER, "UNIX_TIMESTAMP(e.created)") \
    NEXT(MAIL_ENTRY_UPDATED, INTEGER, "UNIX_TIMESTAMP(e.updated)") \
    NEXT(MAIL_ENTRY_CREATED_TEXT, TEXT, "CAST(e.created AS CHAR)")
#define MAIL_ENTRY_SHORT(FIRST, NEXT, PART) MAIL_ENTRY_OF(FIRST, NEXT, PART, "NULL")
#define MAIL_ENTRY_COLUMNS(FIRST, NEXT, PART) MAIL_ENTRY_OF(FIRST, NEXT, PART, SQL_LONG_BODY)
COLUMN_NAMES(MAIL_ENTRY_COLUMNS);

#define MAIL_LAST_EMAIL_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MAIL_LAST_EMAIL_ID, TEXT, "i.mid") \
    NEXT(MAIL_LAST_EMAIL_HEADERS, TEXT, "i.headers")
COLUMN_NAMES(MAIL_LAST_EMAIL_COLUMNS);

#define COLLABORATOR_PART(FIRST, NEXT, PART) \
    FIRST(COLLABORATOR_ID, INTEGER, "c.id") \
    NEXT(COLLABORATOR_USER, INTEGER, "u.id") \
    NEXT(COLLABORATOR_NAME, TEXT, "u.name") \
    NEXT(COLLABORATOR_ADDRESS, TEXT, "m.address")
COLUMN_NAMES(COLLABORATOR_PART);

#define MAIL_FILE_OF(FIRST, NEXT, PART, name, is_inline) \
    FIRST(MAIL_FILE_ID, INTEGER, "i.id") \
    NEXT(MAIL_FILE_KEY, TEXT, "i.`key`") \
    NEXT(MAIL_FILE_TYPE, TEXT, "i.type") \
    NEXT(MAIL_FILE_NAME, TEXT, name) \
    NEXT(MAIL_FILE_SIZE, INTEGER, "i.size") \
    NEXT(MAIL_FILE_IS_INLINE, INTEGER, is_inline) \
    NEXT(MAIL_FILE_STORAGE, TEXT, "i.bk")
#define MAIL_FILE_ATTACHED(FIRST, NEXT, PART) \
    MAIL_FILE_OF(FIRST, NEXT, PART, "COALESCE(" UNIFORM("a.name") ",i.name)", "a.inline")
// A picture of a template or signature.
#define MAIL_FILE_SHOWN(FIRST, NEXT, PART) MAIL_FILE_OF(FIRST, NEXT, PART, "i.name", "1")
COLUMN_NAMES(MAIL_FILE_SHOWN);

#define MAIL_CHUNK_COLUMNS(FIRST, NEXT, PART) FIRST(MAIL_CHUNK, TEXT, "k.filedata")
COLUMN_NAMES(MAIL_CHUNK_COLUMNS);

// An agent s who may hear of something, why (enum mail_alert_reason), and whether he may see the ticket t, which is closed: as
// long as it is nobody is assigned.
#define MAIL_ALERT_OF(FIRST, NEXT, PART, has_access) \
    FIRST(MAIL_ALERT_REASON, INTEGER, "q.reason") \
    NEXT(MAIL_ALERT_HAS_ACCESS, INTEGER, has_access) \
    PART(MAIL_ALERT_AGENT, MAIL_AGENT_PART)
#define MAIL_ALERT_UNASKED(FIRST, NEXT, PART) MAIL_ALERT_OF(FIRST, NEXT, PART, "1")
#define MAIL_ALERT_WITH_ACCESS(FIRST, NEXT, PART) \
    MAIL_ALERT_OF(FIRST, NEXT, PART, \
        "s.assigned_only=0 AND " RIGHTS_DEPARTMENT("t.dept_id") " OR " RIGHTS_REFERRAL_THAT(MAIL_WAS_BEFORE))
// A referral r that is not due to the ticket's being closed with the very entry x that is told of: osTicket does not look again.
#define MAIL_WAS_BEFORE \
    "(r.created<t.closed OR t.closed IS NULL OR x.created>r.created+INTERVAL 1 SECOND)"
COLUMN_NAMES(MAIL_ALERT_UNASKED);

#define MAIL_HAS_ALERTS(FIRST, NEXT, PART) FIRST(, INTEGER, "1")

// Of the ticket k: its agent, else the members of its team with alerts on; members of its department while it is nobody's; the
// department's manager; each for his reason.
#define MAIL_ALERTED_BY(agent, member_of_team, member, manager) \
    "SELECT " COLUMNS(MAIL_ALERT_UNASKED) " " \
    "FROM (SELECT " agent " AS reason,k.staff_id AS id FROM {ticket} k " \
    "WHERE k.ticket_id=? " \
    "UNION ALL SELECT " member_of_team ",m.staff_id FROM {ticket} k " \
    "JOIN {team} g ON g.team_id=k.team_id " \
    "JOIN {team_member} m ON m.team_id=g.team_id AND m.flags&1 " \
    "WHERE k.ticket_id=? AND k.staff_id=0 " \
    "UNION ALL SELECT " member ",n.staff_id FROM {ticket} k " \
    "JOIN {department} d ON d.id=" SQL_DEPARTMENT " " \
    "JOIN {staff} n ON n.dept_id=d.id OR (d.group_membership=1 " \
    "AND EXISTS(SELECT 1 FROM {staff_dept_access} a " \
    "WHERE a.staff_id=n.staff_id AND a.dept_id=d.id AND a.flags&1)) " \
    "WHERE k.ticket_id=? AND k.staff_id=0 AND k.team_id=0 " \
    "UNION ALL SELECT " manager ",d.manager_id FROM {ticket} k " \
    "JOIN {department} d ON d.id=" SQL_DEPARTMENT " " \
    "WHERE k.ticket_id=?) q " \
    "JOIN {staff} s ON s.staff_id=q.id"
#define MAIL_ALERTED_VALUES "INTEGER ticket,INTEGER ticket,INTEGER ticket,INTEGER ticket,"

// Neither these nor alerts are sorted here: texts that are sorted go through a temporary table on the disk, which takes the
// database longer than all else of the statement.
#define MAIL_ANSWER_ROWS \
    "FROM {form_entry} o " \
    "JOIN {form_entry_values} v ON v.entry_id=o.id " \
    "JOIN {form_field} f ON f.id=v.field_id " \
    "LEFT JOIN {ticket_priority} p ON f.type='priority' AND p.priority_id=v.value_id " \
    "WHERE o.object_type=? AND o.object_id=? AND f.name<>'' LIMIT 1000"

#define MAIL_CONTENT_STATEMENTS(STATEMENT) \
    /* The active ones. */ \
    STATEMENT(MAIL_COLLABORATORS, "INTEGER thread,", COLLABORATOR_PART, \
        "SELECT " COLUMNS(COLLABORATOR_PART) " " \
        "FROM {thread_collaborator} c " \
        "JOIN {user} u ON u.id=c.user_id " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE c.thread_id=? AND c.flags&1 " \
        "ORDER BY u.name,c.id") \
    STATEMENT(MAIL_TICKET, "INTEGER ticket,", MAIL_TICKET_COLUMNS, \
        "SELECT " COLUMNS(MAIL_TICKET_COLUMNS) " " \
        "FROM {ticket} t " \
        "LEFT JOIN {ticket_status} s ON s.id=t.status_id " \
        "LEFT JOIN {thread} h ON h.id=" SQL_THREAD " " \
        "WHERE t.ticket_id=?") \
    STATEMENT(MAIL_USER, "INTEGER user,", MAIL_USER_COLUMNS, \
        "SELECT " COLUMNS(MAIL_USER_COLUMNS) " " \
        "FROM {user} u " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "LEFT JOIN {organization} o ON o.id=u.org_id " \
        "LEFT JOIN {user_account} a ON a.user_id=u.id " \
        "WHERE u.id=? LIMIT 1") \
    STATEMENT(MAIL_AGENT, "INTEGER staff,", MAIL_AGENT_PART, \
        "SELECT " COLUMNS(MAIL_AGENT_PART) " " \
        "FROM {staff} s " \
        "WHERE s.staff_id=?") \
    STATEMENT(MAIL_DEPARTMENT, "INTEGER department,", MAIL_DEPARTMENT_COLUMNS, \
        "SELECT " COLUMNS(MAIL_DEPARTMENT_COLUMNS) " " \
        "FROM {department} d " \
        "WHERE d.id=?") \
    STATEMENT(MAIL_TEAM, "INTEGER team,", MAIL_TEAM_COLUMNS, \
        "SELECT " COLUMNS(MAIL_TEAM_COLUMNS) " " \
        "FROM {team} g " \
        "WHERE g.team_id=?") \
    STATEMENT(MAIL_TOPIC, "INTEGER topic,", MAIL_TOPIC_COLUMNS, \
        "SELECT " COLUMNS(MAIL_TOPIC_COLUMNS) " " \
        "FROM {help_topic} p " \
        "WHERE p.topic_id=?") \
    STATEMENT(MAIL_SLA, "INTEGER SLA,", MAIL_SLA_COLUMNS, \
        "SELECT " COLUMNS(MAIL_SLA_COLUMNS) " " \
        "FROM {sla} l " \
        "WHERE l.id=?") \
    STATEMENT(MAIL_DEPARTMENT_MEMBERS, "INTEGER department,INTEGER department,", MAIL_NAME_COLUMNS, \
        "SELECT " COLUMNS(MAIL_NAME_COLUMNS) " " \
        "FROM {staff} s " \
        "WHERE s.dept_id=? " \
        "OR EXISTS(SELECT 1 FROM {staff_dept_access} a WHERE a.staff_id=s.staff_id AND a.dept_id=?) " \
        "ORDER BY s.lastname,s.firstname LIMIT 500") \
    STATEMENT(MAIL_TEAM_MEMBERS, "INTEGER team,", MAIL_NAME_COLUMNS, \
        "SELECT " COLUMNS(MAIL_NAME_COLUMNS) " " \
        "FROM {team_member} g " \
        "JOIN {staff} s ON s.staff_id=g.staff_id " \
        "WHERE g.team_id=? " \
        "ORDER BY s.lastname,s.firstname LIMIT 500") \
    STATEMENT(MAIL_ANSWERS, "TEXT object type,INTEGER object,", MAIL_ANSWER_COLUMNS, \
        "SELECT " COLUMNS(MAIL_ANSWER_COLUMNS) " " MAIL_ANSWER_ROWS) \
    /* The same where a value is JSON. */ \
    STATEMENT(MAIL_ANSWERS_LABELLED, "TEXT object type,INTEGER object,", MAIL_ANSWER_LABELLED, \
        "SELECT " COLUMNS(MAIL_ANSWER_LABELLED) " " MAIL_ANSWER_ROWS) \
    /* The newest entry of the company's form counts, so it comes last. */ \
    STATEMENT(MAIL_COMPANY, "", MAIL_COMPANY_COLUMNS, \
        "SELECT " COLUMNS(MAIL_COMPANY_COLUMNS) " " \
        "FROM {form_entry} o " \
        "JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "JOIN {form_field} f ON f.id=v.field_id " \
        "WHERE o.object_type='C' AND f.name<>'' LIMIT 1000") \
    /* The newest 200 visible messages and responses, the oldest first. */ \
    STATEMENT(MAIL_THREAD, "INTEGER thread,", MAIL_ENTRY_COLUMNS, \
        "SELECT * FROM (SELECT " COLUMNS(MAIL_ENTRY_COLUMNS) " " \
        "FROM {thread_entry} e " \
        "WHERE e.thread_id=? AND e.type IN ('M','R') AND NOT e.flags&4 " \
        "ORDER BY e.id DESC LIMIT 200) q " \
        "ORDER BY q.id")

#define MAIL_CONTENT_RARE_STATEMENTS(STATEMENT) \
    STATEMENT(MAIL_ENTRY, "INTEGER entry,", MAIL_ENTRY_SHORT, \
        "SELECT " COLUMNS(MAIL_ENTRY_SHORT) " " \
        "FROM {thread_entry} e " \
        "WHERE e.id=?") \
    /* The same of one without a body, which may lie in files: a temporary table on the disk puts it together. */ \
    STATEMENT(MAIL_ENTRY_LONG, "INTEGER entry,", MAIL_ENTRY_COLUMNS, \
        "SELECT " COLUMNS(MAIL_ENTRY_COLUMNS) " " \
        "FROM {thread_entry} e " \
        "WHERE e.id=?") \
    STATEMENT(MAIL_LAST_EMAIL, "INTEGER thread,", MAIL_LAST_EMAIL_COLUMNS, \
        "SELECT " COLUMNS(MAIL_LAST_EMAIL_COLUMNS) " " \
        "FROM {thread_entry} e " \
        "JOIN {thread_entry_email} i ON i.thread_entry_id=e.id " \
        "WHERE e.thread_id=? AND e.type='M' AND e.source='Email' AND NOT e.flags&4 AND i.headers IS NOT NULL " \
        "ORDER BY e.id DESC LIMIT 1") \
    /* Of the mail that the entry came by; of a response, of the one that it answers. */ \
    STATEMENT(MAIL_ENTRY_EMAIL, "INTEGER entry,", MAIL_LAST_EMAIL_COLUMNS, \
        "SELECT " COLUMNS(MAIL_LAST_EMAIL_COLUMNS) " " \
        "FROM {thread_entry} e " \
        "JOIN {thread_entry_email} i ON i.thread_entry_id=IF(e.type='R',e.pid,e.id) " \
        "WHERE e.id=? " \
        "ORDER BY i.id LIMIT 1") \
    STATEMENT(MAIL_FILES, "INTEGER entry,", MAIL_FILE_ATTACHED, \
        "SELECT " COLUMNS(MAIL_FILE_ATTACHED) " " \
        "FROM {attachment} a " \
        "JOIN {file} i ON i.id=a.file_id " \
        "WHERE a.type='H' AND a.object_id=? " \
        "ORDER BY a.id LIMIT 1000") \
    STATEMENT(MAIL_FILE_BY_KEY, "TEXT key,", MAIL_FILE_SHOWN, \
        "SELECT " COLUMNS(MAIL_FILE_SHOWN) " " \
        "FROM {file} i " \
        "WHERE i.`key`=?") \
    STATEMENT(MAIL_FILE_CHUNKS, "INTEGER file,", MAIL_CHUNK_COLUMNS, \
        "SELECT " COLUMNS(MAIL_CHUNK_COLUMNS) " " \
        "FROM {file_chunk} k " \
        "WHERE k.file_id=? " \
        "ORDER BY k.chunk_id") \
    /* Of activity: the last other respondent, the ticket's agent, members of its team with alerts on, its department's
       manager. */ \
    STATEMENT(MAIL_ALERT_ACTIVITY, \
        "INTEGER thread,INTEGER entry,INTEGER agent,INTEGER ticket,INTEGER ticket,INTEGER ticket,INTEGER entry,INTEGER ticket,", \
        MAIL_ALERT_WITH_ACCESS, \
        "SELECT " COLUMNS(MAIL_ALERT_WITH_ACCESS) " " \
        "FROM {ticket} t " \
        "JOIN (SELECT 1 AS reason,(SELECT r.staff_id FROM {thread_entry} r " \
        "WHERE r.thread_id=? AND r.id<? AND r.type='R' AND r.staff_id>0 ORDER BY r.id DESC LIMIT 1) AS id " \
        "UNION ALL SELECT 2,COALESCE(?,k.staff_id) FROM {ticket} k " \
        "WHERE k.ticket_id=? " \
        "UNION ALL SELECT 3,m.staff_id FROM {ticket} k " \
        "JOIN {team_member} m ON m.team_id=k.team_id AND m.flags&1 " \
        "WHERE k.ticket_id=? " \
        "UNION ALL SELECT 4,d.manager_id FROM {ticket} k " \
        "JOIN {department} d ON d.id=k.dept_id " \
        "WHERE k.ticket_id=?) q " \
        "JOIN {staff} s ON s.staff_id=q.id " \
        "LEFT JOIN {thread_entry} x ON x.id=? " \
        "WHERE t.ticket_id=?") \
    /* Of a new ticket: members of its department while it is nobody's, the manager, the account manager (an agent or a
       team) of the owner's organization. */ \
    STATEMENT(MAIL_ALERT_NEW, "INTEGER ticket,INTEGER ticket,INTEGER ticket,INTEGER ticket,", MAIL_ALERT_UNASKED, \
        "SELECT " COLUMNS(MAIL_ALERT_UNASKED) " " \
        "FROM (SELECT 5 AS reason,n.staff_id AS id FROM {ticket} k " \
        "JOIN {department} d ON d.id=" SQL_DEPARTMENT " " \
        "JOIN {staff} n ON n.staff_id<>d.manager_id AND (n.dept_id=d.id OR (d.group_membership=1 " \
        "AND EXISTS(SELECT 1 FROM {staff_dept_access} a " \
        "WHERE a.staff_id=n.staff_id AND a.dept_id=d.id AND a.flags&1))) " \
        "WHERE k.ticket_id=? AND k.staff_id=0 AND k.team_id=0 " \
        "UNION ALL SELECT 6,d.manager_id FROM {ticket} k " \
        "JOIN {department} d ON d.id=" SQL_DEPARTMENT " " \
        "WHERE k.ticket_id=? " \
        "UNION ALL SELECT 7,n.staff_id FROM {ticket} t " \
        "JOIN {user} u ON u.id=t.user_id " \
        "JOIN {organization} o ON o.id=u.org_id " \
        "JOIN {staff} n ON CONCAT('s',n.staff_id)=o.manager " \
        "WHERE t.ticket_id=? " \
        "UNION ALL SELECT 7,m.staff_id FROM {ticket} t " \
        "JOIN {user} u ON u.id=t.user_id " \
        "JOIN {organization} o ON o.id=u.org_id " \
        "JOIN {team_member} m ON CONCAT('t',m.team_id)=o.manager AND m.flags&1 " \
        "WHERE t.ticket_id=?) q " \
        "JOIN {staff} s ON s.staff_id=q.id") \
    /* Of an assignment: the agent; the team's members with alerts on, its lead, unless the team has its alerts off. */ \
    /* Of a client's message: the second who responded; the agent, or without one the team's members; the department's
       manager; the account manager of the owner's organization. */ \
    STATEMENT(MAIL_ALERT_MESSAGE, "INTEGER ticket,INTEGER ticket,INTEGER ticket,INTEGER ticket,INTEGER ticket,", MAIL_ALERT_UNASKED, \
        "SELECT " COLUMNS(MAIL_ALERT_UNASKED) " " \
        "FROM (SELECT 15 AS reason,(SELECT r.staff_id FROM {thread} h " \
        "JOIN {thread_entry} r ON r.thread_id=h.id AND r.type='R' AND r.staff_id>0 " \
        "WHERE h.object_type='T' AND h.object_id=? ORDER BY r.id LIMIT 1,1) AS id " \
        "UNION ALL SELECT 16,t.staff_id FROM {ticket} t WHERE t.ticket_id=? " \
        "UNION ALL SELECT 17,m.staff_id FROM {ticket} t " \
        "JOIN {team_member} m ON m.team_id=t.team_id AND m.flags&1 " \
        "WHERE t.ticket_id=? AND t.staff_id=0 " \
        "UNION ALL SELECT 18,d.manager_id FROM {ticket} t " \
        "JOIN {department} d ON d.id=t.dept_id " \
        "WHERE t.ticket_id=? " \
        "UNION ALL SELECT 19,n.staff_id FROM {ticket} t " \
        "JOIN {user} u ON u.id=t.user_id " \
        "JOIN {organization} o ON o.id=u.org_id " \
        "JOIN {staff} n ON CONCAT('s',n.staff_id)=o.manager OR EXISTS(SELECT 1 FROM {team_member} m " \
        "WHERE m.staff_id=n.staff_id AND m.flags&1 AND CONCAT('t',m.team_id)=o.manager) " \
        "WHERE t.ticket_id=?) q " \
        "JOIN {staff} s ON s.staff_id=q.id") \
    STATEMENT(MAIL_ALERT_ASSIGNED, "INTEGER staff,INTEGER team,INTEGER team,", MAIL_ALERT_UNASKED, \
        "SELECT " COLUMNS(MAIL_ALERT_UNASKED) " " \
        "FROM (SELECT 8 AS reason,? AS id " \
        "UNION ALL SELECT 9,m.staff_id FROM {team} g " \
        "JOIN {team_member} m ON m.team_id=g.team_id AND m.flags&1 " \
        "WHERE g.team_id=? AND NOT g.flags&2 " \
        "UNION ALL SELECT 10,g.lead_id FROM {team} g " \
        "WHERE g.team_id=? AND NOT g.flags&2) q " \
        "JOIN {staff} s ON s.staff_id=q.id") \
    STATEMENT(MAIL_ALERT_OVERDUE, MAIL_ALERTED_VALUES, MAIL_ALERT_UNASKED, MAIL_ALERTED_BY("11", "12", "13", "14")) \
    STATEMENT(MAIL_ALERT_TRANSFER, MAIL_ALERTED_VALUES, MAIL_ALERT_UNASKED, MAIL_ALERTED_BY("20", "21", "22", "23")) \
    /* A row when the department has a member who gets alerts. */ \
    STATEMENT(MAIL_ALERT_MEMBERS, "INTEGER department,", MAIL_HAS_ALERTS, \
        "SELECT " COLUMNS(MAIL_HAS_ALERTS) " " \
        "FROM {department} d " \
        "WHERE d.id=? AND d.group_membership<>2 AND EXISTS(SELECT 1 FROM {staff} s " \
        "WHERE s.isactive=1 AND s.onvacation=0 AND (s.dept_id=d.id OR (d.group_membership=1 " \
        "AND EXISTS(SELECT 1 FROM {staff_dept_access} a " \
        "WHERE a.staff_id=s.staff_id AND a.dept_id=d.id AND a.flags&1))))")
// clang-format on

#endif
