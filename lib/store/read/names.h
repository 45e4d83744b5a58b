// SPDX-License-Identifier: GPL-2.0-or-later
// What bears a name: the small tables whole, of the others the one. spec: operations.md 1.4.
#ifndef STORE_READ_NAMES_H
#define STORE_READ_NAMES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// Whose names are read whole, and of which one is looked for.
enum names_of { NAMES_OF_STATUS, NAMES_OF_PRIORITY, NAMES_OF_DEPARTMENT, NAMES_OF_TOPIC };
enum named_kind {
    NAMED_KIND_STAFF, // by user name or address
    NAMED_KIND_TEAM,  // by name, as the next two
    NAMED_KIND_SLA,
    NAMED_KIND_ORGANIZATION,
    NAMED_KIND_USER,   // by any of his addresses
    NAMED_KIND_TICKET, // by number
};

struct name_row {
    int64_t id;
    int64_t parent; // 0: none
    struct text name;
    struct text other; // of a status its state, of a priority its other name
};

// All rows, in the arena. One round trip.
bool names_read(struct db *db, enum names_of of, struct arena *arena, struct name_row **rows, size_t *count,
                struct error *error) CHECKED;

// The id of the one that bears the name: how many do, 2 for more; -1: failure. One round trip.
int named_find(struct db *db, enum named_kind kind, struct text name, int64_t *id,
               struct error *error) CHECKED;

// Whether a ticket is called by its id, "id:17", and by which; 0 where no number stands there. No round trip.
bool ticket_name_is_id(struct text name, int64_t *id);

#endif
