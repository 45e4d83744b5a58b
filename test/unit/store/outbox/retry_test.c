// SPDX-License-Identifier: GPL-2.0-or-later
// When something that was not taken is tried again.
#include "store/outbox/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const int64_t waits[] = {10, 60, 300};

static void each_wait_holds_for_one_try(void **state) {
    static const struct retry_plan plan = {waits, 3, 1};
    (void)state;
    assert_int_equal(retry_wait(&plan, 1), 10);
    assert_int_equal(retry_wait(&plan, 2), 60);
    assert_int_equal(retry_wait(&plan, 3), 300);
    assert_int_equal(retry_wait(&plan, 4), -1);
    assert_int_equal(retry_wait(&plan, 400), -1);
}

static void the_last_wait_holds_for_as_many_tries_as_the_plan_says(void **state) {
    static const struct retry_plan plan = {waits, 3, 3};
    (void)state;
    assert_int_equal(retry_wait(&plan, 5), 300);
    assert_int_equal(retry_wait(&plan, 6), -1);
}

static void before_the_first_failure_the_first_wait_holds(void **state) {
    static const struct retry_plan plan = {waits, 3, 1};
    (void)state;
    assert_int_equal(retry_wait(&plan, 0), 10);
    assert_int_equal(retry_wait(&plan, -7), 10);
}

static void a_spread_wait_stays_within_its_percent_and_reaches_both_ends(void **state) {
    int64_t least = INT64_MAX, most = 0;
    (void)state;
    for (uint64_t chance = 0; chance < 5000; chance++) {
        int64_t wait = retry_spread(300, 20, chance);
        if (wait < least) least = wait;
        if (wait > most) most = wait;
    }
    assert_int_equal(least, 240);
    assert_int_equal(most, 360);
    assert_int_equal(retry_spread(0, 20, 77), 0);
    assert_int_equal(retry_spread(3, 20, 77), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wait_holds_for_one_try),
        cmocka_unit_test(the_last_wait_holds_for_as_many_tries_as_the_plan_says),
        cmocka_unit_test(before_the_first_failure_the_first_wait_holds),
        cmocka_unit_test(a_spread_wait_stays_within_its_percent_and_reaches_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
