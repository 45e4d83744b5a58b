// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the normalisation of search texts.
#include "calendar/normal.h"

#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(struct text text, struct text expected) {
    struct buffer out = buffer_new(64);
    buffer_add_string(&out, "<");
    assert_true(normal_add_nfc(text, &out));
    assert_false(out.failed);
    assert_true(text_equal((struct text){out.data + 1, out.length - 1}, expected));
    buffer_free(&out);
}

static void letters_and_marks_are_composed(void **state) {
    (void)state;
    expect(TEXT("Cafe\314\201 plain"), TEXT("Caf\303\251 plain"));
    expect(TEXT("A\314\212"), TEXT("\303\205"));
    expect(TEXT("\342\204\253"), TEXT("\303\205"));                  // Angstrom sign
    expect(TEXT("a\314\201\314\243"), TEXT("\341\272\241\314\201")); // marks change places
    expect(TEXT("\341\204\200\341\205\241"), TEXT("\352\260\200"));  // Hangul
}

static void what_is_normal_already_stays(void **state) {
    (void)state;
    expect(TEXT(""), TEXT(""));
    expect(TEXT("plain text"), TEXT("plain text"));
    expect(TEXT("Z\303\274rich \360\237\232\200"), TEXT("Z\303\274rich \360\237\232\200"));
}

static void a_normal_form_may_be_longer(void **state) {
    (void)state;
    // U+FB2C is excluded from composition: one character becomes three.
    expect(TEXT("\357\254\254\357\254\254"), TEXT("\327\251\326\274\327\201\327\251\326\274\327\201"));
}

static void what_is_not_utf_8_is_refused(void **state) {
    (void)state;
    struct buffer out = buffer_new(64);
    assert_false(normal_add_nfc(TEXT("caf\351"), &out));
    assert_false(normal_add_nfc(TEXT("\355\240\200"), &out));
    assert_int_equal(out.length, 0);
    buffer_free(&out);
}

static void a_ceiling_fails_the_buffer(void **state) {
    (void)state;
    struct buffer out = buffer_new(4);
    normal_add_nfc(TEXT("Cafe\314\201"), &out);
    assert_true(out.failed);
    assert_int_equal(out.length, 0);
    buffer_free(&out);
}

// ICU moves each mark past those before it: 200,000 of them took 12 seconds.
static void very_many_marks_take_no_longer_than_letters(void **state) {
    (void)state;
    struct buffer text = buffer_new(1 << 20), out = buffer_new(1 << 20);
    buffer_add_char(&text, 'a');
    for (int i = 0; i < 100000; i++) buffer_add_string(&text, i % 2 ? "\314\201" : "\314\243");
    buffer_add_char(&text, 'z');
    clock_t begun = clock();
    assert_true(normal_add_nfc(buffer_text(&text), &out));
    assert_true(clock() - begun < 2 * CLOCKS_PER_SEC);
    assert_int_equal(out.data[out.length - 1], 'z');
    assert_true(out.length > text.length - 10);
    buffer_free(&text);
    buffer_free(&out);
    // As many as a text may have are put in order.
    expect(TEXT("a\314\201\314\243"), TEXT("\341\272\241\314\201"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_and_marks_are_composed),
        cmocka_unit_test(what_is_normal_already_stays),
        cmocka_unit_test(a_normal_form_may_be_longer),
        cmocka_unit_test(what_is_not_utf_8_is_refused),
        cmocka_unit_test(a_ceiling_fails_the_buffer),
        cmocka_unit_test(very_many_marks_take_no_longer_than_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
