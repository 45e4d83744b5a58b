// SPDX-License-Identifier: GPL-2.0-or-later
// Whether tickets come back out of a status: what its properties say, as PHP reads them.
#include "ops/ticket/reopening.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static struct reopening of(const char *properties) {
    struct ticket_status status = {.id = 3, .properties = properties ? text_of(properties) : TEXT_NULL};
    return reopening_of(&status);
}

static void what_php_takes_for_yes_allows_it(void **state) {
    (void)state;
    const char *const yes[] = {"true", "1", "-1", "0.5", "\"1\"", "\"no\"", "\"0.0\"", "[0]", "{\"a\":0}"};
    const char *const no[] = {"false", "0", "0.0", "\"\"", "\"0\"", "null", "[]", "{}"};
    char properties[64];
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        snprintf(properties, sizeof properties, "{\"allowreopen\":%s}", yes[i]);
        if (!of(properties).allowed) fail_msg("%s", properties);
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        snprintf(properties, sizeof properties, "{\"allowreopen\":%s}", no[i]);
        if (of(properties).allowed) fail_msg("%s", properties);
    }
}

static void a_status_without_readable_properties_allows_nothing(void **state) {
    (void)state;
    assert_false(of(NULL).allowed);
    assert_false(of("").allowed);
    assert_false(of("{\"allowreopen\":true").allowed);
    assert_false(of("[]").allowed);
    assert_false(reopening_of(NULL).allowed);
}

static void the_status_to_come_back_to_is_a_number_or_a_number_as_text(void **state) {
    (void)state;
    assert_int_equal(6, of("{\"reopenstatus\":6}").status_id);
    assert_int_equal(6, of("{\"reopenstatus\":\"6\"}").status_id);
    assert_int_equal(0, of("{\"reopenstatus\":\"six\"}").status_id);
    assert_true(of("{\"reopenstatus\":0}").names_status);
    assert_false(of("{\"reopenstatus\":null}").names_status);
    assert_false(of("{}").names_status);
}

static void a_status_lets_tickets_come_back_where_it_allows_that_and_says_into_which_one(void **state) {
    (void)state;
    const struct ticket_status says = {.properties = TEXT("{\"allowreopen\":true,\"reopenstatus\":0}")};
    const struct ticket_status is_silent = {.properties = TEXT("{\"allowreopen\":true}")};
    const struct ticket_status refuses = {.properties = TEXT("{\"allowreopen\":false,\"reopenstatus\":6}")};
    assert_true(reopening_is_allowed(reopening_of(&says)));
    assert_false(reopening_is_allowed(reopening_of(&is_silent)));
    assert_false(reopening_is_allowed(reopening_of(&refuses)));
    assert_false(reopening_is_allowed(reopening_of(NULL)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_php_takes_for_yes_allows_it),
        cmocka_unit_test(a_status_without_readable_properties_allows_nothing),
        cmocka_unit_test(the_status_to_come_back_to_is_a_number_or_a_number_as_text),
        cmocka_unit_test(a_status_lets_tickets_come_back_where_it_allows_that_and_says_into_which_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
