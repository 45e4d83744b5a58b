// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what encoded words of RFC 2047 mean. Its examples of section 8 are among them.
#include "mail/encoded_word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *text, *meaning;
} cases[] = {
    {"=?UTF-8?Q?J=C3=BCrgen?=", "J\u00fcrgen"},
    {"=?utf-8?q?J=c3=bcrgen_M?=", "J\u00fcrgen M"},
    {"=?utf-8?B?SsO8cmdlbg==?=", "J\u00fcrgen"},
    {"=?ISO-8859-1?Q?J=FCrgen?=", "J\u00fcrgen"},
    {"=?windows-1252?Q?=80_Euro?=", "\u20ac Euro"},
    {"=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore"},
    {"=?ISO-8859-1?Q?a?=", "a"},
    {"=?ISO-8859-1?Q?a?= b", "a b"},
    {"=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"},
    {"=?ISO-8859-1?Q?a?=  \t =?ISO-8859-1?Q?b?=", "ab"},
    {"=?ISO-8859-1?Q?a_b?=", "a b"},
    {"=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"},
    {"x  =?UTF-8?Q?a?=  y ", "x  a  y "},
    {"=?UTF-8?Q?a=0D=0ABcc:?=", "a\r\nBcc:"},
    {"=?UTF-8?Q?bad=ZZ?=", "bad=ZZ"},
    {"=?UTF-8?Q?\?=", ""},
    {"Plain Name", "Plain Name"},
    {"J\u00fcrgen =?UTF-8?Q?a?=", "J\u00fcrgen =?UTF-8?Q?a?="},
    {"=?x-unknown?Q?a=FC?=", "=?x-unknown?Q?a=FC?="},
    {"=?UTF-8?Q?a=FC?=", "=?UTF-8?Q?a=FC?="},
    {"=?UTF-8?X?a?=", "=?UTF-8?X?a?="},
    {"=?\?Q?a?=", "=?\?Q?a?="},
    {"=?UTF-8?Q?a b?=", "=?UTF-8?Q?a b?="},
    {"=?UTF-8?Q?a?", "=?UTF-8?Q?a?"},
    {"=?UTF-8?Q?a", "=?UTF-8?Q?a"},
    {"=?UTF-8", "=?UTF-8"},
    {"=?", "=?"},
    {"=", "="},
    {"", ""},
};

static void an_encoded_word_is_what_it_means(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = buffer_new(1000);
        encoded_words_decode(text_of(cases[i].text), &out);
        if (!text_equal(buffer_text(&out), text_of(cases[i].meaning)))
            fail_msg("%s: \"%.*s\"", cases[i].text, (int)out.length, out.length ? out.data : "");
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_encoded_word_is_what_it_means),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
