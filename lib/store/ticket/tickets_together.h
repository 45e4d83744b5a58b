// SPDX-License-Identifier: GPL-2.0-or-later
// Several tickets that the transaction at hand has locked (tickets_lock.h), read together: what decides what
// a change does to each of them, in one statement for all, which takes the database little longer than for
// one. The locks come first, so that what is read is what their last holders left.
#ifndef STORE_TICKET_TICKETS_TOGETHER_H
#define STORE_TICKET_TICKETS_TOGETHER_H

#include "base/arena.h"
#include "base/error.h"
#include "store/ticket/ticket_lock.h"
#include "store/ticket/tickets_lock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct tickets_together {
    struct arena arena; // of what was read
    struct together_ticket {
        int64_t id;
        bool is_asked_for; // it may have changed since
        struct locked_ticket ticket;
        struct ticket_surroundings around;
    } tickets[TICKETS_LOCK_MAX];
    size_t count;
    bool is_read;
    struct ticket_surroundings asked; // as the first who asked wanted them
};

// At most TICKETS_LOCK_MAX ids, each once. Nothing is read yet.
void tickets_together_open(struct tickets_together *together, const int64_t *ids, size_t count);
void tickets_together_close(struct tickets_together *together);

// As ticket_lock(). The first time that a ticket is asked for it comes out of what was read together, if it
// was read as it is wanted: none of what the same transaction did to the others touches it. All else, also a
// ticket that is not among them or is changed a second time, is locked and read alone; so is any with
// `together` NULL. One round trip, none for a ticket that was read. What was read lasts until
// tickets_together_close().
int tickets_together_lock(struct tickets_together *together, struct db *db, int64_t ticket_id,
                          struct ticket_surroundings *around, struct arena *arena,
                          struct locked_ticket *ticket, struct error *error) CHECKED;

#endif
