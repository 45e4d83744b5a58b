// SPDX-License-Identifier: GPL-2.0-or-later
// JSON that was read, written anew: what stands in a column becomes part of an answer only where it is JSON.
#ifndef JSON_COPY_H
#define JSON_COPY_H

#include "base/text.h"
#include "json/reader.h"
#include "json/writer.h"

// Writes the text's value; null where it is null or no JSON, and for what lies too deep for the writer.
void json_copy(struct json_writer *writer, struct text text);

// The same of what was read already, as a part of another answer.
void json_copy_value(struct json_writer *writer, const struct json_value *value);

#endif
