// SPDX-License-Identifier: GPL-2.0-or-later
// What the workers of a pool tell each other of replicas.
#include "pool/replica_board.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int open_board(void **state) {
    struct error error = {0};
    *state = replica_board_open(&error);
    return *state ? 0 : -1;
}

static int close_board(void **state) {
    struct replica_board *board = *state;
    replica_board_close(&board);
    return 0;
}

static void a_replica_is_used_until_somebody_finds_it_bad(void **state) {
    struct replica_state *one = replica_board_state(*state, TEXT("db1"));
    struct replica_state *other = replica_board_state(*state, TEXT("db2"));
    assert_int_equal(replica_turn(one, 1000), REPLICA_USE);
    assert_true(replica_leave(one, REPLICA_USE, 1000));
    assert_int_equal(replica_turn(one, 1001), REPLICA_LEAVE);
    assert_int_equal(replica_turn(other, 1001), REPLICA_USE);
}

static void one_worker_alone_looks_whether_it_is_good_again(void **state) {
    struct replica_state *replica = replica_board_state(*state, TEXT("db1"));
    assert_true(replica_leave(replica, REPLICA_USE, 1000));
    assert_int_equal(replica_turn(replica, 1249), REPLICA_LEAVE);
    assert_int_equal(replica_turn(replica, 1250), REPLICA_PROBE);
    assert_int_equal(replica_turn(replica, 1250), REPLICA_LEAVE);
    assert_true(replica_return(replica));
    assert_int_equal(replica_turn(replica, 1251), REPLICA_USE);
    assert_false(replica_return(replica));
}

static void a_worker_that_died_while_it_looked_holds_nobody_up(void **state) {
    struct replica_state *replica = replica_board_state(*state, TEXT("db1"));
    assert_true(replica_leave(replica, REPLICA_USE, 1000));
    assert_int_equal(replica_turn(replica, 1250), REPLICA_PROBE);
    assert_int_equal(replica_turn(replica, 3249), REPLICA_LEAVE);
    assert_int_equal(replica_turn(replica, 3250), REPLICA_PROBE);
}

static void each_failure_in_a_row_doubles_the_time_up_to_half_a_minute(void **state) {
    struct replica_state *replica = replica_board_state(*state, TEXT("db1"));
    int64_t now = 0, spans[] = {250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000};
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        enum replica_turn turn = i ? REPLICA_PROBE : REPLICA_USE;
        assert_int_equal(replica_leave(replica, turn, now), i == 0); // it is told of once
        assert_int_equal(replica_turn(replica, now + spans[i] - 1), REPLICA_LEAVE);
        now += spans[i];
        assert_int_equal(replica_turn(replica, now), REPLICA_PROBE);
    }
}

static void all_workers_that_find_it_bad_at_once_are_one_failure(void **state) {
    struct replica_state *replica = replica_board_state(*state, TEXT("db1"));
    for (int64_t i = 0; i < 10; i++) assert_int_equal(replica_leave(replica, REPLICA_USE, 1000 + i), i == 0);
    assert_int_equal(replica_turn(replica, 1250), REPLICA_PROBE);
}

static void another_process_knows_it_at_once(void **state) {
    struct replica_state *replica = replica_board_state(*state, TEXT("db1"));
    pid_t pid = fork();
    int status;
    if (pid == 0) _exit(replica_leave(replica, REPLICA_USE, 1000) ? 0 : 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(replica_turn(replica, 1001), REPLICA_LEAVE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_board, close_board)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_replica_is_used_until_somebody_finds_it_bad),
        TEST(one_worker_alone_looks_whether_it_is_good_again),
        TEST(a_worker_that_died_while_it_looked_holds_nobody_up),
        TEST(each_failure_in_a_row_doubles_the_time_up_to_half_a_minute),
        TEST(all_workers_that_find_it_bad_at_once_are_one_failure),
        TEST(another_process_knows_it_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
