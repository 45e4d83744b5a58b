// SPDX-License-Identifier: GPL-2.0-or-later
// Whether somebody sees a ticket, as a condition that any statement may have, and the statements of
// ticket_view.c.
#ifndef STORE_TICKET_VIEW_STATEMENTS_H
#define STORE_TICKET_VIEW_STATEMENTS_H

#include "store/columns.h"

// clang-format off
// Whether the department with this id is one of agent vs: one that he manages, or his own, or one that he has access to, or
// one below these two. None where he sees only what is assigned to him.
#define VIEW_DEPARTMENT_OF_STAFF(id) \
    "vs.assigned_only=0 AND EXISTS(SELECT 1 FROM {department} vd WHERE vd.id=" id " AND " VIEW_IS_IN_DEPARTMENT ")"
#define VIEW_IS_IN_DEPARTMENT \
    "(vd.manager_id=vs.staff_id OR EXISTS(SELECT 1 FROM {department} vp " \
    "WHERE (vp.id=vd.id OR vd.path LIKE CONCAT('%/',vp.id,'/%')) AND (vp.id=vs.dept_id OR EXISTS(" \
    "SELECT 1 FROM {staff_dept_access} va WHERE va.staff_id=vs.staff_id AND va.dept_id=vp.id))))"

#define VIEW_TEAM_OF_STAFF(id) \
    "EXISTS(SELECT 1 FROM {team_member} vm WHERE vm.staff_id=vs.staff_id AND vm.team_id=" id ")"

// Each of the three is a condition on the ticket of an alias, for whom `who` stands: an id.
#define VIEW_STAFF_SEES(t, who) \
    "EXISTS(SELECT 1 FROM {staff} vs WHERE vs.staff_id=" who " AND vs.isactive=1 AND " \
    "((" VIEW_DEPARTMENT_OF_STAFF(t ".dept_id") ") " \
    "OR ((" t ".staff_id=vs.staff_id OR " VIEW_TEAM_OF_STAFF(t ".team_id") ") " \
    "AND EXISTS(SELECT 1 FROM {ticket_status} vc WHERE vc.id=" t ".status_id AND vc.state='open')) " \
    "OR EXISTS(SELECT 1 FROM {thread} vh JOIN {thread_referral} vr ON vr.thread_id=vh.id " \
    "WHERE vh.object_id=" t ".ticket_id AND vh.object_type IN ('T','C') " \
    "AND (vr.object_type='S' AND vr.object_id=vs.staff_id " \
    "OR vr.object_type='E' AND " VIEW_TEAM_OF_STAFF("vr.object_id") " " \
    "OR vr.object_type='D' AND " VIEW_DEPARTMENT_OF_STAFF("vr.object_id") "))))"

// Whether user vu owns a ticket, takes part in it, or is of its owner's organization where that shares its tickets with all
// (16) or with its primary contacts (8; of a user 1).
#define VIEW_IS_OF_USER(t) \
    "(" t ".user_id=vu.id OR EXISTS(SELECT 1 FROM {thread} vh JOIN {thread_collaborator} vc ON vc.thread_id=vh.id " \
    "WHERE vh.object_id=" t ".ticket_id AND vh.object_type IN ('T','C') AND vc.user_id=vu.id) " \
    "OR EXISTS(SELECT 1 FROM {user} vo JOIN {organization} vg ON vg.id=vo.org_id " \
    "WHERE vo.id=" t ".user_id AND vo.org_id=vu.org_id AND " VIEW_IS_SHARED "))"
#define VIEW_IS_SHARED "(vg.status&16 OR (vg.status&8 AND vu.status&1))"

// Those, and what one of these was merged into: a parent (16) of one thread (1) or of several (2), not of links.
#define VIEW_USER_SEES(t, who) \
    "EXISTS(SELECT 1 FROM {user} vu WHERE vu.id=" who " AND (" VIEW_IS_OF_USER(t) " " \
    "OR (" VIEW_IS_MERGED(t) " AND EXISTS(SELECT 1 FROM {ticket} vn " \
    "WHERE vn.ticket_pid=" t ".ticket_id AND " VIEW_IS_OF_USER("vn") "))))"
#define VIEW_IS_MERGED(t) t ".flags&16 AND " t ".flags&3"

#define VIEW_ORGANIZATION_SEES(t, who) \
    "EXISTS(SELECT 1 FROM {user} vo WHERE vo.id=" t ".user_id AND vo.org_id=" who ")"
#define VIEW_ALL_SEES(t, who) "TRUE"

// A list of departments beside it, "1,2"; NULL: any.
#define VIEW_HAS_DEPARTMENT(t, departments) "(" departments " IS NULL OR FIND_IN_SET(" t ".dept_id," departments "))"

// A list of tickets, in the same way.
#define VIEW_HAS_TICKET(t, tickets) "(" tickets " IS NULL OR FIND_IN_SET(" t ".ticket_id," tickets "))"

// For statements that have z.who, z.departments and z.tickets.
#define VIEW_ALLOWS(sees, t) \
    "(" sees(t, "z.who") " AND " VIEW_HAS_DEPARTMENT(t, "z.departments") " AND " VIEW_HAS_TICKET(t, "z.tickets") ")"

// A statement for each kind of view, in the order of enum key_view: KIND(its name, its condition).
#define VIEW_KINDS(KIND, of) \
    KIND(of, ALL, VIEW_ALL_SEES) \
    KIND(of, STAFF, VIEW_STAFF_SEES) \
    KIND(of, USER, VIEW_USER_SEES) \
    KIND(of, ORGANIZATION, VIEW_ORGANIZATION_SEES)

#define VIEW_COLUMNS(FIRST, NEXT, PART) FIRST(VIEW_TICKET, INTEGER, "t.ticket_id")
COLUMN_NAMES(VIEW_COLUMNS);

#define VIEW_STATEMENT(STATEMENT, name, sees) \
    STATEMENT(VIEW_##name, "INTEGER who,TEXT departments,TEXT tickets,INTEGER ticket,", VIEW_COLUMNS, \
        "SELECT " COLUMNS(VIEW_COLUMNS) " " \
        "FROM (SELECT ? AS who,? AS departments,? AS tickets) z " \
        "JOIN {ticket} t " \
        "WHERE t.ticket_id=? AND " VIEW_ALLOWS(sees, "t")) \
    STATEMENT(VIEW_NUMBER_##name, "INTEGER who,TEXT departments,TEXT tickets,TEXT number,", VIEW_COLUMNS, \
        "SELECT " COLUMNS(VIEW_COLUMNS) " " \
        "FROM (SELECT ? AS who,? AS departments,? AS tickets) z " \
        "JOIN {ticket} t " \
        "WHERE t.number=? AND " VIEW_ALLOWS(sees, "t") " " \
        "ORDER BY t.ticket_id LIMIT 2")
#define TICKET_VIEW_STATEMENTS(STATEMENT) VIEW_KINDS(VIEW_STATEMENT, STATEMENT)
// clang-format on

#endif
