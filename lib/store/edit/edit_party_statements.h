// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of edit_parties.c.
#ifndef STORE_EDIT_PARTY_STATEMENTS_H
#define STORE_EDIT_PARTY_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// A user u. As the first kind it decides what the columns hold, see uniform_text.h.
#define EDIT_USER(FIRST, NEXT, PART) \
    FIRST(EDIT_PARTY_KIND, TEXT, "'user'") \
    NEXT(EDIT_PARTY_ID, INTEGER, "u.id AS id") \
    NEXT(EDIT_SLA_FLAGS, INTEGER, "NULL") \
    NEXT(EDIT_SLA_GRACE, INTEGER, "NULL") \
    NEXT(EDIT_SLA_SCHEDULE, INTEGER, "NULL") \
    NEXT(EDIT_PARTY_NAME, TEXT, UNIFORM("u.name")) \
    NEXT(EDIT_USER_ADDRESS, TEXT, UNIFORM("m.address"))
COLUMN_NAMES(EDIT_USER);

#define EDIT_SLA(FIRST, NEXT, PART) \
    FIRST(EDIT_SLA_KIND, TEXT, "'sla'") \
    NEXT(EDIT_SLA_ID, INTEGER, "l.id") \
    NEXT(EDIT_SLA_ROW_FLAGS, INTEGER, "l.flags") \
    NEXT(EDIT_SLA_ROW_GRACE, INTEGER, "l.grace_period") \
    NEXT(EDIT_SLA_ROW_SCHEDULE, INTEGER, "l.schedule_id") \
    NEXT(EDIT_SLA_NAME, TEXT, "l.name") \
    NEXT(EDIT_SLA_NO_ADDRESS, TEXT, "NULL")
COLUMN_NAMES(EDIT_SLA);

// A collaborator c, a user u, with his default address m.
#define TAKING_PART(FIRST, NEXT, PART) \
    FIRST(TAKING_PART_USER, INTEGER, "u.id") \
    NEXT(TAKING_PART_FLAGS, INTEGER, "c.flags") \
    NEXT(TAKING_PART_ROW, INTEGER, "c.id") \
    NEXT(TAKING_PART_IS_AGENT, INTEGER, \
         "EXISTS(SELECT 1 FROM {staff} s WHERE s.email=" UNIFORM("m.address") ")") \
    NEXT(TAKING_PART_NAME, TEXT, "u.name") \
    NEXT(TAKING_PART_ADDRESS, TEXT, "m.address")
COLUMN_NAMES(TAKING_PART);

// Where an id is not 0, it is what counts.
#define EDIT_PARTY_STATEMENTS(STATEMENT) \
    STATEMENT(EDIT_PARTIES, \
        "INTEGER user,INTEGER user,TEXT address,INTEGER sla,INTEGER sla,TEXT name,", EDIT_USER, \
        "SELECT " COLUMNS(EDIT_USER) " " \
        "FROM {user} u " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE u.id=IF(?,?,(SELECT a.user_id FROM {user_email} a WHERE a.address=?)) " \
        "UNION ALL SELECT " COLUMNS(EDIT_SLA) " " \
        "FROM {sla} l " \
        "WHERE IF(?,l.id=?,l.name=?) " \
        "ORDER BY id") \
    /* A user, be he a collaborator of the thread or not. */ \
    STATEMENT(TAKING_PART_OF_USER, "INTEGER thread,INTEGER user,", TAKING_PART, \
        "SELECT " COLUMNS(TAKING_PART) " " \
        "FROM {user} u " \
        "LEFT JOIN {thread_collaborator} c ON c.thread_id=? AND c.user_id=u.id " \
        "LEFT JOIN {user_email} m ON m.id=u.default_email_id " \
        "WHERE u.id=? " \
        "ORDER BY c.id LIMIT 1") \
    STATEMENT(TICKET_PARTIES_SET, "TEXT source,INTEGER user,INTEGER ticket,", NO_COLUMNS, \
        "UPDATE {ticket} t " \
        "SET t.source=COALESCE(?,t.source),t.user_id=? " \
        "WHERE t.ticket_id=?") \
    STATEMENT(COLLABORATOR_UPDATE, "INTEGER flags,INTEGER thread,INTEGER user,", NO_COLUMNS, \
        "UPDATE {thread_collaborator} " \
        "SET flags=?,updated=NOW() " \
        "WHERE thread_id=? AND user_id=?") \
    STATEMENT(COLLABORATOR_DELETE, "INTEGER thread,INTEGER user,", NO_COLUMNS, \
        "DELETE FROM {thread_collaborator} " \
        "WHERE thread_id=? AND user_id=?")
// clang-format on

#endif
