// SPDX-License-Identifier: GPL-2.0-or-later
// Guards which texts are taken for an e-mail address.
#include "contact/mail_address_syntax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(const char *const *addresses, size_t count, bool valid) {
    for (size_t i = 0; i < count; i++)
        if (mail_address_is_valid(text_of(addresses[i])) != valid)
            fail_msg("\"%s\" should be %s", addresses[i], valid ? "an address" : "no address");
}

static void one_address_is_taken(void **state) {
    (void)state;
    static const char *const addresses[] = {
        "jane@example.org",       "zoe+tag@example.org", "Solo.Upper@Example.ORG", "user@host",
        "o'brien@x-y.example",    "a@[192.0.2.1]",       "  a@b.example ",         "a@LOCALHOST",
        "!#$%&*/=?^_`{|}~@x.org", "a@localhost.example",
    };
    expect(addresses, sizeof addresses / sizeof *addresses, true);
}

static void anything_else_is_refused(void **state) {
    (void)state;
    static const char *const addresses[] = {
        "",
        "a",
        "@b",
        "a@",
        "a@localhost",
        "a@b,c@d",
        "a@b;",
        "a b@c.d",
        "a@b c",
        "a..b@c.d",
        ".a@b.c",
        "a.@b.c",
        "a@b..c",
        "a@b.c.",
        "a@.b",
        "a@b@c",
        "g:a@b;",
        "<a@b.c>",
        "Name <a@b.c>",
        "\"ab\"@c.d",
        "a@b.c (x)",
        "a\\b@c.d",
        "a@[1.2.3.4",
        "a@[]",
        "a@[1]2]",
        "\303\251@b.c",
        "a@\303\251.c",
        "a\tb@c.d",
        "a\x7f@c.d",
        "a@b\r\nBcc: c@d",
    };
    expect(addresses, sizeof addresses / sizeof *addresses, false);
    assert_false(mail_address_is_valid(TEXT_NULL));
    assert_false(mail_address_is_valid(TEXT("a\0b@c.d")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_address_is_taken),
        cmocka_unit_test(anything_else_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
