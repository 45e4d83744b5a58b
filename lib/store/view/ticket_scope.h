// SPDX-License-Identifier: GPL-2.0-or-later
// Which tickets lists show to somebody who sees some tickets only, as conditions of the list's own statement.
// spec: operations.md 1.11, 2, 9.3.
#ifndef STORE_VIEW_TICKET_SCOPE_H
#define STORE_VIEW_TICKET_SCOPE_H

#include "base/arena.h"
#include "base/error.h"
#include "store/api_key.h"
#include "store/view/composed.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct ids {
    int64_t *of;
    size_t count;
};

// What the rules come to at present. There may be several reasons for which a ticket is seen, each with an
// index of its own: a statement has a branch for each. Without rules there is one that lets all through.
struct ticket_scope {
    const struct key_rules *rules;                                             // NULL: all tickets
    struct ids who, departments, teams, organizations, collaborator, statuses; // by names in SCOPE_BRANCHES
};

// In the arena. One round trip, none where the rules have nothing but departments.
bool ticket_scope_read(struct db *db, const struct key_rules *rules, struct arena *arena,
                       struct ticket_scope *scope, struct error *error) CHECKED;

// How many branches there are: none where nothing is seen.
size_t ticket_scope_branches(const struct ticket_scope *scope);

// Adds the condition of a branch on the ticket t.
void ticket_scope_add(struct composed *composed, const struct ticket_scope *scope, size_t branch);

#endif
