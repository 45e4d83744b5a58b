// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket with the names of all that it points at, as one row. spec: operations.md 1.5.
#ifndef STORE_READ_TICKET_OBJECT_H
#define STORE_READ_TICKET_OBJECT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct key_rules;
struct row;
struct post;

// What reads are asked to show, and to whom.
struct view {
    bool utc;                      // times in UTC, not as the columns have them
    bool notes;                    // agents' internal notes, too
    const struct key_rules *rules; // of whoever sees some tickets only, see store/ticket_view.h; NULL: all
};

// Something with an id and a name. id 0: there is none.
struct named {
    int64_t id;
    struct text name;
};

// id 0: there is none.
struct agent {
    int64_t id;
    struct text username, first_name, last_name;
};
struct person {
    int64_t id;
    struct text name, address;
};

// Texts are columns as stored, null for SQL NULL; times "YYYY-MM-DD HH:MM:SS".
struct ticket_object {
    int64_t id;
    struct text number, subject;
    struct named status;
    struct text state; // of the status: "open"
    struct named priority, department, topic;
    struct agent staff;
    struct named team, sla;
    struct person user;
    struct named organization;
    struct text source;
    struct text created, updated, last_update, last_message, last_response, closed, reopened, due,
        estimated_due;
    bool is_overdue, is_answered;
    struct named parent; // its name is its number
    int64_t entries;     // that are shown
    int64_t attachments; // of these, without those that the text shows itself
    int64_t open_tasks;
    const struct post *last_entry; // of lists that ask for it, see thread_parts.h; NULL: there is none
};

// Out of a row of OBJECT_COLUMNS, see ticket_object_statements.h. Texts are copied into the row's arena, or,
// where it has none, valid until the next row.
void ticket_object_take(const struct row *row, struct ticket_object *object);

// Parts of rows of several statements: AGENT_PART, PERSON_PART, a column of ids and one of names.
struct agent agent_of(const struct row *part);
struct person person_of(const struct row *part);
struct named named_of(const struct row *row, unsigned id, unsigned name);

// 1: there is such a ticket, 0: none, -1: failure. One round trip.
int ticket_object_read(struct db *db, int64_t ticket_id, struct view view, struct arena *arena,
                       struct ticket_object *object, struct error *error) CHECKED;

#endif
