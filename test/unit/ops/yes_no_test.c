// SPDX-License-Identifier: GPL-2.0-or-later
// What clients write for yes and for no.
#include "ops/yes_no.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_all(const char *const *texts, enum yes_no wanted) {
    for (; *texts; texts++)
        if (yes_no_of(text_of(*texts)) != wanted) fail_msg("\"%s\"", *texts);
}

static void a_yes_is_a_yes_in_any_case(void **state) {
    static const char *const texts[] = {"1", "true", "TRUE", "True",  "yes", "Yes",  "on", "ON",
                                        "y", "t",    " 1 ",  "yes\n", "1.0", "1.00", NULL};
    (void)state;
    assert_all(texts, SWITCH_YES);
}

static void a_no_never_mails_anybody(void **state) {
    static const char *const texts[] = {"",    "0",    "false", "False", "FALSE", "no",   "NO", "off",
                                        "Off", "none", "None",  "NONE",  "null",  "n",    "f",  " no ",
                                        "\t",  " ",    "0.0",   "-0",    "-0.0",  "0.00", NULL};
    (void)state;
    assert_all(texts, SWITCH_NO);
    assert_int_equal(yes_no_of(TEXT_NULL), SWITCH_NO);
}

static void nothing_else_is_guessed_at(void **state) {
    static const char *const texts[] = {"2",    "-1",    "10",    "1.5", "0.1",      "00",  "01",
                                        "nein", "never", "not",   "x",   "yes!",     "1 0", "true false",
                                        "1.",   ".0",    "maybe", "all", "\xc2\xa0", NULL};
    (void)state;
    assert_all(texts, SWITCH_NEITHER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_yes_is_a_yes_in_any_case),
        cmocka_unit_test(a_no_never_mails_anybody),
        cmocka_unit_test(nothing_else_is_guessed_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
