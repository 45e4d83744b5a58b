// SPDX-License-Identifier: GPL-2.0-or-later
// osTicket's base 32: a to z, then 0 to 5, no padding. Not RFC 4648's alphabet.
#ifndef BASE_BASE32_H
#define BASE_BASE32_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// The length of what base32_encode() adds for `length` bytes, without a NUL.
#define BASE32_LENGTH(length) (((length)*8 + 4) / 5)

// Appends `bytes`, most significant bits first, the last character filled up with zero bits. A failure shows
// in `out->failed`. spec: creating.md D.2 (the ticket link's token).
void base32_encode(struct text bytes, struct buffer *out);

// The `size` bytes that the text was made of. False for another length than BASE32_LENGTH(size), another
// alphabet, or bits at its end that no byte has.
bool base32_decode(struct text text, char *bytes, size_t size);

#endif
