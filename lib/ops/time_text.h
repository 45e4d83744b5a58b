// SPDX-License-Identifier: GPL-2.0-or-later
// Times as clients give them. spec: operations.md 1.4.
#ifndef OPS_TIME_TEXT_H
#define OPS_TIME_TEXT_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

#define TIME_TEXT_FORMS "2026-03-05T10:20:30Z, 2026-03-05 or -7d"

struct time_text {
    enum { TIME_AT, TIME_FROM_NOW, TIME_ON_DAY } kind;
    int64_t seconds; // AT: since 1970 in UTC; FROM_NOW: from now on; ON_DAY: since 1970 at the day's start,
                     // in no zone yet
};

// Reads an instant of RFC 3339 ("2026-03-05T10:20:30Z", "…+02:00"; fractions are dropped), a date, or a span
// from now of days, hours or minutes ("-7d", "+2h", "-30m"). False for anything else, 30 February included.
bool time_text_read(struct text text, struct time_text *time);

#endif
