// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets by ids.
#include "store/read/ticket_objects.h"

// By so many at once: one statement each, which stays prepared.
static const size_t steps[] = {26, 51, 101, TICKET_OBJECTS_MAX};
#define STEP_COUNT (sizeof steps / sizeof *steps)

struct wanted {
    const int64_t *ids;
    size_t count;
    struct ticket_object *objects;
};

static void take_object(const struct ticket_object *object, const struct ticket_place *place, void *into) {
    struct wanted *wanted = into;
    (void)place;
    for (size_t i = 0; i < wanted->count; i++)
        if (wanted->ids[i] == object->id) wanted->objects[i] = *object;
}

bool ticket_objects_read(struct db *db, const struct ticket_page_wish *wish, const int64_t *ids, size_t count,
                         struct arena *arena, struct ticket_object *objects, struct error *error) {
    struct wanted wanted = {ids, count, objects};
    struct db_value values[TICKET_OBJECTS_MAX];
    struct ticket_conditions conditions = {0};
    size_t step = 0;
    while (steps[step] < count && step + 1 < STEP_COUNT) step++;
    for (size_t i = 0; i < steps[step]; i++) values[i] = db_integer(ids[i < count ? i : count - 1]);
    conditions.of[TICKET_OF_ID].is_asked = true;
    conditions.of[TICKET_OF_ID].values = values;
    conditions.of[TICKET_OF_ID].count = steps[step];
    const struct ticket_page_wish by_id = {.view = wish->view,
                                           .fields = wish->fields,
                                           .conditions = &conditions,
                                           .sort = TICKET_SORT_ID,
                                           .most = (int64_t)count,
                                           .last_entries = wish->last_entries,
                                           .bodies = wish->bodies,
                                           .arena = arena};
    return ticket_page_read(db, &by_id, take_object, &wanted, error) &&
           (!arena->failed || error_too_large(error));
}

// A page's tickets in their order.
struct places {
    struct arena *arena;
    struct ticket_place of[TICKET_OBJECTS_MAX];
    int64_t ids[TICKET_OBJECTS_MAX];
    struct ticket_object objects[TICKET_OBJECTS_MAX];
    size_t count;
};

static void take_place(const struct ticket_object *object, const struct ticket_place *place, void *into) {
    struct places *places = into;
    if (places->count == TICKET_OBJECTS_MAX) return;
    places->of[places->count] = *place;
    places->of[places->count].value = arena_copy(places->arena, place->value);
    places->ids[places->count++] = object->id;
}

bool ticket_page_read_entries(struct db *db, const struct ticket_page_wish *wish, struct arena *arena,
                              ticket_page_take *take, void *context, struct error *error) {
    struct ticket_page_wish places_alone = *wish;
    struct places *places = arena_take(arena, sizeof *places);
    if (!places) return error_too_large(error);
    places->arena = arena;
    places_alone.fields = 0;
    places_alone.last_entries = false;
    if (!ticket_page_read(db, &places_alone, take_place, places, error)) return false;
    if (!places->count) return true;
    if (!ticket_objects_read(db, wish, places->ids, places->count, arena, places->objects, error))
        return false;
    for (size_t i = 0; i < places->count; i++) take(&places->objects[i], &places->of[i], context);
    return true;
}
