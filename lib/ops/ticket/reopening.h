// SPDX-License-Identifier: GPL-2.0-or-later
// Whether and to what tickets come back out of a status, as its properties say.
#ifndef OPS_TICKET_REOPENING_H
#define OPS_TICKET_REOPENING_H

#include "store/help_desk.h"

#include <stdbool.h>
#include <stdint.h>

struct reopening {
    bool allowed;      // "allowreopen": what PHP takes for yes, be it true, 1, "on" or [0]
    bool names_status; // "reopenstatus" is there, if only as 0
    int64_t status_id; // it; 0: none that could be one
};

// What its properties, JSON, say. Those of a status that there is not, or that cannot be read, allow nothing.
// spec: reading-and-replying.md F.5, piping.md 4.2.
struct reopening reopening_of(const struct ticket_status *status);

// Whether a closed status lets its tickets come back: it allows it, and says into which one.
bool reopening_is_allowed(struct reopening reopening);

// Whether a closed ticket comes back by itself, to clients who write and to the agent who had it: its status
// lets it, and neither department nor topic is archived.
bool ticket_is_reopenable(const struct help_desk *help_desk, int64_t status_id, int64_t department_id,
                          int64_t topic_id);

#endif
