// SPDX-License-Identifier: GPL-2.0-or-later
// Which media types are in a list.
#include "base/media_type_syntax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_type_is_found_whatever_its_case_and_parameters(void **state) {
    (void)state;
    const char *list = "application/json, text/csv,text/html";
    assert_true(media_type_is_one_of(TEXT("application/json"), list));
    assert_true(media_type_is_one_of(TEXT("Text/CSV"), list));
    assert_true(media_type_is_one_of(TEXT("text/html ; charset=utf-8"), list));
}

static void what_only_looks_alike_is_not_found(void **state) {
    (void)state;
    const char *list = "application/json, text/csv";
    assert_false(media_type_is_one_of(TEXT("application/jsonx"), list));
    assert_false(media_type_is_one_of(TEXT("application/jso"), list));
    assert_false(media_type_is_one_of(TEXT("application/json, text/csv"), list));
    assert_false(media_type_is_one_of(TEXT(""), list));
    assert_false(media_type_is_one_of(TEXT_NULL, list));
    assert_false(media_type_is_one_of(TEXT("application/json"), ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_type_is_found_whatever_its_case_and_parameters),
        cmocka_unit_test(what_only_looks_alike_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
