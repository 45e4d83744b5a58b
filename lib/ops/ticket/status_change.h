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

// What is wanted of a ticket's status.
struct status_wish {
    int64_t status_id;
    int64_t respondent_id; // the agent who responds in the same change; 0: nobody does
    int64_t closer_id;     // the agent who gets a ticket that is closed, as in osTicket's panel; 0: it stays
                           // whose it is
    bool forces;           // it is closed whatever is missing or open
    bool unanswers;        // a ticket that is opened again is not answered any more
};

// Decides what the wish means for the locked ticket, and changes ticket->state. A status that is unknown, the
// same, neither open nor closed, or may not be taken now changes nothing: as in PHP that is no error. At most
// one round trip. spec: reading-and-replying.md F.5.
bool status_change_decide(struct work *work, struct locked_ticket *ticket, const struct status_wish *wish,
                          struct status_change *change, struct error *error) CHECKED;

// Whether the ticket may be closed now: ERROR_CONFLICT saying what is missing or open.
bool status_change_may_close(const struct work *work, const struct locked_ticket *ticket,
                             struct error *error) CHECKED;

// The status that a ticket of `from` comes back to. NULL: none is set up.
const struct ticket_status *status_to_reopen(const struct help_desk *help_desk,
                                             const struct ticket_status *from);

#endif
