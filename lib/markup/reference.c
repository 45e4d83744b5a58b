// SPDX-License-Identifier: GPL-2.0-or-later
// Character references of HTML 4.01, with libxml2's table of the names.
#define XML_DEPRECATED // 2.15 says so of its table, and offers no other
#include "markup/reference.h"

#include <libxml/HTMLparser.h>

#include <ctype.h>
#include <string.h>

#define NAME_MAX_LENGTH  31
#define LAST_CODE_POINT  0x10FFFFu
#define TOO_LARGE_NUMBER 0x110000u

static const htmlEntityDesc *entity(struct text name) {
    char terminated[NAME_MAX_LENGTH + 1];
    if (name.length == 0 || name.length > NAME_MAX_LENGTH) return NULL;
    memcpy(terminated, name.data, name.length);
    terminated[name.length] = '\0';
    return htmlEntityLookup((const xmlChar *)terminated);
}

bool reference_is_name(struct text name) {
    return entity(name) != NULL;
}

static bool number_at(struct text text, size_t offset, struct reference *reference) {
    size_t i = offset + 2;
    uint32_t base = 10, number = 0;
    if (i < text.length && (text.data[i] == 'x' || text.data[i] == 'X')) {
        base = 16;
        i++;
    }
    size_t first = i;
    for (; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (!(base == 16 ? isxdigit(c) : isdigit(c))) break;
        number = number * base + (uint32_t)(isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        if (number > LAST_CODE_POINT) number = TOO_LARGE_NUMBER;
    }
    if (i == first || i >= text.length || text.data[i] != ';') return false;
    *reference = (struct reference){i + 1 - offset, number, true, base == 16};
    return true;
}

bool reference_at(struct text text, size_t offset, struct reference *reference) {
    if (offset + 2 >= text.length) return false;
    if (text.data[offset + 1] == '#') return number_at(text, offset, reference);
    size_t i = offset + 1;
    while (i < text.length && i - offset <= NAME_MAX_LENGTH && isalnum((unsigned char)text.data[i])) i++;
    if (i >= text.length || text.data[i] != ';') return false;
    struct text name = {text.data + offset + 1, i - offset - 1};
    if (text_equal(name, TEXT("apos"))) return false;
    const htmlEntityDesc *found = entity(name);
    if (!found) return false;
    *reference = (struct reference){i + 1 - offset, found->value, false, false};
    return true;
}

// The characters that may stand in an HTML 4.01 document.
static bool is_allowed(uint32_t c) {
    return (c >= 0x20 && c <= 0x7E) || c == '\t' || c == '\n' || c == '\r' || (c >= 0xA0 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= LAST_CODE_POINT);
}

void reference_decode(struct text text, bool is_wanted(uint32_t code_point), struct buffer *out) {
    for (size_t i = 0; i < text.length;) {
        const char *ampersand = memchr(text.data + i, '&', text.length - i);
        size_t at = ampersand ? (size_t)(ampersand - text.data) : text.length;
        buffer_add(out, text.data + i, at - i);
        i = at;
        if (i == text.length) return;
        struct reference reference;
        if (reference_at(text, i, &reference) && is_wanted(reference.code_point)) {
            buffer_add_code_point(out, reference.code_point);
            i += reference.length;
        } else {
            buffer_add_char(out, '&');
            i++;
        }
    }
}

void reference_decode_all(struct text text, struct buffer *out) {
    reference_decode(text, is_allowed, out);
}
