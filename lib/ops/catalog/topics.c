// SPDX-License-Identifier: GPL-2.0-or-later
// GET /topics.json. spec: operations.md 3.7.
#include "ops/catalog/catalog.h"
#include "ops/catalog/place.h"
#include "ops/catalog/topic_seen.h"
#include "ops/operations.h"
#include "ops/read/values.h"
#include "store/help_desk.h"

#define ANCESTORS_MAX 32

static const struct catalog_topic *parent_of(const struct places *topics, const struct catalog_topic *topic) {
    return (const struct catalog_topic *)place_with(topics, topic->place.parent);
}

// Switching a topic off switches off what is below it, unless it stands at the top: so it is in osTicket.
static bool is_in_use(const struct places *topics, const struct catalog_topic *topic) {
    if (!(topic->place.flags & TOPIC_FLAG_ACTIVE)) return false;
    const struct catalog_topic *parent = parent_of(topics, topic);
    for (int i = 0; i < ANCESTORS_MAX && parent && parent_of(topics, parent); i++) {
        if (!(parent->place.flags & TOPIC_FLAG_ACTIVE)) return false;
        parent = parent_of(topics, parent);
    }
    return true;
}

static bool is_open_to(const struct audience *audience, const struct catalog_topic *topic) {
    return topic->place.is_public || !topic->department.id ||
           audience_sees_department(audience, topic->department.id);
}

bool topic_is_seen(const struct audience *audience, const struct places *topics,
                   const struct catalog_topic *topic) {
    const struct catalog_topic *parent = parent_of(topics, topic);
    if (audience->is_client) return topic->place.is_public && is_in_use(topics, topic);
    return is_open_to(audience, topic) && (!parent || is_open_to(audience, parent));
}

static void write_forms(struct json_writer *json, const struct catalog_topic *topic) {
    json_name(json, "forms");
    json_open_array(json);
    for (size_t i = 0; i < topic->form_count; i++) {
        json_open_object(json);
        json_integer_member(json, "id", topic->forms[i].id);
        json_text_member(json, "name", topic->forms[i].name);
        json_close_object(json);
    }
    json_close_array(json);
}

static bool write_topic(struct catalog *catalog, const struct places *topics,
                        const struct catalog_topic *topic) {
    struct json_writer *json = &catalog->json;
    const struct catalog_topic *parent = parent_of(topics, topic);
    bool sees_parent = parent && topic_is_seen(&catalog->audience, topics, parent);
    json_open_object(json);
    bool done = place_write(json, topics, &topic->place);
    place_write_parent(json, parent ? &parent->place : NULL, sees_parent);
    value_boolean(json, "public", topic->place.is_public);
    if (!catalog->audience.is_client) {
        bool sees_department = audience_sees_department(&catalog->audience, topic->department.id);
        value_boolean(json, "active", (topic->place.flags & TOPIC_FLAG_ACTIVE) != 0);
        value_boolean(json, "archived", (topic->place.flags & TOPIC_FLAG_ARCHIVED) != 0);
        value_named(json, "department", sees_department ? topic->department : (struct named){0, TEXT_NULL});
        value_named(json, "sla", topic->sla);
        value_named(json, "priority", topic->priority);
        value_named(json, "status", topic->status);
        write_forms(json, topic);
    }
    json_close_object(json);
    return done;
}

static bool write_topics(struct catalog *catalog, struct error *error) {
    struct catalog_topic *items;
    size_t count;
    bool done = true;
    if (!catalog_topics_read(catalog->context->db, &catalog->arena, &items, &count, error)) return false;
    const struct places topics = PLACES_OF(items, count);
    json_name(&catalog->json, "topics");
    json_open_array(&catalog->json);
    for (size_t i = 0; done && i < count; i++)
        if (topic_is_seen(&catalog->audience, &topics, &items[i]))
            done = write_topic(catalog, &topics, &items[i]);
    json_close_array(&catalog->json);
    return done || error_too_large(error);
}

bool catalog_topics(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run(context, answer, write_topics, error);
}
