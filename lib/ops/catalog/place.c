// SPDX-License-Identifier: GPL-2.0-or-later
// Paths, and who bears one.
#include "ops/catalog/place.h"

#include "ops/read/values.h"

#define DEPTH_MAX      32
#define PATH_MAX_BYTES 16384

static const struct catalog_place *place_at(const struct places *places, size_t index) {
    return (const struct catalog_place *)((const char *)places->first + index * places->size);
}

const struct catalog_place *place_with(const struct places *places, int64_t id) {
    for (size_t i = 0; id && i < places->count; i++)
        if (place_at(places, i)->id == id) return place_at(places, i);
    return NULL;
}

static bool is_among(const struct catalog_place *const *line, size_t count,
                     const struct catalog_place *place) {
    for (size_t i = 0; i < count; i++)
        if (line[i] == place) return true;
    return false;
}

void place_path(const struct places *places, const struct catalog_place *place, struct buffer *path) {
    const struct catalog_place *line[DEPTH_MAX];
    size_t count = 0;
    for (; place && count < DEPTH_MAX && !is_among(line, count, place);
         place = place_with(places, place->parent))
        line[count++] = place;
    while (count-- > 0) {
        buffer_add_text(path, line[count]->name);
        if (count) buffer_add_string(path, " / ");
    }
}

static bool is_called(const struct places *places, const struct catalog_place *place, struct text word) {
    struct buffer path = buffer_new(PATH_MAX_BYTES);
    place_path(places, place, &path);
    bool is = !path.failed && text_equal_ignoring_case(buffer_text(&path), word);
    buffer_free(&path);
    return is;
}

int place_find(const struct places *places, struct text word, const struct catalog_place **found) {
    int count = 0;
    int64_t id;
    *found = NULL;
    if (text_to_int64(word, &id)) return (*found = place_with(places, id)) != NULL;
    for (size_t i = 0; i < places->count && count < 2; i++) {
        if (!is_called(places, place_at(places, i), word)) continue;
        *found = place_at(places, i);
        count++;
    }
    return count;
}

bool place_write(struct json_writer *json, const struct places *places, const struct catalog_place *place) {
    struct buffer path = buffer_new(PATH_MAX_BYTES);
    place_path(places, place, &path);
    json_integer_member(json, "id", place->id);
    json_text_member(json, "name", place->name);
    json_text_member(json, "path", buffer_text(&path));
    bool done = !path.failed;
    buffer_free(&path);
    return done;
}

void place_write_parent(struct json_writer *json, const struct catalog_place *parent, bool is_seen) {
    bool shown = parent && is_seen;
    value_named(json, "parent",
                shown ? (struct named){parent->id, parent->name} : (struct named){0, TEXT_NULL});
}
