// SPDX-License-Identifier: GPL-2.0-or-later
// Guards time zones: names, changes of clocks, and the guess at a database's zone.
#include "calendar/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(const char *name, const char *local, const char *utc) {
    struct error error = {0};
    struct zone *zone = zone_open(text_of(name), &error), *universal = zone_open(TEXT("UTC"), &error);
    char stamp[CIVIL_STAMP_SIZE];
    int64_t instant;
    assert_non_null(zone);
    assert_true(zone_parse(zone, text_of(local), &instant));
    zone_stamp(universal, instant, stamp);
    assert_string_equal(stamp, utc);
    zone_close(&zone);
    zone_close(&universal);
}

static void local_times_become_utc(void **state) {
    (void)state;
    expect("UTC", "2026-11-24 04:00:00", "2026-11-24 04:00:00");
    expect("Europe/Berlin", "2026-01-05 10:11:12", "2026-01-05 09:11:12");
    expect("europe/berlin", "2026-07-05 10:11:12", "2026-07-05 08:11:12");
    expect("America/New_York", "2026-03-08 03:00:00", "2026-03-08 07:00:00");
    expect("Asia/Kolkata", "1975-02-28 23:59:59", "1975-02-28 18:29:59");
    expect("Asia/Kathmandu", "2026-01-01", "2025-12-31 18:15:00");
    expect("+02:00", "2026-01-01 00:00:00", "2025-12-31 22:00:00");
    expect("-3:30", "2026-01-01 00:00:00", "2026-01-01 03:30:00");
}

static void a_time_that_comes_twice_is_the_first(void **state) {
    (void)state;
    expect("Europe/Berlin", "2026-10-25 02:30:00", "2026-10-25 00:30:00");
    expect("Australia/Lord_Howe", "2026-04-05 01:45:00", "2026-04-04 14:45:00");
}

static void a_time_that_is_skipped_is_put_off(void **state) {
    (void)state;
    expect("Europe/Berlin", "2026-03-29 02:30:00", "2026-03-29 01:30:00");
    expect("America/New_York", "2026-03-08 02:15:00", "2026-03-08 07:15:00");
}

static void every_instant_comes_back(void **state) {
    (void)state;
    struct error error = {0};
    struct zone *zone = zone_open(TEXT("America/Sao_Paulo"), &error);
    for (int64_t utc = 0; utc < 1800000000; utc += 100003) {
        char stamp[CIVIL_STAMP_SIZE];
        int64_t back;
        zone_stamp(zone, utc, stamp);
        assert_true(zone_parse(zone, text_of(stamp), &back));
        // Only in the hour that comes twice may it be the other of the two.
        assert_true(back == utc || back == utc - 3600);
    }
    zone_close(&zone);
}

static void what_is_no_zone_is_refused(void **state) {
    (void)state;
    static const char *const names[] = {"",       "SYSTEM", "CEST", "Europe/Atlantis", "GMT+5", "+2",
                                        "+15:00", "+02:60", "+:00", "Europe/Berlin/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct error error = {0};
        assert_null(zone_open(text_of(names[i]), &error));
        assert_int_equal(error.code, ERROR_UNPROCESSABLE);
    }
}

static void zero_dates_and_nonsense_are_no_time(void **state) {
    (void)state;
    static const char *const stamps[] = {"0000-00-00 00:00:00",
                                         "2026-02-29 00:00:00",
                                         "2026-1-1",
                                         "2026-01-01 24:00:00",
                                         "2026-01-01T00:00:00",
                                         "",
                                         "2026-01-01 00:00",
                                         "now"};
    struct error error = {0};
    struct zone *zone = zone_open(TEXT("UTC"), &error);
    int64_t utc;
    for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++)
        assert_false(zone_parse(zone, text_of(stamps[i]), &utc));
    assert_true(zone_parse(zone, TEXT("2024-02-29 23:59:59.999999"), &utc));
    assert_int_equal(utc, 1709251199);
    zone_close(&zone);
}

#define JANUARY 1768478400 // 2026-01-15 12:00:00 UTC
#define JULY    1784116800 // 2026-07-15 12:00:00 UTC

static void expect_database(const char *name, int32_t january, int32_t july, const char *expected) {
    struct error error = {0};
    const struct zone_observation seen[] = {{JANUARY, january}, {JULY, july}};
    struct zone *zone = zone_open_database(text_of(name), seen, 2, &error);
    assert_non_null(zone);
    assert_string_equal(zone_name(zone), expected);
    zone_close(&zone);
}

static void a_databases_zone_is_told_by_its_clock(void **state) {
    (void)state;
    expect_database("UTC", 0, 0, "UTC");
    expect_database("CEST", 3600, 7200, "Europe/Berlin");
    expect_database("CET", 3600, 7200, "Europe/Berlin");
    expect_database("EST", -18000, -14400, "America/New_York");
    expect_database("EST", -18000, -18000, "America/Bogota");
    expect_database("BST", 0, 3600, "Europe/London");
    expect_database("+05:30", 19800, 19800, "+05:30");
    expect_database("Asia/Tokyo", 32400, 32400, "Asia/Tokyo");
    expect_database("NST", -12600, -9000, "America/St_Johns");
    expect_database("XYZ", 12345 / 60 * 60, 12345 / 60 * 60, "+03:25");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_times_become_utc),
        cmocka_unit_test(a_time_that_comes_twice_is_the_first),
        cmocka_unit_test(a_time_that_is_skipped_is_put_off),
        cmocka_unit_test(every_instant_comes_back),
        cmocka_unit_test(what_is_no_zone_is_refused),
        cmocka_unit_test(zero_dates_and_nonsense_are_no_time),
        cmocka_unit_test(a_databases_zone_is_told_by_its_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
