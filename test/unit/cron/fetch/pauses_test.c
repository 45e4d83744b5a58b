// SPDX-License-Identifier: GPL-2.0-or-later
// Guards when a message is tried again, and when an account's trouble is told of.
#include "cron/fetch/pauses.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void pauses_grow_up_to_a_day(void **state) {
    static const int64_t wanted[] = {600, 3600, 21600, 86400, 86400};
    (void)state;
    for (int64_t i = 0; i < 5; i++) assert_int_equal(wanted[i], fetch_pause_failed(i + 1));
    assert_int_equal(600, fetch_pause_failed(0));
    assert_int_equal(86400, fetch_pause_failed(INT64_MAX));
}

static void a_message_that_was_only_begun_waits_from_the_third_time_on(void **state) {
    static const int64_t wanted[] = {0, 0, 600, 3600, 21600, 86400};
    (void)state;
    for (int64_t i = 0; i < 6; i++) assert_int_equal(wanted[i], fetch_pause_begun(i + 1));
}

static void trouble_is_told_with_the_sixth_error_alone_and_its_end_behind_it(void **state) {
    (void)state;
    for (int64_t errors = 0; errors < 20; errors++) {
        assert_int_equal(errors == 5, fetch_trouble_begins(errors));
        assert_int_equal(errors >= 6, fetch_trouble_ends(errors));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pauses_grow_up_to_a_day),
        cmocka_unit_test(a_message_that_was_only_begun_waits_from_the_third_time_on),
        cmocka_unit_test(trouble_is_told_with_the_sixth_error_alone_and_its_end_behind_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
