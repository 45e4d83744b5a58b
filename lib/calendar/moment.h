// SPDX-License-Identifier: GPL-2.0-or-later
// Dates and times as people and programs type them.
#ifndef CALENDAR_MOMENT_H
#define CALENDAR_MOMENT_H

#include "base/text.h"
#include "calendar/zone.h"

#include <stdbool.h>
#include <stdint.h>

// Reads a date with or without a time: "2024-05-01", "2024/05/01", "2024-05-01T10:00:00+02:00", "5/1/2024
// 3pm", "1.5.2024 15:00", "01-05-2024", "1 May 2024", "May 1, 2024 15:00 CEST", what is counted from `now`
// (UTC) or from such a date ("tomorrow 10:00", "next monday", "2024-05-01 +1 week", "last friday of next
// month"), or a number of seconds since 1970, as PHP's DateTime understands them. Without a zone it is UTC.
// False for any other text. Of PHP's formats these are missing: weeks and days of the year ("2024-W10",
// "2024.121"), "10.30" as a time, "back of 7pm".
// https://www.php.net/manual/en/datetime.formats.php
bool moment_parse(struct text text, int64_t now, int64_t *utc);

#define MOMENT_STAMP_SIZE 40

// "YYYY-MM-DD HH:MM:SS ZONE": what the clock of the zone shows, and the zone's abbreviation then ("CET",
// "CEST",
// "+03"), its offset ("+02:00") where the system's zone files have none.
void moment_stamp(struct zone *zone, int64_t utc, char stamp[MOMENT_STAMP_SIZE]);

#endif
