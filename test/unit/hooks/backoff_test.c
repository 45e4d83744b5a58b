// SPDX-License-Identifier: GPL-2.0-or-later
// Guards when a call that failed is made again: over two days, then no more.
#include "hooks/backoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// The chance that leaves a wait of so many seconds as it is.
static uint64_t middle(int64_t wait) {
    return (uint64_t)(wait / 5);
}

static void the_waits_grow_from_ten_seconds_to_a_day_and_end_there(void **state) {
    static const int64_t waits[] = {10, 60, 300, 1800, 7200, 21600, 43200, 86400};
    int64_t all = 0;
    (void)state;
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        assert_int_equal(backoff((int64_t)i + 1, 0, middle(waits[i])), waits[i]);
        assert_in_range(backoff((int64_t)i + 1, 0, 0), waits[i] * 4 / 5, waits[i] * 4 / 5);
        all += waits[i];
    }
    assert_in_range(all, 40 * 3600, 48 * 3600);
    assert_int_equal(backoff(9, 0, 1), -1);
}

static void a_receiver_that_asks_for_more_time_gets_it(void **state) {
    (void)state;
    assert_int_equal(backoff(1, 120, middle(10)), 120);
    assert_int_equal(backoff(3, 120, middle(300)), 300);
    assert_int_equal(backoff(9, 120, 0), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_waits_grow_from_ten_seconds_to_a_day_and_end_there),
        cmocka_unit_test(a_receiver_that_asks_for_more_time_gets_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
