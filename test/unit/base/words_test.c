// SPDX-License-Identifier: GPL-2.0-or-later
// Lists in a text: words, and items between commas.
#include "base/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ITEMS_MAX 8

// The items, each in brackets.
static const char *items_of(struct text list) {
    static char shown[128];
    struct text item;
    shown[0] = '\0';
    for (size_t i = 0; i < ITEMS_MAX && list_next(&list, &item); i++)
        snprintf(shown + strlen(shown), sizeof shown - strlen(shown), "[%.*s]", (int)item.length, item.data);
    return shown;
}

static void items_stand_as_they_are_between_commas(void **state) {
    (void)state;
    assert_string_equal(items_of(TEXT("a,b")), "[a][b]");
    assert_string_equal(items_of(TEXT(" a , b ")), "[ a ][ b ]");
    assert_string_equal(items_of(TEXT("one")), "[one]");
}

static void an_item_may_be_empty(void **state) {
    (void)state;
    assert_string_equal(items_of(TEXT("a,")), "[a][]");
    assert_string_equal(items_of(TEXT(",a")), "[][a]");
    assert_string_equal(items_of(TEXT(",,")), "[][][]");
}

static void an_empty_text_is_one_item_and_none_has_none(void **state) {
    (void)state;
    assert_string_equal(items_of(TEXT("")), "[]");
    assert_string_equal(items_of(TEXT_NULL), "");
}

static void the_list_is_null_behind_its_last_item(void **state) {
    (void)state;
    struct text list = TEXT("a"), item;
    assert_true(list_next(&list, &item));
    assert_true(text_is_null(list));
    assert_false(list_next(&list, &item));
}

static void words_are_apart_by_blanks_line_ends_and_commas(void **state) {
    (void)state;
    struct text word;
    size_t at = 0;
    struct text list = TEXT("  read, create\r\n\tsearch,,");
    assert_true(words_next(list, &at, &word));
    assert_true(text_equal(word, TEXT("read")));
    assert_true(words_next(list, &at, &word));
    assert_true(text_equal(word, TEXT("create")));
    assert_true(words_next(list, &at, &word));
    assert_true(text_equal(word, TEXT("search")));
    assert_false(words_next(list, &at, &word));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stand_as_they_are_between_commas),
        cmocka_unit_test(an_item_may_be_empty),
        cmocka_unit_test(an_empty_text_is_one_item_and_none_has_none),
        cmocka_unit_test(the_list_is_null_behind_its_last_item),
        cmocka_unit_test(words_are_apart_by_blanks_line_ends_and_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
