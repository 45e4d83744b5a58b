// SPDX-License-Identifier: GPL-2.0-or-later
// Instants as the help desk writes them for people.
#ifndef CALENDAR_FORMAT_H
#define CALENDAR_FORMAT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "calendar/zone.h"

#include <stdbool.h>
#include <stdint.h>

#define FORMAT_BYTES_MAX 1536 // that one instant adds; what would be longer is refused

enum format_kind { FORMAT_DATE, FORMAT_TIME, FORMAT_DATETIME, FORMAT_DAYDATETIME };

// The help desk's settings (ost_config, namespace core), as they stand there; null where there are none.
struct format_settings {
    struct text locale;       // default_locale, else system_language: "en_US", "de"
    struct text date_formats; // "custom": the four below; "24": the locale's with 24 hours; else the locale's
    struct text date_format, time_format, datetime_format, daydatetime_format; // ICU patterns
};

// Appends the instant in an ICU pattern ("MM/dd/y h:mm a"), in the zone and the locale's language, on the
// Gregorian calendar. ERROR_INTERNAL when the pattern is not UTF-8 or too long, or ICU refuses it.
// https://unicode-org.github.io/icu/userguide/format_parse/datetime/
bool format_pattern(struct zone *zone, struct text locale, struct text pattern, int64_t utc,
                    struct buffer *out, struct error *error) CHECKED;

// Appends the instant as osTicket (with PHP's intl) writes a date, time, date and time, or day with date and
// time. Its quirk is kept that "24" is heeded by FORMAT_DATETIME only.
bool format_instant(const struct format_settings *settings, enum format_kind kind, struct zone *zone,
                    int64_t utc, struct buffer *out, struct error *error) CHECKED;

#endif
