// SPDX-License-Identifier: GPL-2.0-or-later
// Which files of a mail its text shows, and their keys in it. spec: piping.md 2.6.
#include "ops/email/pictures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct mail_attachment files[] = {
    {{"a", 1}, {"image/png", 9}, {"A", 1}, {"one@x", 5}}, {{"b", 1}, {"image/png", 9}, {"B", 1}, {"two", 3}},
    {{"c", 1}, {"image/png", 9}, {"", 0}, {"empty", 5}},  {{"d", 1}, {"image/png", 9}, {"D", 1}, {NULL, 0}},
    {{"e", 1}, {"image/png", 9}, {"E", 1}, {"two", 3}},
};
static const struct mail_message mail = {.files = files, .file_count = sizeof files / sizeof *files};

static void assert_put(const char *html, const char *expected) {
    struct arena arena = arena_new(1 << 20);
    struct email_pictures pictures = email_pictures_find(text_of(html), &mail, &arena);
    for (size_t i = 0; i < mail.file_count; i++)
        if (pictures.files[i].shown) snprintf(pictures.files[i].key, FILE_KEY_SIZE, "KEY%zu", i);
    struct text text = email_pictures_put(&pictures, text_of(html), &arena);
    if (!text_equal(text, text_of(expected))) fail_msg("%s becomes %.*s", html, (int)text.length, text.data);
    arena_free(&arena);
}

static void a_shown_file_stands_by_its_key(void **state) {
    (void)state;
    assert_put("<img src=\"cid:one@x\">", "<img src=\"cid:KEY0\">");
    assert_put("<img src='CID:one%40x'> cid:two cid:two", "<img src='CID:KEY0'> cid:KEY1 cid:KEY1");
    assert_put("cid:two", "cid:KEY1");
}

static void what_is_no_file_stays(void **state) {
    (void)state;
    assert_put("cid:three cid: cid:one cid:one@xx cid:ONE@X cid:empty cid:",
               "cid:three cid: cid:one cid:one@xx cid:ONE@X cid:empty cid:");
    assert_put("", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shown_file_stands_by_its_key),
        cmocka_unit_test(what_is_no_file_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
