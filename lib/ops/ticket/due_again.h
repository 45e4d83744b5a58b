// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket's due dates when something that they depend on has changed.
#ifndef OPS_TICKET_DUE_AGAIN_H
#define OPS_TICKET_DUE_AGAIN_H

#include "base/text.h"
#include "store/ticket/ticket_lock.h"
#include "store/work.h"

// Not overdue, and without the dates that are past by `now`.
void ticket_drop_past_due_dates(struct ticket_state *state, struct text now);

// Works the date by its SLA out anew, from when it was reopened, else created; an overdue ticket is no longer
// so. spec: operations.md 1.14; acting.md 2.6.
void ticket_due_again(struct work *work, struct locked_ticket *ticket);

#endif
