// SPDX-License-Identifier: GPL-2.0-or-later
// osTicket's base 32.
#include "base/base32.h"

#include <stdint.h>

static int digit_of(char c) {
    return c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '5' ? 26 + c - '0' : -1;
}

bool base32_decode(struct text text, char *bytes, size_t size) {
    uint32_t bits = 0;
    unsigned waiting = 0;
    size_t made = 0;
    if (text.length != BASE32_LENGTH(size)) return false;
    for (size_t i = 0; i < text.length; i++) {
        int digit = digit_of(text.data[i]);
        if (digit < 0) return false;
        bits = bits << 5 | (unsigned)digit;
        waiting += 5;
        if (waiting < 8 || made == size) continue;
        waiting -= 8;
        bytes[made++] = (char)(bits >> waiting);
        bits &= (UINT32_C(1) << waiting) - 1;
    }
    return made == size && bits == 0;
}

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
