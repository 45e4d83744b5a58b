// SPDX-License-Identifier: GPL-2.0-or-later
// What a child that was taken over can do to the scoreboard.
#include "pool/scoreboard.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define BORN 1000
#define NOW  5000

static struct scoreboard scoreboard;

static int make(void **state) {
    (void)state;
    struct error error;
    return scoreboard_open(&scoreboard, &error) ? 0 : -1;
}

static int clear(void **state) {
    (void)state;
    scoreboard_close(&scoreboard);
    return 0;
}

static struct slot_view view_of(int state, int64_t since) {
    struct slot_view view;
    scoreboard.slots[1].state = state;
    scoreboard.slots[1].since_ms = since;
    slot_read(&scoreboard.slots[1], BORN, NOW, &view);
    return view;
}

static void a_state_that_does_not_exist_is_busy(void **state) {
    (void)state;
    assert_int_equal(view_of(SLOT_STARTING, NOW).state, SLOT_STARTING);
    assert_int_equal(view_of(SLOT_IDLE, NOW).state, SLOT_IDLE);
    static const int wild[] = {SLOT_BUSY, 4, -1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < 5; i++) assert_int_equal(view_of(wild[i], NOW).state, SLOT_BUSY);
}

static void a_time_that_cannot_be_counts_from_birth(void **state) {
    (void)state;
    assert_int_equal(view_of(SLOT_BUSY, BORN).since_ms, BORN);
    assert_int_equal(view_of(SLOT_BUSY, NOW).since_ms, NOW);
    static const int64_t wild[] = {NOW + 1, BORN - 1, 0, -1, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < 6; i++) assert_int_equal(view_of(SLOT_BUSY, wild[i]).since_ms, BORN);
}

static void texts_without_an_end_are_ended(void **state) {
    (void)state;
    struct slot_view view;
    memset(scoreboard.slots[1].operation, 'x', sizeof scoreboard.slots[1].operation);
    memset(scoreboard.slots[1].request_id, 'y', sizeof scoreboard.slots[1].request_id);
    slot_read(&scoreboard.slots[1], BORN, NOW, &view);
    assert_int_equal(strlen(view.operation), SCOREBOARD_NAME_MAX);
    assert_int_equal(strlen(view.request_id), SCOREBOARD_ID_MAX);
}

static void the_memory_is_sealed(void **state) {
    (void)state;
    int seals = fcntl(scoreboard.descriptor, F_GET_SEALS);
    assert_int_equal(seals & (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL),
                     F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
    assert_int_not_equal(ftruncate(scoreboard.descriptor, 0), 0);
    assert_int_not_equal(ftruncate(scoreboard.descriptor, 1 << 20), 0);
}

// How a child ends that kept slot 3 and writes to slot `number`.
static int writes_to(size_t number) {
    pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        scoreboard_keep(&scoreboard, &scoreboard.slots[3]);
        scoreboard_forget(&scoreboard);
        scoreboard.slots[number].state = SLOT_BUSY;
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) || WEXITSTATUS(status) ? -1 : 0;
}

static void a_child_has_no_other_childs_slot(void **state) {
    (void)state;
    if (sysconf(_SC_PAGESIZE) > (long)sizeof(struct scoreboard_slot)) skip();
    assert_int_equal(writes_to(3), 0);
    assert_int_equal(scoreboard.slots[3].state, SLOT_BUSY);
    static const size_t others[] = {0, 2, 4, 7};
    for (size_t i = 0; i < 4; i++) {
        assert_int_not_equal(writes_to(others[i]), 0);
        assert_int_equal(scoreboard.slots[others[i]].state, SLOT_STARTING);
    }
}

static void a_program_gets_its_one_slot(void **state) {
    (void)state;
    struct scoreboard attached;
    struct error error;
    assert_true(scoreboard_attach(&attached, dup(scoreboard.descriptor), 2, &error));
    assert_int_equal(attached.count, 1);
    attached.slots->state = SLOT_BUSY;
    assert_int_equal(scoreboard.slots[2].state, SLOT_BUSY);
    scoreboard_close(&attached);
    assert_false(scoreboard_attach(&attached, dup(scoreboard.descriptor), SCOREBOARD_SLOTS, &error));
    assert_false(scoreboard_attach(&attached, dup(scoreboard.descriptor), SIZE_MAX, &error));
}

#define TEST_OF(name) cmocka_unit_test_setup_teardown(name, make, clear)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_OF(a_state_that_does_not_exist_is_busy), TEST_OF(a_time_that_cannot_be_counts_from_birth),
        TEST_OF(texts_without_an_end_are_ended),      TEST_OF(the_memory_is_sealed),
        TEST_OF(a_child_has_no_other_childs_slot),    TEST_OF(a_program_gets_its_one_slot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
