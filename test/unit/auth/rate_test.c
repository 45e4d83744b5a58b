// SPDX-License-Identifier: GPL-2.0-or-later
// A bucket a key: filled evenly, never over its edge, and never taken from twice at once.
#include "auth/rate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define SECOND INT64_C(1000000)
#define NOW    (1000 * SECOND)

static int open_table(void **state) {
    struct error error;
    *state = rate_table_open(&error);
    return *state ? 0 : -1;
}

static int close_table(void **state) {
    struct rate_table *table = *state;
    rate_table_close(&table);
    return 0;
}

static int taken(struct rate_table *table, int64_t key, int64_t rate, int64_t burst, int64_t now, int tries) {
    struct rate_state ignored;
    int count = 0;
    for (int i = 0; i < tries; i++) count += rate_take(table, key, rate, burst, now, &ignored);
    return count;
}

static void a_burst_may_come_at_once_and_then_one_at_a_time(void **state) {
    struct rate_table *table = *state;
    assert_int_equal(taken(table, 1, 60, 5, NOW, 20), 5);
    assert_int_equal(taken(table, 1, 60, 5, NOW + SECOND - 1, 20), 0);
    assert_int_equal(taken(table, 1, 60, 5, NOW + SECOND, 20), 1);
    assert_int_equal(taken(table, 1, 60, 5, NOW + 3 * SECOND, 20), 2);
    assert_int_equal(taken(table, 1, 60, 5, NOW + 100 * SECOND, 20), 5); // and no more than that
}

static void keys_have_buckets_of_their_own(void **state) {
    struct rate_table *table = *state;
    assert_int_equal(taken(table, 1, 60, 2, NOW, 9), 2);
    assert_int_equal(taken(table, 2, 60, 3, NOW, 9), 3);
    assert_int_equal(taken(table, 1 + RATE_KEYS, 60, 4, NOW, 9), 4);
}

static int wrong(struct rate_table *table, const char *address, int64_t now, int tries) {
    int64_t wait;
    int count = 0;
    for (int i = 0; i < tries && rate_may_try(table, text_of(address), now, &wait); i++, count++)
        rate_tried(table, text_of(address), now);
    return count;
}

static void an_address_that_was_wrong_often_waits(void **state) {
    struct rate_table *table = *state;
    int64_t wait;
    for (int i = 0; i < 100; i++)
        assert_true(rate_may_try(table, TEXT("192.0.2.1"), NOW, &wait)); // to look takes nothing
    assert_int_equal(wrong(table, "192.0.2.1", NOW, 99), RATE_TRIES_AT_ONCE);
    assert_false(rate_may_try(table, TEXT("192.0.2.1"), NOW, &wait));
    assert_int_equal(wait, 60 / RATE_TRIES);
    assert_int_equal(wrong(table, "192.0.2.1", NOW + 60 / RATE_TRIES * SECOND, 99), 1);
    assert_int_equal(wrong(table, "192.0.2.2", NOW, 99), RATE_TRIES_AT_ONCE);
}

static void an_address_of_ipv6_is_its_whole_network_and_one_of_ipv4_is_itself(void **state) {
    struct rate_table *table = *state;
    assert_int_equal(wrong(table, "2001:db8:0:1::1", NOW, 99), RATE_TRIES_AT_ONCE);
    assert_int_equal(wrong(table, "2001:db8:0:1:ffff::2", NOW, 99), 0);
    assert_int_equal(wrong(table, "2001:db8:0:2::1", NOW, 99), RATE_TRIES_AT_ONCE);
    assert_int_equal(wrong(table, "::ffff:192.0.2.9", NOW, 99), RATE_TRIES_AT_ONCE);
    assert_int_equal(wrong(table, "192.0.2.9", NOW, 99), 0);
    assert_int_equal(wrong(table, "nonsense", NOW, 99), RATE_TRIES_AT_ONCE);
}

static void users_of_a_key_have_buckets_beside_its_own(void **state) {
    struct rate_state told;
    for (int64_t user = 1; user <= 3; user++) {
        assert_true(rate_take_of_user(*state, 1, user, 6, NOW, &told));
        assert_int_equal(told.limit, 1);
        assert_false(rate_take_of_user(*state, 1, user, 6, NOW, &told));
        assert_int_equal(told.retry_after, 10);
        assert_true(rate_take_of_user(*state, 1, user, 6, NOW + 10 * SECOND, &told));
    }
    assert_int_equal(taken(*state, 1, 60, 2, NOW, 9), 2);
}

static void what_is_told_adds_up(void **state) {
    struct rate_state told;
    for (int left = 9; left >= 0; left--) {
        assert_true(rate_take(*state, 1, 60, 10, NOW, &told));
        assert_int_equal(told.limit, 10);
        assert_int_equal(told.remaining, left);
        assert_int_equal(told.reset, 10 - left);
        assert_int_equal(told.retry_after, 0);
    }
    assert_false(rate_take(*state, 1, 60, 10, NOW + SECOND / 4, &told));
    assert_int_equal(told.remaining, 0);
    assert_int_equal(told.retry_after, 1);
    assert_int_equal(told.reset, 10);
    assert_true(rate_take(*state, 1, 60, 10, NOW + SECOND / 4 + told.retry_after * SECOND, &told));
}

static void a_rate_that_was_raised_counts_at_once(void **state) {
    struct rate_state told;
    assert_int_equal(taken(*state, 1, 1, 1000, NOW, 1100), 1000); // a thousand minutes are taken
    assert_false(rate_take(*state, 1, 60, 10, NOW, &told));
    assert_int_equal(told.retry_after, 1);
    assert_true(rate_take(*state, 1, 60, 10, NOW + SECOND, &told));
}

static void without_a_burst_it_is_that_of_ten_seconds(void **state) {
    assert_int_equal(taken(*state, 1, 600, 0, NOW, 500), 100);
    assert_int_equal(taken(*state, 2, 5, 0, NOW, 500), 1);
    assert_int_equal(taken(*state, 3, 1000000000, 0, NOW, 500), 500);
}

static void a_key_without_room_is_refused(void **state) {
    for (int64_t key = 1; key <= RATE_KEYS; key++) assert_int_equal(taken(*state, key, 60, 1, NOW, 2), 1);
    assert_int_equal(taken(*state, RATE_KEYS + 1, 60, 1, NOW, 2), 0);
    assert_int_equal(taken(*state, 7, 60, 1, NOW + SECOND, 2), 1);
}

// Each process tells how many it was given.
static void processes_share_the_bucket(void **state) {
    enum { PROCESSES = 4, TRIES = 20000, BURST = 30001 };
    int ends[2], sum = 0, count;
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < PROCESSES; i++) {
        if (fork() != 0) continue;
        count = taken(*state, 5, 60, BURST, NOW, TRIES);
        _exit(write(ends[1], &count, sizeof count) == sizeof count ? 0 : 1);
    }
    for (int i = 0; i < PROCESSES; i++) {
        assert_int_equal(read(ends[0], &count, sizeof count), sizeof count);
        sum += count;
        assert_true(wait(NULL) > 0);
    }
    assert_int_equal(sum, BURST);
    close(ends[0]);
    close(ends[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_burst_may_come_at_once_and_then_one_at_a_time, open_table,
                                        close_table),
        cmocka_unit_test_setup_teardown(keys_have_buckets_of_their_own, open_table, close_table),
        cmocka_unit_test_setup_teardown(users_of_a_key_have_buckets_beside_its_own, open_table, close_table),
        cmocka_unit_test_setup_teardown(an_address_that_was_wrong_often_waits, open_table, close_table),
        cmocka_unit_test_setup_teardown(an_address_of_ipv6_is_its_whole_network_and_one_of_ipv4_is_itself,
                                        open_table, close_table),
        cmocka_unit_test_setup_teardown(what_is_told_adds_up, open_table, close_table),
        cmocka_unit_test_setup_teardown(a_rate_that_was_raised_counts_at_once, open_table, close_table),
        cmocka_unit_test_setup_teardown(without_a_burst_it_is_that_of_ten_seconds, open_table, close_table),
        cmocka_unit_test_setup_teardown(a_key_without_room_is_refused, open_table, close_table),
        cmocka_unit_test_setup_teardown(processes_share_the_bucket, open_table, close_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
