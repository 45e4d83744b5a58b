// SPDX-License-Identifier: GPL-2.0-or-later
// Guards that a setting is a number for cron exactly where it is one for PHP.
#include "cron/jobs.h"
#include "store/help_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static enum cron_number read_number(const char *value, double *number) {
    struct config_row row = {TEXT("pw_reset_window"), text_of(value)};
    struct help_desk help_desk = {.config = &row, .config_count = value ? 1 : 0};
    struct cron cron = {.help_desk = &help_desk};
    return cron_number(&cron, "pw_reset_window", number);
}

static void assert_number(const char *value, double number) {
    double read;
    assert_int_equal(NUMBER_READ, read_number(value, &read));
    assert_true(read == number);
}

static void digits_at_the_beginning_are_a_number(void **state) {
    (void)state;
    assert_number("30", 30);
    assert_number(" -5", -5);
    assert_number("+1.5", 1.5);
    assert_number(".5", 0.5);
    assert_number("1e2", 100);
    assert_number("12 minutes", 12);
    assert_number("0x1A", 0); // PHP ends behind the 0
}

static void what_begins_with_none_is_no_number(void **state) {
    static const char *const values[] = {"", " ", "soon", "-", "--5", "inf", "nan", "e5", "\u22125"};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        double read;
        if (read_number(values[i], &read) != NUMBER_NONE) fail_msg("a number: %s", values[i]);
    }
}

static void a_setting_without_a_row_is_missing(void **state) {
    double read;
    (void)state;
    assert_int_equal(NUMBER_MISSING, read_number(NULL, &read));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_at_the_beginning_are_a_number),
        cmocka_unit_test(what_begins_with_none_is_no_number),
        cmocka_unit_test(a_setting_without_a_row_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
