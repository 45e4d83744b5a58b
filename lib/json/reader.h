// SPDX-License-Identifier: GPL-2.0-or-later
// Strict JSON reading (RFC 8259) into a tree.
#ifndef JSON_READER_H
#define JSON_READER_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_DEPTH_MAX     64     // PHP takes 512; no client nests so deep, and a hostile one shall not
#define JSON_MEMBERS_MAX   100000 // of all objects and arrays together
#define JSON_MEMBERS_LARGE 20000000

enum json_kind {
    JSON_ABSENT,
    JSON_NULL,
    JSON_BOOLEAN,
    JSON_INTEGER,
    JSON_REAL,
    JSON_TEXT,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json_value; // a node; borrowed from its document

// Parses `text`. NULL with ERROR_BAD_REQUEST in PHP's words where PHP has some ("Syntax error, malformed
// JSON", …). Refused besides bad grammar: invalid UTF-8, raw control characters, unpaired surrogates, a name
// twice in one object, a NUL in a name, more than JSON_DEPTH_MAX levels. An integer that int64 does not hold
// is JSON_REAL, a number that double does not hold is infinite or 0, all as in PHP. The caller frees with
// json_free().
struct json_value *json_parse(struct text text, struct error *error);

// The same of what no client sent: an answer of a server that was asked. JSON_MEMBERS_LARGE instead.
struct json_value *json_parse_large(struct text text, struct error *error);

void json_free(struct json_value **root);

// Whether the text is no JSON by anybody's rules: json_parse() refuses it, and not by a limit of ours.
bool json_is_broken(struct text text);

enum json_kind json_kind(const struct json_value *value); // JSON_ABSENT for NULL

// The member of an object; NULL when absent or when `object` is none.
const struct json_value *json_member(const struct json_value *object, const char *name);

size_t json_count(const struct json_value *value); // elements of an array, members of an object, else 0
const struct json_value *json_element(const struct json_value *array, size_t index);

// The members of an object in their order: start with *cursor == NULL; false at the end. O(1) a step.
bool json_next_member(const struct json_value *object, void **cursor, struct text *name,
                      const struct json_value **value);

struct text json_value_text(const struct json_value *value); // of JSON_TEXT, else TEXT_NULL; may hold NULs
int64_t json_value_integer(const struct json_value *value);  // of JSON_INTEGER, else 0
// The digits of an integer that int64 does not hold (a JSON_REAL), as they were written; else TEXT_NULL.
// Valid as long as the tree.
struct text json_value_digits(const struct json_value *value);
double json_value_real(const struct json_value *value);  // of JSON_REAL or JSON_INTEGER, else 0
bool json_value_boolean(const struct json_value *value); // of JSON_BOOLEAN, else false

// As PHP takes a value for true: no empty text or list, not "0", 0, null or false.
bool json_is_true(const struct json_value *value);

#endif
