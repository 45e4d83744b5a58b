// SPDX-License-Identifier: GPL-2.0-or-later
// Values are made to fit columns of a narrower character set, and no more of them is changed than has to be.
#include "db/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_text(const char *expected, struct db_value value) {
    assert_non_null(value.text.data);
    assert_int_equal(strlen(expected), value.text.length);
    assert_memory_equal(expected, value.text.data, value.text.length);
}

static void only_a_key_beyond_ascii_is_forgotten(void **state) {
    (void)state;
    struct db_value values[] = {db_key(TEXT("É1")), db_key(TEXT("E1")), db_text(TEXT("É1")), db_integer(7)};
    struct db_value fitted[COUNT(values)];
    assert_true(fit_keys(values, COUNT(values), fitted));
    assert_int_equal(DB_NULL, fitted[0].kind);
    assert_int_equal(DB_KEY, fitted[1].kind);
    assert_text("É1", fitted[2]);
    assert_int_equal(7, fitted[3].integer);
    assert_false(fit_keys(values + 1, COUNT(values) - 1, fitted));
}

static void each_step_takes_what_its_set_lacks(void **state) {
    (void)state;
    static const char *const texts[FIT_STEPS] = {"Größe Ω \xEF\xBF\xBD", "Größe ? ?", "Gr??e ? ?"};
    static const char *const htmls[FIT_STEPS] = {"Größe Ω &#x1F600;", "Größe &#x3A9; &#x1F600;",
                                                 "Gr&#xF6;&#xDF;e &#x3A9; &#x1F600;"};
    const struct db_value values[] = {db_text(TEXT("Größe Ω 😀")), db_html(TEXT("Größe Ω 😀"))};
    struct db_value fitted[COUNT(values)];
    struct buffer room = buffer_new(4096);
    for (unsigned step = 0; step < FIT_STEPS; step++) {
        assert_true(fit_texts(values, COUNT(values), (enum fit_step)step, fitted, &room));
        assert_text(texts[step], fitted[0]);
        assert_text(htmls[step], fitted[1]);
    }
    buffer_free(&room);
}

static void a_control_of_the_second_set_is_not_latin(void **state) {
    (void)state;
    const struct db_value value = db_text(TEXT("a\xC2\x81 b\xC2\xA0"));
    struct db_value fitted;
    struct buffer room = buffer_new(4096);
    assert_false(fit_texts(&value, 1, FIT_THREE_BYTES, &fitted, &room));
    assert_true(fit_texts(&value, 1, FIT_LATIN, &fitted, &room));
    assert_text("a? b\xC2\xA0", fitted);
    buffer_free(&room);
}

static void bytes_that_are_no_text_and_other_values_stay(void **state) {
    (void)state;
    struct db_value values[] = {db_text(TEXT("\xFF\xD8\xFF\xE0")),
                                db_text(TEXT_NULL),
                                db_integer(3),
                                db_key(TEXT("É")),
                                db_text(TEXT("ASCII")),
                                db_text(TEXT(""))};
    struct db_value fitted[COUNT(values)];
    struct buffer room = buffer_new(4096);
    assert_false(fit_texts(values, COUNT(values), FIT_ASCII, fitted, &room));
    values[4] = db_text(TEXT("Ω"));
    assert_true(fit_texts(values, COUNT(values), FIT_ASCII, fitted, &room));
    assert_memory_equal("\xFF\xD8\xFF\xE0", fitted[0].text.data, 4);
    assert_int_equal(DB_NULL, fitted[1].kind);
    assert_text("É", fitted[3]);
    assert_text("?", fitted[4]);
    assert_text("", fitted[5]);
    buffer_free(&room);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_key_beyond_ascii_is_forgotten),
        cmocka_unit_test(each_step_takes_what_its_set_lacks),
        cmocka_unit_test(a_control_of_the_second_set_is_not_latin),
        cmocka_unit_test(bytes_that_are_no_text_and_other_values_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
