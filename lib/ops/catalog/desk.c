// SPDX-License-Identifier: GPL-2.0-or-later
// GET /statuses.json, /priorities.json, /slas.json, /sources.json. spec: operations.md 3.7.
#include "store/catalog/desk.h"
#include "ops/catalog/catalog.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/values.h"
#include "ops/ticket/reopening.h"
#include "store/help_desk.h"

// Where a status that lets tickets come back says into which one; null: into the help desk's usual one.
static void write_reopening(struct catalog *catalog, const struct catalog_status *status,
                            const struct catalog_status *all, size_t count) {
    const struct ticket_status as_ticket = {.id = status->id, .properties = status->properties};
    struct reopening reopening = reopening_of(&as_ticket);
    struct named target = {0, TEXT_NULL};
    for (size_t i = 0; i < count; i++)
        if (reopening.status_id == all[i].id) target = (struct named){all[i].id, all[i].name};
    value_boolean(&catalog->json, "allow_reopen", reopening_is_allowed(reopening));
    value_named(&catalog->json, "reopen_status", target);
}

static bool write_statuses(struct catalog *catalog, struct error *error) {
    struct json_writer *json = &catalog->json;
    struct catalog_status *all;
    size_t count;
    bool with_disabled = parameter_is(catalog->context, "all", "1");
    if (!catalog_statuses_read(catalog->context->db, &catalog->arena, &all, &count, error)) return false;
    json_name(json, "statuses");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        bool is_enabled = (all[i].mode & STATUS_MODE_ENABLED) != 0;
        if (!is_enabled && !with_disabled) continue;
        json_open_object(json);
        json_integer_member(json, "id", all[i].id);
        json_text_member(json, "name", all[i].name);
        json_text_member(json, "state", all[i].state);
        value_boolean(json, "enabled", is_enabled);
        if (!catalog->audience.is_client) write_reopening(catalog, &all[i], all, count);
        json_close_object(json);
    }
    json_close_array(json);
    return true;
}

bool catalog_statuses(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run(context, answer, write_statuses, error);
}

// Named as tickets and filters name them.
static bool write_priorities(struct catalog *catalog, struct error *error) {
    struct json_writer *json = &catalog->json;
    struct catalog_priority *all;
    size_t count;
    if (!catalog_priorities_read(catalog->context->db, &catalog->arena, &all, &count, error)) return false;
    json_name(json, "priorities");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        if (catalog->audience.is_client && !all[i].is_public) continue;
        json_open_object(json);
        json_integer_member(json, "id", all[i].id);
        json_text_member(json, "name", all[i].label);
        json_text_member(json, "key", all[i].name);
        value_text(json, "color", all[i].color);
        json_integer_member(json, "urgency", all[i].urgency);
        value_boolean(json, "public", all[i].is_public);
        json_close_object(json);
    }
    json_close_array(json);
    return true;
}

bool catalog_priorities(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run(context, answer, write_priorities, error);
}

static bool write_slas(struct catalog *catalog, struct error *error) {
    struct json_writer *json = &catalog->json;
    struct catalog_sla *all;
    size_t count;
    if (!catalog_slas_read(catalog->context->db, &catalog->arena, &all, &count, error)) return false;
    json_name(json, "slas");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        json_open_object(json);
        json_integer_member(json, "id", all[i].id);
        json_text_member(json, "name", all[i].name);
        json_integer_member(json, "grace_hours", all[i].grace_hours);
        value_named(json, "schedule", all[i].schedule);
        value_boolean(json, "active", (all[i].flags & SLA_FLAG_ACTIVE) != 0);
        value_boolean(json, "transient", (all[i].flags & SLA_FLAG_TRANSIENT) != 0);
        value_boolean(json, "alerts", !(all[i].flags & SLA_FLAG_NO_ALERTS));
        json_close_object(json);
    }
    json_close_array(json);
    return true;
}

bool catalog_slas(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run_for_agents(context, answer, write_slas, error);
}

// Those that osTicket knows, as the column has them.
static bool write_sources(struct catalog *catalog, struct error *error) {
    static const char *const all[] = {"Phone", "Email", "Web", "API", "Other"};
    struct json_writer *json = &catalog->json;
    (void)error;
    json_name(json, "sources");
    json_open_array(json);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        json_open_object(json);
        json_text_member(json, "name", text_of(all[i]));
        json_close_object(json);
    }
    json_close_array(json);
    return true;
}

bool catalog_sources(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run(context, answer, write_sources, error);
}
