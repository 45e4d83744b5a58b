// SPDX-License-Identifier: GPL-2.0-or-later
// The stamp of a log line is what the C library would write.
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void the_stamp_is_the_wall_clock_in_utc(void **state) {
    (void)state;
    char stamp[CLOCK_STAMP_SIZE], before[CLOCK_STAMP_SIZE], after[CLOCK_STAMP_SIZE];
    time_t earlier = time(NULL);
    clock_stamp(stamp);
    time_t later = time(NULL) + 1; // time() may be some milliseconds behind
    struct tm utc;
    assert_int_not_equal(strftime(before, sizeof before, "%Y-%m-%dT%H:%M:%S", gmtime_r(&earlier, &utc)), 0);
    assert_int_not_equal(strftime(after, sizeof after, "%Y-%m-%dT%H:%M:%S", gmtime_r(&later, &utc)), 0);
    assert_true(strncmp(stamp, before, 19) >= 0 && strncmp(stamp, after, 19) <= 0);
    assert_int_equal(strlen(stamp), 24);
    assert_int_equal(stamp[19], '.');
    assert_int_equal(strspn(stamp + 20, "0123456789"), 3);
    assert_string_equal(stamp + 23, "Z");
}

static void the_monotonic_clock_is_one_clock(void **state) {
    (void)state;
    int64_t us = clock_monotonic_us(), ms = clock_monotonic_ms();
    assert_true(ms >= us / 1000 && ms - us / 1000 < 60000);
    assert_true(clock_monotonic_us() >= us);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stamp_is_the_wall_clock_in_utc),
        cmocka_unit_test(the_monotonic_clock_is_one_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
