// SPDX-License-Identifier: GPL-2.0-or-later
// Images out of bodies, data: URLs, escaping, HTML as plain text.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/data_url.h"
#include "markup/escape.h"
#include "markup/images.h"
#include "markup/plain.h"

#include <stdio.h>
#include <string.h>

struct seen {
    char text[400];
    int count;
};

static bool keep(void *context, struct text type, struct text data, char key[33], struct error *error) {
    struct seen *seen = context;
    (void)error;
    size_t used = strlen(seen->text);
    snprintf(seen->text + used, sizeof seen->text - used, "%.*s=%.*s ", (int)type.length, type.data,
             (int)data.length, data.data);
    if (data.length) snprintf(key, 33, "key%d", ++seen->count);
    return true;
}

static bool refuse(void *context, struct text type, struct text data, char key[33], struct error *error) {
    (void)context, (void)type, (void)data, (void)key;
    return error_set(error, ERROR_UNAVAILABLE, "no room");
}

static void images_in_the_body_are_handed_out_and_replaced(void **state) {
    (void)state;
    struct seen seen = {"", 0};
    struct markup_image_store store = {keep, &seen};
    struct buffer out = buffer_new(1000);
    struct error error = {0};
    assert_true(markup_extract_images(
        TEXT("a<img src=\"data:image/png;base64,aGk=\">b<img src=\"data:image/gif,x%20y\">"
             "<img src='data:image/png;base64,aGk='><img src=\"data:,\"><img src=\"data:"),
        &store, &out, &error));
    assert_string_equal(seen.text, "image/png=hi image/gif=x%20y text/plain= ");
    assert_string_equal(out.data,
                        "a<img src=\"cid:key1\">b<img src=\"cid:key2\"><img src='data:image/png;base64,aGk='>"
                        "<img src=\"\"><img src=\"data:");
    buffer_free(&out);
}

static void an_image_that_cannot_be_stored_ends_it(void **state) {
    (void)state;
    struct markup_image_store store = {refuse, NULL};
    struct buffer out = buffer_new(1000);
    struct error error = {0};
    assert_false(
        markup_extract_images(TEXT("<img src=\"data:image/png;base64,aGk=\">"), &store, &out, &error));
    assert_int_equal(error.code, ERROR_UNAVAILABLE);
    buffer_free(&out);
}

static void add_key(void *context, struct text key) {
    struct seen *seen = context;
    seen->count++;
    memcpy(seen->text, key.data, key.length);
}

static void keys_of_stored_files_are_found(void **state) {
    (void)state;
    struct seen seen = {"", 0};
    markup_cid_keys(TEXT("<img src=\"cid:abcdefghijklmnopqrstuvwxyz01234_\"><img src=\"cid:short\">"
                         "<img src=\"cid:abcdefghijklmnopqrstuvwxyz 12345\"><img src=\"cid:abc"),
                    add_key, &seen);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.text, "abcdefghijklmnopqrstuvwxyz01234_");
}

// What is no data: URL is text, and all of it.
static void assert_no_url(const char *text) {
    struct data_url url;
    if (data_url_read(text_of(text), &url)) fail_msg("%s is taken for a URL", text);
    assert_true(text_equal(url.type, TEXT("text/plain")));
    assert_true(text_equal(url.content, text_of(text)));
}

static void only_a_media_type_or_nothing_before_the_comma_makes_a_data_url(void **state) {
    static const char *const texts[] = {
        "plain",
        "data:",
        "data:no comma",
        "data:text/html",
        "data: 12/05, ora 10",
        "data:12/05, ora 10",
        "data:10, 20 and 30",
        "data: text/plain,x",
        "data: , x",
        "data:\n, x",
        "data:x;y=z, a",
        "data:base64,aGk=",
        "data:text/,x",
        "data:/plain,x",
        "data:text/plain/x,y",
        "data:text/pl ain,y",
        "data:text/plain;a b=c,y",
        "data:text/plain;=c,y",
        "data:<b>text/plain</b>,y",
        "data:\303\251t/\303\251,y",
        "Data:,x",
        "DATA:text/plain,x",
        " data:,x",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_no_url(texts[i]);
}

static void data_urls_are_decoded_as_clients_write_them(void **state) {
    static const struct {
        const char *url, *type, *bytes, *text;
    } rows[] = {
        {"data:,x", "text/plain", "x", "x"},
        {"data:,", "text/plain", "", ""},
        {"data:,a%20b", "text/plain", "a%20b", "a%20b"},
        {"data:,like '%ad%', 100%", "text/plain", "like '%ad%', 100%", "like '%ad%', 100%"},
        {"data:,%C3%A9%", "text/plain", "%C3%A9%", "%C3%A9%"},
        {"data:text/html,MESSAGE <b>HERE</b>", "text/html", "MESSAGE <b>HERE</b>", "MESSAGE <b>HERE</b>"},
        {"data:text/html;charset=utf-8,<a href=\"/x%2Fy\">a, b</a>", "text/html",
         "<a href=\"/x%2Fy\">a, b</a>", "<a href=\"/x%2Fy\">a, b</a>"},
        {"data:application/json,{\"a\":\"%20\"}", "application/json", "{\"a\":\"%20\"}", "{\"a\":\"%20\"}"},
        {"data:text/plain,caf\303\251", "text/plain", "caf\303\251", "caf\303\251"},
        // What stands as text in the request is Unicode already, whatever its label says.
        {"data:text/plain;charset=iso-8859-1,caf\303\251", "text/plain", "caf\303\251", "caf\303\251"},
        {"data:text/plain; charset=\"us-ascii\" ; format=flowed,x", "text/plain", "x", "x"},
        {"data:image/svg+xml;utf8,<svg/>", "image/svg+xml", "<svg/>", "<svg/>"},
        {"data:;charset=utf-8,x", "text/plain", "x", "x"},
        {"data:x-a/vnd.b.c-d_e+f;,x", "x-a/vnd.b.c-d_e+f", "x", "x"},
        {"data:text/plain;charset=utf-8;base64,Y2Fmw6k=", "text/plain", "caf\303\251", "caf\303\251"},
        {"data:text/plain;charset=iso-8859-1;base64,Y2Fm6Q==", "text/plain", "caf\351", "caf\303\251"},
        {"data:text/csv;base64;charset=windows-1252,gA==", "text/csv", "\200", "\342\202\254"},
        {"data:text/plain;charset=nonsense;base64,aGk=", "text/plain", "hi", "hi"},
        // Bytes that are of no use in their charset are left out; the conversion ends where its input does.
        {"data:text/plain;charset=utf-7;base64,AXgCPP8=", "text/plain", "\1x\2<\377", "x<"},
        {"data:text/plain;charset=gbk;base64,YbChsA==", "text/plain", "a\260\241\260", "a\345\225\212"},
        {"data:image/png;base64,aG k%3D", "image/png", "hi", "hi"},
        {"data:image/png;name=My file (1).png;base64,aGk=", "image/png", "hi", "hi"},
        {"data:;base64,aGk", "text/plain", "hi", "hi"},
        {"data:x/y;BASE64,a*Gk=!", "x/y", "hi", "hi"},
        {"data:;base64,%61G%56sbG8%3d", "text/plain", "hello", "hello"},
        {"data:;base64,aGV%sbG8%3", "text/plain", "hello7", "hello7"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer bytes = buffer_new(1000), text = buffer_new(1000);
        struct data_url url;
        if (!data_url_read(text_of(rows[i].url), &url)) fail_msg("%s is no URL", rows[i].url);
        assert_true(text_equal(url.type, text_of(rows[i].type)));
        data_url_bytes(&url, &bytes);
        data_url_text(&url, &text);
        buffer_add_char(&bytes, '\0');
        buffer_add_char(&text, '\0');
        assert_string_equal(bytes.data, rows[i].bytes);
        assert_string_equal(text.data, rows[i].text);
        buffer_free(&bytes);
        buffer_free(&text);
    }
}

static void no_base64_needs_more_room_than_its_text(void **state) {
    static const char *const texts[] = {"", "a", "aG", "aGk", "aGk=", "aGVsbG8", "aGVsbG8=", "%3D"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct data_url url = {.content = text_of(texts[i]), .is_base64 = true};
        struct buffer bytes = buffer_new(url.content.length); // as who asks for them does
        data_url_bytes(&url, &bytes);
        assert_false(bytes.failed);
        buffer_free(&bytes);
    }
}

static void data_over_the_ceiling_are_noticed(void **state) {
    (void)state;
    struct buffer bytes = buffer_new(2);
    struct data_url url;
    assert_true(data_url_read(TEXT("data:,abc"), &url));
    data_url_bytes(&url, &bytes);
    assert_true(bytes.failed);
    buffer_free(&bytes);
}

static void escaping_and_back(void **state) {
    (void)state;
    struct buffer out = buffer_new(1000);
    markup_escape(TEXT("<a b='c'>&\"&amp;"), &out);
    assert_string_equal(out.data, "&lt;a b=&#39;c&#39;&gt;&amp;&quot;&amp;amp;");
    buffer_clear(&out);
    markup_escape_once(TEXT("<'\"> & &amp; &eacute; &#65; &#x41; &apos; &foo; &"), &out);
    assert_string_equal(out.data,
                        "&lt;'&quot;&gt; &amp; &amp; &eacute; &#65; &#x41; &amp;apos; &amp;foo; &amp;");
    buffer_clear(&out);
    markup_unescape_once(TEXT("&lt;&gt;&amp;lt;&quot;&#60;&#x3E;&#39;&nbsp;&"), &out);
    assert_string_equal(out.data, "<>&lt;\"<>&#39;&nbsp;&");
    buffer_free(&out);
}

static void html_reads_well_as_plain_text(void **state) {
    static const char html[] = "<h1>Title</h1><p>Hello <b>World</b>, this line is longer than "
                               "forty.</p><ul><li>one<li>two<ul><li>in</ul></ul>"
                               "<ol><li>a<li>b</ol><blockquote>quoted<br>text<blockquote>deep</blockquote></"
                               "blockquote><pre> x\n  y</pre>"
                               "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
                               "<a href=\"http://x.y\">z</a> <a href=\"http://x.y\">http://x.y</a> <a "
                               "href=\"mailto:a@b.c\">a@b.c</a>"
                               "<img alt=pic src=x><style>p{}</style><script>s</script><br><a "
                               "href=\"https://long.example.org/a/b/c/d/e\">L</a>";
    static const char text[] = "Title\n═════\n\nHello World, this line is longer than\nforty.\n\n  * one\n  "
                               "* two\n      * in\n\n  1. a\n  2. b\n\n"
                               "> quoted\n> text\n>\n> > deep\n\n x\n  y\n\nA | B\n1 | 2\n\n[z](http://x.y) "
                               "http://x.y\na@b.c[image:pic]\n[L][1]\n\n"
                               "--------------------\n[1] https://long.example.org/a/b/c/d/e";
    (void)state;
    struct buffer out = buffer_new(10000);
    struct error error = {0};
    assert_true(markup_html_to_text(TEXT(html), 40, &out, &error));
    assert_string_equal(out.data, text);
    buffer_free(&out);
}

static void words_alone_have_no_marks_and_no_addresses(void **state) {
    static const char html[] =
        "<h1>Title</h1><p>See <a href=\"https://example.net/x\">site</a>, <a href=\"mailto:a@b.c\">"
        "write</a>.<img alt=pic src=x></p><hr><blockquote>quoted</blockquote><ul><li>one<li>two</ul>"
        "<table><tr><td>1<td>2</table>";
    (void)state;
    struct buffer out = buffer_new(1000);
    struct error error = {0};
    assert_true(markup_html_to_words(TEXT(html), 100, &out, &error));
    assert_string_equal(out.data, "Title\n\nSee site, write.\n\nquoted\n\n  * one\n  * two\n\n1 2");
    buffer_free(&out);
}

static void a_text_that_is_shown_as_it_was_typed_keeps_its_lines(void **state) {
    static const char html[] =
        "<p>Dear  Jane,</p><div style=\"color:red;white-space:pre-wrap\">a &lt; b\n  <b>c\nd</b>"
        "</div><p>e\nf</p>";
    (void)state;
    struct buffer out = buffer_new(1000);
    struct error error = {0};
    assert_true(markup_html_to_text(TEXT(html), 40, &out, &error));
    assert_string_equal(out.data, "Dear Jane,\n\na < b\n  c\nd\n\ne f");
    buffer_free(&out);
}

// Not the beginning of it: who asked would take that for all.
static void a_text_that_has_no_room_is_refused(void **state) {
    static const char *const texts[] = {
        "abcdefghij",
        "ab<span style=\"white-space:pre\">cdefghij</span>",
        "ab <b>cdefghij</b>kl",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer out = buffer_new(8);
        struct error error = {0};
        assert_false(markup_html_to_text(text_of(texts[i]), 40, &out, &error));
        assert_int_equal(error.code, ERROR_TOO_LARGE);
        buffer_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(images_in_the_body_are_handed_out_and_replaced),
        cmocka_unit_test(an_image_that_cannot_be_stored_ends_it),
        cmocka_unit_test(keys_of_stored_files_are_found),
        cmocka_unit_test(only_a_media_type_or_nothing_before_the_comma_makes_a_data_url),
        cmocka_unit_test(data_urls_are_decoded_as_clients_write_them),
        cmocka_unit_test(no_base64_needs_more_room_than_its_text),
        cmocka_unit_test(data_over_the_ceiling_are_noticed),
        cmocka_unit_test(escaping_and_back),
        cmocka_unit_test(html_reads_well_as_plain_text),
        cmocka_unit_test(a_text_that_has_no_room_is_refused),
        cmocka_unit_test(words_alone_have_no_marks_and_no_addresses),
        cmocka_unit_test(a_text_that_is_shown_as_it_was_typed_keeps_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
