// SPDX-License-Identifier: GPL-2.0-or-later
// Scopes by their names, and lists of words.
#include "base/scope.h"
#include "base/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check_read(const char *list, bool good, unsigned expected) {
    unsigned scopes = 0;
    struct text wrong = TEXT_NULL;
    assert_int_equal(scopes_read(text_of(list), &scopes, &wrong), good);
    assert_int_equal(scopes, expected);
    assert_int_equal(text_is_null(wrong), good);
}

static void names_are_read_between_blanks_and_commas(void **state) {
    (void)state;
    check_read("read create", true, SCOPE_READ | SCOPE_CREATE);
    check_read(" read,\n create ,", true, SCOPE_READ | SCOPE_CREATE);
    check_read("READ Orgs.Write", true, SCOPE_READ | SCOPE_ORGANIZATIONS_WRITE);
    check_read("", true, SCOPE_NONE);
    check_read("*", true, SCOPES_NAMED);
}

static void a_list_that_is_not_there_has_no_words(void **state) {
    (void)state;
    struct text word;
    size_t at = 0;
    assert_false(words_next(TEXT_NULL, &at, &word));
    assert_int_equal(word.length, 0);
    assert_false(words_next(TEXT(" , "), &at, &word));
}

static void what_is_no_name_gives_nothing_and_is_told(void **state) {
    (void)state;
    struct text wrong = TEXT_NULL;
    unsigned scopes;
    check_read("reads", false, SCOPE_NONE);
    check_read("read cron", false, SCOPE_READ); // osTicket's own column alone gives it
    check_read("read * ** create", false, SCOPES_NAMED);
    assert_false(scopes_read(TEXT("read writes erase"), &scopes, &wrong));
    assert_true(text_equal(wrong, TEXT("writes")));
}

static void what_is_printed_reads_as_the_same(void **state) {
    (void)state;
    for (unsigned set = 1; set <= SCOPES_NAMED; set = set * 3 + 1) {
        struct buffer list = buffer_new(1024);
        unsigned again;
        scopes_print(set & SCOPES_NAMED, &list);
        assert_true(scopes_read(buffer_text(&list), &again, NULL));
        assert_int_equal(again, set & SCOPES_NAMED);
        buffer_free(&list);
    }
    assert_string_equal(scope_name(SCOPE_CRON), "cron");
    assert_string_equal(scope_name(SCOPE_NOTES | SCOPE_TOKENS), "notes");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_between_blanks_and_commas),
        cmocka_unit_test(a_list_that_is_not_there_has_no_words),
        cmocka_unit_test(what_is_no_name_gives_nothing_and_is_told),
        cmocka_unit_test(what_is_printed_reads_as_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
