// SPDX-License-Identifier: GPL-2.0-or-later
// What a mail quotes is cut off below the help desk's line, and all of it is kept where the answer stands
// below.
#include "ops/email/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define LINE "-- reply above this line --"

static void check(const char *mail, bool is_html, const char *kept) {
    struct text found = email_without_quote(text_of(mail), is_html, TEXT(LINE));
    if (!text_equal(found, text_of(kept ? kept : mail)))
        fail_msg("%s\n---- gave\n%.*s", mail, (int)found.length, found.data);
}

static void what_stands_above_the_line_is_kept(void **state) {
    (void)state;
    check("Tuesday, please.\n\n" LINE "\nWhen?", false, "Tuesday, please.\n\n");
    check("One\n> quoted\nTwo\n" LINE, false, "One\n> quoted\nTwo\n");
    check("<p>Tuesday.</p><p>" LINE "</p><p>When?</p>", true, "<p>Tuesday.</p><p>");
}

static void the_first_of_several_lines_counts(void **state) {
    (void)state;
    check("A\n" LINE "\nB\n" LINE "\nC", false, "A\n");
}

static void without_the_line_all_is_kept(void **state) {
    (void)state;
    check("Tuesday.\n> When?", false, NULL);
    struct text mail = TEXT("Tuesday.\n" LINE);
    assert_true(text_equal(mail, email_without_quote(mail, false, TEXT(""))));
    assert_true(text_equal(mail, email_without_quote(mail, false, TEXT_NULL)));
}

static void an_answer_below_the_quote_is_kept(void **state) {
    (void)state;
    const char *const above[] = {
        "",
        "\n\n",
        "> ",
        "> > \n>\n| ",
        "On 3 March Support wrote:\n",
        "On 3 March, Support\n<support@desk.example> wrote:\n> ",
        "> On 3 March Support wrote:\n>> ",
        " \t\n",
    };
    char mail[512];
    for (size_t i = 0; i < sizeof above / sizeof *above; i++) {
        snprintf(mail, sizeof mail, "%s" LINE "\n> When?\nTuesday, please.", above[i]);
        check(mail, false, NULL);
    }
}

static void so_it_is_in_html(void **state) {
    (void)state;
    const char *const above[] = {
        "<div>",
        "<div><br></div><blockquote>",
        "<p>&nbsp;</p><blockquote>&gt; ",
        "<div>On 3 March Support wrote:</div><blockquote>",
        "<style>",
    };
    char mail[512];
    for (size_t i = 0; i < sizeof above / sizeof *above; i++) {
        snprintf(mail, sizeof mail, "%s" LINE "</blockquote><p>Tuesday.</p>", above[i]);
        check(mail, true, NULL);
    }
}

static void an_answer_above_an_attribution_is_cut_below_it(void **state) {
    (void)state;
    check("Yes.\nOn 3 March\nSupport wrote:\n" LINE, false, "Yes.\nOn 3 March\nSupport wrote:\n");
    check("Hello Jane,\n\nTuesday:\n" LINE, false,
          NULL); // two lines that end in a colon: taken for an attribution
    check("<p>Yes.</p><p>It is.</p><p>Support wrote:</p>" LINE, true,
          "<p>Yes.</p><p>It is.</p><p>Support wrote:</p>");
}

static void a_line_in_a_tag_is_the_line_as_well(void **state) {
    (void)state;
    check("<p>Yes.</p><a title=\"" LINE "\">x</a>", true, "<p>Yes.</p><a title=\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_above_the_line_is_kept),
        cmocka_unit_test(the_first_of_several_lines_counts),
        cmocka_unit_test(without_the_line_all_is_kept),
        cmocka_unit_test(an_answer_below_the_quote_is_kept),
        cmocka_unit_test(so_it_is_in_html),
        cmocka_unit_test(an_answer_above_an_attribution_is_cut_below_it),
        cmocka_unit_test(a_line_in_a_tag_is_the_line_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
