// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent may do with a ticket, as columns: for statements that have the agent s, and the ticket t
// where they say so. spec: acting.md 1.2, 1.3.
#ifndef STORE_AGENT_RIGHTS_STATEMENTS_H
#define STORE_AGENT_RIGHTS_STATEMENTS_H

#include "store/columns.h"
#include "store/sql_parts.h"

// clang-format off
// Whether department d is one of agent s: one that he manages, his own or one that he has access to, or one below these two.
#define SQL_IS_DEPARTMENT_OF_STAFF \
    "(d.manager_id=s.staff_id OR LOCATE(CONCAT('/',s.dept_id,'/'),d.path) " \
    "OR EXISTS(SELECT 1 FROM {staff_dept_access} g " \
    "WHERE g.staff_id=s.staff_id AND LOCATE(CONCAT('/',g.dept_id,'/'),d.path)))"
#define RIGHTS_DEPARTMENT(id) \
    "EXISTS(SELECT 1 FROM {department} d WHERE d.id=" id " AND " SQL_IS_DEPARTMENT_OF_STAFF ")"
#define RIGHTS_TEAM(id) \
    "EXISTS(SELECT 1 FROM {team_member} m WHERE m.staff_id=s.staff_id AND m.team_id=" id ")"
#define RIGHTS_ACCESS_ROLE \
    "(SELECT g.role_id FROM {staff_dept_access} g WHERE g.staff_id=s.staff_id AND g.dept_id=t.dept_id LIMIT 1)"
// Whether the ticket t was referred to agent s, to one of his teams or departments.
#define RIGHTS_REFERRAL RIGHTS_REFERRAL_THAT("TRUE")
#define RIGHTS_REFERRAL_THAT(condition) \
    "EXISTS(SELECT 1 FROM {thread_referral} r WHERE r.thread_id=" SQL_THREAD " AND " condition " " \
    "AND (r.object_type='S' AND r.object_id=s.staff_id " \
    "OR r.object_type='E' AND " RIGHTS_TEAM("r.object_id") " " \
    "OR r.object_type='D' AND " RIGHTS_DEPARTMENT("r.object_id") "))"

// Of agent s with the ticket t.
#define AGENT_RIGHTS_PART(FIRST, NEXT, PART) \
    FIRST(RIGHTS_AGENT, INTEGER, "s.staff_id") \
    NEXT(RIGHTS_IS_ACTIVE, INTEGER, "s.isactive") \
    NEXT(RIGHTS_IS_AVAILABLE, INTEGER, "s.isactive=1 AND s.onvacation=0") \
    NEXT(RIGHTS_IS_OF_DEPARTMENT, INTEGER, \
        "t.dept_id=s.dept_id OR EXISTS(SELECT 1 FROM {staff_dept_access} g " \
        "WHERE g.staff_id=s.staff_id AND g.dept_id=t.dept_id)") \
    NEXT(RIGHTS_IS_OF_PRIMARY, INTEGER, "t.dept_id=s.dept_id") \
    NEXT(RIGHTS_SEES_DEPARTMENT, INTEGER, "s.assigned_only=0 AND " RIGHTS_DEPARTMENT("t.dept_id")) \
    NEXT(RIGHTS_IS_ASSIGNED, INTEGER, \
        "EXISTS(SELECT 1 FROM {ticket_status} c WHERE c.id=t.status_id AND c.state='open') " \
        "AND (t.staff_id=s.staff_id OR (t.team_id<>0 AND " RIGHTS_TEAM("t.team_id") "))") \
    NEXT(RIGHTS_IS_REFERRED, INTEGER, RIGHTS_REFERRAL) \
    NEXT(RIGHTS_MANAGES, INTEGER, \
        "EXISTS(SELECT 1 FROM {department} d WHERE d.id=t.dept_id AND d.manager_id=s.staff_id)") \
    NEXT(RIGHTS_ROLE, TEXT, \
        "(SELECT r.permissions FROM {role} r " \
        "WHERE r.id=COALESCE(" RIGHTS_ACCESS_ROLE ",IF(t.dept_id=s.dept_id,s.role_id,NULL)))") \
    NEXT(RIGHTS_PRIMARY_ROLE, TEXT, "(SELECT r.permissions FROM {role} r WHERE r.id=s.role_id)") \
    NEXT(RIGHTS_EXTRA, TEXT, "s.extra") \
    NEXT(RIGHTS_PERMISSIONS, TEXT, "s.permissions")
COLUMN_NAMES(AGENT_RIGHTS_PART);
// clang-format on

#endif
