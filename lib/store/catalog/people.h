// SPDX-License-Identifier: GPL-2.0-or-later
// All agents and teams of a help desk. spec: operations.md 3.7.
#ifndef STORE_CATALOG_PEOPLE_H
#define STORE_CATALOG_PEOPLE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_object.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct catalog_agent {
    struct agent agent;
    struct text address;
    bool is_active, is_away;
    struct named department;
    int64_t *access; // other departments that he has access to
    size_t access_count;
};

#define TEAM_FLAG_ENABLED   1
#define TEAM_FLAG_NO_ALERTS 2

struct catalog_team {
    int64_t id;
    struct text name;
    int64_t flags;
    struct agent lead;
    struct agent *members;
    size_t member_count;
};

// All of them by their names, in the arena. One round trip each. ERROR_TOO_LARGE where the arena is full.
bool catalog_staff_read(struct db *db, struct arena *arena, struct catalog_agent **agents, size_t *count,
                        struct error *error) CHECKED;
bool catalog_teams_read(struct db *db, struct arena *arena, struct catalog_team **teams, size_t *count,
                        struct error *error) CHECKED;

#endif
