// SPDX-License-Identifier: GPL-2.0-or-later
// Guards base 64 and base 32 against what PHP makes of the same texts.
#include "base/base32.h"
#include "base/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    struct text text, bytes;
    bool strict;
} decodings[] = {
    // as PHP 8.2 has them
    {TEXT("aGVsbG8="), TEXT("hello"), true},
    {TEXT("aGVsbG8"), TEXT("hello"), true},
    {TEXT(""), TEXT(""), true},
    {TEXT("a"), TEXT(""), false},
    {TEXT("ab"), TEXT("i"), true},
    {TEXT("abc"), TEXT("i\267"), true},
    {TEXT("a=Gk="), TEXT("hi"), false},
    {TEXT("aGk=aGk="), TEXT("hi\032\032"), false},
    {TEXT("aGVs bG8=\n"), TEXT("hello"), true},
    {TEXT("aG-k"), TEXT("hi"), false},
    {TEXT("aGk=="), TEXT("hi"), false},
    {TEXT("aGk==="), TEXT("hi"), false},
    {TEXT("="), TEXT(""), false},
    {TEXT("=="), TEXT(""), false},
    {TEXT("ab="), TEXT("i"), false},
    {TEXT("ab=="), TEXT("i"), true},
    {TEXT("abcd="), TEXT("i\267\035"), false},
    {TEXT("YWJj\0ZGVm"), TEXT("abcdef"), false},
    {TEXT("aGk= "), TEXT("hi"), true},
    {TEXT("!aGk="), TEXT("hi"), false},
    {TEXT("+/+/"), TEXT("\373\377\277"), true},
};

static void lenient_decoding_skips_what_does_not_belong(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof decodings / sizeof *decodings; i++) {
        struct buffer out = buffer_new(64);
        base64_decode_lenient(decodings[i].text, &out);
        assert_true(text_equal(buffer_text(&out), decodings[i].bytes));
        buffer_free(&out);
    }
}

static void strict_decoding_refuses_what_php_refuses(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof decodings / sizeof *decodings; i++) {
        struct buffer out = buffer_new(64);
        buffer_add_string(&out, "<");
        assert_int_equal(base64_decode_strict(decodings[i].text, &out), decodings[i].strict);
        struct text added = {out.data + 1, out.length - 1};
        assert_true(text_equal(added, decodings[i].strict ? decodings[i].bytes : TEXT("")));
        buffer_free(&out);
    }
}

static void encoding_is_that_of_rfc_4648_and_comes_back(void **state) {
    (void)state;
    static const char *const encoded[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t length = 0; length <= 6; length++) {
        struct buffer out = buffer_new(16), back = buffer_new(16);
        base64_encode((struct text){"foobar", length}, &out);
        assert_string_equal(out.data, encoded[length]);
        assert_true(base64_decode_strict(buffer_text(&out), &back));
        assert_true(text_equal(buffer_text(&back), (struct text){"foobar", length}));
        buffer_free(&out);
        buffer_free(&back);
    }
}

static void base_64_over_the_ceiling_fails_and_writes_nothing(void **state) {
    (void)state;
    struct buffer out = buffer_new(7);
    base64_encode(TEXT("foobar"), &out);
    assert_true(out.failed);
    assert_int_equal(out.length, 0);
    buffer_free(&out);
}

static void base_32_has_ostickets_alphabet(void **state) {
    (void)state;
    static const struct {
        struct text bytes;
        const char *encoded;
    } cases[] = {
        {TEXT(""), ""},
        {TEXT("hello"), "nbswy1dp"},
        {TEXT("\2\0\0\0\146\366\14\0"), "aiaaaadg4ygaa"}, // user 2, ticket 849510
        {TEXT("\377"), "52"},
        {TEXT("\377\0\377"), "52ap4"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = buffer_new(BASE32_LENGTH(cases[i].bytes.length));
        base32_encode(cases[i].bytes, &out);
        assert_false(out.failed);
        assert_string_equal(out.data, cases[i].encoded);
        assert_int_equal(out.length, BASE32_LENGTH(cases[i].bytes.length));
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lenient_decoding_skips_what_does_not_belong),
        cmocka_unit_test(strict_decoding_refuses_what_php_refuses),
        cmocka_unit_test(encoding_is_that_of_rfc_4648_and_comes_back),
        cmocka_unit_test(base_64_over_the_ceiling_fails_and_writes_nothing),
        cmocka_unit_test(base_32_has_ostickets_alphabet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
