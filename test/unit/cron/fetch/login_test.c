// SPDX-License-Identifier: GPL-2.0-or-later
// Guards how an account logs in, and what is said of one that cannot.
#include "cron/fetch/login.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOW  1700000000
#define SALT TEXT("ReferenceSaltReferenceSalt012345")

static struct arena arena;
static struct buffer secret;
static struct mailbox_server server;

static int set_up(void **state) {
    (void)state;
    arena = arena_new(1 << 16);
    secret = buffer_new(FETCH_SECRET_MAX);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&arena);
    fetch_wipe(&secret);
    return 0;
}

// The password is one that osTicket stored.
static struct mail_account account_of(const char *authentication) {
    return (struct mail_account){.id = 1,
                                 .email_id = 1,
                                 .address = TEXT("support@example.com"),
                                 .authentication = text_of(authentication),
                                 .protocol = TEXT("IMAP"),
                                 .host = TEXT("ssl://mail.example.com"),
                                 .namespace = TEXT("email.1.account.1"),
                                 .username = TEXT("box1"),
                                 .password = TEXT("$2$JDEk9rAQ94SbMO3fknevz1Ff+7YJ8gZxFWud7EU5TYIx6j4="),
                                 .token = TEXT("$2$JDEk9rAQ94SbMO3fknevz1Ff+7YJ8gZxFWud7EU5TYIx6j4="),
                                 .token_owner = TEXT("box1"),
                                 .token_expires = TEXT("1700000001")};
}

static bool login(struct mail_account account, struct error *error) {
    *error = (struct error){0};
    return fetch_login(&account, SALT, NOW, &arena, &secret, &server, error);
}

static void assert_refused(struct mail_account account, const char *words) {
    struct error error;
    assert_false(login(account, &error));
    assert_int_equal(ERROR_UNPROCESSABLE, error.code);
    if (!strstr(error.message, words)) fail_msg("%s: %s", words, error.message);
    assert_null(strstr(error.message, "Mail-box-1"));
}

static void a_password_is_the_users(void **state) {
    struct error error;
    (void)state;
    assert_true(login(account_of("basic"), &error));
    assert_int_equal(MAILBOX_TLS, server.security);
    assert_int_equal(993, server.port);
    assert_string_equal("box1", server.username.data);
    assert_string_equal("Mail-box-1", server.password.data);
    assert_null(server.token.data);
}

static void a_token_is_the_mailboxs_address(void **state) {
    struct error error;
    (void)state;
    assert_true(login(account_of("oauth2:microsoft"), &error));
    assert_string_equal("support@example.com", server.username.data);
    assert_string_equal("Mail-box-1", server.token.data);
    assert_null(server.password.data);
}

static void a_token_that_has_expired_says_who_renews_it(void **state) {
    struct mail_account account = account_of("oauth2:google");
    (void)state;
    account.token_expires = TEXT("1700000000");
    assert_refused(account, "expired; only osTicket's OAuth2 plugin renews it");
    account.token_expires = TEXT_NULL;
    assert_refused(account, "does not say when it expires");
    account.token = TEXT_NULL;
    assert_refused(account, "there is no OAuth2 token");
}

static void what_cannot_log_in_says_why(void **state) {
    struct mail_account account = account_of("basic");
    (void)state;
    assert_refused(account_of("mailbox"), "for sending");
    assert_refused(account_of("none"), "none are chosen");
    assert_refused(account_of(""), "none are chosen");
    assert_refused(account_of("kerberos"), "\"kerberos\" is no kind that is known");
    account.username = TEXT("box2");
    assert_refused(account, "damaged, or encrypted under another SECRET_SALT");
    account.username = TEXT_NULL;
    assert_refused(account, "user name or password is missing");
    account = account_of("basic");
    account.password = TEXT("");
    assert_refused(account, "user name or password is missing");
    account = account_of("oauth2:google");
    account.address = TEXT_NULL;
    assert_refused(account, "mailbox is gone");
}

static void a_protocol_or_host_that_is_none_says_so(void **state) {
    struct mail_account account = account_of("basic");
    (void)state;
    account.protocol = TEXT("OTHER");
    assert_refused(account, "Unknown mail protocol \"OTHER\"");
    account = account_of("basic");
    account.host = TEXT("");
    assert_refused(account, "host or port is none");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_password_is_the_users, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_token_is_the_mailboxs_address, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_token_that_has_expired_says_who_renews_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_log_in_says_why, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_protocol_or_host_that_is_none_says_so, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
