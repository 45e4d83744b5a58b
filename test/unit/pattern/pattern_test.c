// SPDX-License-Identifier: GPL-2.0-or-later
// Guards PHP's regular expressions: delimiters, flags, and that none of them runs away.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pattern/pattern.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static void expect(struct text pattern, struct text subject, bool expected) {
    struct error error = {0};
    bool matches;
    if (!pattern_match(pattern, subject, &matches, &error))
        fail_msg("%.*s: %s", (int)pattern.length, pattern.data, error.message);
    if (matches != expected)
        fail_msg("%.*s on %.*s should be %d", (int)pattern.length, pattern.data, (int)subject.length,
                 subject.data, expected);
}

static void delimiters_and_flags_are_those_of_php(void **state) {
    static const struct {
        const char *pattern, *subject;
        bool matches;
    } rows[] = {
        {"/^[A-Z]{2}\\d+$/", "AB12", true},
        {"/^[A-Z]{2}\\d+$/", "ab12", false},
        {"/^[A-Z]{2}\\d+$/i", "ab12", true},
        {"#a/b#", "xa/by", true},
        {"/a\\/b/", "a/b", true},
        {"~a~", "b", false},
        {"  \n/a/", "a", true},
        {"(a(b)c)", "abc", true},
        {"{a{2}}", "aa", true},
        {"[[ab]+]", "ba", true},
        {"<a<b>>i", "A<B>", true},
        {"(a\\)b)", "a)b", true},
        {"/a.b/", "a\nb", false},
        {"/a.b/s", "a\nb", true},
        {"/^b/", "a\nb", false},
        {"/^b/m", "a\nb", true},
        {"/a b/x", "ab", true},
        {"/b/A", "ab", false},
        {"/a$/", "a\n", true},
        {"/a$/D", "a\n", false},
        {"/^\\w+$/", "\303\251", false},
        {"/^\\w$/u", "\303\251", true},
        {"/^..$/", "\303\251", true},
        {"/^.$/u", "\303\251", true},
        {"/a/iS \n", "A", true},
        {"/(a)(?<n>b)/n", "ab", true},
        {"/\\y/", "y", true},
        {"//", "", true},
        {"/^$/", "", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(text_of(rows[i].pattern), text_of(rows[i].subject), rows[i].matches);
    expect(TEXT("/^$/"), TEXT_NULL, true);
    expect(TEXT("/a\0b/"), TEXT("a\0b"), true);
}

static void what_php_cannot_read_is_an_error(void **state) {
    static const char *const patterns[] = {
        "",   " ",   "abc",  "abca", "\\a\\", "/a",   "/a/q",   "/a/e",
        "(a", "(a(", "/(a/", "/[/",  "/a\\/", "/*a/", "/\\y/X", "/(?<n/",
    };
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct error error = {0};
        bool matches = true;
        if (pattern_match(text_of(patterns[i]), TEXT("a"), &matches, &error))
            fail_msg("%s is no pattern", patterns[i]);
        assert_false(matches);
        assert_int_equal(error.code, ERROR_INTERNAL);
        assert_true(error.message[0]);
    }
    struct error error = {0};
    bool matches;
    assert_false(pattern_match(TEXT("/a/u"), TEXT("a\377"), &matches, &error));
    assert_false(pattern_match(TEXT("/a/\0"), TEXT("a"), &matches, &error));
    assert_false(pattern_match(TEXT_NULL, TEXT("a"), &matches, &error));
}

static void the_first_part_that_fits_is_found(void **state) {
    static const struct {
        const char *pattern, *subject, *found;
    } rows[] = {
        {"/b+/", "abbcbbb", "bb"},  {"/#\\p{N}+/u", "\u3010#\u0661\u0662\u3011", "#\u0661\u0662"},
        {"/x/", "abc", NULL},       {"/$/", "abc", ""},
        {"/(?=b\\K)/", "ab", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {0};
        struct text found;
        bool done = pattern_find(text_of(rows[i].pattern), text_of(rows[i].subject), &found, &error);
        if (!done || !rows[i].found) {
            assert_null(found.data);
            continue;
        }
        if (!text_equal(text_of(rows[i].found), found)) fail_msg("%s finds something else", rows[i].pattern);
    }
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void a_search_that_explodes_is_given_up(void **state) {
    static const char *const patterns[] = {
        "/(a+)+[bc]/",         "/(a|a)*[bc]/",  "/(a|aa)+$(?!\\z)/",      "/\\w*[12]/",
        "/(\\w*)*[12]/",       "/.*.*.*[xy]/s", "/^(a?){500}a{500}[bc]/", "/(?:a(?R)?)+[bc]/",
        "/(?=(\\w*))\\1[12]/", "/\\w*+[12]/",   "/\\w*(?<=[bc])/",        "/(\\w+)\\W+\\1/",
    };
    (void)state;
    size_t length = 1 << 20;
    char *subject = malloc(length);
    memset(subject, 'a', length);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct error error = {0};
        bool matches;
        double start = seconds();
        bool done = pattern_match(text_of(patterns[i]), (struct text){subject, length}, &matches, &error);
        if (done && matches) fail_msg("%s cannot match", patterns[i]);
        // The bound is half a second; sanitizers and valgrind take their share.
        if (seconds() - start > 30) fail_msg("%s took %.1f s", patterns[i], seconds() - start);
        print_message("%s: %.2f s\n", patterns[i], seconds() - start);
    }
    // A plain search through as much text is not given up.
    expect(TEXT("/needle/i"), (struct text){subject, length}, false);
    expect(TEXT("/^\\S+$/"), (struct text){subject, length}, true);
    expect(TEXT("/\\baaab?\\b/"), (struct text){subject, length}, false);
    free(subject);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delimiters_and_flags_are_those_of_php),
        cmocka_unit_test(what_php_cannot_read_is_an_error),
        cmocka_unit_test(the_first_part_that_fits_is_found),
        cmocka_unit_test(a_search_that_explodes_is_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
