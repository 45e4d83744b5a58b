// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets with their thread entries, as a stream of rows: one ticket, or all of an agent or a user.
#ifndef STORE_TICKET_ROWS_H
#define STORE_TICKET_ROWS_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct db_rows;
struct ticket_stream;
struct help_desk;

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

#define ENTRY_FLAG_BALANCED 64

struct entry_columns {
    int64_t id;
    int64_t parent_id;
    int64_t thread_id;
    struct text type; // "M", "R", "N"
    struct text poster;
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

// A row of the stream. The texts are valid until the next row.
struct ticket_row {
    struct ticket_columns ticket;
    bool has_entry; // false: the ticket has no visible entry, this is its only row
    struct entry_columns entry;
};

// A stream of tickets. Zeroed: none is open.
struct ticket_rows {
    struct db_rows *rows;         // told by the database in their order, a ticket and an entry a row
    struct ticket_stream *stream; // or told part by part
};

// The phone of an owner, as ticket_columns has it.
struct owner_phone {
    struct text number, format;
};

// Whose tickets to list.
struct ticket_list_wish {
    int64_t id;                        // of the agent or the user
    bool notes;                        // with internal notes
    bool at_once;                      // the first rows come before the last are read, see below
    const struct help_desk *help_desk; // as help_desk_load_for_reading() has it
    const struct owner_phone *phone;   // of a user, see client_desk.h; of an agent NULL
};

// Opens the stream; closed with ticket_rows_close(). Rows come by ticket id, then by the entries' time and
// id. At once they come where the database has the index for it (schema/fcgi-indexes.sql); else it sorts all
// rows first.
bool ticket_rows_by_number(struct db *db, struct text number, bool notes, struct ticket_rows *rows,
                           struct error *error) CHECKED;
bool ticket_rows_of_staff(struct db *db, const struct ticket_list_wish *wish, struct ticket_rows *rows,
                          struct error *error) CHECKED;
bool ticket_rows_of_user(struct db *db, const struct ticket_list_wish *wish, struct ticket_rows *rows,
                         struct error *error) CHECKED;

// The next row: 1, none left: 0, failure: -1.
int ticket_rows_next(struct ticket_rows *rows, struct ticket_row *row, struct error *error) CHECKED;

// Ends a stream, read to its end or not; one that is not open is fine.
void ticket_rows_close(struct ticket_rows *rows);

// All tickets, by id, without anything beside them.
struct ticket_summary {
    struct text number, created, updated, closed;
};
bool ticket_summaries(struct db *db, struct db_rows **rows, struct error *error) CHECKED;
int ticket_summaries_next(struct db_rows *rows, struct ticket_summary *summary, struct error *error) CHECKED;
void ticket_summaries_close(struct db_rows **rows);

#endif
