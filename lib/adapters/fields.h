// SPDX-License-Identifier: GPL-2.0-or-later
// Answers by tables: what of ours a member of theirs is.
#ifndef ADAPTERS_FIELDS_H
#define ADAPTERS_FIELDS_H

#include "json/reader.h"
#include "json/writer.h"

#include <stddef.h>

struct adapted_field {
    const char *theirs;
    const char *ours;    // "status.id": a member of a member; an empty one is the value itself
    const char *missing; // JSON, where ours is null or not there; NULL: null
};

// The value at the path; NULL where there is none.
const struct json_value *field_at(const struct json_value *value, const char *path);

// Its text; null where it is none.
struct text field_text(const struct json_value *value, const char *path);

// Its integer; 0 where it is none.
int64_t field_integer(const struct json_value *value, const char *path);

// Whether a value is there and not null.
bool field_is_there(const struct json_value *value, const char *path);

// The members, one after the other, of an object that the caller opens and closes.
void field_write_members(struct json_writer *json, const struct adapted_field *fields, size_t count,
                         const struct json_value *value);

// The object.
void field_write_object(struct json_writer *json, const struct adapted_field *fields, size_t count,
                        const struct json_value *value);

// An array of such objects, one for each element.
void field_write_array(struct json_writer *json, const struct adapted_field *fields, size_t count,
                       const struct json_value *array);

#define FIELD_COUNT(fields) (sizeof(fields) / sizeof *(fields))

#endif
