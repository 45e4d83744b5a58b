// SPDX-License-Identifier: GPL-2.0-or-later
// Agents and teams by their ids.
#ifndef STORE_CREATE_ASSIGNEES_H
#define STORE_CREATE_ASSIGNEES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct assignee_row {
    bool is_team;
    int64_t id;
    bool available;                              // an agent: active and not on vacation; a team: enabled
    struct text first_name, last_name, username; // of an agent; a team's name is its first
};

// Those of the ids ("3,17"), and the agent with this username (null: none), in an array of the arena.
bool assignees_find(struct db *db, struct text staff_ids, struct text username, struct text team_ids,
                    struct arena *arena, struct assignee_row **rows, size_t *count,
                    struct error *error) CHECKED;

// A user as a collaborator.
struct member_row {
    int64_t id;
    struct text name, address; // address null: he has none
    bool is_agent;             // an agent has the same address
};

// The organization's members without one; all, or only its primary contacts.
bool organization_members(struct db *db, int64_t organization_id, int64_t without, bool all,
                          struct arena *arena, struct member_row **rows, size_t *count,
                          struct error *error) CHECKED;

// The first organization that has the domain of a new user's address; 0: none has.
bool organization_of_address(struct db *db, struct text address, struct arena *arena,
                             int64_t *organization_id, struct error *error) CHECKED;

// The user with this id. 1: found, 0: none, -1: failure.
int member_by_id(struct db *db, int64_t user_id, struct arena *arena, struct member_row *row,
                 struct error *error) CHECKED;

#endif
