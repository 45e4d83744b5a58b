// SPDX-License-Identifier: GPL-2.0-or-later
// What is to be read of a mail: its texts as one.
#include "ops/email/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct operation_settings settings;
static struct operation_context context = {.settings = &settings};

static struct incoming_email email_of(struct mail_text *texts, size_t count) {
    struct incoming_email email = {.context = &context, .arena = arena_new(1 << 20)};
    email.mail.texts = texts;
    email.mail.text_count = count;
    email.bytes = TEXT("a mail of some length");
    return email;
}

static void gives(struct mail_text *texts, size_t count, const char *wanted, bool is_html) {
    struct incoming_email email = email_of(texts, count);
    struct error error = {0};
    assert_true(email_text(&email, &error));
    assert_true(text_equal(email.text, text_of(wanted)));
    assert_int_equal(is_html, email.is_html);
    arena_free(&email.arena);
}

static void plain_text_beside_html_is_kept_as_it_was_typed(void **state) {
    (void)state;
    struct mail_text texts[] = {{.text = TEXT("Is 1 < 2?")},
                                {.text = TEXT("<p>Footer</p>"), .is_html = true}};
    gives(texts, 2, "<div>Is 1 &lt; 2?</div><p>Footer</p>", true);
    gives(texts, 1, "Is 1 < 2?", false);
    gives(texts + 1, 1, "<p>Footer</p>", true);
    gives(NULL, 0, "", false);
}

static void a_mail_that_cannot_be_read_says_why(void **state) {
    (void)state;
    struct incoming_email email = email_of(NULL, 0);
    struct error error = {0};
    email.mail.problem = "no boundary";
    assert_true(email_text(&email, &error));
    assert_true(text_equal(email.text, TEXT("Email parse failed: [no boundary]")));
    arena_free(&email.arena);
}

static void a_style_is_cut_at_a_quotation_mark_in_it(void **state) {
    (void)state;
    struct mail_text texts[] = {
        {.text = TEXT("<p style=\"color:red;font:&quot;Segoe&quot;;\">a</p><p style=\"x:y\">b</p>"),
         .is_html = true}};
    gives(texts, 1, "<p style=\"color:red;font:\">a</p><p style=\"x:y\">b</p>", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_beside_html_is_kept_as_it_was_typed),
        cmocka_unit_test(a_mail_that_cannot_be_read_says_why),
        cmocka_unit_test(a_style_is_cut_at_a_quotation_mark_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
