// SPDX-License-Identifier: GPL-2.0-or-later
// A growing run of bytes that never passes the ceiling it was made with.
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// `data` is always terminated by a NUL that `length` does not count; it is "" (not NULL) while nothing was
// added. Once an addition would pass the ceiling, or memory is out, `failed` stays set and additions do
// nothing: check it once, at the end.
struct buffer {
    char *data;
    size_t length;
    size_t capacity;
    size_t ceiling;
    bool failed;
};

// An empty buffer that may hold `ceiling` bytes. Allocates nothing.
struct buffer buffer_new(size_t ceiling);
void buffer_free(struct buffer *buffer);  // also makes it an empty one again
void buffer_clear(struct buffer *buffer); // keeps the memory, forgets the bytes and the failure

void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_text(struct buffer *buffer, struct text text);
void buffer_add_string(struct buffer *buffer, const char *string);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_add_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_add_code_point(struct buffer *buffer, uint32_t code_point); // as UTF-8

// Room for `length` more bytes, to be filled by the caller, who then adds to `length` what was filled and
// keeps the NUL behind it. NULL when it does not fit.
char *buffer_reserve(struct buffer *buffer, size_t length);

struct text buffer_text(const struct buffer *buffer); // valid until the next addition

#endif
