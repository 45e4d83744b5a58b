// SPDX-License-Identifier: GPL-2.0-or-later
// data: URLs, RFC 2397.
#ifndef MARKUP_DATA_URL_H
#define MARKUP_DATA_URL_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

struct data_url {
    struct text type; // the media type as written, without parameters; "text/plain" when none is
    struct text data; // the bytes meant
    bool is_url;      // false: there was no "data:", and the text itself is the data
    bool is_base64;
};

// Takes a data: URL apart. The texts of `result` point into `url`, into literals, or into `bytes`, which must
// be empty and outlive them. Percent-encoding and base64 are decoded; bytes of a text/ type in another
// charset than UTF-8 become UTF-8, unless the charset is unknown or nothing could be converted. A text
// without "data:" is its own data, of type text/plain; "data:" without a comma has empty data. Base64 is read
// as PHP reads it: what is not of its alphabet is skipped, and a rest that makes no byte is dropped.
// contract.md (data: URL), spec/creating.md A.2. ERROR_TOO_LARGE when the data do not fit into `bytes`.
bool markup_parse_data_url(struct text url, struct data_url *result, struct buffer *bytes,
                           struct error *error) CHECKED;

// Appends the bytes that the base64 text stands for, read as above (also for members "data" with
// "encoding":"base64").
void markup_decode_base64(struct text encoded, struct buffer *out);

#endif
