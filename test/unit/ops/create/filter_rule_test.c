// SPDX-License-Identifier: GPL-2.0-or-later
// The operators of ticket filters. spec: creating.md B.5
#include "ops/create/filter_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void check(const char *how, const char *value, const char *subject, bool expected) {
    if (filter_rule_fits(text_of(how), text_of(value), text_of(subject)) != expected)
        fail_msg("%s \"%s\" on \"%s\" should be %d", how, value, subject, expected);
}

static void operators_compare_without_case(void **state) {
    (void)state;
    check("equal", "Jane@Example.org", "jane@example.ORG", true);
    check("equal", "jane@example.org", "jane@example.orgs", false);
    check("not_equal", "jane", "JANE", false);
    check("not_equal", "jane", "john", true);
    check("contains", "BROKE", "something broke", true);
    check("contains", "broken", "something broke", false);
    check("dn_contain", "spam", "no Spam here", false);
    check("dn_contain", "spam", "nothing", true);
    check("starts", "re:", "RE: hello", true);
    check("starts", "re:", "more RE: hello", false);
    check("starts", "longer than it", "long", false);
    check("ends", ".ORG", "jane@example.org", true);
    check("ends", "org", "org.com", false);
    check("ends", "longer than it", "it", false);
}

// strcasecmp() and stripos() of PHP 8.2 know no other letters.
static void only_ascii_letters_have_a_case(void **state) {
    (void)state;
    check("equal", "\303\204", "\303\244", false); // Ä ä
    check("contains", "\303\204rger", "kein \303\244rger", false);
    check("contains", "\303\244RGER", "kein \303\244rger", true);
}

static void regular_expressions_keep_their_case(void **state) {
    (void)state;
    check("match", "/BROKE/i", "Something broke", true);
    check("match", "/BROKE/", "Something broke", false);
    check("not_match", "/BROKE/", "Something broke", true);
    check("not_match", "/broke/", "Something broke", false);
}

// PHP's preg_match() gives false, which is not the 1 that a match is.
static void what_is_no_pattern_does_not_match(void **state) {
    (void)state;
    check("match", "broke", "broke", false);
    check("not_match", "broke", "broke", true);
    check("match", "/(/", "(", false);
    check("not_match", "/(/", "(", true);
}

static void an_empty_value_is_in_everything(void **state) {
    (void)state;
    check("contains", "", "x", true);
    check("contains", "", "", true);
    check("dn_contain", "", "x", false);
    check("starts", "", "x", true);
    check("ends", "", "x", true);
    check("equal", "", "", true);
    check("contains", "x", "", false);
    assert_true(filter_rule_fits(TEXT("equal"), TEXT(""), TEXT_NULL));
    assert_true(filter_rule_fits(TEXT("starts"), TEXT_NULL, TEXT_NULL));
}

static void other_operators_are_unknown(void **state) {
    (void)state;
    assert_true(filter_rule_is_known(TEXT("dn_contain")));
    assert_false(filter_rule_is_known(TEXT("")));
    assert_false(filter_rule_is_known(TEXT("before")));
    check("before", "x", "x", false);
}

// Processor time for a value of `length` that the body never holds, but always begins to.
static double search(struct text body, size_t length) {
    char value[256];
    memset(value, 'A', length);
    value[length - 1] = 'b';
    clock_t begun = clock();
    assert_false(filter_rule_fits(TEXT("contains"), (struct text){value, length}, body));
    return (double)(clock() - begun);
}

static void a_long_value_in_a_long_body_costs_what_a_short_one_costs(void **state) {
    size_t length = 2 << 20;
    char *body = malloc(length);
    double worst = 0;
    (void)state;
    assert_non_null(body);
    memset(body, 'a', length);
    // Sixteen times as much, where each place is tried anew. The best of three: the machine has other work,
    // too.
    for (int i = 0; i < 3 && (i == 0 || worst > 6); i++) {
        double quick = search((struct text){body, length}, 16) + 1;
        worst = search((struct text){body, length}, 256) / quick;
    }
    free(body);
    assert_true(worst <= 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_compare_without_case),
        cmocka_unit_test(only_ascii_letters_have_a_case),
        cmocka_unit_test(regular_expressions_keep_their_case),
        cmocka_unit_test(what_is_no_pattern_does_not_match),
        cmocka_unit_test(an_empty_value_is_in_everything),
        cmocka_unit_test(other_operators_are_unknown),
        cmocka_unit_test(a_long_value_in_a_long_body_costs_what_a_short_one_costs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
