// SPDX-License-Identifier: GPL-2.0-or-later
// Who of the agents hears of a new ticket, an assignment, a reply, an overdue ticket.
#ifndef DELIVERY_ALERTS_H
#define DELIVERY_ALERTS_H

#include "base/arena.h"
#include "base/error.h"
#include "delivery/compose.h"
#include "store/mail/queue.h"

#include <stdbool.h>

// Puts a mail for each agent who is to be alerted in the place of the taken row that is spread, in one
// transaction: none twice, none forgotten. spec: creating.md D.1; reading-and-replying.md F.6, last but one.
bool alerts_spread(const struct compose_settings *settings, const struct mail_row *row, const char *lease,
                   struct arena *arena, struct error *error) CHECKED;

#endif
