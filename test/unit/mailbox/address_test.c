// SPDX-License-Identifier: GPL-2.0-or-later
// Guards how an account's host and port are read: the way to encryption, the usual ports, what is no host.
#include "mailbox/mailbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_new(1 << 16);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_reached(enum mailbox_protocol protocol, const char *host, int64_t port,
                           enum mailbox_security security, const char *name, int64_t at) {
    struct mailbox_server server = {.protocol = protocol};
    assert_true(mailbox_address(text_of(host), port, &arena, &server));
    assert_int_equal(security, server.security);
    assert_string_equal(name, server.host.data);
    assert_int_equal(at, server.port);
}

static void what_stands_before_the_name_decides_in_any_case(void **state) {
    (void)state;
    assert_reached(MAILBOX_IMAP, "ssl://Mail.Example.org", 143, MAILBOX_TLS, "mail.example.org", 143);
    assert_reached(MAILBOX_IMAP, "TLS://mail.example.org/", 993, MAILBOX_STARTTLS, "mail.example.org", 993);
    assert_reached(MAILBOX_POP3, "plain://10.0.0.1", 995, MAILBOX_PLAIN, "10.0.0.1", 995);
}

static void else_the_port_does(void **state) {
    (void)state;
    assert_reached(MAILBOX_IMAP, "mail", 993, MAILBOX_TLS, "mail", 993);
    assert_reached(MAILBOX_POP3, "mail", 995, MAILBOX_TLS, "mail", 995);
    assert_reached(MAILBOX_POP3, "mail", 465, MAILBOX_TLS, "mail", 465);
    assert_reached(MAILBOX_IMAP, "mail", 587, MAILBOX_STARTTLS, "mail", 587);
    assert_reached(MAILBOX_IMAP, "mail", 11143, MAILBOX_PLAIN, "mail", 11143);
}

static void without_a_port_it_is_the_usual_one(void **state) {
    (void)state;
    assert_reached(MAILBOX_IMAP, "mail", 0, MAILBOX_PLAIN, "mail", 143);
    assert_reached(MAILBOX_IMAP, "ssl://mail", 0, MAILBOX_TLS, "mail", 993);
    assert_reached(MAILBOX_POP3, "tls://mail", 0, MAILBOX_STARTTLS, "mail", 110);
    assert_reached(MAILBOX_POP3, "ssl://mail", 0, MAILBOX_TLS, "mail", 995);
}

static void what_is_no_host_is_refused(void **state) {
    static const char *const hosts[] = {"",          "ssl://",     "http://mail", "mail example", "a@b",
                                        "mail\r\nX", "mail/inbox", "mail?x",      "user:pw@mail"};
    (void)state;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        struct mailbox_server server = {.protocol = MAILBOX_IMAP};
        if (mailbox_address(text_of(hosts[i]), 143, &arena, &server)) fail_msg("taken: %s", hosts[i]);
    }
    struct mailbox_server server = {.protocol = MAILBOX_IMAP};
    assert_false(mailbox_address(TEXT("mail"), 65536, &arena, &server));
    assert_false(mailbox_address(TEXT("mail"), -1, &arena, &server));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_stands_before_the_name_decides_in_any_case, set_up, tear_down),
        cmocka_unit_test_setup_teardown(else_the_port_does, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_port_it_is_the_usual_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_host_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
