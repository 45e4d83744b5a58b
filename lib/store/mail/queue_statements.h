// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of the mail queue: see queue.c.
#ifndef STORE_MAIL_QUEUE_STATEMENTS_H
#define STORE_MAIL_QUEUE_STATEMENTS_H

#include "store/columns.h"
#include "store/outbox/outbox_statements.h"

// clang-format off
// A mailbox that the help desk's settings name.
#define CONFIGURED_MAILBOX(key) \
    "(SELECT z.email_id FROM {config} c " \
    "JOIN {email} z ON CONCAT(z.email_id)=c.value " \
    "WHERE c.namespace='core' AND c.`key`='" key "' LIMIT 1)"
#define DEFAULT_MAILBOX CONFIGURED_MAILBOX("default_email_id")
#define ALERT_MAILBOX CONFIGURED_MAILBOX("alert_email_id")

// The one asked for; those of the department d, while they are there.
#define ASKED_MAILBOX "(SELECT x.email_id FROM {email} x WHERE x.email_id=?)"
#define DEPARTMENT_MAILBOX "(SELECT y.email_id FROM {email} y WHERE y.email_id=d.email_id)"
#define AUTORESPONSE_MAILBOX "(SELECT y.email_id FROM {email} y WHERE y.email_id=d.autoresp_email_id)"

// A row of the queue q.
#define QUEUED_COLUMNS(FIRST, NEXT, PART) \
    FIRST(QUEUED_ID, INTEGER, "q.id") \
    NEXT(QUEUED_KIND, TEXT, "q.kind") \
    NEXT(QUEUED_STATE, TEXT, "q.state") \
    NEXT(QUEUED_SPREAD, INTEGER, "q.spread") \
    NEXT(QUEUED_TICKET, INTEGER, "q.ticket_id") \
    NEXT(QUEUED_TICKET_NUMBER, TEXT, "(SELECT t.number FROM {ticket} t WHERE t.ticket_id=q.ticket_id)") \
    NEXT(QUEUED_TICKET_CREATED, TEXT, "CAST(q.ticket_created AS CHAR)") \
    NEXT(QUEUED_THREAD, INTEGER, "q.thread_id") \
    NEXT(QUEUED_ENTRY, INTEGER, "q.entry_id") \
    NEXT(QUEUED_ENTRY_CREATED, TEXT, "CAST(q.entry_created AS CHAR)") \
    NEXT(QUEUED_TAG_ENTRY, INTEGER, "q.tag_entry_id") \
    NEXT(QUEUED_TAG_THREAD, INTEGER, "q.tag_thread_id") \
    NEXT(QUEUED_STAFF, INTEGER, "q.staff_id") \
    NEXT(QUEUED_RECIPIENT_STAFF, INTEGER, "q.recipient_staff_id") \
    NEXT(QUEUED_MAILBOX, INTEGER, "q.email_id") \
    NEXT(QUEUED_SIGNATURE, TEXT, "q.signature") \
    NEXT(QUEUED_ADDRESSEE, TEXT, "q.addressee") \
    NEXT(QUEUED_ASSIGNEE, TEXT, "q.assignee") \
    NEXT(QUEUED_ASSIGNER, TEXT, "q.assigner") \
    NEXT(QUEUED_COMMENTS, TEXT, "q.comments") \
    NEXT(QUEUED_SUBJECT, TEXT, "q.subject") \
    NEXT(QUEUED_BODY, TEXT, "q.body") \
    NEXT(QUEUED_RECIPIENTS, TEXT, "q.recipients") \
    NEXT(QUEUED_MESSAGE_ID, TEXT, "q.message_id") \
    NEXT(QUEUED_ATTEMPTS, INTEGER, "q.attempts") \
    NEXT(QUEUED_DUE_IN, INTEGER, "TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),q.due)") \
    NEXT(QUEUED_AGE, INTEGER, "TIMESTAMPDIFF(SECOND,q.created,UTC_TIMESTAMP())") \
    NEXT(QUEUED_ERROR, TEXT, "q.error") \
    NEXT(QUEUED_CREATED, TEXT, "CAST(q.created AS CHAR)") \
    NEXT(QUEUED_FINISHED, TEXT, "CAST(q.finished AS CHAR)")
COLUMN_NAMES(QUEUED_COLUMNS);

#define QUEUED_DUE_COLUMNS(FIRST, NEXT, PART) FIRST(QUEUED_DUE_ID, INTEGER, "id")
COLUMN_NAMES(QUEUED_DUE_COLUMNS);

#define QUEUED_LEASE_COLUMNS(FIRST, NEXT, PART) FIRST(QUEUED_LEASE, TEXT, "lease")
COLUMN_NAMES(QUEUED_LEASE_COLUMNS);

// The columns that an order fills as it has them, in the order of the values.
#define MAIL_ORDER_VALUES(FIRST, NEXT, PART) \
    FIRST(MAIL_ORDER_KIND, TEXT, "kind") \
    NEXT(MAIL_ORDER_SPREAD, INTEGER, "spread") \
    NEXT(MAIL_ORDER_THREAD, INTEGER, "thread_id") \
    NEXT(MAIL_ORDER_TAG_ENTRY, INTEGER, "tag_entry_id") \
    NEXT(MAIL_ORDER_TAG_THREAD, INTEGER, "tag_thread_id") \
    NEXT(MAIL_ORDER_STAFF, INTEGER, "staff_id") \
    NEXT(MAIL_ORDER_SIGNATURE, TEXT, "signature") \
    NEXT(MAIL_ORDER_ADDRESSEE, TEXT, "addressee") \
    NEXT(MAIL_ORDER_ASSIGNEE, TEXT, "assignee") \
    NEXT(MAIL_ORDER_ASSIGNER, TEXT, "assigner") \
    NEXT(MAIL_ORDER_COMMENTS, TEXT, "comments") \
    NEXT(MAIL_ORDER_SUBJECT, TEXT, "subject") \
    NEXT(MAIL_ORDER_BODY, TEXT, "body") \
    NEXT(MAIL_ORDER_RECIPIENTS, TEXT, "recipients")
// All values of an order: the message id is without its mailbox, enum mail_mailbox comes three times, the setting that
// must be on or NULL twice.
#define MAIL_ORDER_ALL(FIRST, NEXT, PART) \
    MAIL_ORDER_VALUES(FIRST, NEXT, PART) \
    NEXT(MAIL_ORDER_MESSAGE_ID, TEXT, "message_id") \
    NEXT(MAIL_ORDER_TICKET, INTEGER, ) \
    NEXT(MAIL_ORDER_ENTRY, INTEGER, ) \
    NEXT(MAIL_ORDER_FROM, INTEGER, ) \
    NEXT(MAIL_ORDER_MAILBOX_1, INTEGER, ) \
    NEXT(MAIL_ORDER_MAILBOX_2, INTEGER, ) \
    NEXT(MAIL_ORDER_MAILBOX_3, INTEGER, ) \
    NEXT(MAIL_ORDER_ONLY_IF_1, TEXT, ) \
    NEXT(MAIL_ORDER_ONLY_IF_2, TEXT, )
COLUMN_NAMES(MAIL_ORDER_ALL);

// The values of a reply's two mails: the customer's, then the row that stands for the agents' alerts.
#define MAIL_REPLY_VALUES(FIRST, NEXT, PART) \
    FIRST(MAIL_REPLY_THREAD, INTEGER, ) \
    NEXT(MAIL_REPLY_TAG_ENTRY, INTEGER, ) \
    NEXT(MAIL_REPLY_TAG_THREAD, INTEGER, ) \
    NEXT(MAIL_REPLY_STAFF, INTEGER, ) \
    NEXT(MAIL_REPLY_SIGNATURE, TEXT, ) \
    NEXT(MAIL_REPLY_SENDER, INTEGER, ) \
    NEXT(MAIL_REPLY_SENDER_NAME, TEXT, ) \
    NEXT(MAIL_REPLY_RECIPIENTS, TEXT, ) \
    NEXT(MAIL_REPLY_MESSAGE_ID, TEXT, ) \
    NEXT(MAIL_REPLY_FROM, INTEGER, ) \
    NEXT(MAIL_REPLY_ENTRY, INTEGER, ) \
    NEXT(MAIL_REPLY_TICKET, INTEGER, ) \
    NEXT(MAIL_REPLY_HAS_RECIPIENTS, TEXT, ) \
    NEXT(MAIL_ALERTS_THREAD, INTEGER, ) \
    NEXT(MAIL_ALERTS_TAG_ENTRY, INTEGER, ) \
    NEXT(MAIL_ALERTS_TAG_THREAD, INTEGER, ) \
    NEXT(MAIL_ALERTS_STAFF, INTEGER, ) \
    NEXT(MAIL_ALERTS_ASSIGNEE, TEXT, ) \
    NEXT(MAIL_ALERTS_ENTRY, INTEGER, ) \
    NEXT(MAIL_ALERTS_TICKET, INTEGER, )
COLUMN_NAMES(MAIL_REPLY_VALUES);

// The name that an agent wants his replies to bear: his own, the department's d, or (else) the mailbox's.
#define SENDER_NAME \
    "CASE (SELECT c.value FROM {config} c WHERE c.namespace=CONCAT('staff.',?) AND c.`key`='default_from_name' LIMIT 1) " \
    "WHEN 'mine' THEN ? WHEN 'dept' THEN IF(d.ispublic,d.name,NULL) END"

// A row for an order; nothing where the setting is off.
#define MAIL_ORDER_INTO \
    "INSERT INTO {fcgi:mail}(" COLUMNS(MAIL_ORDER_VALUES) ",message_id,ticket_id,ticket_created,entry_id," \
    "entry_created,email_id,due,created) "
#define MAIL_ORDER_ROW \
    "SELECT " PLACES(MAIL_ORDER_VALUES) ",CONCAT(?,COALESCE(m.email,'@osTicketMailer'))," \
    "COALESCE(t.ticket_id,0),t.created,COALESCE(e.id,0),e.created,COALESCE(m.email_id,0)," \
    "UTC_TIMESTAMP(),UTC_TIMESTAMP() " \
    "FROM (SELECT 1) one " \
    "LEFT JOIN {ticket} t ON t.ticket_id=? " \
    "LEFT JOIN {thread_entry} e ON e.id=? " \
    "LEFT JOIN {department} d ON d.id=t.dept_id " \
    "LEFT JOIN {email} m ON m.email_id=COALESCE(" ASKED_MAILBOX ",IF(?=2," AUTORESPONSE_MAILBOX ",NULL)," \
    "IF(? IN (1,2)," DEPARTMENT_MAILBOX ",NULL),IF(?=3," ALERT_MAILBOX ",NULL)," DEFAULT_MAILBOX ") " \
    "WHERE ? IS NULL OR EXISTS(SELECT 1 FROM {config} c " \
    "WHERE c.namespace='core' AND c.`key`=? AND c.value NOT IN ('','0'))"

#define MAIL_QUEUE_STATEMENTS(STATEMENT) \
    STATEMENT(MAIL_ENQUEUE, COLUMN_TYPES(MAIL_ORDER_ALL), NO_COLUMNS, \
        MAIL_ORDER_INTO MAIL_ORDER_ROW) \
    STATEMENT(MAIL_ENQUEUE_TWO, COLUMN_TYPES(MAIL_ORDER_ALL) COLUMN_TYPES(MAIL_ORDER_ALL), NO_COLUMNS, \
        MAIL_ORDER_INTO MAIL_ORDER_ROW " UNION ALL " MAIL_ORDER_ROW) \
    STATEMENT(MAIL_ENQUEUE_REPLY, COLUMN_TYPES(MAIL_REPLY_VALUES), NO_COLUMNS, \
        "INSERT INTO {fcgi:mail}(kind,spread,ticket_id,ticket_created,thread_id,entry_id,entry_created,tag_entry_id," \
        "tag_thread_id,staff_id,assignee,email_id,signature,assigner,recipients,message_id,due,created) " \
        "SELECT 'ticket.reply',0,t.ticket_id,t.created,?,e.id,e.created,?," \
        "?,?,NULL,COALESCE(m.email_id,0),?," SENDER_NAME ",?,CONCAT(?,COALESCE(m.email,'@osTicketMailer'))," \
        "UTC_TIMESTAMP(),UTC_TIMESTAMP() " \
        "FROM {thread_entry} e " \
        "JOIN {ticket} t " \
        "LEFT JOIN {department} d ON d.id=t.dept_id " \
        "LEFT JOIN {email} m ON m.email_id=COALESCE(" ASKED_MAILBOX "," DEPARTMENT_MAILBOX "," DEFAULT_MAILBOX ") " \
        "WHERE e.id=? AND t.ticket_id=? AND ?<>'' " \
        "UNION ALL SELECT 'note.alert',1,t.ticket_id,t.created,?,e.id,e.created,?," \
        "?,?,?,m.email_id,'none',NULL,NULL,NULL," \
        "UTC_TIMESTAMP(),UTC_TIMESTAMP() " \
        "FROM {thread_entry} e " \
        "JOIN {ticket} t " \
        "JOIN {email} m ON m.email_id=" ALERT_MAILBOX " " \
        "WHERE e.id=? AND t.ticket_id=? AND EXISTS(SELECT 1 FROM {config} c " \
        "WHERE c.namespace='core' AND c.`key`='note_alert_active' AND c.value NOT IN ('','0'))")

#define MAIL_QUEUE_RARE_STATEMENTS(STATEMENT) \
    OUTBOX_STATEMENTS(STATEMENT, MAIL, "{fcgi:mail}", "lease=?", "'waiting','failed','dropped'") \
    STATEMENT(MAIL_ENQUEUE_ALERT, "INTEGER agent,TEXT addressee,TEXT recipients,TEXT message id,INTEGER id,", NO_COLUMNS, \
        "INSERT INTO {fcgi:mail}(kind,ticket_id,ticket_created,thread_id,entry_id,entry_created," \
        "tag_entry_id,tag_thread_id,staff_id,recipient_staff_id,addressee,assignee,assigner,comments," \
        "recipients,message_id,email_id,due,created) " \
        "SELECT kind,ticket_id,ticket_created,thread_id,entry_id,entry_created," \
        "tag_entry_id,tag_thread_id,staff_id,?,?,assignee,assigner,comments," \
        "?,?,email_id,UTC_TIMESTAMP(),created " \
        "FROM {fcgi:mail} " \
        "WHERE id=?") \
    STATEMENT(MAIL_DUE, "", QUEUED_DUE_COLUMNS, \
        "SELECT " COLUMNS(QUEUED_DUE_COLUMNS) " " \
        "FROM {fcgi:mail} " \
        "WHERE due<=UTC_TIMESTAMP() " \
        "ORDER BY due,id LIMIT 50") \
    /* The row while no other mailer has its hand on it. */ \
    STATEMENT(MAIL_LOCK, "INTEGER id,", QUEUED_COLUMNS, \
        "SELECT " COLUMNS(QUEUED_COLUMNS) " " \
        "FROM {fcgi:mail} q " \
        "WHERE q.id=? AND q.due<=UTC_TIMESTAMP() " \
        "FOR UPDATE SKIP LOCKED") \
    STATEMENT(MAIL_LEASE, "TEXT lease,INTEGER seconds,INTEGER id,", NO_COLUMNS, \
        "UPDATE {fcgi:mail} " \
        "SET state='sending',attempts=attempts+1,lease=?,due=UTC_TIMESTAMP()+INTERVAL ? SECOND " \
        "WHERE id=?") \
    STATEMENT(MAIL_REMOVE, "INTEGER id,TEXT lease,", NO_COLUMNS, \
        "DELETE FROM {fcgi:mail} " \
        "WHERE id=? AND lease=?") \
    /* Of rows that are being sent, those that begin so (LIKE). */ \
    STATEMENT(MAIL_LEASES, "TEXT beginning,", QUEUED_LEASE_COLUMNS, \
        "SELECT DISTINCT " COLUMNS(QUEUED_LEASE_COLUMNS) " " \
        "FROM {fcgi:mail} " \
        "WHERE state='sending' AND due IS NOT NULL AND lease LIKE ?") \
    /* A mail that brought its mailer down three times waits, so that it cannot stop all others. */ \
    STATEMENT(MAIL_FREE, "TEXT lease,", NO_COLUMNS, \
        "UPDATE {fcgi:mail} " \
        "SET state='waiting',due=UTC_TIMESTAMP()+INTERVAL IF(attempts<3,0,900) SECOND,lease='' " \
        "WHERE lease=? AND state='sending' AND due IS NOT NULL") \
    STATEMENT(MAIL_SYSLOG, "TEXT message,", NO_COLUMNS, \
        "INSERT INTO {syslog}(log_type,title,log,logger,ip_address,created,updated) " \
        "SELECT 'Error','Mailer Error',?,'','',NOW(),NOW() " \
        "FROM (SELECT 1) one " \
        "WHERE COALESCE((SELECT c.value FROM {config} c " \
        "WHERE c.namespace='core' AND c.`key`='log_level'),'1')<>'0'") \
    /* What is not sent, then what was, the newest first. */ \
    STATEMENT(MAIL_LIST, "INTEGER most,", QUEUED_COLUMNS, \
        "SELECT " COLUMNS(QUEUED_COLUMNS) " " \
        "FROM {fcgi:mail} q " \
        "ORDER BY q.state='sent',q.state='dropped',q.id DESC LIMIT ?") \
    STATEMENT(MAIL_ROW, "INTEGER id,", QUEUED_COLUMNS, \
        "SELECT " COLUMNS(QUEUED_COLUMNS) " " \
        "FROM {fcgi:mail} q " \
        "WHERE q.id=?")
// clang-format on

#endif
