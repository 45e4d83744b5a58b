// SPDX-License-Identifier: GPL-2.0-or-later
// The deletion of a ticket with all that is its own. spec: acting.md 4.5; operations.md 4.13.
#ifndef STORE_TICKET_DELETION_H
#define STORE_TICKET_DELETION_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/ticket/ticket_lock.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

// What is connected with the ticket.
struct deletion {
    struct text linked; // "17,18": the tickets that were linked to it; null: none
    int64_t merged_count;
    int64_t task_count;
    int64_t sibling_count; // other tickets of the one that it was merged into or linked to; 0: that one
                           // becomes an ordinary ticket again
};

// Reads it. One round trip.
bool deletion_look(struct db *db, int64_t ticket_id, struct arena *arena, struct deletion *deletion,
                   struct error *error) CHECKED;

// Deletes the locked ticket: its row, answers, search rows, thread with entries, attachments, collaborators
// and referrals; its history is cut off from it. Linked tickets are let go; the last one that was merged or
// linked leaves its parent an ordinary ticket. The thread of a merged ticket stays, and its
// history with it, since its entries are the parent's. Files are left to osTicket's cron. Five round trips,
// one more for linked tickets or a parent.
bool deletion_run(struct work *work, const struct locked_ticket *ticket, const struct deletion *deletion,
                  struct error *error) CHECKED;

#endif
