// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what ids are taken for that clients write as text. The tables are what PHP 8.2's (int) makes of
// numeric texts, and what MariaDB 10.11 keeps of and finds equal to texts with sql_mode = ''.
#include "base/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *text;
    int64_t whole, column, equal;
} cases[] = {
    {"3", 3, 3, 3},
    {"3x", 0, 3, 3},
    {" 3", 3, 3, 3},
    {"3 ", 3, 3, 3},
    {"\t\n\v\f\r3", 3, 3, 3},
    {"03", 3, 3, 3},
    {"3.0", 3, 3, 3},
    {"3.4", 3, 3, 0},
    {"3.5", 3, 4, 0},
    {"2.5", 2, 3, 0},
    {"-2.5", -2, -3, 0},
    {"3.7x", 0, 4, 0},
    {"1e1", 10, 10, 10},
    {"1e1x", 0, 10, 10},
    {"1e", 0, 1, 1},
    {"1e+", 0, 1, 1},
    {"1.e1", 10, 10, 10},
    {"4.e", 0, 4, 4},
    {".5", 0, 1, 0},
    {".", 0, 0, 0},
    {"-", 0, 0, 0},
    {"- 3", 0, 0, 0},
    {"+4", 4, 4, 4},
    {"-4", -4, -4, -4},
    {"x", 0, 0, 0},
    {"", 0, 0, 0},
    {NULL, 0, 0, 0},
    {"0x10", 0, 0, 0},
    {"inf", 0, 0, 0},
    {"nan", 0, 0, 0},
    {"1_000", 0, 1, 1},
    {"1,000", 0, 1, 1},
    {"\u00a07", 0, 0, 0},
    {"\u0663", 0, 0, 0},
    {"2147483647.4", 2147483647, 2147483647, 0},
    {"99999999999", 99999999999, INT32_MAX, 99999999999},
    {"-99999999999", -99999999999, INT32_MIN, -99999999999},
    {"1e30", 0, INT32_MAX, 0},
    {"1e400", 0, INT32_MAX, 0},
    {"-1e400", 0, INT32_MIN, 0},
};

static void a_text_is_the_number_that_php_and_mysql_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text text = text_of(cases[i].text);
        int64_t whole = number_whole(text), column = number_in_column(text, INT32_MIN, INT32_MAX),
                equal = number_equal_to(text);
        if (whole != cases[i].whole || column != cases[i].column || equal != cases[i].equal)
            fail_msg("\"%s\": %lld, %lld, %lld", cases[i].text ? cases[i].text : "(null)", (long long)whole,
                     (long long)column, (long long)equal);
    }
}

static void a_column_keeps_the_bound_that_a_number_goes_beyond(void **state) {
    (void)state;
    assert_int_equal(number_in_column(TEXT("-3"), 0, UINT32_MAX), 0);
    assert_int_equal(number_in_column(TEXT("99999999999"), 0, UINT32_MAX), UINT32_MAX);
}

static void what_stands_behind_the_text_is_not_read(void **state) {
    (void)state;
    assert_int_equal(number_whole((struct text){"12345", 2}), 12);
    assert_int_equal(number_in_column((struct text){"12345", 2}, 0, 99), 12);
    assert_int_equal(number_equal_to((struct text){"12345", 2}), 12);
    assert_int_equal(number_equal_to((struct text){"1\0002", 3}), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_the_number_that_php_and_mysql_read),
        cmocka_unit_test(a_column_keeps_the_bound_that_a_number_goes_beyond),
        cmocka_unit_test(what_stands_behind_the_text_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
