// SPDX-License-Identifier: GPL-2.0-or-later
// Where departments and help topics lie among their kind.
#ifndef OPS_CATALOG_PLACE_H
#define OPS_CATALOG_PLACE_H

#include "base/buffer.h"
#include "base/text.h"
#include "store/catalog/desk.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// All of a kind, each of which begins with its place.
struct places {
    const void *first;
    size_t size, count;
};
#define PLACES_OF(items, count) ((struct places){items, sizeof *(items), count})

// The one with this id; NULL: there is none.
const struct catalog_place *place_with(const struct places *places, int64_t id);

// Appends "Parent / Child". Parents that come again end it, as do more than 32.
void place_path(const struct places *places, const struct catalog_place *place, struct buffer *path);

// The one that is called so, by its id, its path, or, at the top, its name, in any case of letters: how many
// are, 2 for more.
int place_find(const struct places *places, struct text word, const struct catalog_place **found);

// Writes "id", "name" and "path". False when memory is out.
bool place_write(struct json_writer *json, const struct places *places, const struct catalog_place *place);

// Writes "parent", null where there is none or `is_seen` is false.
void place_write_parent(struct json_writer *json, const struct catalog_place *parent, bool is_seen);

#endif
