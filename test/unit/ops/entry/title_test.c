// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the titles of new tickets' first entries. What osTicket 1.18.1 stored of each subject was recorded,
// but where it loses text.
#include "ops/entry/title.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static void subjects_become_titles(void **state) {
    static const struct {
        const char *subject, *title; // the subject as its field keeps it
    } rows[] = {
        {"A & B", "A &amp; B"},
        {"a < b", "a &lt; b"},
        {"1 > 0", "1 &gt; 0"},
        {"a  c", "a c"},
        {"  two  spaces  ", " two spaces "},
        {"tab\there\nline", "tab here line"},
        {"\"q\" 'a'", "\"q\" 'a'"},
        {"&nbsp;x", "\302\240x"},
        {"&lt;", "&lt;"},
        {"\303\274ber 100% a\\b", "\303\274ber 100% a\\b"},
        {"if (a<b) stop", "if (a&lt;b) stop"},
        {"Button <a> and <b>OK</b>, if a<b>c", "Button &lt;a&gt; and &lt;b&gt;OK&lt;/b&gt;, if a&lt;b&gt;c"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"x &copy; y", "x \302\251 y"},
        {"", ""},
        {"a\001b\033c", "abc"},
    };
    struct arena arena = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text title = entry_title_make(text_of(rows[i].subject), &arena);
        if (!text_equal(title, text_of(rows[i].title)))
            fail_msg("\"%s\" is \"%.*s\"", rows[i].subject, (int)title.length, title.data);
    }
    assert_true(text_is_null(entry_title_make(TEXT_NULL, &arena)));
    assert_true(text_is_null(entry_title_make(TEXT("\x1a"), &arena)));
    arena_free(&arena);
}

static void a_title_has_255_characters_at_most(void **state) {
    char subject[601];
    struct arena arena = arena_new(1 << 20);
    (void)state;
    for (size_t i = 0; i < 600; i += 2) memcpy(subject + i, "\303\274", 2);
    struct text title = entry_title_make((struct text){subject, 600}, &arena);
    assert_int_equal(title.length, 510);
    assert_true(text_is_utf8(title));
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subjects_become_titles),
        cmocka_unit_test(a_title_has_255_characters_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
