// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket as most are, with all that its answer needs, in one round trip.
#ifndef STORE_READ_USUAL_TICKET_H
#define STORE_READ_USUAL_TICKET_H

#include "base/arena.h"
#include "base/error.h"
#include "store/help_desk.h"
#include "store/read/ticket_rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct kept_desk;

// Everything points into the arena that it was read with.
struct usual_ticket {
    struct help_desk help_desk; // those that are kept, or of the help desk's rows only those that it names
    struct ticket_columns ticket;
    struct entry_columns *entries; // by time and id, internal notes too
    size_t count;
    bool knows_frames;
};

// Reads the ticket, with the names that the worker keeps, where it can (`kept`, may be NULL). 1: read. 0: it
// is no usual one, or not there: its thread is of another kind or longer than USUAL_ROWS_MAX rows, an entry
// was edited, lies in files or is by somebody without a name, its due date is reckoned by an SLA, or its
// status is gone; without kept names also where its department or topic lies deeper than two levels, or a
// name is translated. What is wanted then is help_desk_load() and ticket_rows_by_number(). -1: failure. What
// bodies with frames need of the settings (`embedded_domain_whitelist`) is there with kept names alone:
// `knows_frames`.
#define USUAL_ROWS_MAX 60
int usual_ticket_read(struct db *db, struct kept_desk *kept, int64_t ticket_id, struct arena *arena,
                      struct usual_ticket *usual, struct error *error) CHECKED;

#endif
