// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets with their thread entries, as a stream of rows: one ticket, or all of an agent or a user.
#ifndef STORE_READ_TICKET_ROWS_H
#define STORE_READ_TICKET_ROWS_H

#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_columns.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct db_rows;
struct ticket_list;
struct help_desk;
struct kept_desk;

// A row of the stream. The texts are valid until the next row.
struct ticket_row {
    struct ticket_columns ticket;
    bool has_entry; // false: the ticket has no visible entry, this is its only row
    struct entry_columns entry;
};

// A stream of tickets. Zeroed: none is open.
struct ticket_rows {
    struct db_rows *rows;     // a ticket and an entry a row
    struct ticket_list *list; // or the tickets first
};

// The phone of an owner, as ticket_columns has it.
struct owner_phone {
    struct text number, format;
};

// Out of "us 3185558634X123": the format, a blank, the number; nulls where there is none.
struct owner_phone owner_phone_of(struct text column);

// Whose tickets to list.
struct ticket_list_wish {
    int64_t id;                  // of the agent or the user
    bool notes;                  // with internal notes
    bool at_once;                // entries are handed on as they come, see below
    struct kept_desk *kept;      // names that the worker keeps; NULL: none
    struct help_desk *help_desk; // filled with the names, and the times when they are needed
    struct arena *arena;         // its own
};

// Opens the stream; closed with ticket_rows_close(). Rows come by ticket id, then by the entries' time and
// id. At once they come where the database has the index for it (schema/fcgi-indexes.sql), and the tickets
// are kept by then; else it sorts all rows first. A list reads the help desk's names before, in a round trip
// that kept ones save.
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
