// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes on their way out: gathered in a block, handed on when the block is full.
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;

#define OUTPUT_BLOCK 65536

// Takes `length` bytes; false when they can go no further (the client is gone). `context` is the sink's own.
typedef bool output_sink(void *context, const char *bytes, size_t length);

// Until the first hand-over `handed_on` is 0 and the answer can still be replaced by another; after it only
// broken off. Once the sink said no, `failed` stays set and additions do nothing.
struct output {
    output_sink *sink;
    void *context;
    uint64_t handed_on; // bytes that the sink took
    size_t length;      // bytes waiting in `block`
    bool failed;
    char block[OUTPUT_BLOCK];
};

void output_init(struct output *output, output_sink *sink, void *context);

// The same into a buffer, whose ceiling is the end.
void output_to_buffer(struct output *output, struct buffer *buffer);

void output_add(struct output *output, const void *bytes, size_t length);
void output_add_text(struct output *output, struct text text);
void output_add_string(struct output *output, const char *string);
void output_add_char(struct output *output, char c);

// Where the next bytes may be put directly: room for `*room` of them, one at least. output_took() then says
// how many there are.
char *output_space(struct output *output, size_t *room);
void output_took(struct output *output, size_t length);

void output_discard(struct output *output); // forgets what waits in the block
bool output_flush(struct output *output);   // hands on what waits; false when the sink said no

#endif
