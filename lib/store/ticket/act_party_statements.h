// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of act_parties.c, below the help desk's rows.
#ifndef STORE_TICKET_ACT_PARTY_STATEMENTS_H
#define STORE_TICKET_ACT_PARTY_STATEMENTS_H

#include "store/agent_rights_statements.h"
#include "store/help_desk_statements.h"

// clang-format off
#define ACT_NAMESAKES(FIRST, NEXT, PART) \
    FIRST(ACT_NAMESAKES_KIND, TEXT, "'namesakes'") \
    NEXT(ACT_NAMESAKES_MERGED_INTO, INTEGER, \
        "(SELECT p.ticket_id FROM {ticket} t JOIN {ticket} p ON p.ticket_id=t.ticket_pid " \
        "WHERE t.ticket_id=? AND t.flags&3)") \
    PART(ACT_NAMESAKES_NO_NUMBERS, NONE_5) \
    NEXT(ACT_NAMESAKES_IDS, TEXT, \
        "(SELECT GROUP_CONCAT(n.ticket_id ORDER BY n.ticket_id) FROM {ticket} n WHERE n.number=?)") \
    PART(ACT_NAMESAKES_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(ACT_NAMESAKES);

#define ACT_AGENT(FIRST, NEXT, PART, kind, departments) \
    FIRST(ACT_AGENT_KIND, TEXT, kind) \
    NEXT(ACT_AGENT_ID, INTEGER, "s.staff_id") \
    NEXT(ACT_AGENT_IS_ACTIVE, INTEGER, "s.isactive") \
    NEXT(ACT_AGENT_IS_AVAILABLE, INTEGER, "s.isactive=1 AND s.onvacation=0") \
    NEXT(ACT_AGENT_IS_ADMINISTRATOR, INTEGER, "s.isadmin") \
    NEXT(ACT_AGENT_DEPARTMENT, INTEGER, "s.dept_id") \
    PART(ACT_AGENT_NO_NUMBERS, NONE_1) \
    NEXT(ACT_AGENT_USERNAME, TEXT, "s.username") \
    NEXT(ACT_AGENT_FIRST_NAME, TEXT, "s.firstname") \
    NEXT(ACT_AGENT_LAST_NAME, TEXT, "s.lastname") \
    NEXT(ACT_AGENT_EMAIL, TEXT, "s.email") \
    NEXT(ACT_AGENT_PERMISSIONS, TEXT, "s.permissions") \
    NEXT(ACT_AGENT_DEPARTMENTS, TEXT, departments)
#define ACT_ACTOR(FIRST, NEXT, PART) \
    ACT_AGENT(FIRST, NEXT, PART, "'actor'", \
        "(SELECT GROUP_CONCAT(d.id) FROM {department} d WHERE " SQL_IS_DEPARTMENT_OF_STAFF ")")
#define ACT_STAFF(FIRST, NEXT, PART) \
    ACT_AGENT(FIRST, NEXT, PART, "'staff'", \
        "(SELECT GROUP_CONCAT(a.dept_id) FROM {staff_dept_access} a WHERE a.staff_id=s.staff_id)")
DESK_KIND_NAMES(ACT_STAFF);

#define ACT_TEAM(FIRST, NEXT, PART) \
    FIRST(ACT_TEAM_KIND, TEXT, "'team'") \
    NEXT(ACT_TEAM_ID, INTEGER, "g.team_id") \
    NEXT(ACT_TEAM_FLAGS, INTEGER, "g.flags") \
    NEXT(ACT_TEAM_AVAILABLE, INTEGER, \
        "EXISTS(SELECT 1 FROM {team_member} m JOIN {staff} s ON s.staff_id=m.staff_id " \
        "WHERE m.team_id=g.team_id AND s.isactive=1 AND s.onvacation=0)") \
    NEXT(ACT_TEAM_MEMBERS, INTEGER, "EXISTS(SELECT 1 FROM {team_member} m WHERE m.team_id=g.team_id)") \
    PART(ACT_TEAM_NO_NUMBERS, NONE_2) \
    NEXT(ACT_TEAM_NAME, TEXT, "g.name") \
    PART(ACT_TEAM_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(ACT_TEAM);

#define ACT_AGENT_VALUES "INTEGER agent,TEXT username,TEXT address,"
#define ACT_AGENT_NAMED "FROM {staff} s WHERE s.staff_id=? OR s.username=? OR s.email=? ORDER BY s.staff_id LIMIT 2"

#define ACT_PARTY_STATEMENTS(STATEMENT) \
    STATEMENT(ACT_PARTIES, "INTEGER ticket,TEXT number," ACT_AGENT_VALUES ACT_AGENT_VALUES "INTEGER team,TEXT team,", DESK_FIRST_SETTING, \
        DESK_OF_WRITING " " \
        "UNION ALL SELECT " COLUMNS(ACT_NAMESAKES) " " \
        "UNION ALL (SELECT " COLUMNS(ACT_ACTOR) " " ACT_AGENT_NAMED ") " \
        "UNION ALL (SELECT " COLUMNS(ACT_STAFF) " " ACT_AGENT_NAMED ") " \
        "UNION ALL (SELECT " COLUMNS(ACT_TEAM) " " \
        "FROM {team} g WHERE g.team_id=? OR g.name=? ORDER BY g.team_id LIMIT 2)")
// clang-format on

#endif
