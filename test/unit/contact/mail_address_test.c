// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses with names as osTicket 1.18 showed them.
#include "contact/mail_address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const shown[][3] = {
    {"Jane Doe", "jane@example.org", "\"Jane Doe\" <jane@example.org>"},
    {"Doe, Jane", "A@B", "\"Doe, Jane\" <A@B>"},
    {"", "jane@example.org", "jane@example.org"},
    {"0", "jane@example.org", "jane@example.org"},
    {" ", "jane@example.org", "\" \" <jane@example.org>"},
    {"Al \"Q\" B", "a@b.de", "\"Al \\\"Q\\\" B\" <a@b.de>"},
    // The quote that ends a name goes.
    {"Al \"Q\"", "a@b.de", "\"Al \\\"Q\\\" <a@b.de>"},
    {"\"", "a@b.de", "\"\\\" <a@b.de>"},
    {"a\"\"", "a@b.de", "\"a\\\"\\\" <a@b.de>"},
};

static void an_address_is_shown_to_the_byte_as_by_osticket(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        struct buffer out = buffer_new(100);
        assert_true(mail_address_display(text_of(shown[i][0]), text_of(shown[i][1]), &out));
        assert_string_equal(out.data, shown[i][2]);
        buffer_free(&out);
    }
}

static void what_osticket_cannot_parse_is_refused(void **state) {
    (void)state;
    static const char *const refused[][2] = {{"Jane\\", "jane@example.org"},
                                             {"A\\\"B", "jane@example.org"},
                                             {"Jane", "@"},
                                             {"Jane", ""},
                                             {"Jane", "jane@"}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct buffer out = buffer_new(100);
        assert_false(mail_address_display(text_of(refused[i][0]), text_of(refused[i][1]), &out));
        assert_int_equal(out.length, 0);
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_shown_to_the_byte_as_by_osticket),
        cmocka_unit_test(what_osticket_cannot_parse_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
