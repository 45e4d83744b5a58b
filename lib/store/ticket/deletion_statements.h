// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of deletion.c.
#ifndef STORE_TICKET_DELETION_STATEMENTS_H
#define STORE_TICKET_DELETION_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define DELETION_COLUMNS(FIRST, NEXT, PART) \
    FIRST(DELETION_LINKED, TEXT, \
        "(SELECT GROUP_CONCAT(n.ticket_id) FROM {ticket} n WHERE n.ticket_pid=t.ticket_id AND n.flags&8)") \
    NEXT(DELETION_MERGED, INTEGER, \
        "(SELECT COUNT(*) FROM {ticket} n WHERE n.ticket_pid=t.ticket_id AND NOT n.flags&8)") \
    NEXT(DELETION_TASKS, INTEGER, \
        "(SELECT COUNT(*) FROM {task} k WHERE k.object_id=t.ticket_id AND k.object_type='T')") \
    NEXT(DELETION_SIBLINGS, INTEGER, \
        "(SELECT COUNT(*) FROM {ticket} n WHERE n.ticket_pid=t.ticket_pid AND n.ticket_id<>t.ticket_id)")
COLUMN_NAMES(DELETION_COLUMNS);

#define DELETION_STATEMENTS(STATEMENT) \
    STATEMENT(DELETION_LOOK, "INTEGER ticket,", DELETION_COLUMNS, \
        "SELECT " COLUMNS(DELETION_COLUMNS) " " \
        "FROM {ticket} t " \
        "WHERE t.ticket_id=?") \
    STATEMENT(DELETION_FREE_LINKED, "INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {ticket} " \
        "SET ticket_pid=NULL,flags=0,updated=NOW() " \
        "WHERE ticket_pid=? AND flags&8") \
    STATEMENT(DELETION_FREE_PARENT, "INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {ticket} " \
        "SET flags=0,updated=NOW() " \
        "WHERE ticket_id=?") \
    STATEMENT(DELETION_EMAILS, "INTEGER thread,", NO_COLUMNS, \
        "UPDATE {thread_entry_email} i " \
        "JOIN {thread_entry} e ON e.id=i.thread_entry_id " \
        "SET i.headers=NULL " \
        "WHERE e.thread_id=?") \
    STATEMENT(DELETION_ENTRIES, "INTEGER thread,", NO_COLUMNS, \
        "DELETE e,a,s FROM {thread_entry} e " \
        "LEFT JOIN {attachment} a ON a.type='H' AND a.object_id=e.id " \
        "LEFT JOIN {_search} s ON s.object_type='H' AND s.object_id=e.id " \
        "WHERE e.thread_id=?") \
    STATEMENT(DELETION_THREAD, "INTEGER thread,", NO_COLUMNS, \
        "DELETE h,c,r FROM {thread} h " \
        "LEFT JOIN {thread_collaborator} c ON c.thread_id=h.id " \
        "LEFT JOIN {thread_referral} r ON r.thread_id=h.id " \
        "WHERE h.id=?") \
    STATEMENT(DELETION_EVENTS, "INTEGER thread,", NO_COLUMNS, \
        "UPDATE {thread_event} " \
        "SET thread_id=0 " \
        "WHERE thread_id=?") \
    STATEMENT(DELETION_TICKET, "INTEGER ticket,", NO_COLUMNS, \
        "DELETE t,c,s,o,v FROM {ticket} t " \
        "LEFT JOIN {ticket__cdata} c ON c.ticket_id=t.ticket_id " \
        "LEFT JOIN {_search} s ON s.object_type='T' AND s.object_id=t.ticket_id " \
        "LEFT JOIN {form_entry} o ON o.object_type='T' AND o.object_id=t.ticket_id " \
        "LEFT JOIN {form_entry_values} v ON v.entry_id=o.id " \
        "WHERE t.ticket_id=?")
// clang-format on

#endif
