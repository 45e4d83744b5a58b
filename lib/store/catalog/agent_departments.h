// SPDX-License-Identifier: GPL-2.0-or-later
// What of a help desk an agent may look at. spec: operations.md 3.7.
#ifndef STORE_CATALOG_AGENT_DEPARTMENTS_H
#define STORE_CATALOG_AGENT_DEPARTMENTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct agent_departments {
    bool is_active;
    struct text permissions; // his own, not those of a role: JSON, or null
    int64_t *ids;            // of the departments that are his
    size_t count;
};

// The agent's, in the arena. 1: there is one, 0: none, -1: failure. One round trip.
int agent_departments_read(struct db *db, int64_t agent_id, struct arena *arena,
                           struct agent_departments *departments, struct error *error) CHECKED;

#endif
