// SPDX-License-Identifier: GPL-2.0-or-later
// What of an answer is its sender's own, and what a quotation. spec: piping.md 2.5, bottom-posting.
#include "ops/email/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define LINE "-- above --"

static void assert_own(const char *text, bool is_html, const char *own) {
    struct text left = email_without_quote(text_of(text), is_html, TEXT(LINE));
    if (!text_equal(left, text_of(own))) fail_msg("%s\n  leaves: %.*s", text, (int)left.length, left.data);
}

static void an_answer_above_the_quotation_is_kept_alone(void **state) {
    (void)state;
    assert_own("Yes.\n\nOn Tue, Jane wrote:\n> " LINE "\n> old", false, "Yes.\n\nOn Tue, Jane wrote:\n> ");
    assert_own("Yes.\n\n> On Tue, Jane wrote:\n> \n> " LINE, false, "Yes.\n\n> On Tue, Jane wrote:\n> \n> ");
    assert_own("Yes.\n\nOn Tue, Jane <\njane@example.org> wrote:\n> " LINE, false,
               "Yes.\n\nOn Tue, Jane <\njane@example.org> wrote:\n> ");
    assert_own("One.\nTwo.\nThree.\nOn Tue, Jane wrote:\n> " LINE, false,
               "One.\nTwo.\nThree.\nOn Tue, Jane wrote:\n> ");
    assert_own("Yes.\n" LINE, false, "Yes.\n");
    assert_own("<p><IMG src=\"cid:a\"></p><p>" LINE "</p>old", true, "<p><IMG src=\"cid:a\"></p><p>");
    assert_own("<div>Yes.</div><br><div>On Tue, Jane &lt;<a href=x>j@x</a>&gt; wrote:<br></div><p>" LINE,
               true, "<div>Yes.</div><br><div>On Tue, Jane &lt;<a href=x>j@x</a>&gt; wrote:<br></div><p>");
}

static void an_answer_below_the_quotation_keeps_all(void **state) {
    (void)state;
    static const char *const texts[] = {
        "On Tue, Jane wrote:\n> " LINE "\n> old\n\nYes.",
        "On Tue, Jane <\njane@example.org> wrote:\n\n> " LINE "\n\nYes.",
        "\n> \n> " LINE "\n> old\nYes.",
        "Yes, without the line.",
        "\u5728 2026\u5e743\u67083\u65e5\uff0cJane \u5199\u9053\uff1a\n> " LINE "\n\nYes.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_own(texts[i], false, texts[i]);
    const char *html = "<div>On Tue, Jane &lt;<a href=x>j@x</a>&gt; wrote:<br></div><p>" LINE "</p>Yes.";
    assert_own(html, true, html);
    const char *blank = "<p>\u00a0</p><p>&nbsp; &gt;\u00a0</p><p>" LINE "</p>Yes.";
    assert_own(blank, true, blank);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_above_the_quotation_is_kept_alone),
        cmocka_unit_test(an_answer_below_the_quotation_keeps_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
