// SPDX-License-Identifier: GPL-2.0-or-later
// A growing run of bytes with a ceiling.
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What `data` points to before the first allocation; never written to.
static char nothing[1] = "";

struct buffer buffer_new(size_t ceiling) {
    return (struct buffer){.data = nothing, .ceiling = ceiling};
}

void buffer_free(struct buffer *buffer) {
    if (buffer->data != nothing) free(buffer->data);
    *buffer = buffer_new(buffer->ceiling);
}

void buffer_clear(struct buffer *buffer) {
    buffer->length = 0;
    buffer->failed = false;
    if (buffer->data != nothing) buffer->data[0] = '\0';
}

static bool grow(struct buffer *buffer, size_t needed) {
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < needed) capacity *= 2;
    if (capacity > buffer->ceiling + 1) capacity = buffer->ceiling + 1;
    char *data = realloc(buffer->data == nothing ? NULL : buffer->data, capacity);
    if (!data) return false;
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

char *buffer_reserve(struct buffer *buffer, size_t length) {
    if (buffer->failed) return NULL;
    bool fits = length <= buffer->ceiling && buffer->length <= buffer->ceiling - length;
    if (fits && (buffer->capacity > buffer->length + length || grow(buffer, buffer->length + length + 1)))
        return buffer->data + buffer->length;
    buffer->failed = true;
    return NULL;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t length) {
    if (length == 0) return;
    char *room = buffer_reserve(buffer, length);
    if (!room) return;
    memcpy(room, bytes, length);
    room[length] = '\0';
    buffer->length += length;
}

void buffer_add_text(struct buffer *buffer, struct text text) {
    buffer_add(buffer, text.data, text.length);
}

void buffer_add_string(struct buffer *buffer, const char *string) {
    buffer_add(buffer, string, strlen(string));
}

void buffer_add_char(struct buffer *buffer, char c) {
    buffer_add(buffer, &c, 1);
}

void buffer_add_format(struct buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *room = length < 0 ? NULL : buffer_reserve(buffer, (size_t)length);
    if (room) {
        vsnprintf(room, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
    va_end(arguments);
}

void buffer_add_code_point(struct buffer *buffer, uint32_t c) {
    if (c < 0x80) {
        buffer_add_char(buffer, (char)c);
    } else if (c < 0x800) {
        buffer_add(buffer, (char[]){(char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F))}, 2);
    } else if (c < 0x10000) {
        buffer_add(
            buffer,
            (char[]){(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F))}, 3);
    } else {
        buffer_add(buffer,
                   (char[]){(char)(0xF0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3F)),
                            (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F))},
                   4);
    }
}

struct text buffer_text(const struct buffer *buffer) {
    return (struct text){buffer->data, buffer->length};
}
