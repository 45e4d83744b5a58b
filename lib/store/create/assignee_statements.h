// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of assignees.c.
#ifndef STORE_CREATE_ASSIGNEE_STATEMENTS_H
#define STORE_CREATE_ASSIGNEE_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// An agent, or a team, whose name is its first one.
#define ASSIGNEE_STAFF(FIRST, NEXT, PART) \
    FIRST(ASSIGNEE_KIND, TEXT, "'staff'") \
    NEXT(ASSIGNEE_ID, INTEGER, "s.staff_id") \
    NEXT(ASSIGNEE_IS_AVAILABLE, INTEGER, "s.isactive=1 AND s.onvacation=0") \
    NEXT(ASSIGNEE_FIRST_NAME, TEXT, UNIFORM("s.firstname")) \
    NEXT(ASSIGNEE_LAST_NAME, TEXT, UNIFORM("s.lastname")) \
    NEXT(ASSIGNEE_USERNAME, TEXT, UNIFORM("s.username"))
COLUMN_NAMES(ASSIGNEE_STAFF);
#define ASSIGNEE_TEAM(FIRST, NEXT, PART) \
    FIRST(, TEXT, "'team'") \
    NEXT(, INTEGER, "t.team_id") \
    NEXT(, INTEGER, "t.flags&1") \
    NEXT(, TEXT, "t.name") \
    PART(, NONE_2)

#define MEMBER_COLUMNS(FIRST, NEXT, PART) \
    FIRST(MEMBER_ID, INTEGER, "u.id") \
    NEXT(MEMBER_NAME, TEXT, "u.name") \
    NEXT(MEMBER_ADDRESS, TEXT, "m.address") \
    NEXT(MEMBER_IS_AGENT, INTEGER, "EXISTS(SELECT 1 FROM {staff} s WHERE s.email=" UNIFORM("m.address") ")")
COLUMN_NAMES(MEMBER_COLUMNS);

#define DOMAIN_COLUMNS(FIRST, NEXT, PART) \
    FIRST(DOMAIN_ORGANIZATION, INTEGER, "o.id") \
    NEXT(DOMAIN_LIST, TEXT, "o.domain")
COLUMN_NAMES(DOMAIN_COLUMNS);

#define ASSIGNEE_STATEMENTS(STATEMENT) \
    /* The ids are comma lists. */ \
    STATEMENT(CREATE_ASSIGNEES, "TEXT agents,TEXT username,TEXT teams,", ASSIGNEE_STAFF, \
        "SELECT " COLUMNS(ASSIGNEE_STAFF) " " \
        "FROM {staff} s " \
        "WHERE FIND_IN_SET(s.staff_id,?) OR s.username=? " \
        "UNION ALL SELECT " COLUMNS(ASSIGNEE_TEAM) " " \
        "FROM {team} t " \
        "WHERE FIND_IN_SET(t.team_id,?)") \
    STATEMENT(CREATE_MEMBERS, "INTEGER organization,INTEGER user without,INTEGER all,", MEMBER_COLUMNS, \
        "SELECT " COLUMNS(MEMBER_COLUMNS) " " \
        "FROM {user} u " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE u.org_id=? AND u.id<>? AND (? OR u.status&1) " \
        "ORDER BY u.id") \
    STATEMENT(CREATE_USER, "INTEGER user,", MEMBER_COLUMNS, \
        "SELECT " COLUMNS(MEMBER_COLUMNS) " " \
        "FROM {user} u " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE u.id=?") \
    STATEMENT(CREATE_DOMAINS, "TEXT domain,", DOMAIN_COLUMNS, \
        "SELECT " COLUMNS(DOMAIN_COLUMNS) " " \
        "FROM {organization} o " \
        "WHERE LOCATE(?,o.domain) " \
        "ORDER BY o.id")
// clang-format on

#endif
