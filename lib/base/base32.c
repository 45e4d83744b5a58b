// SPDX-License-Identifier: GPL-2.0-or-later
// osTicket's base 32.
#include "base/base32.h"

#include <stdint.h>

void base32_encode(struct text bytes, struct buffer *out) {
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz012345";
    uint32_t bits = 0;
    unsigned waiting = 0; // bits not written yet
    for (size_t i = 0; i < bytes.length; i++) {
        bits = bits << 8 | (unsigned char)bytes.data[i];
        for (waiting += 8; waiting >= 5; waiting -= 5)
            buffer_add_char(out, alphabet[bits >> (waiting - 5) & 31]);
    }
    if (waiting) buffer_add_char(out, alphabet[bits << (5 - waiting) & 31]);
}
