// SPDX-License-Identifier: GPL-2.0-or-later
// GET /lists/{id}.json: what a list of the administrator's holds. spec: operations.md 3.7.
#include "base/digits.h"
#include "ops/catalog/catalog.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/fields.h"
#include "ops/read/values.h"
#include "store/catalog/desk.h"
#include "store/catalog/forms.h"
#include "store/help_desk.h"
#include "json/reader.h"

struct list_items {
    struct catalog_item *items;
    size_t count;
    struct catalog_field *fields;
    size_t field_count;
};

// What stands under the field's id; osTicket's own statuses have some under its name.
static const struct json_value *property_of(const struct json_value *properties,
                                            const struct catalog_field *field) {
    char room[DIGITS_MAX];
    const struct json_value *value = json_member(properties, digits_of((uint64_t)field->id, false, room));
    return value || !field->name.length ? value : json_member(properties, field->name.data);
}

static void write_property(struct json_writer *json, struct text type, const struct json_value *value) {
    char room[DIGITS_MAX];
    int64_t number = json_value_integer(value);
    switch (json_kind(value)) {
    case JSON_OBJECT: field_choices_write(json, type, value); break;
    case JSON_BOOLEAN:
        field_value_write(json, type, json_value_boolean(value) ? TEXT("1") : TEXT("0"));
        break;
    case JSON_INTEGER:
        field_value_write(
            json, type,
            text_of(digits_of(number < 0 ? 0 - (uint64_t)number : (uint64_t)number, number < 0, room)));
        break;
    default: field_value_write(json, type, json_value_text(value));
    }
}

static void write_properties(struct catalog *catalog, const struct list_items *list,
                             const struct catalog_item *item) {
    struct json_writer *json = &catalog->json;
    struct error ignored = {0};
    struct json_value *properties = item->properties.length ? json_parse(item->properties, &ignored) : NULL;
    json_name(json, "properties");
    json_open_array(json);
    for (size_t i = 0; i < list->field_count; i++) {
        const struct catalog_field *field = &list->fields[i];
        json_open_object(json);
        json_integer_member(json, "id", field->id);
        value_text(json, "name", field->name);
        json_text_member(json, "label", field->label);
        json_text_member(json, "type", field->type);
        json_name(json, "value");
        write_property(json, field->type, property_of(properties, field));
        if (field_is_opaque(field->type)) value_boolean(json, "opaque", true);
        json_close_object(json);
    }
    json_close_array(json);
    json_free(&properties);
}

static void write_item(struct catalog *catalog, const struct list_items *list,
                       const struct catalog_item *item) {
    struct json_writer *json = &catalog->json;
    json_open_object(json);
    json_integer_member(json, "id", item->id);
    json_text_member(json, "value", item->value);
    value_text(json, "abbreviation", item->abbreviation);
    value_boolean(json, "enabled", (item->status & ITEM_STATUS_ENABLED) != 0);
    write_properties(catalog, list, item);
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
                                      .abbreviation = TEXT_NULL,
                                      .properties = statuses[i].properties};
    }
    return true;
}

static bool read_items(struct catalog *catalog, const struct catalog_list *list, struct list_items *read,
                       struct error *error) {
    struct db *db = catalog->context->db;
    *read = (struct list_items){0};
    bool done = text_equal(list->type, TEXT("ticket-status"))
                    ? read_statuses(catalog, &read->items, &read->count, error)
                    : catalog_items_read(db, list->id, &catalog->arena, &read->items, &read->count, error);
    return done &&
           catalog_properties_read(db, list->id, &catalog->arena, &read->fields, &read->field_count, error);
}

static bool write_list(struct catalog *catalog, struct error *error) {
    struct json_writer *json = &catalog->json;
    int64_t id = parameter_integer(catalog->context, "id", 0);
    bool with_disabled = parameter_is(catalog->context, "all", "1");
    struct list_items read;
    struct catalog_list list;
    int found = catalog_list_read(catalog->context->db, id, &catalog->arena, &list, error);
    if (found == 0) error_set(error, ERROR_NOT_FOUND, "There is no such list");
    if (found <= 0 || !read_items(catalog, &list, &read, error)) return false;
    json_name(json, "list");
    json_open_object(json);
    json_integer_member(json, "id", list.id);
    json_text_member(json, "name", list.name);
    value_text(json, "name_plural", list.plural);
    json_name(json, "items");
    json_open_array(json);
    for (size_t i = 0; i < read.count; i++)
        if (with_disabled || read.items[i].status & ITEM_STATUS_ENABLED)
            write_item(catalog, &read, &read.items[i]);
    json_close_array(json);
    json_close_object(json);
    return true;
}

bool catalog_list(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run_for_agents(context, answer, write_list, error);
}
