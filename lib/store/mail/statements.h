// SPDX-License-Identifier: GPL-2.0-or-later
// The SQL texts of the mail queue and of what mails are made of: a part of the table in statements.c.
#ifndef STORE_MAIL_STATEMENTS_H
#define STORE_MAIL_STATEMENTS_H

#include "store/uniform_text.h"

// A mailbox that the help desk's settings name.
#define CONFIGURED_MAILBOX(key)                                                                              \
    "(SELECT z.email_id FROM {config} c JOIN {email} z ON CONCAT(z.email_id)=c.value WHERE "                 \
    "c.namespace='core' AND c.`key`='" key "' LIMIT 1)"
#define DEFAULT_MAILBOX CONFIGURED_MAILBOX("default_email_id")
#define ALERT_MAILBOX   CONFIGURED_MAILBOX("alert_email_id")

// The one asked for; those of the department d, while they are there.
#define ASKED_MAILBOX        "(SELECT x.email_id FROM {email} x WHERE x.email_id=?)"
#define DEPARTMENT_MAILBOX   "(SELECT y.email_id FROM {email} y WHERE y.email_id=d.email_id)"
#define AUTORESPONSE_MAILBOX "(SELECT y.email_id FROM {email} y WHERE y.email_id=d.autoresp_email_id)"

// A setting, decoded by the database since it is JSON.
#define FIELD_SETTING(key)                                                                                   \
    "IF(JSON_VALID(f.configuration),JSON_UNQUOTE(JSON_EXTRACT(f.configuration,'$." key "')),NULL)"

// A choice or list answer is JSON {"key":"Label",…}: its labels with commas between.
#define ANSWER_LABELS                                                                                        \
    "IF(JSON_VALID(v.value) AND v.value LIKE '{%',(SELECT GROUP_CONCAT(j.label SEPARATOR ', ') FROM "        \
    "JSON_TABLE(IF(JSON_VALID(v.value),v.value,'{}'),'$.*' COLUMNS(label TEXT PATH '$')) j),NULL)"

#define ANSWER_SETTINGS                                                                                      \
    FIELD_SETTING("format") "," FIELD_SETTING("html") "," FIELD_SETTING("time") "," FIELD_SETTING("gmt")
#define ANSWER_CHOICES FIELD_SETTING("choices")

#define MAIL_COLUMNS                                                                                         \
    "kind,state,CAST(ticket_created AS CHAR),CAST(entry_created AS CHAR),signature,addressee,"               \
    "assignee,assigner,comments,subject,body,recipients,message_id,error,CAST(created AS CHAR),"             \
    "CAST(finished AS CHAR),(SELECT t.number FROM {ticket} t WHERE "                                         \
    "t.ticket_id={fcgi:mail}.ticket_id),id,ticket_id,thread_id,entry_id,tag_entry_id,tag_thread_id,staff_"   \
    "id,"                                                                                                    \
    "recipient_staff_id,email_id,attempts,TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),due),"                        \
    "TIMESTAMPDIFF(SECOND,created,UTC_TIMESTAMP()),spread"

#define MAIL_AGENT_COLUMNS                                                                                   \
    "s.staff_id,s.dept_id,s.username,s.firstname,s.lastname,s.email,s.phone,s.phone_ext,s.mobile,"           \
    "s.signature,s.timezone,s.isactive=1 AND s.onvacation=0 "

#define MAIL_ENTRY_COLUMNS                                                                                   \
    "e.id,e.thread_id,e.staff_id,e.user_id,e.type,e.poster,e.title,e.body," MAIL_LONG_BODY                   \
    ",e.format,e.ip_address,UNIX_TIMESTAMP(e.created),UNIX_TIMESTAMP(e.updated),CAST(e.created AS CHAR) "

// A body too long for its column lies in a file that is attached inline.
#define MAIL_LONG_BODY                                                                                       \
    "IF(e.body='',(SELECT GROUP_CONCAT(k.filedata ORDER BY a.id,k.chunk_id SEPARATOR '') FROM {attachment} " \
    "a JOIN {file} i ON i.id=a.file_id JOIN {file_chunk} k ON k.file_id=i.id WHERE a.type='H' AND "          \
    "a.object_id=e.id AND a.inline=1 AND i.type IN ('text/html','text/plain')),NULL)"

// Where the credentials of account q lie: with the account that bears them.
#define ACCOUNT_NAMESPACE "CONCAT('email.',q.email_id,'.account.',q.bearer)"

#define MAIL_STATEMENTS                                                                                      \
    /* thread_id -> collaborator id, user id, name, address of the active ones */                            \
    [STATEMENT_MAIL_COLLABORATORS] =                                                                         \
        "SELECT c.id,u.id,u.name,m.address FROM {thread_collaborator} c JOIN {user} u ON u.id=c.user_id "    \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id WHERE c.thread_id=? AND c.flags&1 ORDER BY "    \
        "u.name,c.id",                                                                                       \
                                                                                                             \
    /* kind, spread, thread_id, entry and thread of the Message-ID, staff_id, signature, addressee,          \
       assignee, assigner, comments, subject, body, recipients, message id without its mailbox, ticket_id,   \
       entry id, from_email_id, enum mail_mailbox (three times), setting that must be on or NULL (twice) */  \
        [STATEMENT_MAIL_ENQUEUE] =                                                                           \
            "INSERT INTO {fcgi:mail}(kind,spread,ticket_id,ticket_created,thread_id,entry_id,"               \
            "entry_created,tag_entry_id,tag_thread_id,staff_id,email_id,signature,addressee,assignee,"       \
            "assigner,comments,subject,body,recipients,message_id,due,created) "                             \
            "SELECT ?,?,COALESCE(t.ticket_id,0),t.created,?,COALESCE(e.id,0),e.created,?,?,?,"               \
            "COALESCE(m.email_id,0),?,?,?,?,?,?,?,?,CONCAT(?,COALESCE(m.email,'@osTicketMailer')),"          \
            "UTC_TIMESTAMP(),UTC_TIMESTAMP() FROM (SELECT 1) one "                                           \
            "LEFT JOIN {ticket} t ON t.ticket_id=? LEFT JOIN {thread_entry} e ON e.id=? "                    \
            "LEFT JOIN {department} d ON d.id=t.dept_id LEFT JOIN {email} m ON "                             \
            "m.email_id=COALESCE(" ASKED_MAILBOX ",IF(?=2," AUTORESPONSE_MAILBOX                             \
            ",NULL),IF(? IN (1,2)," DEPARTMENT_MAILBOX ",NULL),IF(?=3," ALERT_MAILBOX                        \
            ",NULL)," DEFAULT_MAILBOX ") WHERE ? IS NULL OR EXISTS("                                         \
            "SELECT 1 FROM {config} c WHERE c.namespace='core' AND c.`key`=? AND c.value NOT IN ('','0'))",  \
                                                                                                             \
    /* thread_id, entry and thread of the Message-ID, staff_id, signature, recipients, message id without    \
       its mailbox, from_email_id, entry id, ticket_id, recipients; thread_id, entry and thread of the       \
       Message-ID, staff_id, entry id, ticket_id */                                                          \
        [STATEMENT_MAIL_ENQUEUE_REPLY] =                                                                     \
            "INSERT INTO {fcgi:mail}(kind,spread,ticket_id,ticket_created,thread_id,entry_id,"               \
            "entry_created,tag_entry_id,tag_thread_id,staff_id,email_id,signature,recipients,message_id,"    \
            "due,created) "                                                                                  \
            "SELECT 'ticket.reply',0,t.ticket_id,t.created,?,e.id,e.created,?,?,?,"                          \
            "COALESCE(m.email_id,0),?,?,CONCAT(?,COALESCE(m.email,'@osTicketMailer')),UTC_TIMESTAMP(),"      \
            "UTC_TIMESTAMP() FROM {thread_entry} e JOIN {ticket} t LEFT JOIN {department} d ON "             \
            "d.id=t.dept_id LEFT JOIN {email} m ON m.email_id=COALESCE(" ASKED_MAILBOX                       \
            "," DEPARTMENT_MAILBOX "," DEFAULT_MAILBOX ") WHERE e.id=? AND t.ticket_id=? AND ?<>'' "         \
            "UNION ALL SELECT 'note.alert',1,t.ticket_id,t.created,?,e.id,e.created,?,?,?,m.email_id,"       \
            "'none',NULL,NULL,UTC_TIMESTAMP(),UTC_TIMESTAMP() FROM {thread_entry} e JOIN {ticket} t "        \
            "JOIN {email} m ON m.email_id=" ALERT_MAILBOX " WHERE e.id=? AND t.ticket_id=? AND EXISTS("      \
            "SELECT 1 FROM {config} c WHERE c.namespace='core' AND c.`key`='note_alert_active' AND "         \
            "c.value NOT IN ('','0'))",                                                                      \
                                                                                                             \
    /* staff_id of the recipient, addressee, recipients, message_id, id of the row that stands for all */    \
        [STATEMENT_MAIL_ENQUEUE_ALERT] =                                                                     \
            "INSERT INTO {fcgi:mail}(kind,ticket_id,ticket_created,thread_id,entry_id,entry_created,"        \
            "tag_entry_id,tag_thread_id,staff_id,recipient_staff_id,addressee,assignee,assigner,comments,"   \
            "recipients,message_id,email_id,due,created) "                                                   \
            "SELECT kind,ticket_id,ticket_created,thread_id,entry_id,entry_created,tag_entry_id,"            \
            "tag_thread_id,staff_id,?,?,assignee,assigner,comments,?,?,email_id,UTC_TIMESTAMP(),created "    \
            "FROM {fcgi:mail} WHERE id=?",                                                                   \
                                                                                                             \
    /* -> ids of rows that are due, the oldest first */                                                      \
        [STATEMENT_MAIL_DUE] =                                                                               \
            "SELECT id FROM {fcgi:mail} WHERE due<=UTC_TIMESTAMP() ORDER BY due,id LIMIT 50",                \
                                                                                                             \
    /* id -> the row while no other mailer has its hand on it */                                             \
        [STATEMENT_MAIL_LOCK] =                                                                              \
            "SELECT " MAIL_COLUMNS " FROM {fcgi:mail} WHERE id=? AND due<=UTC_TIMESTAMP() "                  \
            "FOR UPDATE SKIP LOCKED",                                                                        \
                                                                                                             \
    /* lease, seconds, id */                                                                                 \
        [STATEMENT_MAIL_LEASE] = "UPDATE {fcgi:mail} SET state='sending',attempts=attempts+1,lease=?,"       \
                                 "due=UTC_TIMESTAMP()+INTERVAL ? SECOND WHERE id=?",                         \
                                                                                                             \
    /* state, error, id, lease */                                                                            \
        [STATEMENT_MAIL_FINISH] =                                                                            \
            "UPDATE {fcgi:mail} SET state=?,error=?,due=NULL,lease='',finished=UTC_TIMESTAMP() "             \
            "WHERE id=? AND lease=?",                                                                        \
                                                                                                             \
    /* error, seconds, attempts that do not count, id, lease */                                              \
        [STATEMENT_MAIL_POSTPONE] =                                                                          \
            "UPDATE {fcgi:mail} SET state='waiting',error=COALESCE(?,error),lease='',"                       \
            "due=UTC_TIMESTAMP()+INTERVAL ? SECOND,attempts=attempts-? WHERE id=? AND lease=?",              \
                                                                                                             \
    /* id, lease */                                                                                          \
        [STATEMENT_MAIL_REMOVE] = "DELETE FROM {fcgi:mail} WHERE id=? AND lease=?",                          \
                                                                                                             \
    /* beginning of leases (LIKE) -> the leases of rows that are being sent */                               \
        [STATEMENT_MAIL_LEASES] = "SELECT DISTINCT lease FROM {fcgi:mail} WHERE state='sending' AND "        \
                                  "due IS NOT NULL AND lease LIKE ?",                                        \
                                                                                                             \
    /* lease. A mail that brought its mailer down three times waits, so that it cannot stop all others. */   \
        [STATEMENT_MAIL_FREE] =                                                                              \
            "UPDATE {fcgi:mail} SET state='waiting',due=UTC_TIMESTAMP()+INTERVAL IF(attempts<3,0,900) "      \
            "SECOND,lease='' WHERE lease=? AND state='sending' AND due IS NOT NULL",                         \
                                                                                                             \
    /* days */                                                                                               \
        [STATEMENT_MAIL_PURGE] =                                                                             \
            "DELETE FROM {fcgi:mail} WHERE finished<UTC_TIMESTAMP()-INTERVAL ? DAY LIMIT 5000",              \
                                                                                                             \
    /* text */                                                                                               \
        [STATEMENT_MAIL_SYSLOG] =                                                                            \
            "INSERT INTO {syslog}(log_type,title,log,logger,ip_address,created,updated) SELECT 'Error',"     \
            "'Mailer Error',?,'','',NOW(),NOW() FROM (SELECT 1) one WHERE COALESCE((SELECT "                 \
            "c.value FROM {config} c WHERE c.namespace='core' AND c.`key`='log_level'),'1')<>'0'",           \
                                                                                                             \
    /* -> state, count, age of the oldest in seconds */                                                      \
        [STATEMENT_MAIL_COUNTS] =                                                                            \
            "SELECT state,COUNT(*),TIMESTAMPDIFF(SECOND,MIN(created),UTC_TIMESTAMP()) FROM {fcgi:mail} "     \
            "GROUP BY state ORDER BY state",                                                                 \
                                                                                                             \
    /* -> what is not sent, then what was, the newest first */                                               \
        [STATEMENT_MAIL_LIST] = "SELECT " MAIL_COLUMNS                                                       \
                                " FROM {fcgi:mail} ORDER BY state='sent',state='dropped',id DESC LIMIT ?",   \
                                                                                                             \
    /* id */                                                                                                 \
        [STATEMENT_MAIL_ROW] = "SELECT " MAIL_COLUMNS " FROM {fcgi:mail} WHERE id=?",                        \
                                                                                                             \
    /* id, or 0 for all that wait or have failed */                                                          \
        [STATEMENT_MAIL_RETRY] =                                                                             \
            "UPDATE {fcgi:mail} SET state='waiting',attempts=0,due=UTC_TIMESTAMP(),finished=NULL,lease='' "  \
            "WHERE (id=? OR (?=0 AND state<>'dropped')) AND state IN ('waiting','failed','dropped')",        \
                                                                                                             \
    /* id */                                                                                                 \
        [STATEMENT_MAIL_DROP] =                                                                              \
            "UPDATE {fcgi:mail} SET state='dropped',due=NULL,lease='',finished=UTC_TIMESTAMP(),"             \
            "error='dropped by hand' WHERE id=? AND state IN ('waiting','failed')",                          \
                                                                                                             \
    /* -> key, value of all settings of the help desk; the first row is the database's clock */              \
        [STATEMENT_MAIL_SETTINGS] = "SELECT " NO_TEXT "," UNIFORM("@@session.time_zone") "," UNIFORM(        \
            "@@system_time_zone") ","                                                                        \
                                  "TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),NOW()),CAST(NOW() AS CHAR) UNION "   \
                                  "ALL SELECT "                                                              \
                                  "c.`key`,c.value,NULL,0,NULL FROM {config} c "                             \
                                  "WHERE c.namespace='core'",                                                \
                                                                                                             \
    /* email_id -> email_id, email, name */                                                                  \
        [STATEMENT_MAIL_MAILBOX] = "SELECT m.email_id,m.email,m.name FROM {email} m WHERE m.email_id=?",     \
                                                                                                             \
    /* email_id, id of an account -> the active SMTP accounts of both, those of the mailbox first: id,       \
       email_id, address of its mailbox, auth_bk, host, port, allow_spoofing, namespace of its credentials,  \
       user name, stored password */                                                                         \
        [STATEMENT_MAIL_ACCOUNTS] =                                                                          \
            "SELECT q.id,q.email_id,q.email,q.auth_bk,q.host,q.port,q.allow_spoofing," ACCOUNT_NAMESPACE "," \
            "(SELECT c.value FROM {config} c WHERE c.namespace=" ACCOUNT_NAMESPACE                           \
            " AND c.`key`='username'),"                                                                      \
            "(SELECT c.value FROM {config} c WHERE c.namespace=" ACCOUNT_NAMESPACE                           \
            " AND c.`key`='passwd') FROM "                                                                   \
            "(SELECT a.id,a.email_id,m.email,IF(a.auth_bk='mailbox',COALESCE(b.auth_bk,'mailbox'),"          \
            "a.auth_bk) AS auth_bk,a.host,a.port,a.allow_spoofing,"                                          \
            "IF(a.auth_bk='mailbox',COALESCE(b.id,a.id),a.id) AS bearer,a.email_id=? AS own "                \
            "FROM {email_account} a LEFT JOIN {email} m ON m.email_id=a.email_id "                           \
            "LEFT JOIN {email_account} b ON b.email_id=a.email_id AND b.type='mailbox' "                     \
            "WHERE a.type='smtp' AND a.active=1 AND (a.email_id=? OR a.id=?)) q ORDER BY q.own DESC,q.id",   \
                                                                                                             \
    /* tpl_id, tpl_id, code -> subject, body of the department's or the default group's template */          \
        [STATEMENT_MAIL_TEMPLATE] =                                                                          \
            "SELECT p.subject,p.body FROM {email_template} p JOIN {email_template_group} g ON "              \
            "g.tpl_id=p.tpl_id WHERE p.tpl_id IN (?,?) AND p.code_name=? ORDER BY p.tpl_id=? DESC LIMIT 1",  \
                                                                                                             \
    /* ticket_id -> the ticket, its owner, its thread */                                                     \
        [STATEMENT_MAIL_TICKET] =                                                                            \
            "SELECT t.ticket_id,t.number,t.user_id,t.status_id,t.dept_id,t.sla_id,t.topic_id,t.staff_id,"    \
            "t.team_id,t.ip_address,t.source,CAST(t.created AS CHAR),UNIX_TIMESTAMP(t.created),"             \
            "UNIX_TIMESTAMP(t.closed),UNIX_TIMESTAMP(COALESCE(t.duedate,t.est_duedate)),"                    \
            "UNIX_TIMESTAMP(t.lastupdate),s.name,s.state,h.id,"                                              \
            "(SELECT COUNT(*) FROM {thread_collaborator} k WHERE k.thread_id=h.id) "                         \
            "FROM {ticket} t LEFT JOIN {ticket_status} s ON s.id=t.status_id LEFT JOIN {thread} h ON "       \
            "h.id=(SELECT y.id FROM {thread} y WHERE y.object_id=t.ticket_id AND y.object_type IN "          \
            "('T','C') ORDER BY y.object_type='T' DESC,y.id LIMIT 1) WHERE t.ticket_id=?",                   \
                                                                                                             \
    /* user id -> id, name, address, organization's id and name, time zone */                                \
        [STATEMENT_MAIL_USER] =                                                                              \
            "SELECT u.id,u.name,m.address,o.id,o.name,a.timezone FROM {user} u LEFT JOIN {user_email} m ON " \
            "m.id=u.default_email_id LEFT JOIN {organization} o ON o.id=u.org_id LEFT JOIN "                 \
            "{user_account} a ON a.user_id=u.id WHERE u.id=? LIMIT 1",                                       \
                                                                                                             \
    /* staff_id */                                                                                           \
        [STATEMENT_MAIL_AGENT] = "SELECT " MAIL_AGENT_COLUMNS "FROM {staff} s WHERE s.staff_id=?",           \
                                                                                                             \
    /* dept id */                                                                                            \
        [STATEMENT_MAIL_DEPARTMENT] =                                                                        \
            "SELECT id,COALESCE(pid,0),name,signature,ispublic,manager_id,email_id,tpl_id,sla_id,"           \
            "group_membership FROM {department} WHERE id=?",                                                 \
                                                                                                             \
    /* team_id -> id, name, lead_id */                                                                       \
        [STATEMENT_MAIL_TEAM] = "SELECT team_id,name,lead_id FROM {team} WHERE team_id=?",                   \
                                                                                                             \
    /* topic_id -> id, parent, name, dept_id, sla_id */                                                      \
        [STATEMENT_MAIL_TOPIC] =                                                                             \
            "SELECT topic_id,topic_pid,topic,dept_id,sla_id FROM {help_topic} WHERE topic_id=?",             \
                                                                                                             \
    /* id -> id, name, grace_period */                                                                       \
        [STATEMENT_MAIL_SLA] = "SELECT id,name,grace_period FROM {sla} WHERE id=?",                          \
                                                                                                             \
    /* dept id, dept id -> names of agents, as a kind of list: first name, last name */                      \
        [STATEMENT_MAIL_DEPARTMENT_MEMBERS] =                                                                \
            "SELECT s.firstname,s.lastname FROM {staff} s WHERE s.dept_id=? OR EXISTS(SELECT 1 FROM "        \
            "{staff_dept_access} a WHERE a.staff_id=s.staff_id AND a.dept_id=?) ORDER BY s.lastname,"        \
            "s.firstname LIMIT 500",                                                                         \
                                                                                                             \
    /* team_id */                                                                                            \
        [STATEMENT_MAIL_TEAM_MEMBERS] =                                                                      \
            "SELECT s.firstname,s.lastname FROM {team_member} g JOIN {staff} s ON s.staff_id=g.staff_id "    \
            "WHERE g.team_id=? ORDER BY s.lastname,s.firstname LIMIT 500",                                   \
                                                                                                             \
    /* object_type, object_id -> name and type of the field, value, labels, settings format, html, time and  \
       gmt, priority's description, urgency, colour */                                                       \
        [STATEMENT_MAIL_ANSWERS] =                                                                           \
            "SELECT f.name,f.type,v.value," ANSWER_LABELS "," ANSWER_SETTINGS ",p.priority_desc,"            \
            "p.priority_urgency,p.priority_color," ANSWER_CHOICES " FROM {form_entry} o "                    \
            "JOIN {form_entry_values} v ON v.entry_id=o.id JOIN {form_field} f ON f.id=v.field_id "          \
            "LEFT JOIN {ticket_priority} p ON f.type='priority' AND p.priority_id=v.value_id "               \
            "WHERE o.object_type=? AND o.object_id=? AND f.name<>'' ORDER BY o.sort,o.id,f.sort,f.id "       \
            "LIMIT 1000",                                                                                    \
                                                                                                             \
    /* the same for the company: the newest entry of its form */                                             \
        [STATEMENT_MAIL_COMPANY] =                                                                           \
            "SELECT f.name,f.type,v.value," ANSWER_LABELS "," ANSWER_SETTINGS                                \
            ",NULL,NULL,NULL," ANSWER_CHOICES                                                                \
            " FROM {form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id "                            \
            "JOIN {form_field} f ON f.id=v.field_id WHERE o.object_type='C' AND f.name<>'' "                 \
            "ORDER BY o.id,f.sort,f.id LIMIT 1000",                                                          \
                                                                                                             \
    /* entry id */                                                                                           \
        [STATEMENT_MAIL_ENTRY] = "SELECT " MAIL_ENTRY_COLUMNS "FROM {thread_entry} e WHERE e.id=?",          \
                                                                                                             \
    /* thread_id -> its visible messages and responses, the newest 200, oldest first */                      \
        [STATEMENT_MAIL_THREAD] =                                                                            \
            "SELECT * FROM (SELECT " MAIL_ENTRY_COLUMNS "FROM {thread_entry} e WHERE e.thread_id=? AND "     \
            "e.type IN ('M','R') AND NOT e.flags&4 ORDER BY e.id DESC LIMIT 200) q ORDER BY 1",              \
                                                                                                             \
    /* thread_id -> mid, headers of the newest message that came by mail */                                  \
        [STATEMENT_MAIL_LAST_EMAIL] =                                                                        \
            "SELECT i.mid,i.headers FROM {thread_entry} e JOIN {thread_entry_email} i ON "                   \
            "i.thread_entry_id=e.id WHERE e.thread_id=? AND e.type='M' AND e.source='Email' AND NOT "        \
            "e.flags&4 AND i.headers IS NOT NULL ORDER BY e.id DESC LIMIT 1",                                \
                                                                                                             \
    /* entry id -> file id, key, type, name, size, inline */                                                 \
        [STATEMENT_MAIL_FILES] = "SELECT i.id,i.`key`,i.type,COALESCE(" UNIFORM(                             \
            "a.name") ",i.name),i.size,a.inline,i.bk FROM {attachment} a "                                   \
                      "JOIN {file} i ON i.id=a.file_id WHERE a.type='H' AND a.object_id=? ORDER BY a.id "    \
                      "LIMIT 1000",                                                                          \
                                                                                                             \
    /* key -> the same, for a picture of a template or signature */                                          \
        [STATEMENT_MAIL_FILE_BY_KEY] = "SELECT i.id,i.`key`,i.type,i.name,i.size,1,i.bk FROM {file} i "      \
                                       "WHERE i.`key`=?",                                                    \
                                                                                                             \
    /* file id -> the content, piece by piece */                                                             \
        [STATEMENT_MAIL_FILE_CHUNKS] =                                                                       \
            "SELECT filedata FROM {file_chunk} WHERE file_id=? ORDER BY chunk_id",                           \
                                                                                                             \
    /* Who may hear of activity on a ticket: its last other respondent, its agent, members of its team with  \
       alerts on, its department's manager. reason, then the agent's columns, then whether the agent has     \
       access to the ticket. thread_id, id of the entry, ticket_id (four times) */                           \
        [STATEMENT_MAIL_ALERT_ACTIVITY] =                                                                    \
            "SELECT q.kind," MAIL_AGENT_COLUMNS                                                              \
            ",s.staff_id=t.staff_id OR EXISTS(SELECT 1 FROM {team_member} n WHERE n.team_id=t.team_id AND "  \
            "n.staff_id=s.staff_id) OR (s.assigned_only=0 AND (s.dept_id=t.dept_id OR EXISTS(SELECT 1 FROM " \
            "{staff_dept_access} a WHERE a.staff_id=s.staff_id AND a.dept_id=t.dept_id) OR EXISTS(SELECT 1 " \
            "FROM {department} f WHERE f.id=t.dept_id AND f.manager_id=s.staff_id))) "                       \
            "FROM {ticket} t JOIN (SELECT 1 AS kind,(SELECT r.staff_id FROM {thread_entry} r WHERE "         \
            "r.thread_id=? AND r.id<? AND r.type='R' AND r.staff_id>0 ORDER BY r.id DESC LIMIT 1) AS id "    \
            "UNION ALL "                                                                                     \
            "SELECT 2,k.staff_id FROM {ticket} k WHERE k.ticket_id=? UNION ALL SELECT 3,m.staff_id FROM "    \
            "{ticket} k JOIN {team_member} m ON m.team_id=k.team_id AND m.flags&1 WHERE k.ticket_id=? "      \
            "UNION ALL SELECT 4,d.manager_id FROM {ticket} k JOIN {department} d ON d.id=k.dept_id WHERE "   \
            "k.ticket_id=?) q JOIN {staff} s ON s.staff_id=q.id WHERE t.ticket_id=? ORDER BY q.kind,"        \
            "s.staff_id",                                                                                    \
                                                                                                             \
    /* Who may hear of a new ticket: members of its department while it is nobody's, the manager, the        \
       account manager (an agent or a team) of the owner's organization. ticket_id (four times) */           \
        [STATEMENT_MAIL_ALERT_NEW] =                                                                         \
            "SELECT q.reason," MAIL_AGENT_COLUMNS ",1 FROM (SELECT 5 AS reason,n.staff_id AS id FROM "       \
            "{ticket} t JOIN {department} d ON d.id=t.dept_id JOIN {staff} n ON n.staff_id<>d.manager_id "   \
            "AND (n.dept_id=d.id OR (d.group_membership=1 AND EXISTS(SELECT 1 FROM {staff_dept_access} a "   \
            "WHERE a.staff_id=n.staff_id AND a.dept_id=d.id AND a.flags&1))) WHERE t.ticket_id=? AND "       \
            "t.staff_id=0 AND t.team_id=0 UNION ALL SELECT 6,d.manager_id FROM {ticket} t JOIN "             \
            "{department} d ON d.id=t.dept_id WHERE t.ticket_id=? UNION ALL SELECT 7,n.staff_id FROM "       \
            "{ticket} t JOIN {user} u ON u.id=t.user_id JOIN {organization} o ON o.id=u.org_id JOIN "        \
            "{staff} n ON CONCAT('s',n.staff_id)=o.manager WHERE t.ticket_id=? UNION ALL SELECT "            \
            "7,m.staff_id FROM {ticket} t JOIN {user} u ON u.id=t.user_id JOIN {organization} o ON "         \
            "o.id=u.org_id JOIN {team_member} m ON CONCAT('t',m.team_id)=o.manager AND m.flags&1 WHERE "     \
            "t.ticket_id=?) q JOIN {staff} s ON s.staff_id=q.id ORDER BY q.reason,s.staff_id",               \
                                                                                                             \
    /* Who may hear of an assignment: the agent; the team's members with alerts on, its lead, unless the     \
       team has its alerts off. staff_id, team_id, team_id */                                                \
        [STATEMENT_MAIL_ALERT_ASSIGNED] =                                                                    \
            "SELECT q.reason," MAIL_AGENT_COLUMNS ",1 FROM (SELECT 8 AS reason,? AS id UNION ALL SELECT "    \
            "9,m.staff_id FROM {team} g JOIN {team_member} m ON m.team_id=g.team_id AND m.flags&1 WHERE "    \
            "g.team_id=? AND NOT g.flags&2 UNION ALL SELECT 10,g.lead_id FROM {team} g WHERE g.team_id=? "   \
            "AND NOT g.flags&2) q JOIN {staff} s ON s.staff_id=q.id ORDER BY q.reason,s.staff_id",           \
                                                                                                             \
    /* dept id -> 1 when the department has a member who gets alerts */                                      \
        [STATEMENT_MAIL_ALERT_MEMBERS] =                                                                     \
            "SELECT 1 FROM {department} d WHERE d.id=? AND d.group_membership<>2 AND EXISTS(SELECT 1 FROM "  \
            "{staff} s WHERE s.isactive=1 AND s.onvacation=0 AND (s.dept_id=d.id OR (d.group_membership=1 "  \
            "AND EXISTS(SELECT 1 FROM {staff_dept_access} a WHERE a.staff_id=s.staff_id AND a.dept_id=d.id " \
            "AND a.flags&1))))"

#endif
