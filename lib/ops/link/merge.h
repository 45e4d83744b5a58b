// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets on their way into another one.
#ifndef OPS_LINK_MERGE_H
#define OPS_LINK_MERGE_H

#include "base/error.h"
#include "base/text.h"
#include "ops/link/relative.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MERGE_RIGHT "ticket.merge"

struct merging {
    int64_t *ids; // that the request names
    size_t id_count;
    struct text threads; // as asked for; null: as the parent's are
    bool owners_only;    // of those who take part only owners do so in the parent, too
    bool moves_tasks, deletes;
    struct reference child_status_name, parent_status_name;
    const struct ticket_status *child_status, *parent_status; // parent's NULL: it stays
    struct relatives relatives;                               // in the order of the ids
    int64_t type;                                             // TICKET_FLAG_COMBINED or TICKET_FLAG_SEPARATE
    bool changes_own;                                         // the flags of the parent
    size_t told; // so many events come before those of the children's own changes
};

// Merges one of the tickets, which decide() has checked, into the ticket of the act: those who take part, its
// status, row and thread; deletes it where it shall. A change of its own in the same transaction.
bool merge_one(struct act *act, const struct merging *merging, size_t place, struct error *error) CHECKED;

#endif
