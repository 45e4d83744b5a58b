// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of ticket_view.c: the ticket t, its department, and whether somebody sees it.
#ifndef STORE_TICKET_VIEW_STATEMENTS_H
#define STORE_TICKET_VIEW_STATEMENTS_H

#include "store/columns.h"

// clang-format off
// Whether the department with this id is one of agent s: his own, one that he has access to or manages, or one below these.
// None where he sees only what is assigned to him.
#define VIEW_DEPARTMENT_OF_STAFF(id) \
    "s.assigned_only=0 AND EXISTS(SELECT 1 FROM {department} d " \
    "JOIN {department} p ON (p.id=d.id OR d.path LIKE CONCAT('%/',p.id,'/%')) " \
    "WHERE d.id=" id " AND (p.id=s.dept_id OR p.manager_id=s.staff_id " \
    "OR EXISTS(SELECT 1 FROM {staff_dept_access} a WHERE a.staff_id=s.staff_id AND a.dept_id=p.id)))"

#define VIEW_TEAM_OF_STAFF(id) \
    "EXISTS(SELECT 1 FROM {team_member} m WHERE m.staff_id=s.staff_id AND m.team_id=" id ")"

// Of agent s.
#define VIEW_OF_STAFF \
    "(" VIEW_DEPARTMENT_OF_STAFF("t.dept_id") ") " \
    "OR (EXISTS(SELECT 1 FROM {ticket_status} c WHERE c.id=t.status_id AND c.state='open') " \
    "AND (t.staff_id=s.staff_id OR " VIEW_TEAM_OF_STAFF("t.team_id") ")) " \
    "OR EXISTS(SELECT 1 FROM {thread} h JOIN {thread_referral} r ON r.thread_id=h.id " \
    "WHERE h.object_id=t.ticket_id AND h.object_type='T' " \
    "AND (r.object_type='S' AND r.object_id=s.staff_id " \
    "OR r.object_type='E' AND " VIEW_TEAM_OF_STAFF("r.object_id") " " \
    "OR r.object_type='D' AND " VIEW_DEPARTMENT_OF_STAFF("r.object_id") "))"

// Whether user u owns a ticket or takes part in it.
#define VIEW_IS_PARTY(ticket) \
    "(" ticket ".user_id=u.id OR EXISTS(SELECT 1 FROM {thread} h " \
    "JOIN {thread_collaborator} c ON c.thread_id=h.id " \
    "WHERE h.object_id=" ticket ".ticket_id AND h.object_type IN ('T','C') AND c.user_id=u.id))"

// Of user u: his own, those that he takes part in, those of his organization where it shares them with all (16) or with its
// primary contacts (8; of a user 1), and those into which one of these was merged (linked ones, 8, were not).
#define VIEW_OF_USER \
    VIEW_IS_PARTY("t") " " \
    "OR EXISTS(SELECT 1 FROM {user} o JOIN {organization} g ON g.id=o.org_id " \
    "WHERE o.id=t.user_id AND o.org_id=u.org_id AND (g.status & 16 OR (g.status & 8 AND u.status & 1))) " \
    "OR EXISTS(SELECT 1 FROM {ticket} n WHERE n.ticket_pid=t.ticket_id AND NOT n.flags & 8 AND " VIEW_IS_PARTY("n") ")"

#define VIEW_COLUMNS(FIRST, NEXT, PART, sees) \
    FIRST(VIEW_DEPARTMENT, INTEGER, "t.dept_id") \
    NEXT(VIEW_SEES, INTEGER, sees)
#define VIEW_ALL_COLUMNS(FIRST, NEXT, PART) VIEW_COLUMNS(FIRST, NEXT, PART, "1")
#define VIEW_STAFF_COLUMNS(FIRST, NEXT, PART) VIEW_COLUMNS(FIRST, NEXT, PART, "(" VIEW_OF_STAFF ")")
#define VIEW_USER_COLUMNS(FIRST, NEXT, PART) VIEW_COLUMNS(FIRST, NEXT, PART, "(" VIEW_OF_USER ")")
#define VIEW_ORGANIZATION_COLUMNS(FIRST, NEXT, PART) \
    VIEW_COLUMNS(FIRST, NEXT, PART, "EXISTS(SELECT 1 FROM {user} o WHERE o.id=t.user_id AND o.org_id=?)")
COLUMN_NAMES(VIEW_ALL_COLUMNS);

#define TICKET_VIEW_STATEMENTS(STATEMENT) \
    STATEMENT(VIEW_ALL, "INTEGER ticket,", VIEW_ALL_COLUMNS, \
        "SELECT " COLUMNS(VIEW_ALL_COLUMNS) " " \
        "FROM {ticket} t " \
        "WHERE t.ticket_id=?") \
    STATEMENT(VIEW_STAFF, "INTEGER agent,INTEGER ticket,", VIEW_STAFF_COLUMNS, \
        "SELECT " COLUMNS(VIEW_STAFF_COLUMNS) " " \
        "FROM {ticket} t " \
        "JOIN {staff} s ON s.staff_id=? AND s.isactive=1 " \
        "WHERE t.ticket_id=?") \
    STATEMENT(VIEW_USER, "INTEGER user,INTEGER ticket,", VIEW_USER_COLUMNS, \
        "SELECT " COLUMNS(VIEW_USER_COLUMNS) " " \
        "FROM {ticket} t " \
        "JOIN {user} u ON u.id=? " \
        "WHERE t.ticket_id=?") \
    STATEMENT(VIEW_ORGANIZATION, "INTEGER organization,INTEGER ticket,", VIEW_ORGANIZATION_COLUMNS, \
        "SELECT " COLUMNS(VIEW_ORGANIZATION_COLUMNS) " " \
        "FROM {ticket} t " \
        "WHERE t.ticket_id=?")
// clang-format on

#endif
