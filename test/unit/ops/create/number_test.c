// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket numbers in the help desk's formats. spec: creating.md C.2.
#include "ops/create/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *format, const char *padding, const char *number, const char *expected) {
    struct buffer out = buffer_new(256);
    ticket_number_format(text_of(format), text_of(padding), text_of(number), &out);
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void digits_take_the_places_of_the_marks(void **state) {
    (void)state;
    check("TK-####", "0", "1", "TK-0001");
    check("######", "0", "123456", "123456");
    check("##-##", "0", "123", "01-23");
    check("A##B##C", "*", "7", "A**B*7C");
}

static void surplus_digits_stand_where_the_last_marks_end(void **state) {
    (void)state;
    check("##", "0", "114", "114");
    check("#-#x", "0", "1234", "1-234x");
}

static void a_mark_behind_a_backslash_is_itself(void **state) {
    (void)state;
    check("\\####", "0", "5", "#005");
    check("N\\#-##", "0", "5", "N#-05");
}

static void a_format_without_marks_follows_the_number(void **state) {
    (void)state;
    check("", "0", "77", "77");
    check("-X", "0", "77", "77-X");
}

static void random_numbers_have_at_least_six_digits(void **state) {
    (void)state;
    assert_int_equal(ticket_number_digits(TEXT("####")), 6);
    assert_int_equal(ticket_number_digits(TEXT("")), 6);
    assert_int_equal(ticket_number_digits(TEXT("####-####")), 8);
    assert_int_equal(ticket_number_digits(TEXT("\\########")), 7);
}

// The number alone would be one, of another format.
static void a_number_without_its_whole_format_is_none(void **state) {
    static const char *const formats[] = {"much too long for this room", "longer #### than the room"};
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct buffer out = buffer_new(16);
        ticket_number_format(text_of(formats[i]), TEXT("0"), TEXT("123456"), &out);
        assert_true(out.failed);
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_take_the_places_of_the_marks),
        cmocka_unit_test(surplus_digits_stand_where_the_last_marks_end),
        cmocka_unit_test(a_mark_behind_a_backslash_is_itself),
        cmocka_unit_test(a_format_without_marks_follows_the_number),
        cmocka_unit_test(a_number_without_its_whole_format_is_none),
        cmocka_unit_test(random_numbers_have_at_least_six_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
