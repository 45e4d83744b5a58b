// SPDX-License-Identifier: GPL-2.0-or-later
// The canned response that an agent chose for a ticket.
#ifndef STORE_TICKET_CANNED_CHOICE_H
#define STORE_TICKET_CANNED_CHOICE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/ticket/act_parties.h"

#include <stdint.h>

struct db;

struct canned_choice {
    int64_t id;
    struct text text; // as it is stored; in the arena
};

// By its id or title, of those that are enabled and any department's or the ticket's. 1, 0: there is none,
// -1: failure. One round trip.
int canned_choice_find(struct db *db, int64_t ticket_id, struct reference reference, struct arena *arena,
                       struct canned_choice *choice, struct error *error) CHECKED;

#endif
