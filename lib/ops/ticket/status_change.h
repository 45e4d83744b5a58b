// SPDX-License-Identifier: GPL-2.0-or-later
// What a new status does to a ticket: the rules of closing and reopening, and what they leave in the thread.
#ifndef OPS_TICKET_STATUS_CHANGE_H
#define OPS_TICKET_STATUS_CHANGE_H

#include "base/arena.h"
#include "base/error.h"
#include "store/help_desk.h"
#include "store/people.h"
#include "store/ticket/ticket_lock.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct status_change {
    const char *event;  // of the thread's history; NULL: nothing changes
    struct text data;   // JSON of the event, or null
    bool annuls_closed; // former "closed" events no longer count: for ticket_save()
    bool deletes_drafts;
    int64_t refers_to; // agent to whom the thread is referred; 0: nobody
};

// Decides what `status_id` means for the locked ticket, to which `agent` just responded, and changes
// ticket->state. A status that is unknown, the same, neither open nor closed, or may not be taken now changes
// nothing: as in PHP that is no error. spec: reading-and-replying.md F.5.
bool status_change_decide(struct db *db, struct arena *arena, const struct help_desk *help_desk,
                          struct locked_ticket *ticket, const struct staff *agent, int64_t status_id,
                          struct status_change *change, struct error *error) CHECKED;

// Writes what the change leaves in the thread. The ticket itself is saved by the caller, before.
bool status_change_write(struct db *db, const struct locked_ticket *ticket, const struct staff *agent,
                         const struct status_change *change, struct error *error) CHECKED;

#endif
