// SPDX-License-Identifier: GPL-2.0-or-later
// The statements that reads are fast by. Part of statements.c, which alone includes it.
//
// One ticket: a join with the four rows of KINDS puts all that it is made of below each other, without
// multiplying it and without a subquery a row: 0 the ticket with its people, 1 the answers to its forms, 2
// those to its owner's forms, 3 its entries. A lookup of another kind meets NULL and is skipped. Columns: see
// usual_ticket.c. Of many tickets that takes the database a third longer than two statements: see
// ticket_list.c.
#ifndef STORE_READ_STATEMENTS_H
#define STORE_READ_STATEMENTS_H

#include "store/uniform_text.h"

// clang-format off
#define KINDS \
    "(SELECT 0 AS kind,NULL AS type UNION ALL SELECT 1,_ascii'T' UNION ALL SELECT 2,_ascii'U' " \
    "UNION ALL SELECT 3,NULL) z "

// The display format of a phone field.
#define PHONE_FORMAT \
    "COALESCE(IF(JSON_VALID(f.configuration),NULLIF(JSON_UNQUOTE(JSON_EXTRACT(f.configuration,'$.format'))," \
    "'null'),NULL),'us')"

// Answers with their fields. From the field's id on they are a field_answer, then comes a phone's format.
#define ANSWER_COLUMNS \
    ",f.name,f.sort,f.id,o.sort,o.id,v.value,v.value_id,IF(z.kind=2," PHONE_FORMAT ",NULL)"
#define ANSWERS \
    "LEFT JOIN ({form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id " \
    "JOIN {form_field} f ON f.id=v.field_id AND f.name IN ('subject','priority','phone')) " \
    "ON o.object_type=z.type AND o.object_id=IF(z.kind=1,t.ticket_id,t.user_id) "

// The function around a type keeps the optimiser from weighing an index on it, which costs more than the row; NULL is
// not looked for, 0 would be.
#define ENTRY_PART \
    "e.id,e.pid,e.thread_id,e.type,e.poster,e.source,e.title,e.body,e.format,e.flags,e.created,e.updated," \
    "e.editor,es.staff_id,es.firstname,es.lastname,eu.id,eu.name"
#define EDITOR_NAME \
    "IF(ds.staff_id IS NULL," UNIFORM("du.name") ",TRIM(CONCAT_WS(' '," UNIFORM("ds.firstname") ",ds.lastname)))"
#define ENTRIES(index, thread) \
    "LEFT JOIN {thread_entry} e " index "ON e.thread_id=" thread " AND CONCAT(e.type) IN ('M','R',?) " \
    "AND e.flags&4=0 LEFT JOIN {staff} es ON es.staff_id=NULLIF(e.staff_id,0) " \
    "LEFT JOIN {user} eu ON eu.id=NULLIF(e.user_id,0) " \
    "LEFT JOIN {attachment} b ON b.object_id=e.id AND CONCAT(b.type)='H' "

// A ticket and an entry, as ticket_columns.h takes them.
#define TICKET_PART \
    "t.ticket_id,t.number,t.status_id,t.dept_id,t.topic_id,t.source,t.created,t.closed,t.duedate,t.est_duedate," \
    "t.reopened,u.id,u.name,m.address,s.staff_id,s.firstname,s.lastname,g.team_id,g.name," \
    "l.flags,l.grace_period,l.schedule_id"
#define TICKET_PART_JOINS \
    "LEFT JOIN {user} u ON u.id=t.user_id LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
    "LEFT JOIN {staff} s ON s.staff_id=t.staff_id LEFT JOIN {team} g ON g.team_id=t.team_id " \
    "LEFT JOIN {sla} l ON l.id=t.sla_id "

// A list's tickets, a row for each answer to the fields whose ids are known, as a comma list. They come by the index on
// their agent or owner, which goes on with their ids.
#define LISTED_TICKETS(owner_columns, owner_joins, where) \
    "SELECT STRAIGHT_JOIN " TICKET_PART ",v.field_id,o.sort,o.id,v.value,v.value_id" owner_columns \
    " FROM {ticket} t " TICKET_PART_JOINS owner_joins ANSWERS_TO_KNOWN("o", "v", "'T'", "t.ticket_id") \
    "WHERE " where " ORDER BY t.ticket_id"
#define ANSWERS_TO_KNOWN(form, value, type, object) \
    "LEFT JOIN ({form_entry} " form " JOIN {form_entry_values} " value " ON " value ".entry_id=" form ".id " \
    "AND FIND_IN_SET(" value ".field_id,?)) ON " form ".object_type=" type " AND " form ".object_id=" object " "

// Their entries, in the same order, by fcgi_entries: without that index the server refuses the statement. Written so,
// the rows leave one by one, unsorted.
#define LISTED_ENTRIES(where) \
    "SELECT STRAIGHT_JOIN t.ticket_id,COALESCE(h.id,hc.id)," \
    "COALESCE(h.lastmessage,hc.lastmessage),COALESCE(h.lastresponse,hc.lastresponse)," \
    ENTRY_PART ",b.id,b.inline,em.address," EDITOR_NAME ",k.chunk_id,k.filedata FROM {ticket} t " \
    "LEFT JOIN {thread} h ON h.object_id=t.ticket_id AND CONCAT(h.object_type)='T' " \
    "LEFT JOIN {thread} hc ON hc.object_id=IF(h.id IS NULL,t.ticket_id,NULL) AND CONCAT(hc.object_type)='C' " \
    ENTRIES("FORCE INDEX (fcgi_entries) ", "COALESCE(h.id,hc.id)") \
    "LEFT JOIN {user_email} em ON em.id=IF(eu.name IN ('','0'),eu.default_email_id,NULL) " \
    "LEFT JOIN {staff} ds ON ds.staff_id=IF(e.editor_type='S',e.editor,NULL) " \
    "LEFT JOIN {user} du ON du.id=IF(e.editor_type='U',e.editor,NULL) " \
    "LEFT JOIN ({file} i JOIN {file_chunk} k ON k.file_id=i.id) " \
    "ON i.id=IF(e.body='' AND b.inline=1,b.file_id,NULL) AND CONCAT(i.type) IN ('text/html','text/plain') " \
    "WHERE " where " ORDER BY t.ticket_id"

// osTicket files a name's translation under the last 16 digits of an MD5 sum.
#define NAME_HASH(tag, id) "CONVERT(RIGHT(MD5(CONCAT('" tag ".'," id ")),16) USING ascii)"

// One ticket and the rows that its names come from; these are found by their keys before the join begins. What is
// left out (long bodies, editors, deeper trees, translations, SLAs) makes a ticket an unusual one: usual_ticket.c.
#define FIRST(column) "IF(z.kind=0," column ",NULL)"
#define USUAL_TICKET \
    "SELECT STRAIGHT_JOIN z.kind,t.ticket_id," FIRST("t.number") "," FIRST("t.status_id") "," \
    FIRST("t.dept_id") "," FIRST("t.topic_id") "," FIRST("t.source") "," FIRST("t.created") "," \
    FIRST("t.closed") "," FIRST("t.duedate") "," FIRST("t.est_duedate") ",NULL," FIRST("u.id") "," \
    FIRST("u.name") "," FIRST("m.address") "," FIRST("s.staff_id") "," FIRST("s.firstname") "," \
    FIRST("s.lastname") "," FIRST("g.team_id") "," FIRST("g.name") ",NULL,NULL,NULL," \
    "h.id,h.lastmessage,h.lastresponse" ANSWER_COLUMNS "," ENTRY_PART ",b.id,b.inline," \
    FIRST("st.id") "," FIRST("st.name") "," FIRST("dp.id") "," FIRST("dp.name") "," FIRST("dp.pid") "," \
    FIRST("dq.id") "," FIRST("dq.name") "," FIRST("dq.pid") "," FIRST("tp.topic_id") "," \
    FIRST("tp.topic") "," FIRST("tp.topic_pid") "," FIRST("tq.topic_id") "," FIRST("tq.topic") "," \
    FIRST("tq.topic_pid") "," FIRST("ca.value") "," FIRST("cc.value") "," \
    FIRST("t.duedate IS NULL AND t.est_duedate IS NULL AND t.sla_id<>0") "," \
    "x.id," \
    "pr.priority_id,pr.priority_desc,pr.priority,pr.priority_color,pr.priority_urgency,pr.ispublic " \
    "FROM {ticket} t LEFT JOIN {user} u ON u.id=t.user_id " \
    "LEFT JOIN {user_email} m ON m.id=u.default_email_id LEFT JOIN {staff} s ON s.staff_id=t.staff_id " \
    "LEFT JOIN {team} g ON g.team_id=t.team_id LEFT JOIN {ticket_status} st ON st.id=t.status_id " \
    "LEFT JOIN {department} dp ON dp.id=t.dept_id LEFT JOIN {department} dq ON dq.id=dp.pid " \
    "LEFT JOIN {help_topic} tp ON tp.topic_id=t.topic_id " \
    "LEFT JOIN {help_topic} tq ON tq.topic_id=tp.topic_pid " \
    "LEFT JOIN {config} ca ON ca.namespace='core' AND ca.`key`='agent_name_format' " \
    "LEFT JOIN {config} cc ON cc.namespace='core' AND cc.`key`='client_name_format' " \
    "JOIN " KINDS "LEFT JOIN {translation} x ON x.object_hash=CASE z.kind " \
    "WHEN 0 THEN " NAME_HASH("status.value", "t.status_id") " WHEN 1 THEN " NAME_HASH("dept.name", "t.dept_id") \
    " WHEN 2 THEN " NAME_HASH("topic.name", "t.topic_id") " ELSE " NAME_HASH("topic.name", "tp.topic_pid") \
    " END AND CONCAT(x.type)='phrase' " ANSWERS \
    "LEFT JOIN {ticket_priority} pr ON pr.priority_id=IF(z.kind=1,v.value_id,NULL) " \
    "LEFT JOIN {thread} h ON h.object_id=IF(z.kind=3,t.ticket_id,NULL) AND CONCAT(h.object_type)='T' " \
    ENTRIES("", "h.id") "WHERE t.ticket_id=? LIMIT 60"

#define READING_STATEMENTS \
    /* type of the notes ('N', or 'M' for none), ticket_id */ \
    [STATEMENT_USUAL_TICKET] = USUAL_TICKET, \
    /* ids of the owner's fields whose answers are shown, ids of the ticket's, staff_id */ \
    [STATEMENT_TICKETS_OF_STAFF] = LISTED_TICKETS(",pv.field_id,po.sort,po.id,pv.value,pv.value_id", \
        ANSWERS_TO_KNOWN("po", "pv", "'U'", "t.user_id"), "t.staff_id=?"), \
    /* ids of the ticket's fields whose answers are shown, user id */ \
    [STATEMENT_TICKETS_OF_USER] = LISTED_TICKETS("", "", "t.user_id=?"), \
    /* type of the notes, staff_id */ \
    [STATEMENT_ENTRIES_OF_STAFF] = LISTED_ENTRIES("t.staff_id=?"), \
    /* type of the notes, user id */ \
    [STATEMENT_ENTRIES_OF_USER] = LISTED_ENTRIES("t.user_id=?")
// clang-format on

#endif
