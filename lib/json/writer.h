// SPDX-License-Identifier: GPL-2.0-or-later
// Streaming JSON, byte for byte as PHP's json_encode() writes it: no blanks, "/" escaped, non-ASCII as
// \uXXXX.
#ifndef JSON_WRITER_H
#define JSON_WRITER_H

#include "base/buffer.h"
#include "base/output.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

#define JSON_WRITER_DEPTH 32

// Commas are placed by the writer. What is opened must be closed by the caller.
struct json_writer {
    struct output *output;
    unsigned depth;
    bool follows[JSON_WRITER_DEPTH + 1]; // whether a value stands before, a level
};

void json_writer_init(struct json_writer *writer, struct output *output);

void json_open_object(struct json_writer *writer);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer);
void json_close_array(struct json_writer *writer);

// The name of the next value in an object: ASCII without anything to escape, or any text.
void json_name(struct json_writer *writer, const char *name);
void json_name_text(struct json_writer *writer, struct text name);

void json_null(struct json_writer *writer);
void json_boolean(struct json_writer *writer, bool value);
void json_integer(struct json_writer *writer, int64_t value);
void json_number(struct json_writer *writer, struct text digits); // as RFC 8259 writes numbers
void json_verbatim(struct json_writer *writer, struct text json); // a value that is JSON already

// A string; null for a null text. Bytes that are no UTF-8 become U+FFFD.
void json_text(struct json_writer *writer, struct text text);
void json_string(struct json_writer *writer, const char *string);

// One string out of several parts: open, any number of parts, close.
void json_open_string(struct json_writer *writer);
void json_string_part(struct json_writer *writer, struct text part);
void json_close_string(struct json_writer *writer);

// Appends the quoted, escaped string to a buffer: for JSON that goes into the database.
void json_quote(struct text text, struct buffer *out);

// name and value at once.
void json_text_member(struct json_writer *writer, const char *name, struct text text);
void json_integer_member(struct json_writer *writer, const char *name, int64_t value);

#endif
