// SPDX-License-Identifier: GPL-2.0-or-later
// GET /queues.json: what agents see tickets by. spec: operations.md 3.7.
#include "ops/catalog/catalog.h"
#include "ops/operations.h"
#include "ops/read/values.h"
#include "store/catalog/canned.h"

// Those for all agents, and the agent's own.
static bool is_seen(const struct catalog *catalog, const struct catalog_queue *queue) {
    return !queue->owner_id || queue->owner_id == catalog->audience.agent_id;
}

static struct named parent_of(const struct catalog *catalog, const struct catalog_queue *queue,
                              const struct catalog_queue *all, size_t count) {
    for (size_t i = 0; queue->parent && i < count; i++)
        if (all[i].id == queue->parent && is_seen(catalog, &all[i]))
            return (struct named){all[i].id, all[i].title};
    return (struct named){0, TEXT_NULL};
}

static bool write_queues(struct catalog *catalog, struct error *error) {
    struct json_writer *json = &catalog->json;
    struct catalog_queue *all;
    size_t count;
    if (!catalog_queues_read(catalog->context->db, &catalog->arena, &all, &count, error)) return false;
    json_name(json, "queues");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        if (!is_seen(catalog, &all[i])) continue;
        json_open_object(json);
        json_integer_member(json, "id", all[i].id);
        json_text_member(json, "title", all[i].title);
        value_named(json, "parent", parent_of(catalog, &all[i], all, count));
        value_boolean(json, "own", all[i].owner_id != 0);
        json_close_object(json);
    }
    json_close_array(json);
    return true;
}

bool catalog_queues(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run_for_agents(context, answer, write_queues, error);
}
