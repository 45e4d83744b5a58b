// SPDX-License-Identifier: GPL-2.0-or-later
// Answers of forms as they are seen once they are stored.
#ifndef FORMS_SHOWN_H
#define FORMS_SHOWN_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "calendar/format.h"

#include <stdbool.h>

struct stored_answer {
    struct text type;          // of the field
    struct text configuration; // JSON of the field, or null
    struct text value;         // as stored, not null
};

// How dates are shown.
struct shown_dates {
    struct text zone_name; // default_timezone
    int64_t now;           // UTC; a text such as "tomorrow" is counted from it
    struct format_settings formats;
};

// Appends what search finds an answer by, without Unicode normalisation: the text of a memo without its tags,
// "Yes" and "No", labels of what was chosen, a telephone number and a date as people read them. Nothing for
// what search passes over (a priority, a file) and what osTicket cannot show. spec: creating.md C.6.
bool shown_add_searchable(const struct stored_answer *answer, const struct shown_dates *dates,
                          struct buffer *out, struct error *error) CHECKED;

// Appends an instant as a field of type datetime shows it, its time only when `with_time`. Nothing when the
// formats cannot be used.
void shown_add_date(const struct shown_dates *dates, bool with_time, int64_t utc, struct buffer *out);

#endif
