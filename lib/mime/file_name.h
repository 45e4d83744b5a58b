// SPDX-License-Identifier: GPL-2.0-or-later
// What a file of a mail is called. spec: piping.md 2.6
#ifndef MIME_FILE_NAME_H
#define MIME_FILE_NAME_H

#include "base/arena.h"
#include "base/text.h"
#include "mime/fields.h"
#include "mime/parameters.h"

#include <stdbool.h>
#include <stddef.h>

struct mail_part {
    struct mail_fields fields;
    struct mail_value type, disposition;
    struct text content; // as it stands
    bool has_line_end;   // `content` ends with the line end of the boundary behind it
};

// The name that the part has: from its disposition, its type, or the Subject of a whole mail; else one made
// of the type and `number`, its place among the mail's files. Never empty.
struct text mail_file_name(const struct mail_part *part, size_t number, struct arena *arena);

#endif
