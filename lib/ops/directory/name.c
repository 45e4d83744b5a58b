// SPDX-License-Identifier: GPL-2.0-or-later
// Names of users and organizations.
#include "ops/directory/name.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

// The bytes of the tag that the text begins with; 0: it begins with none, as a lone < does not.
static size_t tag_length(struct text text) {
    if (text.length < 3 || text.data[0] != '<') return 0;
    unsigned char next = (unsigned char)text.data[1];
    if (!isalpha(next) && !strchr("/!?", next)) return 0;
    const char *end = memchr(text.data, '>', text.length);
    return end ? (size_t)(end - text.data) + 1 : 0;
}

// The bytes of the emoji that the text, which is UTF-8, begins with; 0: none.
static size_t emoji_length(struct text text) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F910, 0x1F999}, {0x1F9C0, 0x1F9EF}};
    const unsigned char *bytes = (const unsigned char *)text.data;
    if (text.length < 4 || bytes[0] < 0xF0) return 0;
    uint32_t code = (bytes[0] & 7U) << 18 | (bytes[1] & 63U) << 12 | (bytes[2] & 63U) << 6 | (bytes[3] & 63U);
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (code >= ranges[i].first && code <= ranges[i].last) return 4;
    return 0;
}

struct text directory_name(struct text typed, struct arena *arena) {
    char *name = arena_take(arena, typed.length + 1);
    size_t length = 0;
    if (!name) return TEXT_NULL;
    while (typed.length) {
        size_t left_out = tag_length(typed) + emoji_length(typed);
        size_t behind = left_out ? left_out : 1;
        if (!left_out) name[length++] = *typed.data;
        typed = (struct text){typed.data + behind, typed.length - behind};
    }
    name[length] = '\0';
    return text_trim((struct text){name, length});
}
