// SPDX-License-Identifier: GPL-2.0-or-later
// Characters above U+FFFF.
#include "base/supplementary.h"

void supplementary_replace(struct text text, bool is_html, struct buffer *out) {
    size_t written = 0;
    for (size_t i = 0; i < text.length;) {
        size_t next = i;
        uint32_t code_point =
            (unsigned char)text.data[i] < 0xF0 ? (next++, 0) : text_next_code_point(text, &next);
        if (code_point > 0xFFFF) {
            buffer_add(out, text.data + written, i - written);
            if (is_html)
                buffer_add_format(out, "&#x%X;", code_point);
            else
                buffer_add_code_point(out, 0xFFFD);
            written = next;
        }
        i = next;
    }
    buffer_add(out, text.data + written, text.length - written);
}
