// SPDX-License-Identifier: GPL-2.0-or-later
// Message-IDs of other mails.
#include "delivery/message_ids.h"

#include <stdbool.h>

// The next "<…>" at or after `*offset`, which moves behind it.
static bool next_id(struct text text, size_t *offset, struct text *id) {
    for (size_t i = *offset; i < text.length; i++) {
        if (text.data[i] != '<') continue;
        size_t end = i + 1;
        while (end < text.length && text.data[end] > ' ' && text.data[end] < 0x7F && text.data[end] != '<' &&
               text.data[end] != '>')
            end++;
        if (end >= text.length || text.data[end] != '>' || end == i + 1 || end - i >= MESSAGE_ID_MAX)
            continue;
        *id = (struct text){text.data + i, end + 1 - i};
        *offset = end + 1;
        return true;
    }
    return false;
}

void message_ids_keep(struct text text, struct buffer *out) {
    size_t total = 0, number = 0;
    struct text id;
    for (size_t offset = 0; next_id(text, &offset, &id);) total++;
    for (size_t offset = 0; next_id(text, &offset, &id); number++) {
        if (number > 0 && total > MESSAGE_IDS_MAX && number <= total - MESSAGE_IDS_MAX) continue;
        if (out->length) buffer_add_char(out, ' ');
        buffer_add_text(out, id);
    }
}

static size_t line_end(struct text text, size_t from) {
    while (from < text.length && text.data[from] != '\n') from++;
    return from < text.length ? from + 1 : from;
}

struct text message_header(struct text headers, struct text name) {
    for (size_t begin = 0, end; begin < headers.length; begin = end) {
        end = line_end(headers, begin);
        while (end < headers.length && (headers.data[end] == ' ' || headers.data[end] == '\t'))
            end = line_end(headers, end);
        struct text start = {headers.data + begin, name.length < end - begin ? name.length : end - begin};
        size_t value = begin + name.length + 1;
        if (text_equal_ignoring_case(start, name) && value <= end && headers.data[value - 1] == ':')
            return text_trim((struct text){headers.data + value, end - value});
    }
    return TEXT_NULL;
}
