// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets out of rows that have a ticket's parts below each other: kinds 0 to 3 of reading_statements.h.
// Answers to a ticket's forms are rows of their own or stand beside the ticket.
#ifndef STORE_TICKET_STREAM_H
#define STORE_TICKET_STREAM_H

#include "base/arena.h"
#include "base/error.h"
#include "store/ticket_rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db_rows;

// The first column behind those that both statements have.
#define TICKET_STREAM_MORE 54

// What is known of an entry or an answer beside what is shown of it; for usual_ticket.c.
typedef void ticket_stream_look(void *context, struct db_rows *rows, int64_t kind);

struct answer_field;

#define ANSWER_KINDS 3 // subject, priority, phone

struct ticket_stream {
    struct db_rows *rows;
    bool ordered;             // the entries come by time and id, and the tickets by id
    ticket_stream_look *look; // called with each row; NULL: none
    void *context;
    const struct answer_field *fields; // those of the answers; NULL: each row says its own
    size_t field_count;
    const struct owner_phone *phone; // of the owner of all; NULL: the rows have each owner's

    // The stream's own.
    struct arena own[2];
    struct arena *ticket_arena, *entry_arena;
    bool begun, at_hand; // a row was asked for; the row at hand is not used up
    struct ticket_columns ticket;
    bool shown;                            // the ticket at hand was given out
    int64_t thread_id;                     // the ticket's; 0: none
    int64_t entry_id;                      // given out last
    char entry_created[32];                // with it
    bool answered[ANSWER_KINDS];           // whether an answer of the kind was met
    int64_t answer_ranks[ANSWER_KINDS][4]; // of the answers chosen
};

// Begins with open rows, which the stream takes. With an `arena` everything lasts as long as that; without
// one as ticket_rows_next() has it.
void ticket_stream_begin(struct ticket_stream *stream, struct db_rows *rows, bool ordered,
                         struct arena *arena);

// The next entry with its ticket, or a ticket without entries: 1, none left: 0, failure: -1. It is one, too,
// when rows are not in the order that they are told in.
int ticket_stream_next(struct ticket_stream *stream, struct ticket_row *row, struct error *error) CHECKED;

// Closes the rows, too.
void ticket_stream_end(struct ticket_stream *stream);

#endif
