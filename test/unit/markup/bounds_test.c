// SPDX-License-Identifier: GPL-2.0-or-later
// What is too much for a tree: refused when it is written, shown as text when it was there already, and never
// parsed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/body.h"
#include "markup/bounds.h"
#include "markup/plain.h"
#include "markup/search.h"

#include <string.h>
#include <time.h>

static const struct markup_options options = {.embedded_domain_whitelist = {"", 0}};

static struct buffer repeated(const char *before, const char *unit, size_t times, const char *after) {
    struct buffer text = buffer_new(64 << 20);
    buffer_add_string(&text, before);
    for (size_t i = 0; i < times; i++) buffer_add_string(&text, unit);
    buffer_add_string(&text, after);
    assert_false(text.failed);
    return text;
}

static bool store(const struct buffer *html, struct buffer *out, struct error *error) {
    buffer_clear(out);
    error_clear(error);
    return markup_store_html(buffer_text(html), &options, NULL, out, error);
}

static bool read_back(const struct buffer *html, struct buffer *out, struct error *error) {
    buffer_clear(out);
    error_clear(error);
    return markup_read_html(buffer_text(html), &options, out, error);
}

// Units of which this many in a row are too much, whatever they are.
static const struct {
    const char *before, *unit, *after;
    size_t times;
} excessive[] = {
    {"", "<td>x", "", MARKUP_TAGS_MAX + 1},
    {"", "<p>x", "", MARKUP_TAGS_MAX + 1},
    {"", "<br>x", "", MARKUP_TAGS_MAX + 1},
    {"", "<!---->x", "", MARKUP_TAGS_MAX + 1},
    {"", "<?x>y", "", MARKUP_TAGS_MAX + 1},
    {"<a title=\"", "<td>x", "", MARKUP_TAGS_MAX + 1}, // in a value that never ends
    {"<!--", "<td>x", "", MARKUP_TAGS_MAX + 1},
    {"", "<b a=1 b=2 c=3 d=4>x</b>", "", MARKUP_ATTRIBUTES_MAX / 4 + 1},
    {"x", "<div>", "y", MARKUP_DEPTH_MAX + 1},
    {"x", "<blockquote><div>", "y", MARKUP_DEPTH_MAX / 2 + 1},
    {"x", "<i>", "y", 100000},
    {"", "<p style=\"a1:b;a2:b;a3:b;a4:b\">x</p>", "", MARKUP_STYLE_DECLARATIONS_MAX / 4 + 1},
};

static void too_much_html_is_refused_with_a_sentence_before_it_is_built(void **state) {
    (void)state;
    struct buffer out = buffer_new(64 << 20);
    for (size_t i = 0; i < sizeof excessive / sizeof *excessive; i++) {
        struct buffer html =
            repeated(excessive[i].before, excessive[i].unit, excessive[i].times, excessive[i].after);
        struct error error;
        if (store(&html, &out, &error)) fail_msg("%zu of %s", excessive[i].times, excessive[i].unit);
        assert_int_equal(error.code, ERROR_TOO_LARGE);
        assert_non_null(strstr(error.message, "HTML"));
        buffer_free(&html);
    }
    buffer_free(&out);
}

static void too_much_html_that_is_there_is_shown_as_its_source(void **state) {
    (void)state;
    struct buffer out = buffer_new(64 << 20);
    for (size_t i = 0; i < sizeof excessive / sizeof *excessive; i++) {
        struct buffer html =
            repeated(excessive[i].before, excessive[i].unit, excessive[i].times, excessive[i].after);
        struct error error;
        assert_true(read_back(&html, &out, &error));
        assert_int_equal(error.code, ERROR_NONE);
        assert_null(memchr(out.data, '<', out.length));
        assert_true(out.length > html.length);
        buffer_clear(&out);
        assert_true(markup_read_text(buffer_text(&html), &out, &error));
        assert_null(memchr(out.data, '<', out.length));
        buffer_free(&html);
    }
    buffer_free(&out);
}

static void what_is_shown_as_its_source_is_cut_where_there_is_no_room(void **state) {
    (void)state;
    struct buffer html = repeated("\303\244", "<td>\303\244", MARKUP_TAGS_MAX + 1, "end");
    for (size_t ceiling = 1000; ceiling < 1010; ceiling++) {
        struct buffer out = buffer_new(ceiling);
        struct error error = {0};
        assert_true(markup_read_html(buffer_text(&html), &options, &out, &error));
        assert_true(out.length > 100 && text_is_utf8(buffer_text(&out)));
        assert_string_equal(out.data + out.length - 16, " ... (truncated)");
        buffer_clear(&out);
        assert_true(markup_read_text(buffer_text(&html), &out, &error));
        assert_string_equal(out.data + out.length - 16, " ... (truncated)");
        buffer_free(&out);
    }
    buffer_free(&html);
}

// A mail or a row for search is made of what was stored, whoever stored it.
static void mails_and_search_have_the_words_of_too_much_html(void **state) {
    (void)state;
    struct buffer html = repeated("first ", "<td>x", MARKUP_TAGS_MAX + 1, "</td> last &amp; end"),
                  out = buffer_new(64 << 20);
    struct error error;
    assert_true(markup_html_to_text(buffer_text(&html), 90, &out, &error));
    assert_memory_equal(out.data, "first x x", 9);
    assert_non_null(strstr(out.data, " last & end"));
    buffer_clear(&out);
    assert_true(markup_searchable_html(buffer_text(&html), &out, &error));
    assert_non_null(strstr(out.data, " last & end"));
    buffer_free(&html);
    buffer_free(&out);
}

// What real mails are like at their largest goes through.
static void large_mails_pass(void **state) {
    static const struct {
        const char *before, *unit, *after;
        size_t times;
    } mails[] = {
        // A newsletter: tables in tables, styles everywhere.
        {"<table><tbody>",
         "<tr><td style=\"padding: 0 10px;font-family:Arial, "
         "sans-serif;color:#333333\"><table><tbody><tr><td>"
         "<a href=\"https://news.example/c?id=1&amp;u=2\" target=\"_blank\"><img "
         "src=\"https://news.example/a.png\" "
         "width=\"100\" alt=\"a\"></a></td></tr></tbody></table></td></tr>",
         "</tbody></table>", 3000},
        // A sheet of 2,000 rows by 15 columns.
        {"<table>", "<tr><td><p class=\"MsoNormal\">1</p></td><td><p class=\"MsoNormal\">2</p></td></tr>",
         "</table>", 15000},
        // A chain of forty mails that quote each other, as Gmail makes it.
        {"hello", "<div><div class=\"gmail_quote\"><blockquote style=\"margin:0 0 0 .8ex\">line", "the end",
         40},
        {"", "line &amp; line<br>\n", "", 90000},
    };
    (void)state;
    struct buffer out = buffer_new(64 << 20);
    for (size_t i = 0; i < sizeof mails / sizeof *mails; i++) {
        struct buffer html = repeated(mails[i].before, mails[i].unit, mails[i].times, mails[i].after);
        struct error error;
        if (!store(&html, &out, &error)) fail_msg("%s: %s", mails[i].unit, error.message);
        assert_true(out.length > html.length / 4);
        buffer_free(&html);
    }
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_much_html_is_refused_with_a_sentence_before_it_is_built),
        cmocka_unit_test(too_much_html_that_is_there_is_shown_as_its_source),
        cmocka_unit_test(what_is_shown_as_its_source_is_cut_where_there_is_no_room),
        cmocka_unit_test(mails_and_search_have_the_words_of_too_much_html),
        cmocka_unit_test(large_mails_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
