// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the digests and file keys against published and recorded values.
#include "crypto/digest.h"
#include "crypto/file_key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void md5_and_sha1_are_those_of_rfc_1321_and_3174(void **state) {
    (void)state;
    char md5[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)], sha1[DIGEST_HEX_SIZE(DIGEST_SHA1_SIZE)];
    assert_true(digest_md5_hex(TEXT("abc"), md5));
    assert_string_equal(md5, "900150983cd24fb0d6963f7d28e17f72");
    assert_true(digest_sha1_hex(TEXT("abc"), sha1));
    assert_string_equal(sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_true(digest_md5_hex(TEXT_NULL, md5));
    assert_string_equal(md5, "d41d8cd98f00b204e9800998ecf8427e");
}

static void sha256_is_that_of_fips_180(void **state) {
    (void)state;
    unsigned char bytes[DIGEST_SHA256_SIZE];
    char hex[DIGEST_HEX_SIZE(DIGEST_SHA256_SIZE)];
    assert_true(digest_sha256(TEXT("abc"), bytes));
    digest_hex(bytes, sizeof bytes, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void hmac_is_that_of_rfc_2202_and_4231(void **state) {
    (void)state;
    unsigned char bytes[DIGEST_MAX];
    char hex[DIGEST_HEX_SIZE(DIGEST_MAX)];
    assert_true(digest_hmac_sha1(TEXT("Jefe"), TEXT("what do ya want for nothing?"), bytes));
    digest_hex(bytes, DIGEST_SHA1_SIZE, hex);
    assert_string_equal(hex, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    assert_true(digest_hmac_sha512(TEXT("Jefe"), TEXT("what do ya want for nothing?"), bytes));
    digest_hex(bytes, DIGEST_SHA512_SIZE, hex);
    assert_string_equal(hex, "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                             "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
}

static void an_empty_hmac_key_is_a_key(void **state) {
    (void)state;
    unsigned char bytes[DIGEST_SHA1_SIZE];
    char hex[DIGEST_HEX_SIZE(DIGEST_SHA1_SIZE)];
    assert_true(digest_hmac_sha1(TEXT("another"), TEXT("x"), bytes));
    assert_true(digest_hmac_sha1(TEXT_NULL, TEXT(""), bytes));
    digest_hex(bytes, sizeof bytes, hex);
    assert_string_equal(hex, "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
}

static void a_file_has_the_signature_and_key_that_osticket_gives_it(void **state) {
    (void)state;
    char signature[FILE_KEY_SIZE], key[FILE_KEY_SIZE];
    assert_true(file_signature(TEXT("hello"), signature));
    assert_string_equal(signature, "qvTGHdzF6KLavt4PXUFAKrxLKna5cZ2R");
    assert_true(file_key(TEXT("hello"), "aB3-_", key));
    assert_string_equal(key, "aB3-_qvTGHdzF6KLavt4PO0gs2a6pQ00");
}

static void keys_and_signatures_hold_no_plus_slash_or_padding(void **state) {
    (void)state;
    for (unsigned i = 0; i < 500; i++) {
        char signature[FILE_KEY_SIZE], key[FILE_KEY_SIZE];
        struct text data = {(const char *)&i, sizeof i};
        assert_true(file_signature(data, signature) && file_key(data, "abcde", key));
        assert_int_equal(strspn(signature, FILE_KEY_ALPHABET), FILE_KEY_LENGTH);
        assert_int_equal(strspn(key, FILE_KEY_ALPHABET), FILE_KEY_LENGTH);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(md5_and_sha1_are_those_of_rfc_1321_and_3174),
        cmocka_unit_test(sha256_is_that_of_fips_180),
        cmocka_unit_test(hmac_is_that_of_rfc_2202_and_4231),
        cmocka_unit_test(an_empty_hmac_key_is_a_key),
        cmocka_unit_test(a_file_has_the_signature_and_key_that_osticket_gives_it),
        cmocka_unit_test(keys_and_signatures_hold_no_plus_slash_or_padding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
