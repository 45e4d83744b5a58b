// SPDX-License-Identifier: GPL-2.0-or-later
// All who take part in a ticket's thread beside its owner, active or not.
#ifndef STORE_TICKET_THREAD_PARTY_H
#define STORE_TICKET_THREAD_PARTY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct thread_party {
    int64_t id; // of the collaborator's row
    int64_t user_id;
    bool is_active;
    struct text name, address; // the default one; null: he has none
};

// In the order of their names, as mails have it. One round trip.
bool thread_parties_load(struct db *db, int64_t thread_id, struct arena *arena, struct thread_party **parties,
                         size_t *count, struct error *error) CHECKED;

// Whether he gets mails of the thread from now on. One round trip.
bool thread_party_switch(struct db *db, int64_t id, bool active, struct error *error) CHECKED;

// A user by his id, or by any of his addresses. 1: found, `id` 0 in the party; 0; -1. One round trip.
int thread_party_find(struct db *db, int64_t user_id, struct text address, struct arena *arena,
                      struct thread_party *party, struct error *error) CHECKED;

// A new, active one in copy. One round trip.
bool thread_party_insert(struct db *db, int64_t thread_id, struct thread_party *party,
                         struct error *error) CHECKED;

// Whether the user stands in the ban list, by any of his addresses: 1, 0, -1. One round trip.
int user_is_banned(struct db *db, int64_t user_id, struct error *error) CHECKED;

#endif
