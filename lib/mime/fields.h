// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of a header, of a mail or of one of its parts.
#ifndef MIME_FIELDS_H
#define MIME_FIELDS_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct mail_field {
    struct text name;  // as it stands, up to the colon
    struct text value; // unfolded: a line end with the blanks behind it is one blank; not decoded
};

struct mail_fields {
    struct mail_field *items;
    size_t count;
};

// Header and body of a mail or a part: what stands before the first empty line, and behind it. Without one
// the header ends where a line is none of its. CR alone ends no line.
void mail_split(struct text bytes, struct text *header, struct text *body);

// Reads the fields. A line that is none is passed over. A full arena shows in `arena->failed`.
struct mail_fields mail_fields_read(struct text header, struct arena *arena);

// The last field of this name whose value is not blank, trimmed; the first one. Letter case does not count.
// Null: none.
struct text mail_field_last(const struct mail_fields *fields, const char *name);
struct text mail_field_first(const struct mail_fields *fields, const char *name);

// All values of this name with `between` between them; null: none.
struct text mail_field_joined(const struct mail_fields *fields, const char *name, const char *between,
                              struct arena *arena);

// The next line of `text` from `*at` on, without its end; `*at` moves behind that. False at the end of the
// text.
bool mail_line_next(struct text text, size_t *at, struct text *line);

#endif
