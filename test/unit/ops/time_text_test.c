// SPDX-License-Identifier: GPL-2.0-or-later
// Times of queries: what is one, and which.
#include "ops/time_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_time(const char *text, int kind, int64_t seconds) {
    struct time_text time;
    if (!time_text_read(text_of(text), &time)) fail_msg("%s is a time", text);
    assert_int_equal(time.kind, kind);
    assert_int_equal(time.seconds, seconds);
}

static void an_instant_is_in_any_offset(void **state) {
    (void)state;
    assert_time("1970-01-02T00:00:00Z", TIME_AT, 86400);
    assert_time("1970-01-02t00:00:00z", TIME_AT, 86400);
    assert_time("1970-01-02T00:00:00.25Z", TIME_AT, 86400);
    assert_time("1970-01-02T02:30:00+02:30", TIME_AT, 86400);
    assert_time("1970-01-01T19:00:00-05:00", TIME_AT, 86400);
}

static void a_date_is_a_day_in_no_zone_yet(void **state) {
    (void)state;
    assert_time("1970-01-03", TIME_ON_DAY, 172800);
    assert_time("2024-02-29", TIME_ON_DAY, 1709164800);
}

static void a_span_counts_from_now(void **state) {
    (void)state;
    assert_time("-7d", TIME_FROM_NOW, -7 * 86400);
    assert_time("+2h", TIME_FROM_NOW, 7200);
    assert_time("-30m", TIME_FROM_NOW, -1800);
    assert_time("-0d", TIME_FROM_NOW, 0);
}

static void anything_else_is_none(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "7d",
        "-d",
        "-7",
        "-7w",
        "--7d",
        "- 7d",
        "-99999999999d",
        "-9223372036854775807m",
        "2023-02-29",
        "2024-13-01",
        "2024-1-1",
        "2024-01-01T",
        "2024-01-01T10:00:00",
        "2024-01-01 10:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T10:00:60Z",
        "2024-01-01T10:00:00.Z",
        "2024-01-01T10:00:00+0200",
        "2024-01-01T10:00:00+02:60",
        "2024-01-01T10:00:00Zx",
        "20240101",
        "now",
    };
    struct time_text time;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (time_text_read(text_of(texts[i]), &time)) fail_msg("%s is no time", texts[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instant_is_in_any_offset),
        cmocka_unit_test(a_date_is_a_day_in_no_zone_yet),
        cmocka_unit_test(a_span_counts_from_now),
        cmocka_unit_test(anything_else_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
