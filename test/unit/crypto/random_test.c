// SPDX-License-Identifier: GPL-2.0-or-later
// Guards random texts: right alphabet, right length, no character favoured.
#include "crypto/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void a_text_has_its_length_and_only_characters_of_the_alphabet(void **state) {
    (void)state;
    char text[201];
    struct error error = {0};
    assert_true(random_text("abc", text, 200, &error));
    assert_int_equal(strlen(text), 200);
    assert_int_equal(strspn(text, "abc"), 200);
    assert_true(random_text("x", text, 0, &error));
    assert_string_equal(text, "");
}

static void every_character_is_about_as_likely_as_the_others(void **state) {
    (void)state;
    static char text[60001];
    const char *alphabet =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX"; // 60, no divisor of 256
    struct error error = {0};
    unsigned counts[256] = {0};
    assert_true(random_text(alphabet, text, 60000, &error));
    for (size_t i = 0; i < 60000; i++) counts[(unsigned char)text[i]]++;
    // Expected 1000 each, deviation 31: seven deviations either way. Without rejection the first sixteen had
    // 1172.
    double first = 0;
    for (size_t i = 0; alphabet[i]; i++) {
        unsigned count = counts[(unsigned char)alphabet[i]];
        assert_true(count >= 780 && count <= 1220);
        if (i < 16) first += counts[(unsigned char)alphabet[i]];
    }
    assert_true(first / 16 < 1060);
}

static void two_draws_differ(void **state) {
    (void)state;
    unsigned char a[32], b[32];
    struct error error = {0};
    assert_true(random_bytes(a, sizeof a, &error) && random_bytes(b, sizeof b, &error));
    assert_memory_not_equal(a, b, sizeof a);
}

static void an_alphabet_without_characters_is_an_error(void **state) {
    (void)state;
    char text[4];
    struct error error = {0};
    assert_false(random_text("", text, 3, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_has_its_length_and_only_characters_of_the_alphabet),
        cmocka_unit_test(every_character_is_about_as_likely_as_the_others),
        cmocka_unit_test(two_draws_differ),
        cmocka_unit_test(an_alphabet_without_characters_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
