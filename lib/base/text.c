// SPDX-License-Identifier: GPL-2.0-or-later
// Text as pointer and length.
#include "base/text.h"

#include <string.h>
#include <strings.h>

struct text text_of(const char *string) {
    return (struct text){string, string ? strlen(string) : 0};
}

bool text_is_null(struct text text) {
    return text.data == NULL;
}

bool text_equal(struct text a, struct text b) {
    if (!a.data || !b.data) return a.data == b.data;
    return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

bool text_equal_ignoring_case(struct text a, struct text b) {
    if (!a.data || !b.data) return a.data == b.data;
    return a.length == b.length && strncasecmp(a.data, b.data, a.length) == 0;
}

int text_compare(struct text a, struct text b) {
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

bool text_starts_with(struct text text, struct text prefix) {
    return text.length >= prefix.length &&
           (prefix.length == 0 || memcmp(text.data, prefix.data, prefix.length) == 0);
}

bool text_ends_with(struct text text, struct text ending) {
    if (text.length < ending.length) return false;
    return text_equal((struct text){text.data + (text.length - ending.length), ending.length}, ending);
}

bool text_ends_with_ignoring_case(struct text text, struct text ending) {
    if (text.length < ending.length) return false;
    return text_equal_ignoring_case((struct text){text.data + (text.length - ending.length), ending.length},
                                    ending);
}

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

struct text text_trim(struct text text) {
    while (text.length && is_blank(text.data[0])) {
        text.data++;
        text.length--;
    }
    while (text.length && is_blank(text.data[text.length - 1])) text.length--;
    return text;
}

ptrdiff_t text_find(struct text text, struct text needle, size_t from) {
    if (from > text.length || !text.data) return -1;
    const char *hit = memmem(text.data + from, text.length - from, needle.data, needle.length);
    return hit ? hit - text.data : -1;
}

bool text_to_int64(struct text text, int64_t *value) {
    size_t i = 0;
    bool negative = text.length && text.data[0] == '-';
    if (negative) i++;
    if (i == text.length) return false;
    int64_t result = 0;
    for (; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        // Counting downwards reaches INT64_MIN, which has no positive twin.
        if (__builtin_mul_overflow(result, 10, &result)) return false;
        if (__builtin_sub_overflow(result, text.data[i] - '0', &result)) return false;
    }
    if (!negative && result == INT64_MIN) return false;
    *value = negative ? result : -result;
    return true;
}

static size_t digits_at(struct text text, size_t i) {
    size_t start = i;
    while (i < text.length && text.data[i] >= '0' && text.data[i] <= '9') i++;
    return i - start;
}

bool text_is_numeric(struct text text) {
    size_t i = 0;
    while (i < text.length && text.data[i] != '\0' && is_blank(text.data[i])) i++;
    if (i < text.length && (text.data[i] == '+' || text.data[i] == '-')) i++;
    size_t whole = digits_at(text, i), fraction = 0;
    i += whole;
    if (i < text.length && text.data[i] == '.') {
        fraction = digits_at(text, i + 1);
        i += 1 + fraction;
    }
    if (whole + fraction == 0) return false;
    if (i < text.length && (text.data[i] == 'e' || text.data[i] == 'E')) {
        size_t sign = i + 1 < text.length && (text.data[i + 1] == '+' || text.data[i + 1] == '-');
        size_t exponent = digits_at(text, i + 1 + sign);
        if (exponent == 0) return false;
        i += 1 + sign + exponent;
    }
    while (i < text.length && text.data[i] != '\0' && is_blank(text.data[i])) i++;
    return i == text.length;
}

// Decodes one code point; returns its length in bytes, or 0 when the bytes are malformed.
static size_t decode(const unsigned char *p, size_t left, uint32_t *code_point) {
    static const struct {
        unsigned char mask, lead;
        size_t length;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 1, 0}, {0xE0, 0xC0, 2, 0x80}, {0xF0, 0xE0, 3, 0x800}, {0xF8, 0xF0, 4, 0x10000}};
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
        if ((p[0] & forms[form].mask) != forms[form].lead) continue;
        if (left < forms[form].length) return 0;
        uint32_t value = p[0] & (unsigned char)~forms[form].mask;
        for (size_t i = 1; i < forms[form].length; i++) {
            if ((p[i] & 0xC0) != 0x80) return 0;
            value = value << 6 | (p[i] & 0x3F);
        }
        if (value < forms[form].least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
        *code_point = value;
        return forms[form].length;
    }
    return 0;
}

// How many bytes from `p` on are ASCII, in steps of eight.
static size_t ascii_run(const unsigned char *p, size_t length) {
    size_t i = 0;
    for (uint64_t bytes; i + sizeof bytes <= length; i += sizeof bytes) {
        memcpy(&bytes, p + i, sizeof bytes);
        if (bytes & UINT64_C(0x8080808080808080)) break;
    }
    return i;
}

bool text_is_ascii(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80) return false;
    return true;
}

bool text_has_control(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7F) return true;
    return false;
}

bool text_is_utf8(struct text text) {
    const unsigned char *p = (const unsigned char *)text.data;
    for (size_t i = text.length ? ascii_run(p, text.length) : 0; i < text.length;) {
        uint32_t code_point;
        size_t length = p[i] < 0x80 ? 1 : decode(p + i, text.length - i, &code_point);
        if (length == 0) return false;
        i += length;
        if (length > 1) i += ascii_run(p + i, text.length - i);
    }
    return true;
}

uint32_t text_next_code_point(struct text text, size_t *offset) {
    uint32_t code_point = 0xFFFD;
    size_t length = decode((const unsigned char *)text.data + *offset, text.length - *offset, &code_point);
    *offset += length ? length : 1;
    return code_point;
}

bool text_has_supplementary(struct text text) {
    // In well-formed UTF-8 exactly the lead bytes from F0 on stand for code points above U+FFFF.
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0xF0) return true;
    return false;
}

struct text text_cut(struct text text, size_t code_points) {
    size_t offset = 0;
    while (offset < text.length && code_points--) text_next_code_point(text, &offset);
    text.length = offset;
    return text;
}

struct text text_cut_bytes(struct text text, size_t bytes) {
    if (text.length <= bytes) return text;
    while (bytes && ((unsigned char)text.data[bytes] & 0xC0) == 0x80) bytes--;
    text.length = bytes;
    return text;
}
