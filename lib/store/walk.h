// SPDX-License-Identifier: GPL-2.0-or-later
// What a help desk holds that reads can be about: numbers, agents, clients.
#ifndef STORE_WALK_H
#define STORE_WALK_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct db;

// Takes one name; it is valid during the call.
typedef void walk_take(void *context, struct text name);

// The numbers of the newest `most` tickets, the user names of the first agents, the addresses of the newest
// clients who have tickets.
bool walk_tickets(struct db *db, size_t most, walk_take *take, void *context, struct error *error) CHECKED;
bool walk_agents(struct db *db, size_t most, walk_take *take, void *context, struct error *error) CHECKED;
bool walk_clients(struct db *db, size_t most, walk_take *take, void *context, struct error *error) CHECKED;

#endif
