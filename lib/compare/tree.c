// SPDX-License-Identifier: GPL-2.0-or-later
// Two JSON trees beside each other.
#include "compare/tree.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void add(char *to, size_t size, struct text text) {
    size_t used = strlen(to);
    for (size_t i = 0; i < text.length && used + 1 < size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        to[used++] = byte >= ' ' && byte < 0x7F ? (char)byte : '.';
    }
    to[used] = '\0';
}

// "tickets[310042].thread_entries[7].body"
static void write_place(const struct place *place, char where[COMPARISON_WHERE_MAX]) {
    if (!place) return;
    write_place(place->parent, where);
    if (!place->element && *where) add(where, COMPARISON_WHERE_MAX, TEXT("."));
    if (place->element) add(where, COMPARISON_WHERE_MAX, TEXT("["));
    add(where, COMPARISON_WHERE_MAX, place->name);
    if (place->element) add(where, COMPARISON_WHERE_MAX, TEXT("]"));
}

static void write_value(const struct json_value *value, char to[COMPARISON_VALUE_MAX]) {
    to[0] = '\0';
    switch (json_kind(value)) {
    case JSON_ABSENT: add(to, COMPARISON_VALUE_MAX, TEXT("nothing")); break;
    case JSON_NULL: add(to, COMPARISON_VALUE_MAX, TEXT("null")); break;
    case JSON_BOOLEAN:
        add(to, COMPARISON_VALUE_MAX, json_value_boolean(value) ? TEXT("true") : TEXT("false"));
        break;
    case JSON_INTEGER: snprintf(to, COMPARISON_VALUE_MAX, "%" PRId64, json_value_integer(value)); break;
    case JSON_REAL: snprintf(to, COMPARISON_VALUE_MAX, "%.15g", json_value_real(value)); break;
    case JSON_TEXT:
        add(to, COMPARISON_VALUE_MAX, TEXT("\""));
        add(to, COMPARISON_VALUE_MAX - 1, json_value_text(value));
        add(to, COMPARISON_VALUE_MAX, TEXT("\""));
        break;
    case JSON_ARRAY: snprintf(to, COMPARISON_VALUE_MAX, "an array of %zu", json_count(value)); break;
    case JSON_OBJECT: snprintf(to, COMPARISON_VALUE_MAX, "an object of %zu", json_count(value)); break;
    }
}

void trees_differ(struct trees *trees, const struct place *place, const struct json_value *php,
                  const struct json_value *ours) {
    struct comparison *result = trees->result;
    if (result->unknown++) return;
    result->where[0] = '\0';
    write_place(place, result->where);
    write_value(php, result->php);
    write_value(ours, result->ours);
}

// Whether `php` is `ours` with a "?" for each character above U+FFFF, as a connection of three bytes a
// character reads it.
static bool is_narrowed(struct text php, struct text ours) {
    size_t at = 0;
    bool narrowed = false;
    for (size_t i = 0; i < ours.length; narrowed = true) {
        size_t start = i;
        bool wide = text_next_code_point(ours, &i) > 0xFFFF;
        size_t length = wide ? 1 : i - start;
        if (php.length - at < length ||
            (wide ? php.data[at] != '?' : memcmp(php.data + at, ours.data + start, length) != 0))
            return false;
        at += length;
    }
    return narrowed && at == php.length && text_has_supplementary(ours);
}

static bool is_equal_scalar(struct trees *trees, const struct json_value *php,
                            const struct json_value *ours) {
    switch (json_kind(php)) {
    case JSON_BOOLEAN: return json_value_boolean(php) == json_value_boolean(ours);
    case JSON_INTEGER: return json_value_integer(php) == json_value_integer(ours);
    case JSON_REAL: return json_value_real(php) == json_value_real(ours);
    case JSON_TEXT: break;
    default: return true;
    }
    struct text theirs = json_value_text(php), here = json_value_text(ours);
    if (text_equal(theirs, here)) return true;
    if (!is_narrowed(theirs, here)) return false;
    trees->result->met[DEPARTURE_WIDE_CHARACTERS] = true;
    return true;
}

static const struct json_value *find_member(const struct json_value *object, struct text wanted) {
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    while (json_next_member(object, &cursor, &name, &value))
        if (text_equal(name, wanted)) return value;
    return NULL;
}

// The next member of one object that the other has, too.
static bool next_common(const struct json_value *object, const struct json_value *other, void **cursor,
                        struct text *name) {
    const struct json_value *value;
    while (json_next_member(object, cursor, name, &value))
        if (find_member(other, *name)) return true;
    return false;
}

static bool is_in_order(const struct json_value *php, const struct json_value *ours) {
    void *one = NULL, *other = NULL;
    struct text left, right;
    while (next_common(php, ours, &one, &left))
        if (!next_common(ours, php, &other, &right) || !text_equal(left, right)) return false;
    return true;
}

static void compare_member(struct trees *trees, const struct place *parent, struct text name,
                           const struct json_value *php, const struct json_value *ours) {
    struct place place = {parent, name, false};
    if (member_departs(trees, &place, php, ours)) return;
    if (php && ours)
        values_compare(trees, &place, php, ours);
    else
        trees_differ(trees, &place, php, ours);
}

static void compare_objects(struct trees *trees, const struct place *place, const struct json_value *php,
                            const struct json_value *ours) {
    void *cursor = NULL;
    struct text name;
    const struct json_value *value;
    while (json_next_member(php, &cursor, &name, &value))
        compare_member(trees, place, name, value, find_member(ours, name));
    cursor = NULL;
    while (json_next_member(ours, &cursor, &name, &value))
        if (!find_member(php, name)) compare_member(trees, place, name, NULL, value);
    if (is_in_order(php, ours)) return;
    struct place order = {place, TEXT("(order of members)"), false};
    trees_differ(trees, &order, php, ours);
}

static void compare_arrays(struct trees *trees, const struct place *place, const struct json_value *php,
                           const struct json_value *ours) {
    char index[24];
    if (json_count(php) != json_count(ours)) {
        trees_differ(trees, place, php, ours);
        return;
    }
    for (size_t i = 0; i < json_count(php); i++) {
        snprintf(index, sizeof index, "%zu", i);
        struct place element = {place, text_of(index), true};
        values_compare(trees, &element, json_element(php, i), json_element(ours, i));
    }
}

void values_compare(struct trees *trees, const struct place *place, const struct json_value *php,
                    const struct json_value *ours) {
    if (json_kind(php) != json_kind(ours))
        trees_differ(trees, place, php, ours);
    else if (json_kind(php) == JSON_OBJECT)
        compare_objects(trees, place, php, ours);
    else if (json_kind(php) == JSON_ARRAY)
        compare_arrays(trees, place, php, ours);
    else if (!is_equal_scalar(trees, php, ours))
        trees_differ(trees, place, php, ours);
}

// The element with that key. Looked for from where the last one was found, for lists mostly go side by side.
static const struct json_value *find_element(const struct json_value *array, struct text wanted,
                                             element_key *key, size_t *from) {
    size_t count = json_count(array);
    char space[24];
    struct text found;
    for (size_t i = 0; i < count; i++) {
        size_t at = (*from + i) % count;
        const struct json_value *element = json_element(array, at);
        if (!key(element, &found, space) || !text_equal(found, wanted)) continue;
        *from = at + 1;
        return element;
    }
    return NULL;
}

// Whether each element has a key of its own.
static bool is_keyed(const struct json_value *array, element_key *key) {
    char space[24], other_space[24];
    struct text one, other;
    for (size_t i = 0; i < json_count(array); i++) {
        if (!key(json_element(array, i), &one, space)) return false;
        if (i && key(json_element(array, i - 1), &other, other_space) && text_equal(one, other)) return false;
    }
    return true;
}

static bool is_side_by_side(const struct json_value *php, const struct json_value *ours, element_key *key) {
    char space[24], other_space[24];
    struct text one, other;
    size_t shorter = json_count(php) < json_count(ours) ? json_count(php) : json_count(ours);
    for (size_t i = 0; i < shorter; i++)
        if (key(json_element(php, i), &one, space) && key(json_element(ours, i), &other, other_space) &&
            !text_equal(one, other))
            return false;
    return true;
}

// One side's elements with the other's; only those without a counterpart the second time.
static void pair_from(struct trees *trees, const struct place *place, const struct json_value *from,
                      const struct json_value *to, element_key *key, bool from_php) {
    size_t met = 0;
    char space[24];
    struct text name;
    for (size_t i = 0; i < json_count(from); i++) {
        const struct json_value *one = json_element(from, i);
        if (!key(one, &name, space)) continue;
        const struct json_value *other = find_element(to, name, key, &met);
        struct place element = {place, name, true};
        if (other && !from_php) continue;
        const struct json_value *php = from_php ? one : other, *ours = from_php ? other : one;
        if (member_departs(trees, &element, php, ours)) continue;
        if (php && ours)
            values_compare(trees, &element, php, ours);
        else
            trees_differ(trees, &element, php, ours);
    }
}

void arrays_pair(struct trees *trees, const struct place *place, const struct json_value *php,
                 const struct json_value *ours, element_key *key) {
    if (!is_keyed(php, key) || !is_keyed(ours, key)) {
        compare_arrays(trees, place, php, ours);
        return;
    }
    size_t unknown = trees->result->unknown;
    pair_from(trees, place, php, ours, key, true);
    pair_from(trees, place, ours, php, key, false);
    bool same_length = json_count(php) == json_count(ours);
    if (unknown == trees->result->unknown && same_length && !is_side_by_side(php, ours, key))
        trees->result->met[DEPARTURE_LIST_ORDER] = true;
}
