// SPDX-License-Identifier: GPL-2.0-or-later
// Guards which messages of a mailbox a run takes, leaves, puts away and forgets.
#include "cron/fetch/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define MESSAGES_MAX 8

static struct arena arena;
static struct fetch_plan plan;

static int set_up(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

// Messages "1" to "N", and what is remembered of some.
static void make_plan(size_t count, struct message_memory *memories, size_t memory_count,
                      struct fetch_rules rules) {
    static char uids[MESSAGES_MAX][24];
    static struct mailbox_message messages[MESSAGES_MAX];
    for (size_t i = 0; i < count; i++) {
        snprintf(uids[i], sizeof uids[i], "%zu", i + 1);
        messages[i] =
            (struct mailbox_message){.uid = text_of(uids[i]), .number = (uint32_t)i + 1, .size = -1};
    }
    assert_true(fetch_plan_make(messages, count, memories, memory_count, &rules, &arena, &plan));
}

static void assert_taken(const char *uids) {
    char got[64] = "";
    for (size_t i = 0; i < plan.take_count; i++) snprintf(got + i * 2, 3, "%s ", plan.take[i].uid.data);
    assert_string_equal(uids, got);
}

static const struct fetch_rules leaving = {.most = 3, .largest = 1000};
static const struct fetch_rules archiving = {.most = 3, .largest = 1000, .puts_away = true};

static void the_oldest_come_first_and_no_more_than_may_in_a_run(void **state) {
    (void)state;
    make_plan(5, NULL, 0, leaving);
    assert_taken("1 2 3 ");
    make_plan(2, NULL, 0, leaving);
    assert_taken("1 2 ");
    make_plan(0, NULL, 0, leaving);
    assert_taken("");
}

static void what_is_done_makes_room_for_newer_ones(void **state) {
    struct message_memory memories[] = {{TEXT("2"), MESSAGE_DONE, 1, true, 0},
                                        {TEXT("1"), MESSAGE_DONE, 1, true, 0}};
    (void)state;
    make_plan(5, memories, 2, leaving);
    assert_taken("3 4 5 ");
    assert_int_equal(0, plan.put_away_count);
}

static void what_is_done_and_still_there_is_put_away(void **state) {
    struct message_memory memories[] = {{TEXT("2"), MESSAGE_DONE, 1, true, 0}};
    (void)state;
    make_plan(3, memories, 1, archiving);
    assert_taken("1 3 ");
    assert_int_equal(1, plan.put_away_count);
    assert_string_equal("2", plan.put_away[0].uid.data);
    assert_int_equal(2, plan.put_away[0].number);
}

static void what_failed_waits_until_it_is_due(void **state) {
    struct message_memory memories[] = {{TEXT("1"), MESSAGE_FAILED, 2, false, 0},
                                        {TEXT("2"), MESSAGE_FAILED, 4, true, 0},
                                        {TEXT("3"), MESSAGE_BEGUN, 3, false, 0},
                                        {TEXT("4"), MESSAGE_BEGUN, 1, true, 0}};
    (void)state;
    make_plan(5, memories, 4, leaving);
    assert_taken("2 4 5 ");
    assert_int_equal(4, plan.attempts[0]);
    assert_int_equal(1, plan.attempts[1]);
    assert_int_equal(0, plan.attempts[2]);
}

static void what_is_too_large_stays_until_the_limit_is_raised(void **state) {
    struct message_memory memories[] = {{TEXT("1"), MESSAGE_LARGE, 0, true, 1001},
                                        {TEXT("2"), MESSAGE_LARGE, 0, true, 1000}};
    (void)state;
    make_plan(3, memories, 2, leaving);
    assert_taken("2 3 ");
    assert_int_equal(1, plan.large);
}

static void what_is_remembered_and_gone_is_forgotten(void **state) {
    struct message_memory memories[] = {{TEXT("7"), MESSAGE_DONE, 1, true, 0},
                                        {TEXT("8"), MESSAGE_FAILED, 1, true, 0},
                                        {TEXT("1"), MESSAGE_DONE, 1, true, 0},
                                        {TEXT("=0a"), MESSAGE_DONE, 1, true, 0}};
    (void)state;
    make_plan(1, memories, 4, leaving);
    assert_int_equal(1, plan.gone_count);
    assert_string_equal("7", plan.gone[0].data);
    assert_int_equal(1, plan.forget_count);
    assert_string_equal("8", plan.forget[0].data);
}

static void without_uids_all_are_to_be_looked_at(void **state) {
    struct mailbox_message messages[5] = {{.uid = TEXT(""), .number = 1},
                                          {.uid = TEXT(""), .number = 2},
                                          {.uid = TEXT("a b"), .number = 3},
                                          {.uid = TEXT("=x"), .number = 4},
                                          {.uid = TEXT("\xC3\xA4"), .number = 5}};
    (void)state;
    assert_true(fetch_plan_make(messages, 5, NULL, 0, &leaving, &arena, &plan));
    assert_int_equal(5, plan.take_count);
}

static void a_full_arena_is_no_plan(void **state) {
    struct mailbox_message messages[2] = {{.uid = TEXT("1")}, {.uid = TEXT("2")}};
    struct arena small = arena_new(16);
    (void)state;
    assert_false(fetch_plan_make(messages, 2, NULL, 0, &leaving, &small, &plan));
    arena_free(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_oldest_come_first_and_no_more_than_may_in_a_run, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_done_makes_room_for_newer_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_done_and_still_there_is_put_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_failed_waits_until_it_is_due, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_too_large_stays_until_the_limit_is_raised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_remembered_and_gone_is_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_uids_all_are_to_be_looked_at, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_arena_is_no_plan, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
