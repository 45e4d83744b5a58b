// SPDX-License-Identifier: GPL-2.0-or-later
// Bodies of the media type multipart/form-data: fields and files of one request. RFC 7578; its parts by
// RFC 2046, 5.1.
//
// Unlike a mail, which is read whatever it is, a form is refused where two readers could understand it in two
// ways: nothing stands in front of the first boundary or behind the last one, and no header is half a header.
#ifndef MIME_FORM_DATA_H
#define MIME_FORM_DATA_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// A part. The content and the type lie in the body; nothing of them is copied.
struct form_part {
    struct text name;      // UTF-8
    struct text file_name; // UTF-8, without folders; null: it is no file; empty: one that nobody chose
    struct text type;      // Content-Type as it stands, with its parameters; null: not said
    struct text content;
};

struct form_data {
    struct form_part *parts;
    size_t count;
};

// Whether a Content-Type (may be null) is that of a form.
bool form_data_is(struct text content_type);

// Takes the body apart, which the parts point into. Names are read from quoted strings, in which a backslash
// stands in front of a quote or another backslash, and a file's from filename* (RFC 8187) as well, which
// comes before filename.
// ERROR_BAD_REQUEST with a sentence for what is no form, ERROR_TOO_LARGE for more than `most` parts or a
// header of more than 8 KiB.
bool form_data_read(struct text content_type, struct text body, size_t most, struct arena *arena,
                    struct form_data *form, struct error *error) CHECKED;

#endif
