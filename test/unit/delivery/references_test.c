// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what is taken over from other mails' headers, and how an account's server is reached.
#include "delivery/message_ids.h"
#include "delivery/smtp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void expect_ids(const char *text, const char *wanted) {
    struct buffer out = buffer_new(64 * 1024);
    message_ids_keep(text_of(text), &out);
    assert_string_equal(out.data, wanted);
    buffer_free(&out);
}

static void only_ids_are_kept(void **state) {
    (void)state;
    expect_ids("<a@b> junk\r\n <c@d>,<e f> <g\x80@h> <>", "<a@b> <c@d>");
    expect_ids("a@b", "");
    expect_ids("<a@b\r\nBcc: x@y>", "");
    expect_ids("<<a@b>", "<a@b>");
    expect_ids("<unended@b", "");
}

static void an_id_is_kept_as_long_as_osticket_stores_it(void **state) {
    (void)state;
    char id[258];
    memset(id, 'm', sizeof id);
    memcpy(id + 240, "@mail.example>", 15);
    id[0] = '<';
    expect_ids(id, id);
    snprintf(id + 240, sizeof id - 240, "@mail7.example>");
    assert_int_equal(strlen(id), 255);
    expect_ids(id, id);
    snprintf(id + 240, sizeof id - 240, "@mail77.example>");
    expect_ids(id, "");
}

static void of_many_ids_the_first_and_the_last_are_kept(void **state) {
    (void)state;
    struct buffer text = buffer_new(4096), out = buffer_new(4096);
    for (int i = 0; i < 60; i++) buffer_add_format(&text, "<%d@x> ", i);
    message_ids_keep(buffer_text(&text), &out);
    size_t count = 0;
    for (size_t i = 0; i < out.length; i++) count += out.data[i] == '<';
    assert_int_equal(count, 40);
    assert_true(text_starts_with(buffer_text(&out), TEXT("<0@x> <21@x> ")));
    assert_true(text_find(buffer_text(&out), TEXT("<59@x>"), 0) > 0);
    buffer_free(&text);
    buffer_free(&out);
}

static void a_header_is_found_with_its_further_lines(void **state) {
    (void)state;
    struct text headers =
        TEXT("Subject: References: no\r\nReferences2: no\r\nREFERENCES: <a@b>\r\n\t<c@d>\r\nTo: x\r\n");
    assert_true(text_equal(message_header(headers, TEXT("References")), TEXT("<a@b>\r\n\t<c@d>")));
    assert_true(text_equal(message_header(headers, TEXT("To")), TEXT("x")));
    assert_true(text_is_null(message_header(headers, TEXT("Cc"))));
    assert_true(text_is_null(message_header(TEXT("To"), TEXT("To"))));
}

static void a_server_is_reached_as_its_host_or_port_says(void **state) {
    (void)state;
    static const struct {
        const char *host;
        int64_t port;
        bool good;
        enum smtp_security security;
        const char *reached;
    } cases[] = {
        {"mail.example", 25, true, SMTP_PLAIN, "mail.example"},
        {"mail.example", 587, true, SMTP_STARTTLS, "mail.example"},
        {"mail.example", 465, true, SMTP_TLS, "mail.example"},
        {"SSL://mail.example/", 25, true, SMTP_TLS, "mail.example"},
        {"tls://mail.example", 465, true, SMTP_STARTTLS, "mail.example"},
        {"plain://mail.example", 587, true, SMTP_PLAIN, "mail.example"},
        {" 2001:db8::1 ", 25, true, SMTP_PLAIN, "2001:db8::1"},
        {"", 25, false, 0, ""},
        {"mail.example", 0, false, 0, ""},
        {"mail.example", 65536, false, 0, ""},
        {"a/b@c", 25, false, 0, ""},
        {"a\r\nb", 25, false, 0, ""},
        {"file://x", 25, false, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct smtp_account account = {.host = text_of(cases[i].host), .port = cases[i].port};
        struct smtp_address address;
        assert_int_equal(smtp_address_of(&account, &address), cases[i].good);
        if (!cases[i].good) continue;
        assert_int_equal(address.security, cases[i].security);
        assert_true(text_equal(address.host, text_of(cases[i].reached)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_ids_are_kept),
        cmocka_unit_test(an_id_is_kept_as_long_as_osticket_stores_it),
        cmocka_unit_test(of_many_ids_the_first_and_the_last_are_kept),
        cmocka_unit_test(a_header_is_found_with_its_further_lines),
        cmocka_unit_test(a_server_is_reached_as_its_host_or_port_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
