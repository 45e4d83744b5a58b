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

#endif
