// SPDX-License-Identifier: GPL-2.0-or-later
// GET /departments.json. spec: operations.md 3.7.
#include "ops/catalog/catalog.h"
#include "ops/catalog/place.h"
#include "ops/operations.h"
#include "ops/read/values.h"
#include "store/help_desk.h"

// Clients see those that are public and in use.
static bool is_seen(const struct catalog *catalog, const struct catalog_place *place) {
    if (!place || !audience_sees_department(&catalog->audience, place->id)) return false;
    return !catalog->audience.is_client || (place->is_public && place->flags & DEPARTMENT_FLAG_ACTIVE);
}

static bool write_department(struct catalog *catalog, const struct places *places,
                             const struct catalog_department *department) {
    struct json_writer *json = &catalog->json;
    const struct catalog_place *place = &department->place;
    const struct catalog_place *parent = place_with(places, place->parent);
    json_open_object(json);
    bool done = place_write(json, places, place);
    place_write_parent(json, parent, is_seen(catalog, parent));
    value_boolean(json, "public", place->is_public);
    if (!catalog->audience.is_client) {
        value_boolean(json, "active", (place->flags & DEPARTMENT_FLAG_ACTIVE) != 0);
        value_boolean(json, "archived", (place->flags & DEPARTMENT_FLAG_ARCHIVED) != 0);
        value_agent(json, "manager", department->manager);
        value_named(json, "sla", department->sla);
    }
    json_close_object(json);
    return done;
}

static bool write_departments(struct catalog *catalog, struct error *error) {
    struct catalog_department *departments;
    size_t count;
    bool done = true;
    if (!catalog_departments_read(catalog->context->db, &catalog->arena, &departments, &count, error))
        return false;
    const struct places places = PLACES_OF(departments, count);
    json_name(&catalog->json, "departments");
    json_open_array(&catalog->json);
    for (size_t i = 0; done && i < count; i++)
        if (is_seen(catalog, &departments[i].place))
            done = write_department(catalog, &places, &departments[i]);
    json_close_array(&catalog->json);
    return done || error_too_large(error);
}

bool catalog_departments(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run(context, answer, write_departments, error);
}
