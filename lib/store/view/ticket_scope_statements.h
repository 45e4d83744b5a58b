// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of ticket_scope.c, and the conditions that a list is narrowed by. spec:
// operations.md 1.11, 9.3.
#ifndef STORE_VIEW_TICKET_SCOPE_STATEMENTS_H
#define STORE_VIEW_TICKET_SCOPE_STATEMENTS_H

#include "store/columns.h"
#include "store/ticket_view_statements.h"

// clang-format off
#define SCOPE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(SCOPE_KIND, TEXT, "k.kind") \
    NEXT(SCOPE_ID, INTEGER, "k.id")
COLUMN_NAMES(SCOPE_COLUMNS);

#define SCOPE_OF(parts) "SELECT " COLUMNS(SCOPE_COLUMNS) " FROM (" parts ") k"
#define SCOPE_STATUSES(states) "SELECT 'status' AS kind,c.id AS id FROM {ticket_status} c WHERE c.state IN (" states ")"

#define TICKET_SCOPE_STATEMENTS(STATEMENT) \
    /* The agent, his departments and teams, and the statuses in which what is assigned to him is seen. */ \
    STATEMENT(SCOPE_OF_STAFF, "INTEGER agent,INTEGER agent,INTEGER agent,", SCOPE_COLUMNS, \
        SCOPE_OF(SCOPE_STATUSES("'open'") " " \
            "UNION ALL SELECT 'staff',vs.staff_id FROM {staff} vs WHERE vs.staff_id=? AND vs.isactive=1 " \
            "UNION ALL SELECT 'department',vd.id FROM {staff} vs JOIN {department} vd " \
            "WHERE vs.staff_id=? AND vs.assigned_only=0 AND " VIEW_IS_IN_DEPARTMENT " " \
            "UNION ALL SELECT 'team',vm.team_id FROM {team_member} vm WHERE vm.staff_id=?")) \
    /* The user, his organization where it shares its tickets with him, whether lists have what he takes part in. */ \
    STATEMENT(SCOPE_OF_USER, "INTEGER user,INTEGER user,", SCOPE_COLUMNS, \
        SCOPE_OF(SCOPE_STATUSES("'open','closed'") " " \
            "UNION ALL SELECT 'user',vu.id FROM {user} vu WHERE vu.id=? " \
            "UNION ALL SELECT 'organization',vg.id FROM {user} vu JOIN {organization} vg ON vg.id=vu.org_id " \
            "WHERE vu.id=? AND " VIEW_IS_SHARED " " \
            "UNION ALL SELECT 'collaborator',1 FROM (SELECT 1 AS a) x WHERE COALESCE((SELECT f.value FROM {config} f " \
            "WHERE f.namespace='core' AND f.`key`='collaborator_ticket_visibility' LIMIT 1),'1') NOT IN ('','0')")) \
    STATEMENT(SCOPE_OF_ORGANIZATION, "", SCOPE_COLUMNS, \
        SCOPE_OF(SCOPE_STATUSES("'open','closed'")))

// What lets tickets t into a list, each by an index of its own: BRANCH(name, kind of view, the ids that it needs, what is
// before and behind them). Those that need none are not there.
#define SCOPE_OF_COLLABORATOR(ticket) \
    ticket ".ticket_id IN (SELECT y.object_id FROM {thread_collaborator} k " \
    "JOIN {thread} y ON y.id=k.thread_id AND y.object_type IN ('T','C') WHERE k.user_id IN ("
#define SCOPE_OF_MEMBERS(ticket) ticket ".user_id IN (SELECT w.id FROM {user} w WHERE w.org_id IN ("
#define SCOPE_PARENT_OF VIEW_IS_MERGED("t") " AND t.ticket_id IN (SELECT vn.ticket_pid FROM {ticket} vn WHERE "
#define SCOPE_REFERRED(type) \
    "t.ticket_id IN (SELECT y.object_id FROM {thread_referral} r JOIN {thread} y ON y.id=r.thread_id " \
    "AND y.object_type IN ('T','C') WHERE r.object_type='" type "' AND r.object_id IN ("
#define SCOPE_BRANCHES(BRANCH) \
    BRANCH(OF_DEPARTMENT, STAFF, departments, "t.dept_id IN (", ")") \
    BRANCH(ASSIGNED, STAFF, who, "t.staff_id IN (", ") AND %") \
    BRANCH(OF_TEAM, STAFF, teams, "t.team_id IN (", ") AND %") \
    BRANCH(REFERRED, STAFF, who, SCOPE_REFERRED("S"), "))") \
    BRANCH(REFERRED_TO_TEAM, STAFF, teams, SCOPE_REFERRED("E"), "))") \
    BRANCH(REFERRED_TO_DEPARTMENT, STAFF, departments, SCOPE_REFERRED("D"), "))") \
    BRANCH(OWN, USER, who, "t.user_id IN (", ") AND %") \
    BRANCH(TAKES_PART, USER, collaborator, SCOPE_OF_COLLABORATOR("t"), ")) AND %") \
    BRANCH(SHARED, USER, organizations, SCOPE_OF_MEMBERS("t"), ")) AND %") \
    BRANCH(PARENT_OF_OWN, USER, who, SCOPE_PARENT_OF "vn.user_id IN (", ")) AND %") \
    BRANCH(PARENT_TAKES_PART, USER, collaborator, SCOPE_PARENT_OF SCOPE_OF_COLLABORATOR("vn"), "))) AND %") \
    BRANCH(PARENT_OF_SHARED, USER, organizations, SCOPE_PARENT_OF SCOPE_OF_MEMBERS("vn"), "))) AND %") \
    BRANCH(OF_MEMBERS, ORGANIZATION, who, SCOPE_OF_MEMBERS("t"), ")) AND %")
// A percent sign stands for the statuses that are seen in it.
#define SCOPE_OF_STATUS "t.status_id IN ("
#define SCOPE_DEPARTMENTS "t.dept_id IN ("
#define SCOPE_TICKETS "t.ticket_id IN ("
// Of some tickets those that a scope lets through: ids, then its branches.
#define SCOPE_SEEN_COLUMNS(FIRST, NEXT, PART) FIRST(SCOPE_SEEN, INTEGER, "t.ticket_id")
COLUMN_NAMES(SCOPE_SEEN_COLUMNS);
#define SCOPE_SEEN_OF "SELECT " COLUMNS(SCOPE_SEEN_COLUMNS) " FROM {ticket} t WHERE t.ticket_id IN ("
// clang-format on

#endif
