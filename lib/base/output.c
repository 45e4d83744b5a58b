// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes on their way out, in blocks.
#include "base/output.h"

#include "base/buffer.h"

#include <string.h>

void output_init(struct output *output, output_sink *sink, void *context) {
    output->sink = sink;
    output->context = context;
    output->handed_on = 0;
    output->length = 0;
    output->failed = false;
}

static bool add_to_buffer(void *context, const char *bytes, size_t length) {
    struct buffer *buffer = context;
    buffer_add(buffer, bytes, length);
    return !buffer->failed;
}

void output_to_buffer(struct output *output, struct buffer *buffer) {
    output_init(output, add_to_buffer, buffer);
}

bool output_flush(struct output *output) {
    if (output->length && !output->failed) {
        if (output->sink(output->context, output->block, output->length))
            output->handed_on += output->length;
        else
            output->failed = true;
    }
    output->length = 0;
    return !output->failed;
}

void output_add(struct output *output, const void *bytes, size_t length) {
    const char *from = bytes;
    while (length && !output->failed) {
        size_t part = OUTPUT_BLOCK - output->length;
        if (part > length) part = length;
        memcpy(output->block + output->length, from, part);
        output->length += part;
        from += part;
        length -= part;
        if (output->length == OUTPUT_BLOCK) output_flush(output);
    }
}

void output_add_text(struct output *output, struct text text) {
    output_add(output, text.data, text.length);
}

void output_add_string(struct output *output, const char *string) {
    output_add(output, string, strlen(string));
}

void output_add_char(struct output *output, char c) {
    if (output->length + 1 < OUTPUT_BLOCK && !output->failed)
        output->block[output->length++] = c;
    else
        output_add(output, &c, 1);
}

char *output_space(struct output *output, size_t *room) {
    *room = OUTPUT_BLOCK - output->length;
    return output->block + output->length;
}

void output_took(struct output *output, size_t length) {
    if (output->failed) return;
    output->length += length;
    if (output->length == OUTPUT_BLOCK) output_flush(output);
}

void output_discard(struct output *output) {
    output->length = 0;
}
