// SPDX-License-Identifier: GPL-2.0-or-later
// Guards which texts are dates, and how a date is kept. What PHP 8.2 makes of each was recorded.
#include "calendar/moment.h"

#include "calendar/abbreviation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void dates_are_read_as_php_reads_them(void **state) {
    static const struct {
        const char *text;
        int64_t utc;
    } rows[] = {
        {"2024-05-01", 1714521600},
        {"2024-05-01 10:00", 1714557600},
        {"2024-05-01 10:00:30", 1714557630},
        {"2024-05-01T10:00:00Z", 1714557600},
        {"2024-05-01T10:00:00+02:00", 1714550400},
        {"2024-05-01T10:00:00.123+0200", 1714550400},
        {"2024-05-01 10:00 CEST", 1714550400},
        {"2024-05-01 10:00 Europe/Berlin", 1714550400},
        {"2024-12-01 10:00 America/New_York", 1733065200},
        {"2024/05/01", 1714521600},
        {"2024/5/1 9:05", 1714554300},
        {"5/1/2024", 1714521600},
        {"05/01/2024 3pm", 1714575600},
        {"5/1/2024 3:30 PM", 1714577400},
        {"1.5.2024", 1714521600},
        {"01.05.2024 15:00", 1714575600},
        {"01-05-2024", 1714521600},
        {"1-5-2024", 1714521600},
        {"1 May 2024", 1714521600},
        {"1 May 2024 10:00", 1714557600},
        {"May 1, 2024", 1714521600},
        {"May 1 2024 15:00 EST", 1714593600},
        {"1-May-2024", 1714521600},
        {"Dec. 24, 2024", 1734998400},
        {"24 december 2024 23:59", 1735084740},
        {"@86400", 86400},
        {"1714557600", 1714557600},
        {"-5", -5},
        {"2024-02-30", 1709251200},
        {"2024-05-01 12:00 am", 1714521600},
        {"2024-05-01 12:00pm", 1714564800},
        {"2024-05-01 0:00", 1714521600},
        {"2024-05-01 24:00", 1714608000},
        {"20240501", 20240501},
        {"2024-05-01 10:00 GMT+2", 1714550400},
        {"2024-05-01 10:00 -5", 1714575600},
        {"2024-05-01 10:00:00 UTC", 1714557600},
        {"2024-05-01 10:00:00 EDT", 1714572000},
        {"2036-12-25 08:08:00 NZDT", 2113758480},
        {"2036-12-25 08:08:00 IST", 2113798080},
        {"2036-07-25 08:08:00 NST", 2100598680},
        {"2036-07-25 08:08:00 NDT", 2100595132},
        {"2036-12-25 08:08:00 ACST", 2113771080},
        {"2036-12-25 08:08:00 chst", 2113769280},
        {"2036-12-25 08:08:00 -03", 2113816080},
        {"2036-12-25 08:08:00 +0545", 2113784580},
        {"2024-05-01,10:00", 1714557600},
        {"2024-1-1", 1704067200},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t utc = 0;
        if (!moment_parse(text_of(rows[i].text), 0, &utc)) fail_msg("\"%s\" is a date", rows[i].text);
        if (utc != rows[i].utc)
            fail_msg("\"%s\" is %lld, not %lld", rows[i].text, (long long)rows[i].utc, (long long)utc);
    }
}

// Over any ceiling for a date.
#define TWENTY   "                    "
#define TOO_LONG "2024-05-01" TWENTY TWENTY TWENTY TWENTY TWENTY "10:00"

static void other_texts_are_no_dates(void **state) {
    static const char *const texts[] = {
        "",
        " ",
        "x",
        "2024-",
        "2024-05-",
        "-",
        "1/2/",
        "2024-13-01",
        "2024-05-32",
        "2024-05-01 25:00",
        "2024-05-01 10:60",
        "13/13/2024",
        "2024-05-01 10:00 nowhere",
        "2024-05-01 10:00 ../x",
        "2024-05-01 10",
        "2024-05-01 13pm",
        "0000-00-00 00:00:00",
        "2024-05-01 10:00:",
        "2024-05-01 10:00 +",
        "2024-05-01 10:00 +99",
        "2024-05-01 x",
        "20240501T100000x",
        "99999999999999999999",
        "2024-05-01 10:00 Europe/Nowhere",
        TOO_LONG,
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t utc;
        if (moment_parse(text_of(texts[i]), 0, &utc)) fail_msg("\"%s\" is no date", texts[i]);
    }
    int64_t utc;
    assert_false(moment_parse(TEXT_NULL, 0, &utc));
    assert_false(moment_parse(TEXT("2024-05-01\0 x"), 0, &utc));
}

static void stamps_name_their_zone(void **state) {
    static const struct {
        const char *zone;
        int64_t utc;
        const char *stamp;
    } rows[] = {
        {"Europe/Berlin", 1714557600, "2024-05-01 12:00:00 CEST"},
        {"Europe/Berlin", 1704067200, "2024-01-01 01:00:00 CET"},
        {"Asia/Riyadh", 1704067200, "2024-01-01 03:00:00 +03"},
        {"America/New_York", 1714557600, "2024-05-01 06:00:00 EDT"},
        {"UTC", 0, "1970-01-01 00:00:00 UTC"},
        {"Asia/Kolkata", 1704067200, "2024-01-01 05:30:00 IST"},
        {"America/Sao_Paulo", 1704067200, "2023-12-31 21:00:00 -03"},
        {"Europe/London", 1714557600, "2024-05-01 11:00:00 BST"},
        {"Europe/Berlin", -1000000000, "1938-04-24 23:13:20 CET"},
        {"Europe/Berlin", 4102444800, "2100-01-01 01:00:00 CET"},
        {"Europe/Berlin", 4118083200, "2100-07-01 02:00:00 CEST"},
        {"Australia/Lord_Howe", 1704067200, "2024-01-01 11:00:00 +11"},
        {"Africa/Casablanca", 1704067200, "2024-01-01 01:00:00 +01"},
        {"America/St_Johns", 1714557600, "2024-05-01 07:30:00 NDT"},
        {"+05:30", 1704067200, "2024-01-01 05:30:00 +05:30"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {0};
        struct zone *zone = zone_open(text_of(rows[i].zone), &error);
        char stamp[MOMENT_STAMP_SIZE];
        assert_non_null(zone);
        moment_stamp(zone, rows[i].utc, stamp);
        assert_string_equal(stamp, rows[i].stamp);
        zone_close(&zone);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_as_php_reads_them),
        cmocka_unit_test(other_texts_are_no_dates),
        cmocka_unit_test(stamps_name_their_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
