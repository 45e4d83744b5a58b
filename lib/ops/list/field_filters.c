// SPDX-License-Identifier: GPL-2.0-or-later
// From names of fields to columns, from labels to keys.
#include "ops/list/field_filters.h"

#include "base/words.h"
#include "ops/parameters.h"
#include "store/read/answer_columns.h"

#include <stdio.h>
#include <string.h>

#define LIST_TYPE TEXT("list-")

struct reading {
    const struct operation_context *context;
    struct arena *arena;
    struct ticket_conditions *conditions;
    const struct answer_column *columns;
    size_t column_count;
    struct error *error;
};

// Names the parameter that is at fault.
static bool blame(const struct reading *reading, struct text name) {
    char field[ERROR_FIELD_MAX];
    int length = snprintf(field, sizeof field, FIELD_FILTER "%.*s", (int)name.length, name.data);
    return error_field(reading->error,
                       (struct text){field, length < ERROR_FIELD_MAX ? (size_t)length : sizeof field - 1});
}

static bool refuse(const struct reading *reading, struct text name, const char *what, struct text word) {
    struct text shown = text_cut(word, PARAMETER_SHOWN), field = text_cut(name, PARAMETER_SHOWN);
    error_set(reading->error, ERROR_UNPROCESSABLE, FIELD_FILTER "%.*s: %s %.*s", (int)field.length,
              field.data, what, (int)shown.length, shown.data);
    return blame(reading, name);
}

static const struct answer_column *column_of(const struct reading *reading, struct text name) {
    bool as_client = principal_sees_as_client(reading->context->principal);
    struct text nearest = TEXT_NULL;
    for (size_t i = 0; i < reading->column_count; i++) {
        const struct answer_column *column = &reading->columns[i];
        if (as_client && !column->clients_see) continue;
        if (text_equal_ignoring_case(column->name, name)) return column;
        parameter_keep_nearer(name, column->name, &nearest);
    }
    refuse(reading, name, nearest.data ? "there is no such field; the nearest is" : "there is no such field",
           nearest);
    return NULL;
}

static bool add(const struct reading *reading, struct ticket_answer_condition *answer, struct text name,
                struct db_value value) {
    if (answer->count == TICKET_CONDITION_VALUES_MAX)
        return refuse(reading, name, "too many values, from", TEXT("the 51st on"));
    struct db_value *next = arena_append(reading->arena, &answer->values, &answer->count, sizeof *next);
    if (!next) return error_too_large(reading->error);
    *next = value;
    return true;
}

// The next line of choices, "key" or "key: label"; false at their end.
static bool next_choice(struct text *lines, struct text *key, struct text *label) {
    if (!lines->length) return false;
    ptrdiff_t end = text_find(*lines, TEXT("\n"), 0);
    size_t length = end < 0 ? lines->length : (size_t)end, behind = end < 0 ? length : length + 1;
    struct text line = {lines->data, length};
    *lines = (struct text){lines->data + behind, lines->length - behind};
    ptrdiff_t colon = text_find(line, TEXT(":"), 0);
    *key = text_trim((struct text){line.data, colon < 0 ? line.length : (size_t)colon});
    *label = *key;
    if (colon >= 0) *label = text_trim((struct text){line.data + colon + 1, line.length - (size_t)colon - 1});
    return true;
}

// The key of a choice, which is a key before it is a label.
static bool add_choice(const struct reading *reading, struct ticket_answer_condition *answer,
                       const struct answer_column *column, struct text word) {
    struct text key, label, nearest = TEXT_NULL, found = TEXT_NULL;
    for (struct text lines = column->choices; next_choice(&lines, &key, &label);) {
        if (text_equal_ignoring_case(key, word)) found = key;
        parameter_keep_nearer(word, label, &nearest);
    }
    for (struct text lines = column->choices; !found.data && next_choice(&lines, &key, &label);)
        if (text_equal_ignoring_case(label, word)) found = key;
    if (found.data) return add(reading, answer, column->name, db_key(found));
    error_set(reading->error, ERROR_UNPROCESSABLE,
              FIELD_FILTER "%.*s has no choice %.*s; the nearest is %.*s", (int)column->name.length,
              column->name.data, (int)word.length, word.data, (int)nearest.length, nearest.data);
    return blame(reading, column->name);
}

// The id of an item, or those of the items that are labelled so.
static bool add_item(const struct reading *reading, struct ticket_answer_condition *answer,
                     const struct answer_column *column, struct text word) {
    struct text digits = {column->type.data + LIST_TYPE.length, column->type.length - LIST_TYPE.length};
    int64_t list_id, id, *ids;
    size_t count;
    if (!text_to_int64(digits, &list_id)) list_id = 0;
    if (!listed_items_find(reading->context->db, list_id, word, reading->arena, &ids, &count, reading->error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!add(reading, answer, column->name, db_integer(ids[i]))) return false;
    if (count) return true;
    return text_to_int64(word, &id) ? add(reading, answer, column->name, db_integer(id))
                                    : refuse(reading, column->name, "no item is called", word);
}

static bool add_word(const struct reading *reading, struct ticket_answer_condition *answer,
                     const struct answer_column *column, struct text word) {
    if (text_equal(column->type, TEXT("choices"))) return add_choice(reading, answer, column, word);
    if (text_starts_with(column->type, LIST_TYPE)) return add_item(reading, answer, column, word);
    return add(reading, answer, column->name, db_key(word));
}

static bool add_filter(const struct reading *reading, struct text name, struct text value) {
    struct ticket_conditions *conditions = reading->conditions;
    const struct answer_column *column = column_of(reading, name);
    if (!column) return false;
    struct ticket_answer_condition answer = {.column = column->name,
                                             .is_choice = text_equal(column->type, TEXT("choices")) ||
                                                          text_starts_with(column->type, LIST_TYPE)};
    for (struct text list = value, word; list_next(&list, &word);)
        if (!add_word(reading, &answer, column, word)) return false;
    struct ticket_answer_condition *kept =
        arena_append(reading->arena, &conditions->answers, &conditions->answer_count, sizeof *kept);
    if (kept) *kept = answer;
    return kept || error_too_large(reading->error);
}

static bool next_filter(const struct operation_context *context, size_t *cursor, struct text *name,
                        struct text *value) {
    return context->next_parameter && context->next_parameter(context, FIELD_FILTER, cursor, name, value);
}

bool field_filters_read(const struct operation_context *context, struct arena *arena,
                        struct ticket_conditions *conditions, struct error *error) {
    struct reading reading = {.context = context, .arena = arena, .conditions = conditions, .error = error};
    struct answer_column *columns = NULL;
    struct text name, value;
    size_t cursor = 0;
    if (!next_filter(context, &cursor, &name, &value)) return true;
    if (!answer_columns_read(context->db, arena, &columns, &reading.column_count, error)) return false;
    reading.columns = columns;
    do {
        if (!add_filter(&reading, name, value)) return false;
    } while (next_filter(context, &cursor, &name, &value));
    return true;
}

static bool is_before(struct text a, struct text b) {
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order < 0 || (order == 0 && a.length < b.length);
}

// One after the other: each round takes the least of those behind the last one.
void field_filters_write(const struct operation_context *context, struct buffer *out) {
    for (struct text last = TEXT_NULL;;) {
        struct text least = TEXT_NULL, of_least = TEXT_NULL, name, value;
        for (size_t cursor = 0; next_filter(context, &cursor, &name, &value);) {
            bool is_left = text_is_null(last) || is_before(last, name);
            if (!is_left || (!text_is_null(least) && !is_before(name, least))) continue;
            least = name;
            of_least = value;
        }
        if (text_is_null(least)) return;
        buffer_add_format(out, FIELD_FILTER "%zu:", least.length);
        buffer_add_text(out, least);
        buffer_add_format(out, "=%zu:", of_least.length);
        buffer_add_text(out, of_least);
        last = least;
    }
}
