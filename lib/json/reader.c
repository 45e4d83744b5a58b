// SPDX-License-Identifier: GPL-2.0-or-later
// Strict JSON reading: the grammar is checked first, json-c builds the tree.
#include "json/reader.h"

#include "json/grammar.h"

#include <json.h>
#include <limits.h>
#include <string.h>

// struct json_value is never defined: a pointer to it is a json_object of json-c, but for null, for which
// json-c has no node: that is the address of this.
static const char null_node;

static json_object *node(const struct json_value *value) {
    return (const void *)value == &null_node ? NULL : (json_object *)(uintptr_t)value;
}

static const struct json_value *value_of(const json_object *object) {
    return object ? (const struct json_value *)object : (const void *)&null_node;
}

// A name that stands twice in an object replaced its twin, so the tree has fewer members than the text.
static size_t count_members(json_object *root) {
    size_t members = 0;
    if (json_object_is_type(root, json_type_object)) {
        members = (size_t)json_object_object_length(root);
        json_object_object_foreach(root, name, member) {
            (void)name;
            members += count_members(member);
        }
    } else if (json_object_is_type(root, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(root); i++)
            members += count_members(json_object_array_get_idx(root, i));
    }
    return members;
}

// The tree of a text that is JSON. NULL with ERROR_BAD_REQUEST.
static json_object *build(struct text text, struct error *error) {
    if (text.length > INT_MAX) {
        error_set(error, ERROR_TOO_LARGE, "the JSON body is too large");
        return NULL;
    }
    struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 2);
    json_object *root = tokener ? json_tokener_parse_ex(tokener, text.data, (int)text.length) : NULL;
    enum json_tokener_error outcome = tokener ? json_tokener_get_error(tokener) : json_tokener_error_depth;
    // A bare number ends only with the text.
    if (tokener && outcome == json_tokener_continue) {
        root = json_tokener_parse_ex(tokener, "", 1);
        outcome = json_tokener_get_error(tokener);
    }
    if (tokener) json_tokener_free(tokener);
    if (outcome != json_tokener_success) {
        error_set(error, ERROR_BAD_REQUEST, "Syntax error, malformed JSON");
        return NULL;
    }
    if (!root) {
        // json-c has no node for null; every caller wants an object anyway.
        error_set(error, ERROR_BAD_REQUEST, "the JSON body must be an object");
    }
    return root;
}

// The same of a text with integers that only a double holds.
static json_object *build_widened(struct text text, struct error *error) {
    struct buffer widened = buffer_new(3 * text.length); // the shortest such integer has 19 digits
    json_grammar_widen(text, &widened);
    json_object *root = widened.failed ? NULL : build(buffer_text(&widened), error);
    if (widened.failed) error_set(error, ERROR_TOO_LARGE, "the JSON body does not fit into memory");
    buffer_free(&widened);
    return root;
}

static struct json_value *parse(struct text text, size_t most, struct error *error) {
    size_t members;
    bool wide;
    if (!json_grammar_check(text, most, &members, &wide, error)) return NULL;
    json_object *root = wide ? build_widened(text, error) : build(text, error);
    if (!root) return NULL;
    if (count_members(root) != members) {
        json_object_put(root);
        error_set(error, ERROR_BAD_REQUEST, "a name stands twice in an object of the JSON body");
        return NULL;
    }
    return (struct json_value *)root;
}

struct json_value *json_parse(struct text text, struct error *error) {
    return parse(text, JSON_MEMBERS_MAX, error);
}

struct json_value *json_parse_large(struct text text, struct error *error) {
    return parse(text, JSON_MEMBERS_LARGE, error);
}

void json_free(struct json_value **root) {
    if (*root) json_object_put(node(*root));
    *root = NULL;
}

enum json_kind json_kind(const struct json_value *value) {
    if (!value) return JSON_ABSENT;
    switch (json_object_get_type(node(value))) {
    case json_type_boolean: return JSON_BOOLEAN;
    case json_type_int: return JSON_INTEGER;
    case json_type_double: return JSON_REAL;
    case json_type_string: return JSON_TEXT;
    case json_type_array: return JSON_ARRAY;
    case json_type_object: return JSON_OBJECT;
    case json_type_null: break;
    }
    return JSON_NULL;
}

const struct json_value *json_member(const struct json_value *object, const char *name) {
    json_object *member;
    if (json_kind(object) != JSON_OBJECT) return NULL;
    return json_object_object_get_ex(node(object), name, &member) ? value_of(member) : NULL;
}

size_t json_count(const struct json_value *value) {
    switch (json_kind(value)) {
    case JSON_ARRAY: return json_object_array_length(node(value));
    case JSON_OBJECT: return (size_t)json_object_object_length(node(value));
    default: return 0;
    }
}

const struct json_value *json_element(const struct json_value *array, size_t index) {
    if (json_kind(array) != JSON_ARRAY || index >= json_count(array)) return NULL;
    return value_of(json_object_array_get_idx(node(array), index));
}

bool json_next_member(const struct json_value *object, void **cursor, struct text *name,
                      const struct json_value **value) {
    if (json_kind(object) != JSON_OBJECT) return false;
    struct lh_entry *entry = *cursor ? lh_entry_next((struct lh_entry *)*cursor)
                                     : lh_table_head(json_object_get_object(node(object)));
    if (!entry) return false;
    *cursor = entry;
    *name = text_of(lh_entry_k(entry));
    *value = value_of(lh_entry_v(entry));
    return true;
}

struct text json_value_text(const struct json_value *value) {
    if (json_kind(value) != JSON_TEXT) return TEXT_NULL;
    return (struct text){json_object_get_string(node(value)),
                         (size_t)json_object_get_string_len(node(value))};
}

int64_t json_value_integer(const struct json_value *value) {
    return json_kind(value) == JSON_INTEGER ? json_object_get_int64(node(value)) : 0;
}

struct text json_value_digits(const struct json_value *value) {
    int64_t held;
    if (json_kind(value) != JSON_REAL) return TEXT_NULL;
    // json-c writes a number that it has read as it stood there, with what made it a double of it.
    struct text number = text_of(json_object_to_json_string_ext(node(value), JSON_C_TO_STRING_PLAIN));
    if (number.length < 3 || memcmp(number.data + number.length - 2, "e0", 2) != 0) return TEXT_NULL;
    number.length -= 2;
    for (size_t i = number.data[0] == '-'; i < number.length; i++)
        if (number.data[i] < '0' || number.data[i] > '9') return TEXT_NULL;
    return text_to_int64(number, &held) ? TEXT_NULL : number;
}

double json_value_real(const struct json_value *value) {
    enum json_kind kind = json_kind(value);
    return kind == JSON_REAL || kind == JSON_INTEGER ? json_object_get_double(node(value)) : 0;
}

bool json_value_boolean(const struct json_value *value) {
    return json_kind(value) == JSON_BOOLEAN && json_object_get_boolean(node(value));
}

bool json_is_true(const struct json_value *value) {
    struct text text = json_value_text(value);
    return json_value_boolean(value) || json_value_real(value) != 0 || json_count(value) > 0 ||
           (text.length && !text_equal(text, TEXT("0")));
}
