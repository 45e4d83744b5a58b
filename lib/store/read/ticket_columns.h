// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket and an entry as the tables have them, and the columns that every statement reads them by.
#ifndef STORE_READ_TICKET_COLUMNS_H
#define STORE_READ_TICKET_COLUMNS_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct row;

// A user as the table has it. id 0: there is no such row.
struct user_columns {
    int64_t id;
    struct text name;
    struct text address; // of the default e-mail address; null when there is none
};

// An agent as the table has it. id 0: there is no such row.
struct staff_columns {
    int64_t id;
    struct text first_name;
    struct text last_name;
};

// A ticket with what stands beside it. Texts are columns as stored; null is SQL NULL.
struct ticket_columns {
    int64_t id;
    struct text number;
    int64_t status_id;
    int64_t department_id;
    int64_t topic_id;
    struct text source;
    struct text created, closed, due, estimated_due,
        reopened; // "YYYY-MM-DD HH:MM:SS", the database's own zone
    struct user_columns owner;
    struct text phone_format; // display format of the phone's field, "us" or another; null without a phone
    struct text phone;        // as stored, DIGITS[Xext]
    struct text subject;
    int64_t priority_id;       // -1: none chosen
    struct text priority_text; // the bare answer where no row was chosen
    struct staff_columns assignee;
    int64_t team_id; // 0: none
    struct text team_name;
    bool sla_active;
    int64_t sla_grace_hours;
    int64_t sla_schedule_id;
    struct text last_message, last_response;
};

struct entry_columns {
    int64_t id;
    int64_t parent_id;
    int64_t thread_id;
    struct text type; // "M", "R", "N"
    struct text poster;
    int64_t editor_id;  // 0: nobody edited it
    struct text editor; // name of who edited it; null
    struct text source;
    struct text title;
    struct text body; // whole, also where it was too long for its column
    struct text format;
    int64_t flags;
    struct text created, updated;
    struct staff_columns staff;
    struct user_columns user;
    int64_t attachments; // those that are not inline
};

// A ticket, its SLA or an entry out of the part of a row that is theirs, see ticket_column_statements.h; what
// is in no such column is none, and an SLA's stay as they are without it. Texts are copied into the row's
// arena, or, where it has none, valid until the next row.
void ticket_columns_take(const struct row *part, struct ticket_columns *ticket);
void sla_columns_take(const struct row *part, struct ticket_columns *ticket);
void entry_columns_take(const struct row *part, struct entry_columns *entry);

#endif
