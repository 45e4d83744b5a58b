// SPDX-License-Identifier: GPL-2.0-or-later
// What a column says, as text and as a number.
#include "db/column.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct column bound(enum column_kind kind, MYSQL_BIND *bind) {
    struct column column = {0};
    memset(bind, 0, sizeof *bind);
    assert_true(column_bind(&column, kind, bind));
    return column;
}

static void assert_integer(enum column_kind kind, int64_t integer, const char *text, int64_t expected) {
    MYSQL_BIND bind;
    struct column column = bound(kind, &bind);
    column.integer = integer;
    assert_string_equal(column_text(&column).data, text);
    assert_int_equal(column_text(&column).length, strlen(text));
    assert_true(column_integer(&column) == expected);
    column_trim(&column, 0);
}

static void a_number_is_written_as_mysql_writes_it(void **state) {
    (void)state;
    assert_integer(COLUMN_INTEGER, 0, "0", 0);
    assert_integer(COLUMN_INTEGER, -42, "-42", -42);
    assert_integer(COLUMN_INTEGER, INT64_MIN, "-9223372036854775808", INT64_MIN);
    assert_integer(COLUMN_UNSIGNED, INT64_MAX, "9223372036854775807", INT64_MAX);
}

static void a_number_beyond_the_signed_ones_is_whole_as_text_and_no_integer(void **state) {
    (void)state;
    assert_integer(COLUMN_UNSIGNED, -1, "18446744073709551615", 0);
}

static void a_time_is_written_as_mysql_writes_it(void **state) {
    (void)state;
    MYSQL_BIND bind;
    struct column column = bound(COLUMN_TIME, &bind);
    column.time = (MYSQL_TIME){.year = 2025, .month = 3, .day = 7, .hour = 9, .minute = 5};
    assert_string_equal(column_text(&column).data, "2025-03-07 09:05:00");
    assert_int_equal(column_text(&column).length, 19);
    column.time = (MYSQL_TIME){0};
    assert_string_equal(column_text(&column).data, "0000-00-00 00:00:00");
    column_trim(&column, 0);
}

static void null_is_no_text_and_zero(void **state) {
    (void)state;
    static const enum column_kind kinds[] = {COLUMN_TEXT, COLUMN_INTEGER, COLUMN_UNSIGNED, COLUMN_TIME};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        MYSQL_BIND bind;
        struct column column = bound(kinds[i], &bind);
        column.is_null = 1;
        column.integer = 5;
        assert_null(column_text(&column).data);
        assert_int_equal(column_integer(&column), 0);
        column_trim(&column, 0);
    }
}

static void a_text_that_did_not_fit_is_cut_until_it_has_grown(void **state) {
    (void)state;
    MYSQL_BIND bind;
    struct column column = bound(COLUMN_TEXT, &bind);
    column.length = 5000;
    assert_true(column_is_cut(&column));
    assert_true(column_grow(&column, &bind));
    assert_int_equal(bind.buffer_length, 5000);
    assert_false(column_is_cut(&column));
    memset(bind.buffer, '7', 5000);
    assert_int_equal(column_text(&column).length, 5000);
    column_trim(&column, 4999);
    assert_null(column.data);
}

static void a_number_in_a_text_column_counts(void **state) {
    (void)state;
    MYSQL_BIND bind;
    struct column column = bound(COLUMN_TEXT, &bind);
    memcpy(bind.buffer, "17", 2);
    column.length = 2;
    assert_int_equal(column_integer(&column), 17);
    memcpy(bind.buffer, "1x", 2);
    assert_int_equal(column_integer(&column), 0);
    column_trim(&column, 0);
}

static void numbers_and_times_without_fractions_are_fetched_as_such(void **state) {
    (void)state;
    MYSQL_FIELD field = {.type = MYSQL_TYPE_LONG};
    assert_int_equal(column_kind_of(&field), COLUMN_INTEGER);
    field.flags = UNSIGNED_FLAG;
    assert_int_equal(column_kind_of(&field), COLUMN_UNSIGNED);
    field.flags = UNSIGNED_FLAG | ZEROFILL_FLAG;
    assert_int_equal(column_kind_of(&field), COLUMN_TEXT);
    field = (MYSQL_FIELD){.type = MYSQL_TYPE_DATETIME};
    assert_int_equal(column_kind_of(&field), COLUMN_TIME);
    field.decimals = 6;
    assert_int_equal(column_kind_of(&field), COLUMN_TEXT);
    field = (MYSQL_FIELD){.type = MYSQL_TYPE_NEWDECIMAL};
    assert_int_equal(column_kind_of(&field), COLUMN_TEXT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_written_as_mysql_writes_it),
        cmocka_unit_test(a_number_beyond_the_signed_ones_is_whole_as_text_and_no_integer),
        cmocka_unit_test(a_time_is_written_as_mysql_writes_it),
        cmocka_unit_test(null_is_no_text_and_zero),
        cmocka_unit_test(a_text_that_did_not_fit_is_cut_until_it_has_grown),
        cmocka_unit_test(a_number_in_a_text_column_counts),
        cmocka_unit_test(numbers_and_times_without_fractions_are_fetched_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
