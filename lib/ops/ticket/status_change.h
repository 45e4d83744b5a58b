// SPDX-License-Identifier: GPL-2.0-or-later
// What a new status does to a ticket: the rules of closing and reopening, and what they leave in the thread.
#ifndef OPS_TICKET_STATUS_CHANGE_H
#define OPS_TICKET_STATUS_CHANGE_H

#include "base/error.h"
#include "base/text.h"
#include "store/ticket/ticket_lock.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

struct status_change {
    const char *event;  // of the thread's history; NULL: nothing changes
    struct text data;   // JSON of the event, or null
    bool annuls_closed; // former "closed" events no longer count: for ticket_save()
    bool deletes_drafts;
    int64_t refers_to; // agent to whom the thread is referred; 0: nobody
};

// Decides what `status_id` means for the locked ticket, to which the agent `respondent_id` responds in the
// same change (0: nobody does), and changes ticket->state. A status that is unknown, the same, neither open
// nor closed, or may not be taken now changes nothing: as in PHP that is no error. At most one round trip.
// spec: reading-and-replying.md F.5.
bool status_change_decide(struct work *work, struct locked_ticket *ticket, int64_t respondent_id,
                          int64_t status_id, struct status_change *change, struct error *error) CHECKED;

#endif
