// SPDX-License-Identifier: GPL-2.0-or-later
// A key with the version of the ticket that its request is about, for a poll: statements of api_key.c. spec:
// operations.md 1.6.
#ifndef STORE_READ_KEY_VERSION_STATEMENTS_H
#define STORE_READ_KEY_VERSION_STATEMENTS_H

#include "store/api_key_statements.h"
#include "store/read/ticket_version_statements.h"

// clang-format off
// A row for each ticket of the number, and for each of its threads. To a key that sees some tickets only no ticket is
// joined, so that none takes it longer than one that is not there.
#define KEY_AND_VERSION(FIRST, NEXT, PART) API_KEY_AND(FIRST, NEXT, PART, "t.ticket_id")
#define KNOWN_KEY_AND_VERSION(FIRST, NEXT, PART) \
    KEY_AND_VERSION(FIRST, NEXT, PART) KEY_RULE_OF_COLUMN(FIRST, NEXT, PART) PART(KNOWN_KEY_VERSION, VERSION_OF_TOP_COLUMNS)
#define RULED_KEY_AND_VERSION(FIRST, NEXT, PART) \
    KEY_AND_VERSION(FIRST, NEXT, PART) KEY_RULE_COLUMNS(FIRST, NEXT, PART) PART(RULED_KEY_VERSION, VERSION_OF_TOP_COLUMNS)
enum { KNOWN_KEY_VERSION = KEY_RULE_OF + 1, RULED_KEY_VERSION = RULED_KEY_AND_STAFF_COUNT };
#define KEY_IS_WITHOUT_RULES "k.key_id IS NULL"
#define KEY_SEES_ALL "(k.key_id IS NULL OR (k.view='all' AND k.depts IS NULL))"

// One kind of thread has an index of its own, which the optimiser would weigh each time: CONCAT keeps it from that.
#define KEY_VERSION_STATEMENT(STATEMENT, name, takes, columns, sees, ticket) \
    STATEMENT(name, takes, columns, \
        "SELECT STRAIGHT_JOIN " COLUMNS(columns) " " \
        "FROM {api_key} a " \
        KEY_RULES \
        "LEFT JOIN {ticket} t ON " ticket " AND " sees " " \
        VERSION_JOINS \
        "LEFT JOIN {thread} h ON h.object_id=t.ticket_id AND CONCAT(h.object_type) IN ('T','C') " \
        "WHERE a.apikey=?")

// What polls of most help desks run, and the others.
#define KEY_VERSION_STATEMENTS(STATEMENT) \
    KEY_VERSION_STATEMENT(STATEMENT, KNOWN_KEY_AND_VERSION, API_KEY_TAKES_NAME("number"), KNOWN_KEY_AND_VERSION, \
        KEY_IS_WITHOUT_RULES, "t.number=?")
#define KEY_VERSION_RARE_STATEMENTS(STATEMENT) \
    KEY_VERSION_STATEMENT(STATEMENT, RULED_KEY_AND_VERSION, API_KEY_TAKES_NAME("number"), RULED_KEY_AND_VERSION, \
        KEY_SEES_ALL, "t.number=?") \
    KEY_VERSION_STATEMENT(STATEMENT, KNOWN_KEY_AND_VERSION_BY_ID, "TEXT address,INTEGER ticket,TEXT key,", \
        KNOWN_KEY_AND_VERSION, KEY_IS_WITHOUT_RULES, "t.ticket_id=?") \
    KEY_VERSION_STATEMENT(STATEMENT, RULED_KEY_AND_VERSION_BY_ID, "TEXT address,INTEGER ticket,TEXT key,", \
        RULED_KEY_AND_VERSION, KEY_SEES_ALL, "t.ticket_id=?")
// clang-format on

#endif
