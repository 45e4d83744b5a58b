// SPDX-License-Identifier: GPL-2.0-or-later
// Guards how telephone numbers are shown. The table is what osTicket 1.18.1's PhoneField makes of them.
#include "contact/phone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *stored, *format, *shown;
} cases[] = {
    {"3185558634X123", "us", "(318) 555-8634 x123"},
    {"5551234", "us", "555-1234"},
    {"3185558634XX12", "us", "(318) 555-8634 xX12"},
    {"+4915112345678", "us", "+4915112345678"},
    {"0159347644648", "us", "0159347644648"},
    {"12345678", "us", "12345678"},
    {"1-800-555-0199x42", "us", "1-800-555-0199x42"},
    {"3185558634X", "us", "(318) 555-8634"},
    {"3185558634X0", "us", "(318) 555-8634"},
    {"X12", "us", " x12"},
    {"", "us", ""},
    {"318-555-8634", "us", "(318) 555-8634"},
    {"3185558634X123", "", "3185558634 x123"},
    {"5551234", "", "5551234"},
    {"5551234", "de", "5551234"},
    {"call 555 0100", "us", "555-0100"},
    {"5551234X7", NULL, "555-1234 x7"},
    {NULL, "us", ""},
};

static void a_number_is_shown_as_osticket_shows_it(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = buffer_new(64);
        phone_format(text_of(cases[i].stored), text_of(cases[i].format), &out);
        assert_string_equal(out.data, cases[i].shown);
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_shown_as_osticket_shows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
