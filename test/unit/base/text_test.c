// SPDX-License-Identifier: GPL-2.0-or-later
// Texts that are cut end with a whole character.
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MIXED "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z" // of one, two, three and four bytes

static void a_text_is_cut_by_characters(void **state) {
    (void)state;
    static const size_t bytes[] = {0, 1, 3, 6, 10, 11, 11};
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++)
        assert_int_equal(bytes[i], text_cut(TEXT(MIXED), i).length);
}

static void a_text_is_cut_by_bytes_without_half_a_character(void **state) {
    (void)state;
    static const size_t kept[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        assert_int_equal(kept[i], text_cut_bytes(TEXT(MIXED), i).length);
    assert_int_equal(0, text_cut_bytes(TEXT("\xA9\xA9\xA9"), 2).length);
    assert_true(text_is_null(text_cut_bytes(TEXT_NULL, 5)));
}

static void control_characters_and_others_than_ascii_are_found(void **state) {
    (void)state;
    assert_true(text_is_ascii(TEXT("a\x7F")));
    assert_true(text_is_ascii(TEXT_NULL));
    assert_false(text_is_ascii(TEXT("a\xC3\xA9")));
    assert_false(text_has_control(TEXT(" ~\xC3\xA9")));
    assert_true(text_has_control(TEXT("a\x7F")));
    assert_true(text_has_control(TEXT("a\0b")));
    assert_true(text_has_control(TEXT("\n")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_cut_by_characters),
        cmocka_unit_test(a_text_is_cut_by_bytes_without_half_a_character),
        cmocka_unit_test(control_characters_and_others_than_ascii_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
