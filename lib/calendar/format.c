// SPDX-License-Identifier: GPL-2.0-or-later
// Instants as texts, by ICU's date formats.
#include "calendar/format.h"

#include <unicode/udat.h>
#include <unicode/ustring.h>

#include <stdio.h>

#define UNIT_BYTES  3                               // of UTF-8, at most
#define PATTERN_MAX 256                             // UTF-16 units of a pattern
#define OUTPUT_MAX  (FORMAT_BYTES_MAX / UNIT_BYTES) // of what comes of it
#define LOCALE_MAX  96
#define ZONE_MAX    80

struct wide {
    UChar units[OUTPUT_MAX];
    int32_t length;
};

static bool refuse(struct error *error, const char *what, UErrorCode status) {
    error_set(error, ERROR_INTERNAL, "A date cannot be written");
    return error_detail(error, "date format: %s: %s", what, u_errorName(status));
}

static bool widen(struct text text, struct wide *wide, struct error *error) {
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(wide->units, PATTERN_MAX, &wide->length, text.data ? text.data : "", (int32_t)text.length,
                  &status);
    return (U_SUCCESS(status) && wide->length < PATTERN_MAX) || refuse(error, "pattern", status);
}

static bool add_wide(const struct wide *wide, struct buffer *out, struct error *error) {
    char bytes[FORMAT_BYTES_MAX];
    int32_t length;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(bytes, sizeof bytes, &length, wide->units, wide->length, &status);
    if (U_FAILURE(status)) return refuse(error, "result", status);
    buffer_add(out, bytes, (size_t)length);
    return true;
}

// `pattern` NULL: the locale's own for the styles. NULL with `error` set.
static UDateFormat *open_format(struct zone *zone, struct text locale, UDateFormatStyle date,
                                UDateFormatStyle time, const struct wide *pattern, struct error *error) {
    char locale_name[LOCALE_MAX], zone_id[ZONE_MAX];
    UChar wide_id[ZONE_MAX];
    UErrorCode status = U_ZERO_ERROR;
    const char *name = zone_name(zone);
    bool fixed = name[0] == '+' || name[0] == '-';
    snprintf(zone_id, sizeof zone_id, "%s%s", fixed ? "GMT" : "", name);
    u_charsToUChars(zone_id, wide_id, ZONE_MAX);
    // Thai and Persian locales would bring calendars of their own.
    snprintf(locale_name, sizeof locale_name, "%.*s@calendar=gregorian",
             (int)(locale.length < 64 ? locale.length : 64), locale.length ? locale.data : "");
    UDateFormat *format =
        udat_open(pattern ? UDAT_PATTERN : time, pattern ? UDAT_PATTERN : date, locale_name, wide_id, -1,
                  pattern ? pattern->units : NULL, pattern ? pattern->length : 0, &status);
    if (U_SUCCESS(status)) return format;
    refuse(error, "pattern or locale", status);
    udat_close(format);
    return NULL;
}

static bool add_formatted(UDateFormat *format, int64_t utc, struct buffer *out, struct error *error) {
    struct wide wide;
    UErrorCode status = U_ZERO_ERROR;
    wide.length = udat_format(format, (UDate)utc * 1000, wide.units, OUTPUT_MAX, NULL, &status);
    return U_SUCCESS(status) ? add_wide(&wide, out, error) : refuse(error, "formatting", status);
}

bool format_pattern(struct zone *zone, struct text locale, struct text pattern, int64_t utc,
                    struct buffer *out, struct error *error) {
    struct wide wide;
    if (!widen(pattern, &wide, error)) return false;
    UDateFormat *format = open_format(zone, locale, UDAT_PATTERN, UDAT_PATTERN, &wide, error);
    bool fine = format && add_formatted(format, utc, out, error);
    if (format) udat_close(format);
    return fine;
}

static bool format_style(struct zone *zone, struct text locale, UDateFormatStyle date, UDateFormatStyle time,
                         int64_t utc, struct buffer *out, struct error *error) {
    UDateFormat *format = open_format(zone, locale, date, time, NULL, error);
    bool fine = format && add_formatted(format, utc, out, error);
    if (format) udat_close(format);
    return fine;
}

// Appends the locale's pattern; `twenty_four` makes its hours 24 and drops AM and PM, letter by letter as
// osTicket does.
static bool add_locale_pattern(struct zone *zone, struct text locale, UDateFormatStyle date,
                               UDateFormatStyle time, bool twenty_four, struct buffer *pattern,
                               struct error *error) {
    struct wide wide, kept = {.length = 0};
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format = open_format(zone, locale, date, time, NULL, error);
    if (!format) return false;
    wide.length = udat_toPattern(format, false, wide.units, PATTERN_MAX, &status);
    udat_close(format);
    if (U_FAILURE(status)) return refuse(error, "the locale's pattern", status);
    for (int32_t i = 0; i < wide.length; i++) {
        UChar unit = wide.units[i];
        if (twenty_four && unit == 'a') continue;
        kept.units[kept.length++] = twenty_four && unit == 'h' ? 'H' : unit;
    }
    if (twenty_four)
        while (kept.length && kept.units[kept.length - 1] == ' ') kept.length--;
    return add_wide(&kept, pattern, error);
}

// A date and time is the locale's short date, a blank and its short time.
static bool format_short(const struct format_settings *settings, struct zone *zone, int64_t utc,
                         struct buffer *out, struct error *error) {
    bool twenty_four = text_equal(settings->date_formats, TEXT("24"));
    struct buffer pattern = buffer_new(PATTERN_MAX * UNIT_BYTES);
    bool fine = add_locale_pattern(zone, settings->locale, UDAT_SHORT, UDAT_NONE, false, &pattern, error);
    buffer_add_char(&pattern, ' ');
    fine = fine &&
           add_locale_pattern(zone, settings->locale, UDAT_NONE, UDAT_SHORT, twenty_four, &pattern, error);
    fine = fine && format_pattern(zone, settings->locale, buffer_text(&pattern), utc, out, error);
    buffer_free(&pattern);
    return fine;
}

bool format_instant(const struct format_settings *settings, enum format_kind kind, struct zone *zone,
                    int64_t utc, struct buffer *out, struct error *error) {
    static const struct {
        UDateFormatStyle date, time;
    } styles[] = {
        [FORMAT_DATE] = {UDAT_SHORT, UDAT_NONE},
        [FORMAT_TIME] = {UDAT_NONE, UDAT_SHORT},
        [FORMAT_DATETIME] = {UDAT_SHORT, UDAT_SHORT},
        [FORMAT_DAYDATETIME] = {UDAT_FULL, UDAT_SHORT},
    };
    const struct text patterns[] = {
        [FORMAT_DATE] = settings->date_format,
        [FORMAT_TIME] = settings->time_format,
        [FORMAT_DATETIME] = settings->datetime_format,
        [FORMAT_DAYDATETIME] = settings->daydatetime_format,
    };
    bool custom = text_equal(settings->date_formats, TEXT("custom"));
    if (custom && patterns[kind].length)
        return format_pattern(zone, settings->locale, patterns[kind], utc, out, error);
    if (kind == FORMAT_DATETIME && !custom) return format_short(settings, zone, utc, out, error);
    return format_style(zone, settings->locale, styles[kind].date, styles[kind].time, utc, out, error);
}
