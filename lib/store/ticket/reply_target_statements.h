// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of reply_target.c: who replies to what, below the help desk's rows.
#ifndef STORE_TICKET_REPLY_TARGET_STATEMENTS_H
#define STORE_TICKET_REPLY_TARGET_STATEMENTS_H

#include "store/help_desk_statements.h"
#include "store/people_statements.h"

// clang-format off
// The ticket with the number, or 0; the configuration of the ticket form's message field; the canned response's text.
#define REPLY_TICKET(FIRST, NEXT, PART) \
    FIRST(REPLY_TICKET_KIND, TEXT, "'ticket'") \
    NEXT(REPLY_TICKET_ID, INTEGER, "COALESCE(" SQL_TICKET_OF_NUMBER ",0)") \
    PART(REPLY_TICKET_NO_NUMBERS, NONE_5) \
    NEXT(REPLY_TICKET_MESSAGE_FIELD, TEXT, \
         "(SELECT d.configuration FROM {form} o JOIN {form_field} d ON d.form_id=o.id " \
         "WHERE o.type='T' AND d.name='message' ORDER BY o.id,d.sort,d.id LIMIT 1)") \
    NEXT(REPLY_TICKET_CANNED_TEXT, TEXT, \
         "(SELECT n.response FROM {canned_response} n WHERE n.canned_id=? AND n.isenabled=1)") \
    PART(REPLY_TICKET_NO_TEXTS, NONE_4)
DESK_KIND_NAMES(REPLY_TICKET);

#define REPLY_AGENT(FIRST, NEXT, PART) \
    FIRST(REPLY_AGENT_KIND, TEXT, "'agent'") \
    NEXT(REPLY_AGENT_ID, INTEGER, "s.staff_id") \
    PART(REPLY_AGENT_NO_NUMBERS, NONE_5) \
    PART(REPLY_AGENT_STAFF, STAFF_PART) \
    PART(REPLY_AGENT_NO_TEXTS, NONE_1)
DESK_KIND_NAMES(REPLY_AGENT);

// The canned response's files that are no inline images.
#define REPLY_CANNED_FILE(FIRST, NEXT, PART) \
    FIRST(REPLY_CANNED_FILE_KIND, TEXT, "'canned file'") \
    NEXT(REPLY_CANNED_FILE_ID, INTEGER, "y.id") \
    PART(REPLY_CANNED_FILE_NO_NUMBERS, NONE_5) \
    NEXT(REPLY_CANNED_FILE_KEY, TEXT, "y.`key`") \
    NEXT(REPLY_CANNED_FILE_NAME, TEXT, "y.name") \
    PART(REPLY_CANNED_FILE_NO_TEXTS, NONE_4)
DESK_KIND_NAMES(REPLY_CANNED_FILE);

#define REPLY_TARGET_STATEMENTS(STATEMENT) \
    STATEMENT(REPLY_TARGET, "TEXT number,INTEGER canned response,TEXT username,INTEGER canned response,", \
        DESK_FIRST_SETTING, \
        DESK_OF_WRITING " " \
        "UNION ALL SELECT " COLUMNS(REPLY_TICKET) " " \
        "UNION ALL SELECT " COLUMNS(REPLY_AGENT) " " \
        "FROM {staff} s " \
        "WHERE s.username=? " \
        "UNION ALL SELECT " COLUMNS(REPLY_CANNED_FILE) " " \
        "FROM (SELECT f.id,f.`key`,COALESCE(" UNIFORM("a.name") ",f.name) AS name " \
        "FROM {attachment} a " \
        "JOIN {file} f ON f.id=a.file_id " \
        "WHERE a.type='C' AND a.object_id=? AND a.inline=0 " \
        "ORDER BY a.id LIMIT 100000) y")
// clang-format on

#endif
