// SPDX-License-Identifier: GPL-2.0-or-later
// GET /forms.json: what a new ticket asks for. spec: operations.md 3.7.
#include "store/catalog/forms.h"
#include "forms/disabled.h"
#include "ops/catalog/catalog.h"
#include "ops/catalog/field.h"
#include "ops/catalog/place.h"
#include "ops/catalog/topic_seen.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/values.h"

static bool refuse(const char *what, struct text topic, struct error *error) {
    struct text shown = text_cut(topic, PARAMETER_SHOWN);
    error_set(error, ERROR_UNPROCESSABLE, "topic: %s %.*s", what, (int)shown.length, shown.data);
    return error_field(error, TEXT("topic"));
}

// The help topic that is asked for, by its id or path; NULL: none is.
static bool find_topic(struct catalog *catalog, const struct catalog_place **topic, struct error *error) {
    struct text word = catalog->context->parameter(catalog->context, "topic");
    const struct catalog_place *found;
    struct catalog_topic *items;
    size_t count;
    *topic = NULL;
    if (text_is_null(word)) return true;
    if (!catalog_topics_read(catalog->context->db, &catalog->arena, &items, &count, error)) return false;
    const struct places topics = PLACES_OF(items, count);
    int many = place_find(&topics, word, &found);
    if (many > 1) return refuse("several are called", word, error);
    if (!many || !topic_is_seen(&catalog->audience, &topics, (const struct catalog_topic *)found))
        return refuse("none is called", word, error);
    *topic = found;
    return true;
}

static bool has_lists(const struct catalog_form *forms, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < forms[i].field_count; k++)
            if (text_starts_with(forms[i].fields[k].type, TEXT("list-"))) return true;
    return false;
}

// Clients get the fields that they see, and no form without any.
static bool is_shown(const struct catalog *catalog, const struct catalog_form *form,
                     const struct json_value *extra) {
    if (!catalog->audience.is_client) return true;
    for (size_t i = 0; i < form->field_count; i++)
        if (field_is_seen_by_clients(&form->fields[i], topic_disables_field(extra, form->fields[i].id)))
            return true;
    return false;
}

static struct text kind_of(struct text type) {
    return text_equal(type, TEXT("U"))   ? TEXT("user")
           : text_equal(type, TEXT("T")) ? TEXT("ticket")
                                         : TEXT("topic");
}

static void write_form(struct catalog *catalog, const struct catalog_form *form,
                       const struct json_value *extra, const struct field_choices *choices) {
    struct json_writer *json = &catalog->json;
    json_open_object(json);
    json_integer_member(json, "id", form->id);
    json_text_member(json, "kind", kind_of(form->type));
    json_text_member(json, "title", form->title);
    value_text(json, "instructions", form->instructions);
    json_name(json, "fields");
    json_open_array(json);
    for (size_t i = 0; i < form->field_count; i++) {
        const struct catalog_field *field = &form->fields[i];
        bool disabled = topic_disables_field(extra, field->id), for_clients = catalog->audience.is_client;
        if (!for_clients || field_is_seen_by_clients(field, disabled))
            field_write(json, field, disabled, for_clients, choices, &catalog->arena);
    }
    json_close_array(json);
    json_close_object(json);
}

// Whose id a new ticket names as topicId.
static void write_topic(struct json_writer *json, const struct catalog_place *topic) {
    json_name(json, "topic");
    if (!topic) {
        json_null(json);
        return;
    }
    json_open_object(json);
    json_integer_member(json, "id", topic->id);
    json_text_member(json, "name", topic->name);
    json_close_object(json);
}

static void write_all(struct catalog *catalog, const struct catalog_form *forms, size_t count,
                      const struct field_choices *choices) {
    struct error ignored = {0};
    json_name(&catalog->json, "forms");
    json_open_array(&catalog->json);
    for (size_t i = 0; i < count; i++) {
        struct json_value *extra = forms[i].extra.length ? json_parse(forms[i].extra, &ignored) : NULL;
        if (is_shown(catalog, &forms[i], extra)) write_form(catalog, &forms[i], extra, choices);
        json_free(&extra);
    }
    json_close_array(&catalog->json);
}

static bool write_forms(struct catalog *catalog, struct error *error) {
    struct db *db = catalog->context->db;
    struct help_desk help_desk;
    struct field_choices choices = {.help_desk = &help_desk};
    struct catalog_item *items = NULL;
    struct catalog_form *forms;
    size_t count;
    const struct catalog_place *topic = NULL;
    if (!find_topic(catalog, &topic, error)) return false;
    int64_t topic_id = topic ? topic->id : 0;
    bool done = catalog_forms_read(db, topic_id, &catalog->arena, &forms, &count, error) &&
                help_desk_load(db, &catalog->arena, &help_desk, error) &&
                (!has_lists(forms, count) || catalog_items_of_forms_read(db, topic_id, &catalog->arena,
                                                                         &items, &choices.item_count, error));
    if (!done) return false;
    choices.items = items;
    write_topic(&catalog->json, topic);
    write_all(catalog, forms, count, &choices);
    return !catalog->arena.failed || error_too_large(error);
}

bool catalog_forms(struct operation_context *context, struct answer *answer, struct error *error) {
    return catalog_run(context, answer, write_forms, error);
}
