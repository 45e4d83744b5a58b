// SPDX-License-Identifier: GPL-2.0-or-later
// How any run of bytes is written as the value of an ini key, and read back.
#include "config/ini_value.h"

#include "base/digits.h"
#include "config/ini_scan.h"

#include <string.h>

#define HEX_MARK "hex:"

bool ini_value_write(struct text key, struct text value, struct buffer *buffer) {
    if (memchr(value.data, '\0', value.length)) return false;
    bool both = memchr(value.data, '"', value.length) && memchr(value.data, '\'', value.length);
    bool hex = both || text_has_control(value) || text_starts_with(value, TEXT(HEX_MARK));
    size_t length = hex ? sizeof HEX_MARK - 1 + 2 * value.length : value.length + 2;
    if (key.length + 3 + length > INI_LINE_MAX) return false;
    if (hex) {
        buffer_add_string(buffer, HEX_MARK);
        for (size_t i = 0; i < value.length; i++)
            buffer_add_format(buffer, "%02x", (unsigned)(unsigned char)value.data[i]);
    } else {
        char quote = memchr(value.data, '"', value.length) ? '\'' : '"';
        buffer_add_char(buffer, quote);
        buffer_add_text(buffer, value);
        buffer_add_char(buffer, quote);
    }
    return !buffer->failed;
}

bool ini_value_read(const char *value, struct buffer *buffer) {
    if (strncmp(value, HEX_MARK, sizeof HEX_MARK - 1) != 0) {
        buffer_add_string(buffer, value);
        return !buffer->failed;
    }
    struct text pairs = text_of(value + sizeof HEX_MARK - 1);
    for (size_t i = 0; i < pairs.length; i += 2) {
        int byte = digits_hexadecimal(pairs, i);
        if (byte <= 0) return false;
        buffer_add_char(buffer, (char)byte);
    }
    return !buffer->failed;
}
