// SPDX-License-Identifier: GPL-2.0-or-later
// GET /lists/{id}.json: what a list of the administrator's holds. spec: operations.md 3.7.
#include "ops/catalog/catalog.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/values.h"
#include "store/catalog/desk.h"
#include "store/catalog/forms.h"
#include "store/help_desk.h"

static void write_item(struct catalog *catalog, const struct catalog_item *item) {
    struct json_writer *json = &catalog->json;
    json_open_object(json);
    json_integer_member(json, "id", item->id);
    json_text_member(json, "value", item->value);
    value_text(json, "abbreviation", item->abbreviation);
    value_boolean(json, "enabled", (item->status & ITEM_STATUS_ENABLED) != 0);
    json_close_object(json);
}

// The list of statuses has its items in their own table.
static bool read_statuses(struct catalog *catalog, struct catalog_item **items, size_t *count,
                          struct error *error) {
    struct catalog_status *statuses;
    size_t status_count;
    if (!catalog_statuses_read(catalog->context->db, &catalog->arena, &statuses, &status_count, error))
        return false;
    for (size_t i = 0; i < status_count; i++) {
        struct catalog_item *item = arena_append(&catalog->arena, items, count, sizeof *item);
        if (!item) return error_too_large(error);
        *item = (struct catalog_item){.id = statuses[i].id,
                                      .status = statuses[i].mode & STATUS_MODE_ENABLED,
                                      .value = statuses[i].name,
                                      .abbreviation = TEXT_NULL};
    }
    return true;
}

static bool read_items(struct catalog *catalog, const struct catalog_list *list, struct catalog_item **items,
                       size_t *count, struct error *error) {
    *items = NULL;
    *count = 0;
    return text_equal(list->type, TEXT("ticket-status"))
               ? read_statuses(catalog, items, count, error)
               : catalog_items_read(catalog->context->db, list->id, &catalog->arena, items, count, error);
}

static bool write_list(struct catalog *catalog, struct error *error) {
    struct json_writer *json = &catalog->json;
    int64_t id = parameter_integer(catalog->context, "id", 0);
    bool with_disabled = parameter_is(catalog->context, "all", "1");
    struct catalog_item *items;
    struct catalog_list list;
    size_t count;
    int found = catalog_list_read(catalog->context->db, id, &catalog->arena, &list, error);
    if (found == 0) error_set(error, ERROR_NOT_FOUND, "There is no such list");
    if (found <= 0 || !read_items(catalog, &list, &items, &count, error)) return false;
    json_name(json, "list");
    json_open_object(json);
    json_integer_member(json, "id", list.id);
    json_text_member(json, "name", list.name);
    value_text(json, "name_plural", list.plural);
    json_name(json, "items");
    json_open_array(json);
    for (size_t i = 0; i < count; i++)
        if (with_disabled || items[i].status & ITEM_STATUS_ENABLED) write_item(catalog, &items[i]);
    json_close_array(json);
    json_close_object(json);
    return true;
}

bool catalog_list(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run_for_agents(context, answer, write_list, error);
}
