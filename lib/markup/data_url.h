// SPDX-License-Identifier: GPL-2.0-or-later
// data: URLs, RFC 2397, as clients of help desks write them.
#ifndef MARKUP_DATA_URL_H
#define MARKUP_DATA_URL_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// All texts point into what was read, or into literals.
struct data_url {
    struct text type;    // the media type as written, without parameters; "text/plain" when none is
    struct text charset; // null: not said
    struct text content; // what stands behind the comma
    bool is_base64;
};

// Takes "data:TYPE;PARAMETERS,CONTENT" apart. True when the text is one: before its first comma stands
// nothing or a media type, with or without parameters ("text/html", ";base64", "image/png;name=a
// b.png;base64"). Anything else is a text that happens to begin with "data:" ("data: 12/05, 10 am"): its
// content is all of it, its type text/plain. lib/DIFFERENCES.md.
bool data_url_read(struct text text, struct data_url *url);

// Appends the bytes that it stands for. Base64 is read as PHP reads it: what is not of its alphabet is
// skipped, and a rest that makes no byte is dropped; escapes (%2B) are taken for what they mean. Anything
// else stays as it is, percent signs too: clients write it raw. Room for as many bytes as `url` has is
// enough.
void data_url_bytes(const struct data_url *url, struct buffer *out);

// The same of a text, as UTF-8. What came as base64 is converted from the URL's charset, unless that is
// unknown or nothing could be converted; what came raw is Unicode as the request that it stands in.
void data_url_text(const struct data_url *url, struct buffer *out);

#endif
