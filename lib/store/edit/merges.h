// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of a ticket's thread, people and tasks when it is merged into another one. spec: acting.md 10.
#ifndef STORE_EDIT_MERGES_H
#define STORE_EDIT_MERGES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// The two threads, and whose they are.
struct merge_of_threads {
    int64_t child_id, child_thread_id, child_owner_id;
    int64_t parent_id, parent_thread_id, parent_owner_id;
};

// Who takes part in the parent's thread from then on: the child's owner, behind its collaborators by their
// names (unless `owner_only`), without whoever does so already. One round trip.
struct merge_participant {
    int64_t user_id;
    struct text name;
};
bool merge_participants_read(struct db *db, const struct merge_of_threads *merge, bool owner_only,
                             struct arena *arena, struct merge_participant **participants, size_t *count,
                             struct error *error) CHECKED;

// Entries of the thread that search does not know, of those that it should. One round trip.
struct unknown_entry {
    int64_t id;
    struct text title, body;
    bool is_html;
};
#define UNKNOWN_ENTRIES_MAX 200
bool merge_unknown_entries_read(struct db *db, int64_t thread_id, struct arena *arena,
                                struct unknown_entry **entries, size_t *count, struct error *error) CHECKED;

// The child's entries go over to the parent's thread, each with the thread that it came from; its own thread
// stays, with `extra` (JSON). Three round trips.
bool merge_threads(struct db *db, const struct merge_of_threads *merge, struct text extra,
                   struct error *error) CHECKED;

// The child's tasks become the parent's. One round trip.
bool merge_tasks(struct db *db, const struct merge_of_threads *merge, struct error *error) CHECKED;

#endif
