// SPDX-License-Identifier: GPL-2.0-or-later
// Which ticket a request is about, and which agent acts on it.
#ifndef OPS_CHANGE_PARTIES_H
#define OPS_CHANGE_PARTIES_H

#include "base/error.h"
#include "base/text.h"
#include "ops/change/change.h"
#include "store/ticket/reply_target.h"

#include <stdbool.h>
#include <stdint.h>

struct change_parties {
    struct text ticket_number;
    struct text staff_username; // null: no agent acts, but the system
    int64_t canned_id;          // of a canned response; 0: none
    const char *what;           // "a reply": what PHP's plugins might have a say in
};

// Finds them with the help desk in one round trip, and makes the agent, or the system, the change's actor.
// ERROR_NOT_FOUND for a ticket or an agent that there is not; ERROR_NOT_NATIVE where the help desk's version,
// or a plugin that shall be asked, leaves it to PHP.
bool change_find_parties(struct change *change, const struct change_parties *parties,
                         struct reply_target *target, struct error *error) CHECKED;

#endif
