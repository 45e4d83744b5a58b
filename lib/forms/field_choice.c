// SPDX-License-Identifier: GPL-2.0-or-later
// Fields whose value is one or several of a list: choices of the field's own, and items of custom lists.
#include "forms/field.h"

#include "base/trim.h"
#include "base/words.h"
#include "forms/choice_line.h"
#include "json/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SELECTION_MAX 1000

// What can be chosen, and what was.
struct option {
    struct text key, label;
    size_t chosen; // 1 for what was chosen first; 0: was not
};

struct options {
    struct option *items;
    size_t count, chosen;
    const struct form_tables *tables; // of a list: abbreviations are found there
    int64_t list_id;
};

static void choose(struct options *options, struct option *option) {
    if (option && !option->chosen) option->chosen = ++options->chosen;
}

static struct option *by_key(struct options *options, struct text key) {
    for (size_t i = 0; i < options->count; i++)
        if (text_equal(options->items[i].key, key)) return &options->items[i];
    return NULL;
}

// A key that comes again gets the later label.
static struct options own_choices(struct filling *filling) {
    struct options options = {.list_id = 0};
    struct text lines = arena_copy(filling->arena, field_setting(filling, "choices", TEXT("")));
    struct choice_line line;
    while (choice_line_next(&lines, &line)) {
        struct option *option = by_key(&options, line.key);
        if (!option) option = arena_append(filling->arena, &options.items, &options.count, sizeof *option);
        if (option) *option = (struct option){line.key, line.label, 0};
    }
    return options;
}

static struct options list_items(struct filling *filling) {
    struct options options = {.tables = filling->tables};
    struct text type = filling->field->type;
    char id[24];
    if (!text_to_int64((struct text){type.data + 5, type.length - 5}, &options.list_id)) return options;
    for (size_t i = 0; i < filling->tables->list_item_count; i++) {
        const struct list_item *item = &filling->tables->list_items[i];
        if (item->list_id != options.list_id) continue;
        struct option *option = arena_append(filling->arena, &options.items, &options.count, sizeof *option);
        if (!option) break;
        snprintf(id, sizeof id, "%" PRId64, item->id);
        *option = (struct option){arena_copy(filling->arena, text_of(id)), item->value, 0};
    }
    return options;
}

// Where memory ended on the way there are fewer options than items.
static struct option *by_abbreviation(struct options *options, struct text text) {
    size_t place = 0;
    for (size_t i = 0; place < options->count && i < options->tables->list_item_count; i++) {
        const struct list_item *item = &options->tables->list_items[i];
        if (item->list_id != options->list_id) continue;
        if (item->abbreviation.length && text_equal_ignoring_case(item->abbreviation, text))
            return &options->items[place];
        place++;
    }
    return NULL;
}

// By key; in a list also by value, exactly or in any case of letters, and by abbreviation.
static struct option *find(struct options *options, struct text text) {
    struct option *option = by_key(options, text);
    if (option || !options->tables) return option;
    for (size_t i = 0; i < options->count; i++)
        if (text_equal(options->items[i].label, text)) return &options->items[i];
    for (size_t i = 0; i < options->count; i++)
        if (text_equal_ignoring_case(options->items[i].label, text)) return &options->items[i];
    return by_abbreviation(options, text);
}

// "a, b": each that is known.
static void choose_several(struct options *options, struct text text) {
    for (struct text item; text.length && list_next(&text, &item);)
        choose(options, by_key(options, trim_as_php(item)));
}

static bool choose_members(struct filling *filling, struct options *options, const struct input *given);

// A text that is JSON itself, as the database has values of these fields.
static bool choose_json(struct filling *filling, struct options *options, struct text text, bool *read) {
    struct error ignored = {0};
    struct input input;
    struct json_value *json = text.length && strchr("{[", text.data[0]) ? json_parse(text, &ignored) : NULL;
    *read = json != NULL;
    bool done = !json || (input_of_json(json, filling->arena, &input, filling->error) &&
                          choose_members(filling, options, &input));
    json_free(&json);
    return done;
}

static bool choose_text(struct filling *filling, struct options *options, struct text text) {
    bool read = false;
    choose(options, find(options, text));
    if (options->chosen || options->tables) return true;
    if (!choose_json(filling, options, text, &read)) return false;
    if (!read) choose_several(options, text);
    return true;
}

// A list of keys, or an object with keys as names, as {"id":"value"}.
static bool choose_members(struct filling *filling, struct options *options, const struct input *given) {
    if (given->count > SELECTION_MAX) return field_wrong_type(filling, "a shorter list of choices");
    for (size_t i = 0; i < given->count; i++) {
        const struct input *member = &given->members[i];
        if (member->kind == INPUT_LIST || member->kind == INPUT_MAP)
            return field_wrong_type(filling, "a choice or a list of choices");
        struct option *option = given->kind == INPUT_MAP ? by_key(options, member->name) : NULL;
        if (!option && input_text(member).length) option = find(options, input_text(member));
        choose(options, option);
    }
    return true;
}

static bool choose_given(struct filling *filling, struct options *options) {
    const struct input *given = filling->given;
    if (!input_is_true(given)) return true;
    if (given->kind == INPUT_LIST || given->kind == INPUT_MAP) return choose_members(filling, options, given);
    return choose_text(filling, options, given->text);
}

static void append(struct buffer *out, struct text text) {
    if (out->length) buffer_add_string(out, ", ");
    buffer_add_text(out, text);
}

static const struct option *chosen_at(const struct options *options, size_t place) {
    const struct option *option = options->items;
    while (option->chosen != place) option++;
    return option;
}

// {"key":"label",…}, the keys, and the labels.
static bool keep_chosen(struct filling *filling, const struct options *options) {
    struct buffer value = buffer_new((size_t)1 << 20), keys = buffer_new((size_t)1 << 20),
                  labels = buffer_new((size_t)1 << 20);
    for (size_t place = 1; place <= options->chosen; place++) {
        const struct option *option = chosen_at(options, place);
        buffer_add_char(&value, value.length ? ',' : '{');
        json_quote(option->key, &value);
        buffer_add_char(&value, ':');
        json_quote(option->label, &value);
        append(&keys, option->key);
        append(&labels, option->label);
    }
    buffer_add_char(&value, '}');
    bool failed = value.failed || keys.failed || labels.failed;
    filling->answer->value = arena_copy(filling->arena, buffer_text(&value));
    filling->answer->cdata = arena_copy(filling->arena, buffer_text(&keys));
    filling->answer->shown = arena_copy(filling->arena, buffer_text(&labels));
    buffer_free(&value);
    buffer_free(&keys);
    buffer_free(&labels);
    return !failed || field_wrong_type(filling, "a shorter list of choices");
}

// What is no key is kept as it came, of a list with commas the first part; PHP does not mind it either.
static void keep_unknown(struct filling *filling) {
    const struct input *given = filling->given;
    if (given && given->kind == INPUT_LIST && given->count) given = &given->members[0];
    struct text text = input_text(given);
    ptrdiff_t comma = text_find(text, TEXT(","), 0);
    if (comma > 0) text = trim_as_php((struct text){text.data, (size_t)comma});
    if (given && input_is_true(given)) filling->answer->value = text.length ? text : TEXT_NULL;
}

// Of a list PHP keeps the first alone when that is unknown.
static bool begins_unknown(const struct filling *filling, struct options *options) {
    const struct input *given = filling->given;
    return given && given->kind == INPUT_LIST && given->count && input_is_true(&given->members[0]) &&
           !by_key(options, input_text(&given->members[0]));
}

bool field_fill_choices(struct filling *filling, bool required) {
    struct options options = own_choices(filling);
    if (!choose_given(filling, &options)) return false;
    if (options.chosen && !begins_unknown(filling, &options)) return keep_chosen(filling, &options);
    keep_unknown(filling);
    if (required && !filling->answer->value.length) field_complain_required(filling);
    return true;
}

// What is in no list is no value.
bool field_fill_list(struct filling *filling, bool required) {
    struct options options = list_items(filling);
    if (!choose_given(filling, &options)) return false;
    if (options.chosen) return keep_chosen(filling, &options);
    if (required) field_complain_required(filling);
    return true;
}
