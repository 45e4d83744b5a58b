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

// A user whom somebody names: by his id, or, where that is 0, by any of his addresses.
struct sought_party {
    int64_t user_id;
    struct text address;
    bool is_found;
    struct thread_party party; // `id` is 0
};

// What is asked of a thread and its ticket's owner, then what came of it.
struct thread_look {
    int64_t thread_id, owner_id;
    struct sought_party *sought;
    size_t sought_count;
    bool owner_is_banned;         // stands in the ban list, by any of his addresses
    struct thread_party *parties; // as thread_parties_load() has them
    size_t count;
};

// All of it. One round trip, and one more for every 16 that are sought beyond 16.
bool thread_parties_look(struct db *db, struct thread_look *look, struct arena *arena,
                         struct error *error) CHECKED;

// A new, active one in copy. One round trip.
bool thread_party_insert(struct db *db, int64_t thread_id, int64_t user_id, struct error *error) CHECKED;

#endif
