// SPDX-License-Identifier: GPL-2.0-or-later
// Guards how instants are written for people. The texts are those of PHP's intl, as osTicket calls it.
#include "calendar/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define INSTANT 1795752145 // 2026-11-27 04:02:25 UTC

static struct zone *open_zone(const char *name) {
    struct error error = {0};
    struct zone *zone = zone_open(text_of(name), &error);
    assert_non_null(zone);
    return zone;
}

static void expect_pattern(const char *locale, const char *zone_name, const char *pattern,
                           const char *expected) {
    struct error error = {0};
    struct buffer out = buffer_new(256);
    struct zone *zone = open_zone(zone_name);
    assert_true(format_pattern(zone, text_of(locale), text_of(pattern), INSTANT, &out, &error));
    assert_string_equal(out.data, expected);
    zone_close(&zone);
    buffer_free(&out);
}

static void a_pattern_is_written_in_the_zone_and_language(void **state) {
    (void)state;
    expect_pattern("en_US", "Europe/Berlin", "EEE, MMM d y h:mm a", "Fri, Nov 27 2026 5:02 AM");
    expect_pattern("en_US", "America/New_York", "MM/dd/y h:mm a", "11/26/2026 11:02 PM");
    expect_pattern("de", "Europe/Berlin", "EEEE, d. MMMM y", "Freitag, 27. November 2026");
    expect_pattern("fr_FR", "UTC", "EEEE d MMMM y HH:mm:ss", "vendredi 27 novembre 2026 04:02:25");
    expect_pattern("en_US", "+05:30", "HH:mm", "09:32");
    expect_pattern("en_US", "-3:30", "HH:mm", "00:32");
    expect_pattern("en_US", "UTC", "'at' HH 'o''clock'", "at 04 o'clock");
}

static void another_calendar_of_the_locale_is_not_used(void **state) {
    (void)state;
    expect_pattern("th_TH", "Asia/Bangkok", "y-MM-dd", "2026-11-27");
    expect_pattern("th_TH@calendar=buddhist", "Asia/Bangkok", "MM-dd", "11-27");
}

static void expect(const char *locale, const char *formats, const char *zone_name, enum format_kind kind,
                   const char *expected) {
    struct error error = {0};
    struct buffer out = buffer_new(256);
    struct zone *zone = open_zone(zone_name);
    const struct format_settings settings = {
        .locale = text_of(locale),
        .date_formats = text_of(formats),
        .date_format = TEXT("MM/dd/y"),
        .time_format = TEXT("hh:mm a"),
        .datetime_format = TEXT("MM/dd/y h:mm a"),
        .daydatetime_format = TEXT("EEE, MMM d y h:mm a"),
    };
    assert_true(format_instant(&settings, kind, zone, INSTANT, &out, &error));
    assert_string_equal(out.data, expected);
    zone_close(&zone);
    buffer_free(&out);
}

static void custom_formats_are_those_of_the_help_desk(void **state) {
    (void)state;
    expect("en_US", "custom", "Europe/Berlin", FORMAT_DATE, "11/27/2026");
    expect("en_US", "custom", "Europe/Berlin", FORMAT_TIME, "05:02 AM");
    expect("en_US", "custom", "Europe/Berlin", FORMAT_DATETIME, "11/27/2026 5:02 AM");
    expect("en_US", "custom", "Europe/Berlin", FORMAT_DAYDATETIME, "Fri, Nov 27 2026 5:02 AM");
}

static void default_formats_are_the_locales(void **state) {
    (void)state;
    expect("en_US", NULL, "Europe/Berlin", FORMAT_DATE, "11/27/26");
    expect("de", "", "Europe/Berlin", FORMAT_DATE, "27.11.26");
    expect("de", "default", "Europe/Berlin", FORMAT_TIME, "05:02");
    expect("de", "default", "Europe/Berlin", FORMAT_DATETIME, "27.11.26 05:02");
    expect("de", "default", "Europe/Berlin", FORMAT_DAYDATETIME, "Freitag, 27. November 2026 um 05:02");
    expect("ja", "default", "Asia/Tokyo", FORMAT_DATETIME, "2026/11/27 13:02");
    expect("fr_FR", "default", "UTC", FORMAT_DAYDATETIME, "vendredi 27 novembre 2026 \303\240 04:02");
}

static void twenty_four_hours_drop_am_and_pm(void **state) {
    (void)state;
    struct error error = {0};
    struct buffer out = buffer_new(256);
    struct zone *zone = open_zone("America/New_York");
    const struct format_settings settings = {.locale = TEXT("en_US"), .date_formats = TEXT("24")};
    assert_true(format_instant(&settings, FORMAT_DATETIME, zone, INSTANT, &out, &error));
    // A narrow blank before the former PM depends on ICU's version.
    assert_non_null(strstr(out.data, "11/26/26 23:02"));
    assert_null(strstr(out.data, "M"));
    zone_close(&zone);
    buffer_free(&out);
}

static void a_pattern_that_cannot_be_read_is_an_error(void **state) {
    (void)state;
    char pattern[400];
    memset(pattern, 'y', sizeof pattern);
    struct error error = {0};
    struct buffer out = buffer_new(4096);
    struct zone *zone = open_zone("UTC");
    assert_false(
        format_pattern(zone, TEXT("en"), (struct text){pattern, sizeof pattern}, INSTANT, &out, &error));
    assert_false(format_pattern(zone, TEXT("en"), TEXT("y \377"), INSTANT, &out, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
    assert_int_equal(out.length, 0);
    zone_close(&zone);
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_is_written_in_the_zone_and_language),
        cmocka_unit_test(another_calendar_of_the_locale_is_not_used),
        cmocka_unit_test(custom_formats_are_those_of_the_help_desk),
        cmocka_unit_test(default_formats_are_the_locales),
        cmocka_unit_test(twenty_four_hours_drop_am_and_pm),
        cmocka_unit_test(a_pattern_that_cannot_be_read_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
