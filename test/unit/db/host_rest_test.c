// SPDX-License-Identifier: GPL-2.0-or-later
// In which order the hosts of [database] host are tried.
#include "db/host_rest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_order(const struct host_rest *rest, int64_t now_ms, size_t first, size_t second,
                         size_t third) {
    size_t order[HOSTS_MAX];
    host_rest_order(rest, 3, now_ms, order);
    assert_int_equal(order[0], first);
    assert_int_equal(order[1], second);
    assert_int_equal(order[2], third);
}

static void hosts_are_tried_in_the_order_of_the_list(void **state) {
    (void)state;
    struct host_rest rest = {0};
    assert_order(&rest, 5000, 0, 1, 2);
}

static void one_that_failed_lately_comes_last_until_it_has_rested(void **state) {
    (void)state;
    struct host_rest rest = {0};
    host_rest_note(&rest, 0, false, 5000);
    assert_order(&rest, 5000, 1, 2, 0);
    assert_order(&rest, 5999, 1, 2, 0);
    assert_order(&rest, 6000, 0, 1, 2);
}

static void each_failure_in_a_row_doubles_the_rest_up_to_a_minute(void **state) {
    (void)state;
    struct host_rest rest = {0};
    int64_t spans[] = {1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        int64_t now = (int64_t)i * 100000;
        host_rest_note(&rest, 1, false, now);
        assert_order(&rest, now + spans[i] - 1, 0, 2, 1);
        assert_order(&rest, now + spans[i], 0, 1, 2);
    }
}

static void a_good_one_has_no_past(void **state) {
    (void)state;
    struct host_rest rest = {0};
    for (int i = 0; i < 5; i++) host_rest_note(&rest, 0, false, 1000);
    host_rest_note(&rest, 0, true, 1001);
    assert_order(&rest, 1001, 0, 1, 2);
    host_rest_note(&rest, 0, false, 2000);
    assert_order(&rest, 3000, 0, 1, 2);
}

static void where_all_failed_all_are_tried(void **state) {
    (void)state;
    struct host_rest rest = {0};
    for (size_t i = 0; i < 3; i++) host_rest_note(&rest, i, false, 1000);
    assert_order(&rest, 1001, 0, 1, 2);
}

static void a_list_that_is_too_long_is_cut(void **state) {
    (void)state;
    struct host_rest rest = {0};
    size_t order[HOSTS_MAX];
    host_rest_order(&rest, 1000, 0, order);
    assert_int_equal(order[HOSTS_MAX - 1], HOSTS_MAX - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_tried_in_the_order_of_the_list),
        cmocka_unit_test(one_that_failed_lately_comes_last_until_it_has_rested),
        cmocka_unit_test(each_failure_in_a_row_doubles_the_rest_up_to_a_minute),
        cmocka_unit_test(a_good_one_has_no_past),
        cmocka_unit_test(where_all_failed_all_are_tried),
        cmocka_unit_test(a_list_that_is_too_long_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
