// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of creating tickets: a part of the table in statements.c, which alone includes this.
#ifndef STORE_CREATE_STATEMENTS_H
#define STORE_CREATE_STATEMENTS_H

#include "store/uniform_text.h"

// Which forms count: those of users and tickets, and the topic's. Takes the request's topic.
#define FORM_IS_USED(column)                                                                                 \
    "(" column " IN (SELECT o.id FROM {form} o WHERE o.type IN ('U','T')) OR " column                        \
    " IN (SELECT h.form_id FROM {help_topic_form} h WHERE h.topic_id=?)) "

// Takes a user id and an address.
#define REQUESTER                                                                                            \
    "COALESCE((SELECT r.id FROM {user} r WHERE r.id=?),(SELECT m.user_id FROM {user_email} m WHERE "         \
    "m.address=?))"

// How many open tickets user u has; those that he collaborates on too, where the help desk shows them to him.
#define OPEN_TICKETS                                                                                         \
    "(SELECT COUNT(*) FROM {ticket} k JOIN {ticket_status} s ON s.id=k.status_id WHERE s.state='open' AND "  \
    "k.user_id=u.id)+IF(COALESCE((SELECT g.value FROM {config} g WHERE g.namespace='core' AND "              \
    "g.`key`='collaborator_ticket_visibility'),'1') IN ('','0'),0,(SELECT COUNT(DISTINCT k.ticket_id) FROM " \
    "{thread_collaborator} c JOIN {thread} h ON h.id=c.thread_id AND h.object_type='T' JOIN {ticket} k ON "  \
    "k.ticket_id=h.object_id AND k.user_id<>u.id JOIN {ticket_status} s ON s.id=k.status_id AND "            \
    "s.state='open' WHERE c.user_id=u.id))"

// A table's bare name, for information_schema.
#define BARE_NAME(table) "REPLACE('{" table "}','`','')"

#define TOPIC_COLUMNS                                                                                        \
    "t.flags,t.dept_id,t.priority_id,t.sla_id,t.status_id,t.staff_id,t.team_id,t.sequence_id,t.noautoresp,"  \
    "t.number_format,NULL,NULL,NULL "

// Everything that a creation looks at. A row: kind, id, parent, place among its kind, nine numbers, four
// texts; what they mean for each kind stands in store/create/desk.c. Takes the topic twice, the topic and the
// default topic, user id and address three times, the address's domain, user id and address and the address
// once more, the topic.
#define CREATE_DESK                                                                                                                 \
    "SELECT 'form' AS kind,o.id AS id,0 AS parent,0 AS place,o.id AS n1,0 AS n2,0 AS n3,0 AS n4,0 AS n5,0 "                         \
    "AS n6,0 AS n7,0 AS n8,0 AS n9," UNIFORM(                                                                                       \
        "o.type") " AS t1," NO_TEXT " AS t2," NO_TEXT " AS t3," NO_TEXT " AS t4 FROM {form} o WHERE o.id "                          \
                  "IN ((SELECT MIN(u.id) FROM {form} u WHERE u.type='U'),(SELECT MIN(u.id) FROM {form} u "                          \
                  "WHERE "                                                                                                          \
                  "u.type='T')) "                                                                                                   \
                  "UNION ALL SELECT 'topic "                                                                                        \
                  "form',h.id,0,h.sort,f.id,0,0,0,0,0,0,0,0,f.type,h.extra,NULL,NULL FROM "                                         \
                  "{help_topic_form} h JOIN {form} f ON f.id=h.form_id WHERE h.topic_id=? "                                         \
                  "UNION ALL SELECT "                                                                                               \
                  "'field',f.id,f.form_id,f.sort,f.flags,0,0,0,0,0,0,0,0,f.type,f.label,f.name,"                                    \
                  "f.configuration FROM {form_field} f WHERE " FORM_IS_USED(                                                        \
                      "f.form_id") "UNION ALL SELECT 'topic',t.topic_id,0,0," TOPIC_COLUMNS                                         \
                                   "FROM {help_topic} t WHERE t.topic_id IN (?,?) "                                                 \
                                   "UNION ALL SELECT "                                                                              \
                                   "'user',u.id,u.org_id,0,u.default_email_id," OPEN_TICKETS                                        \
                                   ",0,0,0,0,0,0,0,u.name,"                                                                         \
                                   "(SELECT e.address FROM {user_email} e WHERE "                                                   \
                                   "e.id=u.default_email_id),CAST(u.created "                                                       \
                                   "AS CHAR),NULL FROM "                                                                            \
                                   "{user} u WHERE u.id=" REQUESTER " "                                                             \
                                   "UNION ALL SELECT "                                                                              \
                                   "'organization',o.id,0,1,o.status,0,0,0,0,0,0,0,0,o.name,o.manager,o."                           \
                                   "domain,NULL FROM "                                                                              \
                                   "{organization} o WHERE o.id=(SELECT u.org_id FROM {user} u WHERE "                              \
                                   "u.id=" REQUESTER ") OR (NOT EXISTS("                                                            \
                                   "SELECT 1 FROM {user} u WHERE u.id=" REQUESTER                                                   \
                                   ") AND LOCATE(?,o.domain)) "                                                                     \
                                   "UNION ALL SELECT "                                                                              \
                                   "'filter',f.id,0,f.execorder,f.email_id,f.match_all_rules,f.stop_"                               \
                                   "onmatch,0,0,0,0,0,0,"                                                                           \
                                   "f.name,CONCAT(f.target),NULL,NULL FROM {filter} f WHERE f.isactive=1 "                          \
                                   "UNION ALL SELECT "                                                                              \
                                   "'rule',r.id,r.filter_id,0,r.isactive,0,0,0,0,0,0,0,0,r.what,CONCAT(r."                          \
                                   "how),r.val,NULL "                                                                               \
                                   "FROM {filter_rule} r JOIN {filter} f ON f.id=r.filter_id AND "                                  \
                                   "f.isactive=1 AND "                                                                              \
                                   "f.name<>'SYSTEM BAN "                                                                           \
                                   "LIST' "                                                                                         \
                                   "UNION ALL SELECT "                                                                              \
                                   "'ban',MIN(r.id),0,0,0,0,0,0,0,0,0,0,0,NULL,NULL,NULL,NULL FROM "                                \
                                   "{filter_rule} r JOIN "                                                                          \
                                   "{filter} f ON f.id=r.filter_id AND f.isactive=1 AND f.name='SYSTEM BAN "                        \
                                   "LIST' WHERE "                                                                                   \
                                   "r.isactive=1 AND "                                                                              \
                                   "r.what='email' AND r.val=" UNIFORM(                                                             \
                                       "COALESCE((SELECT e.address FROM {user} u JOIN {user_email} "                                \
                                       "e ON e.id=u.default_email_id WHERE u.id=" REQUESTER                                         \
                                       "),?)") " "                                                                                  \
                                               "UNION ALL SELECT "                                                                  \
                                               "'action',a.id,a.filter_id,a.sort,0,0,0,0,0,0,0,0,0,a.type,"                         \
                                               "a.configuration,NULL,NULL "                                                         \
                                               "FROM {filter_action} a JOIN {filter} f ON f.id=a.filter_id "                        \
                                               "AND f.isactive=1 "                                                                  \
                                               "UNION ALL SELECT "                                                                  \
                                               "'item',i.id,i.list_id,i.sort,0,0,0,0,0,0,0,0,0,i.value,i."                          \
                                               "extra,NULL,NULL FROM "                                                              \
                                               "{list_items} i WHERE CONCAT('list-',i.list_id) IN (SELECT "                         \
                                               "f.type FROM "                                                                       \
                                               "{form_field} f "                                                                    \
                                               "WHERE " FORM_IS_USED(                                                               \
                                                   "f.form_id") ") "                                                                \
                                                                "UNION ALL SELECT "                                                 \
                                                                "'dept',d.id,0,0,d.sla_id,d.ticket_auto_"                           \
                                                                "response,0,0,0,0,0,0,0,NULL,"                                      \
                                                                "NULL,NULL,NULL "                                                   \
                                                                "FROM {department} d "                                              \
                                                                "UNION ALL SELECT "                                                 \
                                                                "'sla',l.id,0,0,l.flags,l.grace_period,l."                          \
                                                                "schedule_id,0,0,0,0,0,0,l."                                        \
                                                                "name,NULL,NULL,"                                                   \
                                                                "NULL FROM {sla} l "                                                \
                                                                "UNION ALL SELECT "                                                 \
                                                                "'mailbox',e.email_id,0,0,e.dept_id,e."                             \
                                                                "priority_id,e.topic_id,e."                                         \
                                                                "noautoresp,0,0,0,0,0,"                                             \
                                                                "e.email,NULL,NULL,NULL FROM {email} e "                            \
                                                                "UNION ALL SELECT "                                                 \
                                                                "'sequence',q.id,0,0,0,0,0,0,0,0,0,0,0,q."                          \
                                                                "padding,NULL,NULL,NULL FROM "                                      \
                                                                "{sequence} q "                                                     \
                                                                "UNION ALL SELECT "                                                 \
                                                                "'column',0,0,c.ordinal_position,c.table_"                          \
                                                                "name=" BARE_NAME(                                                  \
                                                                    "user__cdata") ","                                              \
                                                                                   "c.character_set_name<>'"                        \
                                                                                   "utf8mb4',0,0,0,0,0,0,"                          \
                                                                                   "0,c.column_name,NULL,"                          \
                                                                                   "NULL,NULL FROM "                                \
                                                                                   "information_schema."                            \
                                                                                   "columns c WHERE "                               \
                                                                                   "c.table_schema="                                \
                                                                                   "DATABASE() AND "                                \
                                                                                   "c.table_name IN "                               \
                                                                                   "(" BARE_NAME(                                   \
                                                                                       "user__"                                     \
                                                                                       "cdata") "," BARE_NAME("ticket__cdata") ") " \
                                                                                                                               "OR" \
                                                                                                                               "DE" \
                                                                                                                               "R " \
                                                                                                                               "BY" \
                                                                                                                               " p" \
                                                                                                                               "la" \
                                                                                                                               "ce" \
                                                                                                                               ",i" \
                                                                                                                               "d"

// The name of a number's lock: this help desk's alone, and no longer than a lock's name may be.
#define NUMBER_LOCK "SHA2(CONCAT(DATABASE(),'{ticket}',?),256)"

// An agent with the address of the user u.
#define MEMBER_IS_AGENT "EXISTS(SELECT 1 FROM {staff} s WHERE s.email=" UNIFORM("m.address") ")"

#define CREATE_STATEMENTS                                                                                    \
    [STATEMENT_CREATE_DESK] = CREATE_DESK,                                                                   \
                                                                                                             \
    /* topic id -> the columns of a row of the kind 'topic' */                                               \
        [STATEMENT_CREATE_TOPIC] =                                                                           \
            "SELECT 'topic',t.topic_id,0,0," TOPIC_COLUMNS "FROM {help_topic} t WHERE t.topic_id=?",         \
                                                                                                             \
    /* staff ids as a comma list, username, team ids as a comma list -> kind, id, available, firstname or    \
       team's name, lastname, username */                                                                    \
        [STATEMENT_CREATE_ASSIGNEES] =                                                                       \
            "SELECT 'staff',s.staff_id,s.isactive=1 AND s.onvacation=0," UNIFORM("s.firstname") "," UNIFORM( \
                "s.lastname") "," UNIFORM("s.username") " "                                                  \
                                                        "FROM {staff} s WHERE FIND_IN_SET(s.staff_id,?) OR " \
                                                        "s.username=? UNION ALL SELECT "                     \
                                                        "'team',t.team_id,t.flags&1,t.name,NULL,NULL FROM "  \
                                                        "{team} t WHERE FIND_IN_SET(t.team_id,?)",           \
                                                                                                             \
    /* organization, user id who is left out, 1 for all members or 0 for primary contacts -> id, name,       \
       address, 1 for an agent's address */                                                                  \
        [STATEMENT_CREATE_MEMBERS] =                                                                         \
            "SELECT u.id,u.name,m.address," MEMBER_IS_AGENT " FROM {user} u LEFT JOIN {user_email} m ON "    \
            "m.id=u.default_email_id WHERE u.org_id=? AND u.id<>? AND (? OR u.status&1) ORDER BY u.id",      \
                                                                                                             \
    /* user id -> id, name, address, 1 for an agent's address */                                             \
        [STATEMENT_CREATE_USER] =                                                                            \
            "SELECT u.id,u.name,m.address," MEMBER_IS_AGENT " FROM {user} u LEFT JOIN {user_email} m ON "    \
            "m.id=u.default_email_id WHERE u.id=?",                                                          \
                                                                                                             \
    /* address; its row is locked, and its id the id that is told, be it new or not */                       \
        [STATEMENT_USER_EMAIL_INSERT] = "INSERT INTO {user_email}(user_id,flags,address) VALUES(0,0,?) ON "  \
                                        "DUPLICATE KEY UPDATE id=LAST_INSERT_ID(id)",                        \
                                                                                                             \
    /* org_id, default_email_id, name */                                                                     \
        [STATEMENT_USER_INSERT] = "INSERT INTO {user}(org_id,default_email_id,status,name,created,updated) " \
                                  "VALUES(?,?,0,?,NOW(),NOW())",                                             \
                                                                                                             \
    /* user id, id of the address: takes it while it belongs to nobody */                                    \
        [STATEMENT_USER_EMAIL_TAKE] = "UPDATE {user_email} m LEFT JOIN {user} u ON u.id=m.user_id SET "      \
                                      "m.user_id=? WHERE m.id=? AND u.id IS NULL",                           \
                                                                                                             \
    /* sequence id; the value that is used comes back as the insert id */                                    \
        [STATEMENT_SEQUENCE_NEXT] =                                                                          \
            "UPDATE {sequence} SET next=LAST_INSERT_ID(next)+COALESCE(increment,1),updated=NOW() WHERE "     \
            "id=?",                                                                                          \
                                                                                                             \
    /* number */                                                                                             \
        [STATEMENT_NUMBER_TAKEN] = "SELECT EXISTS(SELECT 1 FROM {ticket} t WHERE t.number=?)",               \
    [STATEMENT_NUMBER_CLAIM] = "SELECT GET_LOCK(" NUMBER_LOCK ",0)",                                         \
    [STATEMENT_NUMBER_RELEASE] = "SELECT RELEASE_LOCK(" NUMBER_LOCK ")",                                     \
                                                                                                             \
    /* number, user_id, status_id, dept_id, sla_id, topic_id, staff_id, team_id, email_id, ip_address,       \
       source, est_duedate, closed, lastupdate, created */                                                   \
        [STATEMENT_TICKET_INSERT] = "INSERT INTO "                                                           \
                                    "{ticket}(number,user_id,status_id,dept_id,sla_id,topic_id,staff_id,"    \
                                    "team_id,email_id,ip_address,source,est_duedate,closed,lastupdate,"      \
                                    "created,updated) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NOW())",          \
                                                                                                             \
    /* ticket_id, 1 when it has a message */                                                                 \
        [STATEMENT_THREAD_INSERT] = "INSERT INTO {thread}(object_id,object_type,lastmessage,created) "       \
                                    "VALUES(?,'T',IF(?,NOW(),NULL),NOW())",                                  \
                                                                                                             \
    /* form_id, object_id, object_type, sort, extra */                                                       \
        [STATEMENT_FORM_ENTRY_INSERT] =                                                                      \
            "INSERT INTO {form_entry}(form_id,object_id,object_type,sort,extra,created,updated) "            \
            "VALUES(?,?,?,?,?,NOW(),NOW())",                                                                 \
                                                                                                             \
    /* entry_id, field_id, value, value_id */                                                                \
        [STATEMENT_FORM_VALUE_INSERT] =                                                                      \
            "INSERT INTO {form_entry_values}(entry_id,field_id,value,value_id) VALUES(?,?,?,?)",             \
                                                                                                             \
    /* flags, thread_id, user_id */                                                                          \
        [STATEMENT_COLLABORATOR_INSERT] =                                                                    \
            "INSERT INTO {thread_collaborator}(flags,thread_id,user_id,role,created,updated) "               \
            "VALUES(?,?,?,'M',NOW(),NOW())",                                                                 \
                                                                                                             \
    /* log_type, title, log, ip_address, level */                                                            \
        [STATEMENT_SYSLOG_INSERT] =                                                                          \
            "INSERT INTO {syslog}(log_type,title,log,logger,ip_address,created,updated) SELECT "             \
            "?,?,?,'',?,NOW(),NOW() FROM (SELECT 1 AS one) o WHERE ?<=COALESCE((SELECT CAST(c.value AS "     \
            "UNSIGNED) FROM {config} c WHERE c.namespace='core' AND c.`key`='log_level'),2)"

#endif
