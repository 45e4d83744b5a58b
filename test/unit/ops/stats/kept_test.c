// SPDX-License-Identifier: GPL-2.0-or-later
// Answers are kept for some seconds, few of them, and never for another question.
#include "ops/stats/kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SECOND 1000

static struct kept_answers kept;

static int forget(void **state) {
    (void)state;
    kept_answers_free(&kept);
    return 0;
}

static void assert_kept(const char *question, int64_t now, const char *answer) {
    struct text found = kept_answer_find(&kept, text_of(question), now);
    if (!answer) assert_true(text_is_null(found));
    if (answer) assert_true(text_equal(found, text_of(answer)));
}

static void an_answer_is_kept_for_ten_seconds(void **state) {
    (void)state;
    assert_kept("a", 0, NULL);
    kept_answer_keep(&kept, TEXT("a"), TEXT("1"), 5 * SECOND);
    assert_kept("a", 5 * SECOND, "1");
    assert_kept("a", 15 * SECOND - 1, "1");
    assert_kept("a", 15 * SECOND, NULL);
    assert_kept("A", 5 * SECOND, NULL);
    assert_kept("", 5 * SECOND, NULL);
}

static void a_newer_answer_takes_the_place_of_the_older(void **state) {
    (void)state;
    kept_answer_keep(&kept, TEXT("a"), TEXT("1"), 0);
    kept_answer_keep(&kept, TEXT("a"), TEXT("22"), SECOND);
    assert_kept("a", 2 * SECOND, "22");
    assert_kept("a", 10 * SECOND, "22");
}

static void the_oldest_goes_when_there_is_no_room(void **state) {
    char question[16];
    (void)state;
    for (int i = 0; i <= KEPT_ANSWERS; i++) {
        snprintf(question, sizeof question, "%d", i);
        kept_answer_keep(&kept, text_of(question), text_of(question), i);
    }
    assert_kept("0", KEPT_ANSWERS, NULL);
    for (int i = 1; i <= KEPT_ANSWERS; i++) {
        snprintf(question, sizeof question, "%d", i);
        assert_kept(question, KEPT_ANSWERS, question);
    }
}

static void what_is_too_long_is_not_kept(void **state) {
    static char answer[KEPT_ANSWER_MAX + 1];
    (void)state;
    memset(answer, 'x', sizeof answer);
    kept_answer_keep(&kept, TEXT("a"), (struct text){answer, KEPT_ANSWER_MAX}, 0);
    assert_kept("a", 0, NULL);
    kept_answer_keep(&kept, TEXT("a"), (struct text){answer, KEPT_ANSWER_MAX - 1}, 0);
    assert_int_equal(kept_answer_find(&kept, TEXT("a"), 0).length, KEPT_ANSWER_MAX - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(an_answer_is_kept_for_ten_seconds, forget),
        cmocka_unit_test_teardown(a_newer_answer_takes_the_place_of_the_older, forget),
        cmocka_unit_test_teardown(the_oldest_goes_when_there_is_no_room, forget),
        cmocka_unit_test_teardown(what_is_too_long_is_not_kept, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
