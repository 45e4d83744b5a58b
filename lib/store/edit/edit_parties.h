// SPDX-License-Identifier: GPL-2.0-or-later
// Whom and what an edit of a ticket names: a new owner, another SLA plan.
#ifndef STORE_EDIT_PARTIES_H
#define STORE_EDIT_PARTIES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/ticket/act_parties.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct edit_sla {
    int64_t id, flags, grace_hours, schedule_id;
    struct text name;
};

struct edit_user {
    int64_t id; // 0: none was found
    struct text name, address;
};

struct edit_parties {
    struct edit_user user;
    struct edit_sla *slas; // all that bear the name
    size_t sla_count;
};

// Finds the user by his id or any of his addresses, SLA plans by id or name. One round trip.
bool edit_parties_find(struct db *db, struct reference user, struct reference sla, struct arena *arena,
                       struct edit_parties *parties, struct error *error) CHECKED;

// A user, and how he takes part in a thread.
struct taking_part {
    int64_t user_id;
    struct text name, address; // address null: he has none
    bool is_agent;             // an agent has the same address
    bool is_collaborator;
    int64_t flags; // COLLABORATOR_ACTIVE, COLLABORATOR_IN_COPY
};
// 1; 0: there is no such user; -1: failure. One round trip.
int taking_part_read(struct db *db, int64_t thread_id, int64_t user_id, struct arena *arena,
                     struct taking_part *taking_part, struct error *error) CHECKED;

// One round trip.
bool collaborator_update(struct db *db, int64_t thread_id, int64_t user_id, int64_t flags,
                         struct error *error) CHECKED;

// The ticket's source (null: it stays) and owner. One round trip.
bool ticket_parties_set(struct db *db, int64_t ticket_id, struct text source, int64_t user_id,
                        struct error *error) CHECKED;

// A user takes part in the thread no longer; `*removed` (NULL: it does not matter) says whether he did. One
// round trip.
bool collaborator_delete(struct db *db, int64_t thread_id, int64_t user_id, bool *removed,
                         struct error *error) CHECKED;

#endif
