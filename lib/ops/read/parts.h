// SPDX-License-Identifier: GPL-2.0-or-later
// The parts of a ticket, each a member of the answer: beside the ticket, whose own members have some of their
// names ("entries" is a number there), or alone. spec: operations.md 3.2 to 3.6.
#ifndef OPS_READ_PARTS_H
#define OPS_READ_PARTS_H

#include "base/error.h"
#include "ops/read/ticket_read.h"

#include <stdbool.h>

// clang-format off
#define TICKET_PARTS(FIRST, NEXT) \
    FIRST(entries) \
    NEXT(events) \
    NEXT(attachments) \
    NEXT(collaborators) \
    NEXT(fields) \
    NEXT(related) \
    NEXT(referrals) \
    NEXT(tasks) \
    NEXT(lock) \
    NEXT(organization)
// clang-format on

// "entries,events,…,all": what `include` takes.
#define TICKET_PART_NAMES            TICKET_PARTS(TICKET_FIRST_PART_NAME, TICKET_NEXT_PART_NAME) ",all"
#define TICKET_FIRST_PART_NAME(name) #name
#define TICKET_NEXT_PART_NAME(name)  "," #name

// Writes the member: all of it that may be seen.
#define TICKET_PART_WRITE(name) ticket_read_write part_##name;
TICKET_PARTS(TICKET_PART_WRITE, TICKET_PART_WRITE)

#endif
