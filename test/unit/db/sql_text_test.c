// SPDX-License-Identifier: GPL-2.0-or-later
// {table} in SQL texts.
#include "db/sql_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_expanded(const char *sql, const char *prefix, const char *expected) {
    struct buffer out = buffer_new(1024);
    sql_expand(sql, prefix, &out);
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void names_tables_under_the_prefix(void **state) {
    (void)state;
    assert_expanded("SELECT 1 FROM {ticket} t JOIN {_search} s", "ost_",
                    "SELECT 1 FROM `ost_ticket` t JOIN `ost__search` s");
    assert_expanded("{user}{user_email}", "", "`user``user_email`");
    assert_expanded("DELETE FROM {fcgi:mail}", "hd_", "DELETE FROM `fcgi_hd_mail`");
}

static void leaves_other_braces_alone(void **state) {
    (void)state;
    assert_expanded("'{\"a\":1}' {} {Ticket} {a-b} {open", "ost_", "'{\"a\":1}' {} {Ticket} {a-b} {open");
}

static void knows_a_prefix_that_would_need_quoting(void **state) {
    (void)state;
    assert_true(sql_prefix_is_valid("ost_"));
    assert_true(sql_prefix_is_valid(""));
    assert_true(sql_prefix_is_valid("A9$_"));
    assert_true(sql_prefix_is_valid("os-t_"));
    assert_false(sql_prefix_is_valid("a`b"));
    assert_false(sql_prefix_is_valid("a.b"));
    assert_false(sql_prefix_is_valid("a b"));
    assert_false(sql_prefix_is_valid("123456789012345678901234567890123"));
}

static void fails_at_its_ceiling(void **state) {
    (void)state;
    struct buffer out = buffer_new(8);
    sql_expand("SELECT * FROM {ticket}", "ost_", &out);
    assert_true(out.failed);
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_tables_under_the_prefix),
        cmocka_unit_test(leaves_other_braces_alone),
        cmocka_unit_test(knows_a_prefix_that_would_need_quoting),
        cmocka_unit_test(fails_at_its_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
