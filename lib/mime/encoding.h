// SPDX-License-Identifier: GPL-2.0-or-later
// Content transfer encodings, RFC 2045, 6, read as leniently as mails need it.
#ifndef MIME_ENCODING_H
#define MIME_ENCODING_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>

// The content of a part in the encoding that its field names (comments and blanks beside the name do not
// matter): base64 and quoted-printable are decoded into the arena, anything else is the bytes themselves.
struct text mail_decode(struct text content, struct text encoding, struct arena *arena);

// Base64 put together of several padded pieces, too; other characters are passed over.
struct text mail_decode_base64(struct text content, struct arena *arena);

// Quoted-printable; with `in_word` as in an encoded word, where "_" is a blank.
struct text mail_decode_quoted(struct text content, bool in_word, struct arena *arena);

#endif
