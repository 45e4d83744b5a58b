// SPDX-License-Identifier: GPL-2.0-or-later
// Ranges of bytes.
#include "ops/read/byte_range.h"

// Digits alone: a sign is none here.
static bool read_number(struct text text, int64_t *number) {
    return text.length && *text.data >= '0' && *text.data <= '9' && text_to_int64(text, number);
}

static enum byte_range suffix(struct text digits, int64_t size, int64_t *first, int64_t *length) {
    int64_t count;
    if (!read_number(digits, &count)) return BYTE_RANGE_NONE;
    if (!count || !size) return BYTE_RANGE_BEYOND;
    *length = count < size ? count : size;
    *first = size - *length;
    return BYTE_RANGE_PART;
}

enum byte_range byte_range_read(struct text header, int64_t size, int64_t *first, int64_t *length) {
    const struct text unit = TEXT("bytes=");
    int64_t last = size - 1;
    if (text_is_null(header) || !text_starts_with(header, unit)) return BYTE_RANGE_NONE;
    struct text range = text_trim((struct text){header.data + unit.length, header.length - unit.length});
    ptrdiff_t dash = text_find(range, TEXT("-"), 0);
    if (dash < 0) return BYTE_RANGE_NONE;
    struct text end = {range.data + dash + 1, range.length - (size_t)dash - 1};
    if (dash == 0) return suffix(end, size, first, length);
    if (!read_number((struct text){range.data, (size_t)dash}, first) ||
        (end.length && !read_number(end, &last)) || (end.length && last < *first))
        return BYTE_RANGE_NONE;
    if (*first >= size) return BYTE_RANGE_BEYOND;
    if (last > size - 1) last = size - 1;
    *length = last - *first + 1;
    return BYTE_RANGE_PART;
}
