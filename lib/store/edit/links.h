// SPDX-License-Identifier: GPL-2.0-or-later
// Which tickets hang on which: the columns of linking and merging.
#ifndef STORE_EDIT_LINKS_H
#define STORE_EDIT_LINKS_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// The tickets below one, in their order. One round trip.
bool linked_children_read(struct db *db, int64_t ticket_id, struct arena *arena, int64_t **ids, size_t *count,
                          struct error *error) CHECKED;

// Whether there is one below it by now. 1, 0, -1: failure. One round trip.
int linked_children_exist(struct db *db, int64_t ticket_id, struct error *error) CHECKED;

// Hangs a ticket on another (`parent_id` 0: on none), in its place; marks it updated. One round trip.
struct ticket_link_row {
    int64_t parent_id, flags, sort;
};
bool ticket_link_set(struct db *db, int64_t ticket_id, const struct ticket_link_row *link,
                     struct error *error) CHECKED;

// The flags (TICKET_FLAG_…, store/ticket/ticket_lock.h), and the place of one that becomes a parent. One
// round trip.
bool ticket_flags_set(struct db *db, int64_t ticket_id, int64_t flags, struct error *error) CHECKED;

// Whether the tables of markus' plugin for sub-tickets are there. 1, 0, -1: failure. One round trip.
int subticket_plugin_is_there(struct db *db, struct error *error) CHECKED;

// The ticket above one by now, 0: none. 1, 0: there is no such ticket, -1: failure. One round trip.
int ticket_parent_read(struct db *db, int64_t ticket_id, int64_t *parent_id, struct error *error) CHECKED;

// Sets it (0: none), and nothing else of the row. One round trip.
bool ticket_parent_set(struct db *db, int64_t ticket_id, int64_t parent_id, struct error *error) CHECKED;

#endif
