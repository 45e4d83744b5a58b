// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of client_target.c.
#ifndef STORE_EDIT_CLIENT_TARGET_STATEMENTS_H
#define STORE_EDIT_CLIENT_TARGET_STATEMENTS_H

#include "store/columns.h"
#include "store/sql_parts.h"
#include "store/ticket_view_statements.h"
#include "store/uniform_text.h"

// clang-format off
// Of the ticket t that was asked for, and the user u: the ticket x that takes his messages, which is the parent of a ticket
// that was merged (combined, 1, or separate, 2; linked ones keep their own).
#define CLIENT_TARGET_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CLIENT_TARGET_TICKET, INTEGER, "x.ticket_id") \
    NEXT(CLIENT_TARGET_USER, INTEGER, "u.id") \
    NEXT(CLIENT_TARGET_NAME, TEXT, "u.name") \
    NEXT(CLIENT_TARGET_ADDRESS, TEXT, "m.address") \
    NEXT(CLIENT_TARGET_COLLABORATOR, INTEGER, \
         "(SELECT c.id FROM {thread_collaborator} c WHERE c.thread_id=" SQL_THREAD_OF("x.ticket_id") \
         " AND c.user_id=u.id ORDER BY c.id LIMIT 1)") \
    NEXT(CLIENT_TARGET_HAS_ACCOUNT, INTEGER, "EXISTS(SELECT 1 FROM {user_account} a WHERE a.user_id=u.id)") \
    NEXT(CLIENT_TARGET_IS_MAILBOX, INTEGER, \
         "EXISTS(SELECT 1 FROM {email} e WHERE e.email=" UNIFORM("m.address") ")") \
    NEXT(CLIENT_TARGET_IS_AGENT, INTEGER, \
         "EXISTS(SELECT 1 FROM {staff} s WHERE s.email=" UNIFORM("m.address") ")") \
    NEXT(CLIENT_TARGET_IS_CONFIRMED, INTEGER, \
         "(SELECT d.message_auto_response FROM {department} d WHERE d.id=x.dept_id)") \
    NEXT(CLIENT_TARGET_MESSAGE_FIELD, TEXT, \
         "(SELECT f.configuration FROM {form} o JOIN {form_field} f ON f.form_id=o.id " \
         "WHERE o.type='T' AND f.name='message' ORDER BY o.id,f.sort,f.id LIMIT 1)") \
    NEXT(CLIENT_TARGET_SEES, INTEGER, VIEW_USER_SEES("t", "u.id"))
COLUMN_NAMES(CLIENT_TARGET_COLUMNS);

#define CLIENT_TARGET_STATEMENTS(STATEMENT) \
    STATEMENT(CLIENT_TARGET, "INTEGER user,INTEGER user,INTEGER named,TEXT address,INTEGER ticket,", CLIENT_TARGET_COLUMNS, \
        "SELECT " COLUMNS(CLIENT_TARGET_COLUMNS) " " \
        "FROM {ticket} t " \
        "LEFT JOIN {ticket} p ON p.ticket_id=t.ticket_pid AND t.flags&3 " \
        "JOIN {ticket} x ON x.ticket_id=COALESCE(p.ticket_id,t.ticket_id) " \
        "LEFT JOIN {user} u ON u.id=CASE WHEN ?>0 THEN ? " \
        "WHEN ? THEN (SELECT a.user_id FROM {user_email} a WHERE a.address=?) " \
        "ELSE t.user_id END " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE t.ticket_id=?") \
    STATEMENT(CLIENT_DRAFTS_DELETE, "INTEGER ticket,", NO_COLUMNS, \
        "DELETE FROM {draft} " \
        "WHERE namespace=CONCAT('ticket.client.',?)")
// clang-format on

#endif
