// SPDX-License-Identifier: GPL-2.0-or-later
// Agents and users by what clients call them.
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdint.h>

struct db;
struct row;

struct staff {
    int64_t id;
    struct text username;
    struct text first_name;
    struct text last_name;
    struct text email;
    struct text signature;
};

// The agent with this user name, compared as the column's collation does (neither case nor accents count). 1:
// found, copied into the arena; 0: no such agent; -1: failure.
int staff_by_username(struct db *db, struct text username, struct arena *arena, struct staff *staff,
                      struct error *error) CHECKED;

// The agent with this id. As above.
int staff_by_id(struct db *db, int64_t id, struct arena *arena, struct staff *staff,
                struct error *error) CHECKED;

// Copies an agent out of a row that has his id in the column `id` and a STAFF_PART (people_statements.h) from
// the column `staff_part` on.
void staff_take(const struct row *row, unsigned id, unsigned staff_part, struct staff *staff);

// The user who has this address, be it his default or another. 1, 0, -1 as above.
int user_by_address(struct db *db, struct text address, int64_t *user_id, struct error *error) CHECKED;

#endif
