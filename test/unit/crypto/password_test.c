// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the decryption of stored mail passwords. The texts were made by osTicket 1.18.1's own class (tags 2
// and 3) and, independent of it, by the openssl command (the second).
#include "crypto/password.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define SALT         TEXT("SalTsaltSALT0123456789abcdefABCD")
#define USER         TEXT("desk@example.org")
#define NAMESPACE    TEXT("email.3.account.7")
#define BY_OPENSSL   TEXT("$2$JDEkZxabX7thOe5nx18aGNuhZOcLN62Xx7zaCt1+v/oArW0=")
#define BY_PHPSECLIB TEXT("$3$JDEkDRLCyU41m/u5riO5WhNmYWPPbgGZXeMgQTK1Sfg3HOc=")
#define BY_COMMAND   TEXT("$2$JDEkyMnKy8zNzs/Q0dLT1NXW1yq3OqRI+7xrup9l8Qev3spFzZOUEqx0Wr1v07U8PlQt")

static void expect(struct text stored, struct text user, struct text namespace, const char *clear) {
    struct buffer plain = buffer_new(256);
    struct error error = {0};
    assert_true(password_decrypt_account(stored, SALT, user, namespace, &plain, &error));
    assert_string_equal(plain.data, clear);
    assert_int_equal(plain.length, strlen(clear));
    buffer_free(&plain);
}

static void expect_failure(struct text stored, struct text salt, struct text user, const char *detail) {
    struct buffer plain = buffer_new(256);
    struct error error = {0};
    assert_false(password_decrypt_account(stored, salt, user, NAMESPACE, &plain, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
    assert_non_null(strstr(error.detail, detail));
    assert_int_equal(plain.length, 0);
    buffer_free(&plain);
}

static void what_osticket_encrypted_is_read(void **state) {
    (void)state;
    expect(BY_OPENSSL, USER, NAMESPACE, "p\303\244ss w0rd$");
    expect(BY_PHPSECLIB, USER, NAMESPACE, "p\303\244ss w0rd$");
}

static void a_password_of_exactly_one_block_is_read(void **state) {
    (void)state;
    expect(BY_COMMAND, TEXT("ops@example.net"), TEXT("email.12.account.34"), "exactly 16 bytes");
}

static void another_salt_user_or_account_is_refused(void **state) {
    (void)state;
    expect_failure(BY_OPENSSL, TEXT("SalTsaltSALT0123456789abcdefABCE"), USER, "SECRET_SALT");
    expect_failure(BY_OPENSSL, SALT, TEXT("desk@example.com"), "SECRET_SALT");
    expect_failure(BY_COMMAND, SALT, USER, "SECRET_SALT");
}

static void unknown_tags_and_damaged_texts_are_refused(void **state) {
    (void)state;
    expect_failure(TEXT("$4$JDEkZxabX7thOe5nx18aGNuhZOcLN62Xx7zaCt1+v/oArW0="), SALT, USER, "tag is unknown");
    expect_failure(TEXT("plain text"), SALT, USER, "tag");
    expect_failure(TEXT(""), SALT, USER, "tag");
    expect_failure(TEXT("$2$"), SALT, USER, "cipher");
    expect_failure(TEXT("$2$JDIkZxabX7thOe5nx18aGNuhZOcLN62Xx7zaCt1+v/oArW0="), SALT, USER, "cipher");
    expect_failure(TEXT("$2$JDEkZxabX7thOe5nx18aGNuhZA=="), SALT, USER, "cut short");
    expect_failure(TEXT("$2$JDEkZxabX7thOe5nx18aGNuhZOcLN62Xx7zaCt1+v/oArQ=="), SALT, USER, "cut short");
}

static void a_message_to_the_client_shows_nothing_of_it(void **state) {
    (void)state;
    struct buffer plain = buffer_new(256);
    struct error error = {0};
    assert_false(password_decrypt(TEXT("plain secret"), SALT, USER, &plain, &error));
    assert_null(strstr(error.message, "secret"));
    assert_null(strstr(error.detail, "plain"));
    buffer_free(&plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_osticket_encrypted_is_read),
        cmocka_unit_test(a_password_of_exactly_one_block_is_read),
        cmocka_unit_test(another_salt_user_or_account_is_refused),
        cmocka_unit_test(unknown_tags_and_damaged_texts_are_refused),
        cmocka_unit_test(a_message_to_the_client_shows_nothing_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
