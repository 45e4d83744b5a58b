// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of kept_desk.c, and the version that those of others give.
#ifndef STORE_DESK_KEPT_DESK_STATEMENTS_H
#define STORE_DESK_KEPT_DESK_STATEMENTS_H

#include "store/help_desk_statements.h"

// clang-format off
// One row by its key, or NULL: the optimiser reads it before it begins.
#define DESK_VERSION "COALESCE(dv.version,0)"
#define DESK_VERSION_JOIN "LEFT JOIN {fcgi:version} dv ON dv.id=1 "

#define DESK_VERSION_KIND_OF(FIRST, NEXT, PART) \
    FIRST(DESK_VERSION_KIND, TEXT, "'version'") \
    NEXT(DESK_VERSION_NUMBER, INTEGER, DESK_VERSION) \
    PART(DESK_VERSION_NO_NUMBERS, NONE_5) \
    PART(DESK_VERSION_NO_TEXTS, NONE_6)
DESK_KIND_NAMES(DESK_VERSION_KIND_OF);

// How many of insert, update and delete of the table move the version. Asked for each by its name, the server opens
// no other table.
#define VERSION_TRIGGERS_OF(table) \
    "(SELECT COUNT(DISTINCT g.event_manipulation) FROM information_schema.triggers g " \
    "WHERE g.event_object_schema=DATABASE() AND g.event_object_table=TRIM(BOTH '`' FROM '" table "') " \
    "AND g.action_statement LIKE '%{fcgi:version}%')"
#define VERSION_TRIGGERS_IS_WHOLE \
    VERSION_TRIGGERS_OF("{department}") "+" VERSION_TRIGGERS_OF("{help_topic}") "+" \
    VERSION_TRIGGERS_OF("{ticket_status}") "+" VERSION_TRIGGERS_OF("{ticket_priority}") "+" \
    VERSION_TRIGGERS_OF("{form_field}") "+" VERSION_TRIGGERS_OF("{translation}") "+" \
    VERSION_TRIGGERS_OF("{config}") "=21"
#define VERSION_TRIGGERS_COLUMNS(FIRST, NEXT, PART) FIRST(, INTEGER, VERSION_TRIGGERS_IS_WHOLE)
#define VERSION_TRIGGERS_LEFT_COLUMNS(FIRST, NEXT, PART) FIRST(, INTEGER, "COUNT(*)")

// All in one, so that the names are those of the version.
#define KEPT_DESK_STATEMENTS(STATEMENT) \
    STATEMENT(KEPT_DESK, "", DESK_FIRST_SETTING, \
        DESK_OF_LISTS " " \
        "UNION ALL SELECT " COLUMNS(DESK_VERSION_KIND_OF) " " \
        "FROM (SELECT 1 AS one) o " DESK_VERSION_JOIN) \
    STATEMENT(VERSION_TRIGGERS, "", VERSION_TRIGGERS_COLUMNS, \
        "SELECT " COLUMNS(VERSION_TRIGGERS_COLUMNS) " " \
        "FROM (SELECT 1 AS one) o " DESK_VERSION_JOIN) \
    STATEMENT(VERSION_TRIGGERS_LEFT, "", VERSION_TRIGGERS_LEFT_COLUMNS, \
        "SELECT " COLUMNS(VERSION_TRIGGERS_LEFT_COLUMNS) " " \
        "FROM information_schema.triggers g " \
        "WHERE g.event_object_schema=DATABASE() AND g.action_statement LIKE '%{fcgi:version}%'")
// clang-format on

#endif
