// SPDX-License-Identifier: GPL-2.0-or-later
// What is said to be clean is what the cleaner leaves as it is: over very many bodies made at random, out of
// pieces that are clean, nearly clean and hostile.
#include "markup/clean/is_clean.h"
#include "markup/html.h"
#include "rounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#ifndef BODIES
#define BODIES 300000
#endif

static uint64_t state = 20260101;

static unsigned draw(unsigned below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % below;
}

static const char *const clean_pieces[] = {
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<strong>",
    "</strong>",
    "<i>",
    "</i>",
    "<em>",
    "</em>",
    "<br />",
    "<hr />",
    "<div>",
    "</div>",
    "<blockquote>",
    "</blockquote>",
    "<ul>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tbody>",
    "</tbody>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<span style=\"color:#1f497d;font-size:11pt\">",
    "<span style=\"text-align:center\">",
    "</span>",
    "<a href=\"https://www.example.org/a-b_c?x=1#y\">",
    "</a>",
    "<img src=\"cid:a-b_c1\" alt=\"image\" />",
    "word",
    "two words",
    " and ",
    " x",
    "y ",
    "größe",
    "日本語",
    "\"",
    "'",
    "&amp; ",
    "0",
    "-",
    ".",
    "1 + 1 = 2",
    "https://example.org/?a=b",
    "javascript:",
    "()[]{}",
    "a@b.example",
    " ",
    "\\",
    "%20",
    "é",
};
static const char *const other_pieces[] = {
    "  ",
    "\n",
    "\t",
    "<",
    ">",
    "&",
    "&lt;",
    "&amp;",
    "&amp;copy;",
    "&nbsp;",
    "&quot;",
    "&#65;",
    "\xC2\xA0",
    "<u>",
    "</u>",
    "<p",
    "</",
    "<!-- x -->",
    "<script>alert(1)</script>",
    "<style>p{}</style>",
    "<img src=\"x.png\" />",
    "<a href=\"javascript:x\">",
    "<a href=\"http://a/?b=c&amp;d=e\">",
    "<a name=\"_MailEndCompose\">",
    "position:absolute;",
    "POSITION: x;",
    "data-cid=\"x\"",
    "<span style=\"color:red;\">",
    "<span style=\"position:fixed\">",
    "<span style=\"color:red;color:blue\">",
    "<span style=\"font-size:-x\">",
    "<span style=\"mso-x:1\">",
    "<span>",
    "<font color=\"red\">",
    "</font>",
    "<center>",
    "<s>",
    "<div dir=\"ltr\">",
    "<p class=\"MsoNormal\">",
    "<pre>",
    "</pre>",
    "<textarea>",
    "</textarea>",
    "<br>",
    "<br/>",
    "<BR />",
    "<P>",
    "<h1>",
    "</h1>",
    "<iframe src=\"https://a.example\">",
    "</iframe>",
    "<form>",
    "<input />",
    "\xEF\xBB\xBF",
    "\xEF\xBF\xBE",
    "\xF0\x9F\x98\x80",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "\x7F",
    "\xC3",
    "<p></p>",
    "<td>",
    "<table><tr><td>x</td></tr></table>",
    "<span style=\"color:#1f497d;font-size:11pt\"></span>",
    "<span style=\"font-weight:bold;font-style:italic\">",
    "<li><p>",
    "head",
    "<head>",
};
#define COUNT(array) (unsigned)(sizeof(array) / sizeof *(array))

static bool cleaner_keeps(struct text html) {
    struct markup_options options = {.embedded_domain_whitelist = TEXT("a.example")};
    struct buffer out = buffer_new(1 << 20);
    struct error error = {0};
    assert_true(markup_clean_html(html, &options, &out, &error));
    bool kept = text_equal(buffer_text(&out), html);
    if (!kept) print_message("of    %.*s\ncomes %s\n", (int)html.length, html.data, out.data);
    buffer_free(&out);
    return kept;
}

static void add(struct buffer *body, const char *piece) {
    buffer_add_string(body, piece);
}

static const char *random_piece(unsigned other_share) {
    if (draw(100) < other_share) return other_pieces[draw(COUNT(other_pieces))];
    return clean_pieces[draw(COUNT(clean_pieces))];
}

// Elements in proper order for the most part, so that many bodies are clean.
static void add_flow(struct buffer *body, unsigned depth, bool blocks, unsigned other_share);

static void add_inline(struct buffer *body, unsigned depth, unsigned other_share) {
    static const char *const pairs[][2] = {
        {"<b>", "</b>"},
        {"<i>", "</i>"},
        {"<em>", "</em>"},
        {"<strong>", "</strong>"},
        {"<span style=\"color:#123456\">", "</span>"},
        {"<span style=\"font-size:9.5pt;font-weight:bold\">", "</span>"},
        {"<a href=\"http://a.example/x.y\">", "</a>"},
        {"<a href=\"http://a.example/?x=1&amp;id=2&amp;copyx=3\">", "</a>"},
        {"<a href=\"http://a.example/?x=1&amp;copy=2\">", "</a>"},
        {"<a href=\"http://a.example/?x=1&amp;lt=2&amp;amp=\">", "</a>"}};
    unsigned kind = draw(COUNT(pairs));
    add(body, pairs[kind][0]);
    add(body, draw(4) ? "in" : "");
    if (depth && draw(2)) add_flow(body, depth - 1, false, other_share);
    add(body, pairs[kind][1]);
}

static void add_block(struct buffer *body, unsigned depth, unsigned other_share) {
    static const char *const pairs[][2] = {
        {"<p>", "</p>"},
        {"<div>", "</div>"},
        {"<blockquote>", "</blockquote>"},
        {"<ul><li>", "</li></ul>"},
        {"<ol><li>", "</li><li>b</li></ol>"},
        {"<table><tbody><tr><td>", "</td><td>d</td></tr></tbody></table>"}};
    unsigned kind = draw(COUNT(pairs));
    add(body, pairs[kind][0]);
    if (depth) add_flow(body, depth - 1, kind == 1 || kind == 2, other_share);
    if (!depth || draw(3)) add(body, "end");
    add(body, pairs[kind][1]);
}

static void add_flow(struct buffer *body, unsigned depth, bool blocks, unsigned other_share) {
    for (unsigned i = draw(4); i > 0; i--) {
        unsigned kind = draw(10);
        if (kind < 4)
            add(body, draw(3) ? "some words" : random_piece(other_share));
        else if (kind < 6)
            add_inline(body, depth, other_share);
        else if (kind == 6)
            add(body, draw(2) ? " and then " : "<br />");
        else if (blocks)
            add_block(body, depth, other_share);
        else if (draw(100) < other_share)
            add_block(body, depth, other_share);
    }
}

// Puts a byte or a piece in the place of another.
static void spoil(struct buffer *body) {
    static const char bytes[] = " <>/&;:\"'=abp\n\t\xC2\xA0#-";
    if (!body->length) return;
    body->data[draw((unsigned)body->length)] = bytes[draw(sizeof bytes - 1)];
}

static void what_is_said_to_be_clean_is_left_as_it_is(void **unused) {
    (void)unused;
    struct buffer body = buffer_new(1 << 16);
    int said = 0, bodies = rounds(BODIES);
    for (int i = 0; i < bodies; i++) {
        buffer_clear(&body);
        if (i % 3 == 0)
            for (unsigned n = draw(7); n > 0; n--) add(&body, random_piece(i % 2 ? 10 : 0));
        else
            add_flow(&body, 3, true, i % 3 == 1 ? 0 : 5);
        if (draw(4) == 0) spoil(&body);
        if (!markup_is_clean(buffer_text(&body))) continue;
        said++;
        assert_true(cleaner_keeps(buffer_text(&body)));
    }
    buffer_free(&body);
    print_message("%d of %d bodies said to be clean\n", said, bodies);
    assert_true(said > bodies / 10); // else the test would prove nothing
}

static void assert_clean(const char *html, bool clean) {
    if (markup_is_clean(text_of(html)) != clean) fail_msg("%s", html);
    if (clean) assert_true(cleaner_keeps(text_of(html)));
}

static void what_editors_store_is_recognised(void **unused) {
    (void)unused;
    assert_clean("<p>Hello,</p><p>it is <strong>done</strong>.<br />Bye</p>", true);
    assert_clean("plain words &amp; more, \"quoted\"", true);
    assert_clean("if a &lt; b, run &lt;id&gt; &amp;copy; position: absolute; data-cid=\"x\"", true);
    assert_clean("<div>one<br />two</div><ul><li>a</li><li>b <i>c</i></li></ul>", true);
    assert_clean("<p>see <a href=\"https://a.example/x?y=z\">this</a> <br />on</p>", false); // a blank alone
    assert_clean("<p>a<img src=\"cid:abc\" alt=\"image\" /></p>", true);
    assert_clean("<blockquote><p>x</p><p>y</p></blockquote>", true);
}

static void what_cleaning_would_change_is_not(void **unused) {
    (void)unused;
    static const char *const changed[] = {
        "",
        "<p></p>",
        "<p>a",
        "a</p>",
        "<p>a</b></p>",
        "<p> a</p>",
        "a  b",
        " a",
        "a ",
        "a\nb",
        "a & b",
        "<br>",
        "<p>a<p>b</p></p>",
        "<b><b>x</b></b>",
        "<script>x</script>",
        "<p onclick=\"x\">a</p>",
        "<a href=\"javascript:x\">a</a>",
        "<span style=\"color:red;\">a</span>",
        "<ul>a</ul>",
        "<li>a</li>",
        "<td>a</td>",
        "<p><div>a</div></p>",
    };
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) assert_clean(changed[i], false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_to_be_clean_is_left_as_it_is),
        cmocka_unit_test(what_editors_store_is_recognised),
        cmocka_unit_test(what_cleaning_would_change_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
