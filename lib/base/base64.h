// SPDX-License-Identifier: GPL-2.0-or-later
// Base64 (RFC 4648), decoded as leniently or strictly as PHP's base64_decode() does.
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// The length of what base64_encode() adds for `length` bytes, without a NUL.
#define BASE64_LENGTH(length) (((length) + 2) / 3 * 4)

// Appends the standard alphabet with padding, in one line. A failure shows in `out->failed`.
void base64_encode(struct text bytes, struct buffer *out);

// Appends what the text stands for. Characters outside the alphabet and padding anywhere are skipped, as are
// bits that make no whole byte. Never fails on the text, only on `out`'s ceiling.
// https://www.php.net/manual/en/function.base64-decode.php
void base64_decode_lenient(struct text text, struct buffer *out);

// The same, but false (with nothing appended that counts) when PHP's strict mode would refuse: a character
// that is neither alphabet nor blank, tab, CR or LF; a character after padding; a single character left over;
// padding that is there and does not fill up a group of four. Missing padding is fine.
bool base64_decode_strict(struct text text, struct buffer *out);

// With the alphabet of URLs and without padding (RFC 4648, 5). Decoding refuses every other character.
void base64_url_encode(struct text bytes, struct buffer *out);
bool base64_url_decode(struct text text, struct buffer *out);

#endif
