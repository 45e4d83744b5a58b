// SPDX-License-Identifier: GPL-2.0-or-later
// Spans of queues that count from now.
#include "ops/list/queue_times.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct zone *berlin;

static int64_t at(const char *stamp) {
    int64_t seconds;
    assert_true(civil_parse_stamp(text_of(stamp), &seconds));
    return seconds;
}

static void assert_period(const char *name, const char *now, const char *since, const char *before) {
    struct time_span span;
    char stamp[CIVIL_STAMP_SIZE];
    assert_true(queue_period(text_of(name), berlin, at(now), &span));
    assert_true(span.has_since && span.has_before);
    civil_stamp(span.since, stamp);
    assert_string_equal(stamp, since);
    civil_stamp(span.before, stamp);
    assert_string_equal(stamp, before);
}

// Thursday 5 March 2026, an hour ahead of UTC; in summer two.
static void periods_are_those_of_the_help_desks_clock(void **state) {
    (void)state;
    assert_period("td", "2026-03-05 10:00:00", "2026-03-04 23:00:00", "2026-03-05 23:00:00");
    assert_period("td", "2026-03-04 23:00:00", "2026-03-04 23:00:00", "2026-03-05 23:00:00");
    assert_period("td", "2026-03-29 10:00:00", "2026-03-28 23:00:00", "2026-03-29 22:00:00"); // 23 hours
    assert_period("yd", "2026-03-01 10:00:00", "2026-02-27 23:00:00", "2026-02-28 23:00:00");
    assert_period("tw", "2026-03-05 10:00:00", "2026-03-01 23:00:00", "2026-03-08 23:00:00");
    assert_period("tw", "2026-03-02 10:00:00", "2026-03-01 23:00:00", "2026-03-08 23:00:00"); // a Monday
    assert_period("lw", "2026-03-08 10:00:00", "2026-02-22 23:00:00", "2026-03-01 23:00:00"); // a Sunday
    assert_period("tm", "2026-03-05 10:00:00", "2026-02-28 23:00:00", "2026-03-31 22:00:00");
    assert_period("lm", "2026-01-31 10:00:00", "2025-11-30 23:00:00", "2025-12-31 23:00:00");
    assert_period("tq", "2026-12-31 10:00:00", "2026-09-30 22:00:00", "2026-12-31 23:00:00");
    assert_period("lq", "2026-02-05 10:00:00", "2025-09-30 22:00:00", "2025-12-31 23:00:00");
    assert_period("ty", "2026-02-05 10:00:00", "2025-12-31 23:00:00", "2026-12-31 23:00:00");
    assert_period("ly", "2026-02-05 10:00:00", "2024-12-31 23:00:00", "2025-12-31 23:00:00");
}

static void other_periods_are_none(void **state) {
    (void)state;
    const char *const names[] = {"", "t", "td ", "ld", "yw", "ym", "xx", "tx", "today"};
    struct time_span span;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_false(queue_period(text_of(names[i]), berlin, at("2026-03-05 10:00:00"), &span));
    assert_false(queue_period(TEXT_NULL, berlin, 0, &span));
}

static void assert_distance(int64_t count, char unit, const char *now, const char *then) {
    int64_t seconds;
    char stamp[CIVIL_STAMP_SIZE];
    assert_true(queue_distance(count, unit, at(now), &seconds));
    civil_stamp(seconds, stamp);
    assert_string_equal(stamp, then);
}

static void distances_of_each_unit(void **state) {
    (void)state;
    assert_distance(-90, 'i', "2026-03-05 01:00:00", "2026-03-04 23:30:00");
    assert_distance(5, 'h', "2026-03-05 10:00:00", "2026-03-05 15:00:00");
    assert_distance(-5, 'd', "2026-03-05 10:00:00", "2026-02-28 10:00:00");
    assert_distance(2, 'w', "2026-03-05 10:00:00", "2026-03-19 10:00:00");
    assert_distance(-1, 'm', "2026-03-31 10:00:00", "2026-02-28 10:00:00");
    assert_distance(11, 'm', "2026-03-31 10:00:00", "2027-02-28 10:00:00");
}

static void distances_beyond_the_calendar_are_none(void **state) {
    (void)state;
    int64_t then;
    assert_false(queue_distance(INT64_MAX, 'd', 0, &then));
    assert_false(queue_distance(INT64_MIN, 'm', 0, &then));
    assert_false(queue_distance(100000000, 'w', 0, &then));
    assert_false(queue_distance(-23999, 'm', 0, &then));
    assert_false(queue_distance(1, 'y', 0, &then));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_those_of_the_help_desks_clock),
        cmocka_unit_test(other_periods_are_none),
        cmocka_unit_test(distances_of_each_unit),
        cmocka_unit_test(distances_beyond_the_calendar_are_none),
    };
    struct error error = {0};
    berlin = zone_open(TEXT("Europe/Berlin"), &error);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    zone_close(&berlin);
    return failed;
}
