// SPDX-License-Identifier: GPL-2.0-or-later
// Guards variables in templates: which are found, that values are data and are never expanded again.
#include "mail/variables/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// %{plain} holds what is dangerous in HTML, %{html} markup, %{again} a variable; %{none} and others nothing.
static struct variable_value lookup(void *context, struct text name) {
    unsigned *asked = context;
    ++*asked;
    if (text_equal(name, TEXT("plain"))) return (struct variable_value){false, TEXT("<i> & \"q\" 'a'")};
    if (text_equal(name, TEXT("html")))
        return (struct variable_value){true, TEXT("<b>bold</b> &amp; <i>x</i>")};
    if (text_equal(name, TEXT("again"))) return (struct variable_value){false, TEXT("%{plain} %%7Bplain%7D")};
    if (text_equal(name, TEXT("again.html"))) return (struct variable_value){true, TEXT("<p>%{plain}</p>")};
    return (struct variable_value){false, TEXT_NULL};
}

static void expect(const char *template, bool html, const char *wanted, unsigned lookups) {
    struct buffer out = buffer_new(4096);
    unsigned asked = 0;
    variable_text_expand(text_of(template), html, lookup, &asked, &out);
    assert_string_equal(out.data, wanted);
    assert_int_equal(asked, lookups);
    assert_int_equal(variable_text_has_any(text_of(template)), lookups > 0);
    buffer_free(&out);
}

static void both_ways_of_writing_a_variable(void **state) {
    (void)state;
    expect("a %{none}b %%7Bnone%7D c %%7bnone%7d", false, "a b  c ", 3);
    expect("%{none.of.these_9}", false, "", 1);
}

static void what_is_no_variable_stays(void **state) {
    (void)state;
    static const char *const texts[] = {
        "100% {x}",      "%{",   "%{}",    "%{a", "%{9x}", "%{a b}",
        "%{x",           "%%7B", "%{a-b}", "%",   "%{a}", // one letter is none
        "%{caf\xC3\xA9}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) expect(texts[i], true, texts[i], 0);
}

static void a_text_is_escaped_in_html_and_stays_in_text(void **state) {
    (void)state;
    expect("<p>%{plain}</p>", true, "<p>&lt;i&gt; &amp; &quot;q&quot; &#39;a&#39;</p>", 1);
    expect("%{plain}", false, "<i> & \"q\" 'a'", 1);
}

static void html_stays_in_html_and_becomes_text_in_text(void **state) {
    (void)state;
    expect("<p>%{html}</p>", true, "<p><b>bold</b> &amp; <i>x</i></p>", 1);
    expect("%{html}", false, "bold & x", 1);
}

static void no_value_leaves_its_attribute(void **state) {
    (void)state;
    expect("<a href=\"%{plain}\" title='%{html}'>%{html}</a>", true,
           "<a href=\"&lt;i&gt; &amp; &quot;q&quot; &#39;a&#39;\" title='bold &amp; x'><b>bold</b> &amp; "
           "<i>x</i></a>",
           3);
}

static void a_value_is_never_looked_through_again(void **state) {
    (void)state;
    expect("%{again}|%{again.html}", true, "%{plain} %%7Bplain%7D|<p>%{plain}</p>", 2);
    expect("%{again}%{plain}", false, "%{plain} %%7Bplain%7D<i> & \"q\" 'a'", 2);
    expect("%%{none}{plain}", false, "%{plain}", 1); // nor does one come about by what is left
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_of_writing_a_variable),
        cmocka_unit_test(what_is_no_variable_stays),
        cmocka_unit_test(a_text_is_escaped_in_html_and_stays_in_text),
        cmocka_unit_test(html_stays_in_html_and_becomes_text_in_text),
        cmocka_unit_test(no_value_leaves_its_attribute),
        cmocka_unit_test(a_value_is_never_looked_through_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
