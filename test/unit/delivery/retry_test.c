// SPDX-License-Identifier: GPL-2.0-or-later
// Guards when a mail is tried again: after 1, 5 and 15 minutes, then hourly for two days, then no more.
#include "delivery/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_first_hour_is_tried_at_1_5_and_15_minutes(void **state) {
    (void)state;
    assert_int_equal(retry_after(1), 60);
    assert_int_equal(retry_after(2), 300);
    assert_int_equal(retry_after(3), 900);
}

static void then_it_is_hourly_for_two_days(void **state) {
    (void)state;
    int64_t hourly = 0, tries = 4;
    for (; retry_after(tries) >= 0; tries++) {
        assert_int_equal(retry_after(tries), 3600);
        hourly += 3600;
    }
    assert_int_equal(hourly, 48 * 3600);
    assert_int_equal(retry_after(tries + 100), -1);
}

static void a_count_that_cannot_be_is_a_first_try(void **state) {
    (void)state;
    assert_int_equal(retry_after(0), 60);
    assert_int_equal(retry_after(-5), 60);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_hour_is_tried_at_1_5_and_15_minutes),
        cmocka_unit_test(then_it_is_hourly_for_two_days),
        cmocka_unit_test(a_count_that_cannot_be_is_a_first_try),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
