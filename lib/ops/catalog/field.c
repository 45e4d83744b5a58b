// SPDX-License-Identifier: GPL-2.0-or-later
// Fields by their types.
#include "ops/catalog/field.h"

#include "base/digits.h"
#include "forms/choice_line.h"
#include "forms/form.h"
#include "ops/entry/attachment_policy.h"
#include "ops/read/values.h"
#include "json/reader.h"

#include <inttypes.h>
#include <stdio.h>

struct drawing {
    struct json_writer *json;
    struct arena *arena;
    const struct catalog_field *field;
    const struct json_value *configuration; // NULL: none, or none that can be read
    const struct field_choices *choices;
};

// A member of the configuration as text, `fallback` where it is absent or null.
static struct text setting(const struct drawing *drawing, const char *name, struct text fallback) {
    const struct json_value *value = json_member(drawing->configuration, name);
    switch (json_kind(value)) {
    case JSON_ABSENT:
    case JSON_NULL: return fallback;
    case JSON_TEXT: return json_value_text(value);
    case JSON_BOOLEAN: return json_value_boolean(value) ? TEXT("1") : TEXT("");
    case JSON_INTEGER: return arena_integer(drawing->arena, json_value_integer(value));
    case JSON_REAL:
    case JSON_ARRAY:
    case JSON_OBJECT: break;
    }
    return TEXT("");
}

static bool is_on(struct text text) {
    return text.length && !text_equal(text, TEXT("0"));
}

static void write_switch(const struct drawing *drawing, const char *name, const char *member, bool fallback) {
    value_boolean(drawing->json, name, is_on(setting(drawing, member, fallback ? TEXT("1") : TEXT(""))));
}

static void write_text(const struct drawing *drawing, const char *name, const char *member) {
    value_text(drawing->json, name, setting(drawing, member, TEXT_NULL));
}

// Null for what is no number above 0: no bound.
static void write_number(const struct drawing *drawing, const char *name, const char *member,
                         struct text fallback) {
    int64_t number;
    if (text_to_int64(text_trim(setting(drawing, member, fallback)), &number) && number > 0) {
        json_integer_member(drawing->json, name, number);
        return;
    }
    json_name(drawing->json, name);
    json_null(drawing->json);
}

static void write_numbered_choice(struct json_writer *json, int64_t id, struct text label) {
    char key[DIGITS_MAX + 1];
    snprintf(key, sizeof key, "%" PRId64, id);
    value_choice(json, text_of(key), label);
}

// The key that is chosen at first: of {"4":"Pier 4"} the name.
static void write_default(const struct drawing *drawing) {
    const struct json_value *value = json_member(drawing->configuration, "default"), *ignored;
    struct text key = setting(drawing, "default", TEXT_NULL);
    void *cursor = NULL;
    if (json_kind(value) == JSON_OBJECT) json_next_member(value, &cursor, &key, &ignored);
    value_text(drawing->json, "default", key);
}

static void draw_text(const struct drawing *drawing) {
    struct text validator = setting(drawing, "validator", TEXT_NULL);
    bool has_pattern = text_equal(validator, TEXT("regex"));
    write_number(drawing, "size", "size", TEXT("16"));
    write_number(drawing, "max_length", "length", TEXT("30"));
    value_text(drawing->json, "validator", validator);
    value_text(drawing->json, "pattern", has_pattern ? setting(drawing, "regex", TEXT_NULL) : TEXT_NULL);
    write_text(drawing, "message", "validator-error");
    write_text(drawing, "placeholder", "placeholder");
}

static void draw_memo(const struct drawing *drawing) {
    write_number(drawing, "columns", "cols", TEXT("40"));
    write_number(drawing, "rows", "rows", TEXT("4"));
    write_number(drawing, "max_length", "length", TEXT("0"));
    write_switch(drawing, "html", "html", true);
    write_text(drawing, "placeholder", "placeholder");
}

static void draw_bool(const struct drawing *drawing) {
    write_text(drawing, "description", "desc");
}

static void draw_phone(const struct drawing *drawing) {
    write_switch(drawing, "extension", "ext", true);
    write_number(drawing, "min_digits", "digits", TEXT("7"));
    value_text(drawing->json, "format", setting(drawing, "format", TEXT("us")));
}

// Which of the choices so far has the key; `count` where none has.
static size_t place_of(const struct choice_line *choices, size_t count, struct text key) {
    size_t place = 0;
    while (place < count && !text_equal(choices[place].key, key)) place++;
    return place;
}

// A key that comes again gets the later label. Empty lines are none.
static void write_own_choices(const struct drawing *drawing) {
    struct text lines = setting(drawing, "choices", TEXT(""));
    struct choice_line line, *choices = NULL;
    size_t count = 0;
    while (choice_line_next(&lines, &line)) {
        size_t place = place_of(choices, count, line.key);
        if (!line.key.length) continue;
        if (place >= count && !arena_append(drawing->arena, &choices, &count, sizeof line)) break;
        choices[place] = line;
    }
    for (size_t i = 0; i < count; i++) value_choice(drawing->json, choices[i].key, choices[i].label);
}

static void write_items(const struct drawing *drawing) {
    const struct field_choices *choices = drawing->choices;
    struct text type = drawing->field->type;
    int64_t list_id = 0;
    if (!text_to_int64((struct text){type.data + 5, type.length - 5}, &list_id)) return;
    for (size_t i = 0; i < choices->item_count; i++)
        if (choices->items[i].list_id == list_id)
            write_numbered_choice(drawing->json, choices->items[i].id, choices->items[i].value);
}

static void write_priorities(const struct drawing *drawing) {
    const struct help_desk *desk = drawing->choices->help_desk;
    for (size_t i = 0; i < desk->priority_count; i++)
        write_numbered_choice(drawing->json, desk->priorities[i].id, desk->priorities[i].description);
}

static void draw_choices(const struct drawing *drawing, void (*write)(const struct drawing *drawing)) {
    json_name(drawing->json, "choices");
    json_open_array(drawing->json);
    write(drawing);
    json_close_array(drawing->json);
    write_default(drawing);
    write_text(drawing, "prompt", "prompt");
}

static void draw_own_choices(const struct drawing *drawing) {
    draw_choices(drawing, write_own_choices);
    write_switch(drawing, "multiple", "multiselect", false);
}

// A list that is typed ahead in takes one item, whatever else is said.
static void draw_list(const struct drawing *drawing) {
    struct text widget = setting(drawing, "widget", TEXT("dropdown"));
    bool one = text_equal(widget, TEXT("typeahead"));
    draw_choices(drawing, write_items);
    value_boolean(drawing->json, "multiple", !one && is_on(setting(drawing, "multiselect", TEXT(""))));
    value_text(drawing->json, "widget", widget);
    write_text(drawing, "message", "validator-error");
}

static void draw_priority(const struct drawing *drawing) {
    draw_choices(drawing, write_priorities);
}

// Bounds as they are stored: "2026-03-05 00:00:00 UTC".
static void draw_datetime(const struct drawing *drawing) {
    write_switch(drawing, "time", "time", false);
    write_text(drawing, "timezone", "timezone");
    write_switch(drawing, "timezone_aware", "gmt", false);
    write_text(drawing, "min", "min");
    write_text(drawing, "max", "max");
    write_switch(drawing, "future", "future", true);
}

static void write_words(struct json_writer *json, const char *name, const struct text *words, size_t count) {
    json_name(json, name);
    json_open_array(json);
    for (size_t i = 0; i < count; i++) json_text(json, words[i]);
    json_close_array(json);
}

// Null where no file may come along; no extensions and no types: any.
static void write_files(const struct drawing *drawing, bool always) {
    struct attachment_policy policy;
    struct json_writer *json = drawing->json;
    attachment_policy_read(drawing->field->configuration, drawing->choices->help_desk, drawing->arena,
                           &policy);
    json_name(json, "files");
    if (!policy.enabled && !always) {
        json_null(json);
        return;
    }
    json_open_object(json);
    json_name(json, "max_size");
    if (policy.is_limited)
        json_integer(json, policy.max_size > 0 ? policy.max_size : 0);
    else
        json_null(json);
    write_words(json, "extensions", policy.extensions, policy.extension_count);
    write_words(json, "types", policy.types, policy.type_count);
    write_number(drawing, "max_count", "max", TEXT(""));
    json_close_object(json);
}

static void draw_thread(const struct drawing *drawing) {
    value_boolean(drawing->json, "html",
                  help_desk_switch(drawing->choices->help_desk, "enable_richtext", true));
    write_files(drawing, false);
}

static void draw_files(const struct drawing *drawing) {
    write_files(drawing, true);
}

static void draw_info(const struct drawing *drawing) {
    write_text(drawing, "content", "content");
}

static void draw_nothing(const struct drawing *drawing) {
    (void)drawing;
}

static void draw_unknown(const struct drawing *drawing) {
    value_boolean(drawing->json, "opaque", true);
}

static void draw(const struct drawing *drawing) {
    static const struct {
        const char *type;
        void (*draw)(const struct drawing *drawing);
    } types[] = {{"text", draw_text},         {"memo", draw_memo},           {"bool", draw_bool},
                 {"phone", draw_phone},       {"choices", draw_own_choices}, {"priority", draw_priority},
                 {"datetime", draw_datetime}, {"thread", draw_thread},       {"files", draw_files},
                 {"info", draw_info},         {"break", draw_nothing}};
    struct text type = drawing->field->type;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_equal(type, text_of(types[i].type))) {
            types[i].draw(drawing);
            return;
        }
    (form_type_is_known(type) ? draw_list : draw_unknown)(drawing);
}

static bool shows(const struct catalog_field *field, bool is_disabled, int64_t flag) {
    return !is_disabled && field->flags & FIELD_FLAG_ENABLED && field->flags & flag;
}

bool field_is_seen_by_clients(const struct catalog_field *field, bool is_disabled) {
    return form_field_is_for_clients(field->flags, is_disabled);
}

static void write_for_both(struct json_writer *json, const char *name, bool client, bool agent) {
    json_name(json, name);
    json_open_object(json);
    value_boolean(json, "client", client);
    value_boolean(json, "agent", agent);
    json_close_object(json);
}

static void write_rights(struct json_writer *json, const struct catalog_field *field, bool is_disabled) {
    write_for_both(json, "required", (field->flags & FIELD_FLAG_CLIENT_REQUIRED) != 0,
                   (field->flags & FIELD_FLAG_AGENT_REQUIRED) != 0);
    write_for_both(json, "visible", shows(field, is_disabled, FIELD_FLAG_CLIENT_VIEW),
                   shows(field, is_disabled, FIELD_FLAG_AGENT_VIEW));
    write_for_both(json, "editable", shows(field, is_disabled, FIELD_FLAG_CLIENT_EDIT),
                   shows(field, is_disabled, FIELD_FLAG_AGENT_EDIT));
    value_boolean(json, "required_to_close", (field->flags & FIELD_FLAG_CLOSE_REQUIRED) != 0);
    value_boolean(json, "disabled", is_disabled);
}

void field_write(struct json_writer *json, const struct catalog_field *field, bool is_disabled,
                 bool for_clients, const struct field_choices *choices, struct arena *arena) {
    struct error ignored = {0};
    struct json_value *configuration =
        field->configuration.length ? json_parse(field->configuration, &ignored) : NULL;
    const struct drawing drawing = {json, arena, field, configuration, choices};
    json_open_object(json);
    json_integer_member(json, "id", field->id);
    value_text(json, "name", field->name);
    json_text_member(json, "label", field->label);
    json_text_member(json, "type", field->type);
    value_text(json, "hint", field->hint);
    if (for_clients)
        value_boolean(json, "required", (field->flags & FIELD_FLAG_CLIENT_REQUIRED) != 0);
    else
        write_rights(json, field, is_disabled);
    draw(&drawing);
    json_close_object(json);
    json_free(&configuration);
}
