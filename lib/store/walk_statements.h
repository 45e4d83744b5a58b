// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of walk.c, of "osticket-fcgi compare" alone. Part of statements.c, which alone includes it.
#ifndef STORE_WALK_STATEMENTS_H
#define STORE_WALK_STATEMENTS_H

// clang-format off
#define WALK_STATEMENTS \
    /* at most */ \
    [STATEMENT_WALK_TICKETS] = "SELECT t.number FROM {ticket} t ORDER BY t.ticket_id DESC LIMIT ?", \
    [STATEMENT_WALK_AGENTS] = "SELECT s.username FROM {staff} s ORDER BY s.staff_id LIMIT ?", \
    [STATEMENT_WALK_CLIENTS] = "SELECT m.address FROM {user} u JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE EXISTS(SELECT 1 FROM {ticket} t WHERE t.user_id=u.id) ORDER BY u.id DESC LIMIT ?"
// clang-format on

#endif
