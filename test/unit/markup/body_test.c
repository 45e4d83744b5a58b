// SPDX-License-Identifier: GPL-2.0-or-later
// What a read shows of a stored body, and what is stored: pairs observed on osTicket 1.18, and the departures
// of lib/DIFFERENCES.md.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/body.h"

#include "base/supplementary.h"
#include "markup/escape.h"
#include "markup/search.h"
#include "markup/tree.h"
#include "rounds.h"

#include <string.h>

struct pair {
    const char *in;
    size_t length;
    const char *out;
};

static const struct markup_options options = {.embedded_domain_whitelist = {"youtube.com", 11}};

static const struct pair read_texts[] = {
    {"a < b and c > d", 15, "a &lt; b and c &gt; d"},
    {"use <b> tag", 11, "use &lt;b&gt; tag&lt;/b&gt;"},
    {"x &copy; y &amp; z &lt;q&gt;", 28, "x \302\251 y &amp; z &lt;q&gt;"},
    {"line1\r\nline2\r\n\r\n\r\nline3", 23, "line1\r\nline2\r\n\r\n\r\nline3"},
    {"  lead and trail  \n", 19, "lead and trail"},
    {"<script>alert(1)</script>ok", 27, "&lt;script&gt;alert(1)&lt;/script&gt;ok"},
    {"tab\there", 8, "tab\there"},
    {"<p></p>empty", 12, "empty"},
    {"a\n\n\n\nb", 6, "a\n\nb"},
    {"<foo@bar.com> wrote", 19, "&lt;foo&gt; wrote&lt;/foo&gt;"},
    {"quote \"q\" 's'", 13, "quote &quot;q&quot; 's'"},
    {"100% & more", 11, "100% &amp; more"},
    {"\344\270\255\346\226\207 \342\202\254", 10, "\344\270\255\346\226\207 \342\202\254"},
    {"nbsp\302\240x", 7, "nbsp\302\240x"},
    {"&nbsp;x", 7, "\302\240x"},
    {"<div>x</div></div>y", 19, "&lt;div&gt;x&lt;/div&gt;"},
    {"<!-- c -->z", 11, "&lt;!-- c --&gt;z"},
    {"1 << 2", 6, "1 &lt;&lt; 2"},
    {"unicode \360\237\232\200 rocket \342\234\210", 23, "unicode \360\237\232\200 rocket \342\234\210"},
    {"null\000byte", 9, "null byte"},
    {"AAAAAAAAAA<br>B", 15, "AAAAAAAAAA&lt;br&gt;B"},
    {"<a href=\"x\">l</a>", 17, "&lt;a href=&quot;x&quot;&gt;l&lt;/a&gt;"},
    {"</p>x", 5, "x"},
    {"if (a<b) {x}", 12, "if (a"},
    {"", 0, ""},
    {" \n", 2, ""},
    {"0", 1, ""},
    {"line2 <b>bold</b> & \"q\"", 23, "line2 &lt;b&gt;bold&lt;/b&gt; &amp; &quot;q&quot;"},
    {"if (a&lt;b) {x}", 15, "if (a&lt;b) {x}"},
    {"a\r\n\r\n\r\nb", 8, "a\r\n\r\n\r\nb"},
    {"x & y &amp;lt; &quot;", 21, "x &amp; y &amp;lt; &quot;"},
    {"a&b &foo; &#65; &apos;", 22, "a&amp;b &amp;foo; A '"},
    {"\001a", 2, "a"},
    {"a\n\n\n\n\nb\n\n\nc", 11, "a\n\nb\n\nc"},
};

static const struct pair read_htmls[] = {
    {"<br/>", 5, ""},
    {" <b></b>\r\n", 10, ""},
    {"0", 1, ""},
    {"-", 1, "-"},
    {"<p>a&nbsp;b</p>", 15, "<p>a\302\240b</p>"},
    {"<a href=\"javascript:x\">y</a>", 28, "<a href=\"denied:javascript:x\">y</a>"},
    {"<img src=\"http://x/y.php\">", 26, "<img src=\"http://x/y.php\" alt=\"image\" />"},
    {"<b>un<i>closed", 14, "<b>un<i>closed</i></b>"},
    {"", 0, ""},
    {"x<script>y</script>", 19, "x"},
};

// Where PHP loses text, what was typed.
static const struct pair stored_texts[] = {
    {"a < b and c > d", 15, "a &lt; b and c &gt; d"},
    {"use <b> tag", 11, "use &lt;b&gt; tag"},
    {"x &copy; y &amp; z &lt;q&gt;", 28, "x &copy; y &amp; z &lt;q&gt;"},
    {"line1\r\nline2\r\n\r\n\r\nline3", 23, "line1\r\nline2\r\n\r\n\r\nline3"},
    {"  lead and trail  \n", 19, "lead and trail"},
    {"<script>alert(1)</script>ok", 27, "&lt;script&gt;alert(1)&lt;/script&gt;ok"},
    {"tab\there", 8, "tab\there"},
    {"<p></p>empty", 12, "&lt;p&gt;&lt;/p&gt;empty"},
    {"a\n\n\n\nb", 6, "a\n\nb"},
    {"<foo@bar.com> wrote", 19, "&lt;foo@bar.com&gt; wrote"},
    {"quote \"q\" 's'", 13, "quote &quot;q&quot; 's'"},
    {"100% & more", 11, "100% &amp; more"},
    {"\344\270\255\346\226\207 \342\202\254", 10, "\344\270\255\346\226\207 \342\202\254"},
    {"nbsp\302\240x", 7, "nbsp\302\240x"},
    {"&nbsp;x", 7, "&nbsp;x"},
    {"<div>x</div></div>y", 19, "&lt;div&gt;x&lt;/div&gt;&lt;/div&gt;y"},
    {"<!-- c -->z", 11, "&lt;!-- c --&gt;z"},
    {"1 << 2", 6, "1 &lt;&lt; 2"},
    {"unicode \360\237\232\200 rocket \342\234\210", 23, "unicode \360\237\232\200 rocket \342\234\210"},
    {"null\000byte", 9, "null byte"},
    {"AAAAAAAAAA<br>B", 15, "AAAAAAAAAA&lt;br&gt;B"},
    {"<a href=\"x\">l</a>", 17, "&lt;a href=&quot;x&quot;&gt;l&lt;/a&gt;"},
    {"</p>x", 5, "&lt;/p&gt;x"},
    {"if (a<b) {x}", 12, "if (a&lt;b) {x}"},
    {"", 0, "-"},
    {" \n", 2, "-"},
    {"a\001b", 3, "ab"},
};

static const struct pair stored_htmls[] = {
    {"<p>x</p><p>y", 12, "<p>x</p><p>y</p>"},
    {"<b>un<i>closed", 14, "<b>un<i>closed</i></b>"},
    {"<img src=x onerror=alert(1)>", 28, ""},
    {"<a href=\"javascript:alert(1)\">j</a>", 35, "<a href=\"denied:javascript:alert(1)\">j</a>"},
    {"<a href=\"http://x\">x</a>", 24, "<a href=\"http://x\">x</a>"},
    {"<style>p{}</style><p style=\"color: red; position:absolute; mso-x:1\">s</p>", 73,
     "<p style=\"color:red\">s</p>"},
    {"<div class=\"foo MsoNormal\" id=\"z\">c</div>", 41, "<div class=\"MsoNormal\">c</div>"},
    {"<table><tr><td>1</td></tr></table>", 34, "<table><tr><td>1</td></tr></table>"},
    {"<iframe src=\"https://www.youtube.com/embed/x\" width=\"5\"></iframe>", 65,
     "<iframe src=\"https://www.youtube.com/embed/x\" width=\"5\"></iframe>"},
    {"<iframe src=\"https://evil.com/x\"></iframe>", 42, "-"},
    {"<form><input name=a><button>x</button></form>", 45, "x"},
    {"&lt;script&gt;alert(1)&lt;/script&gt;", 37, "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"x &amp;lt;b&amp;gt; y", 21, "x &amp;lt;b&amp;gt; y"},
    {"<!-- c -->z", 11, "z"},
    {"<p>\303\251\344\270\255</p>", 12, "<p>\303\251\344\270\255</p>"},
    {"<h1>T</h1>\n\n<ul><li>1<li>2</ul>", 31, "<h1>T</h1> <ul><li>1</li><li>2</li></ul>"},
    {"<font color=\"red\">r</font>", 26, "<span style=\"color:red\">r</span>"},
    {"<div dir=\"ltr\">gm</div>", 23, "gm "},
    {"<br><br>", 8, "-"},
    {"plain text only", 15, "plain text only"},
    {"<p>a&nbsp;b</p>", 15, "<p>a\302\240b</p>"},
    {"<o:p>x</o:p>", 12, "<p>x</p>"},
    {"<img src=\"cid:abc\">", 19, "<img src=\"cid:abc\" alt=\"image\" />"},
    {"<img src=\"http://a/b.php?x=.png\">", 33, ""},
    {"<svg onload=1>", 14, "-"},
    {"<p>a</p>\n<p>b</p>", 17, "<p>a</p> <p>b</p>"},
    {"<img src=\"http://a/b.png\">x", 27, "<img src=\"http://a/b.png\" alt=\"image\" />x"},
    {"<img src=\"http://a/b.PNG\">x", 27, "x"},
    {"<img src=\"http://a/b.jpeg?x=1\">", 31, "<img src=\"http://a/b.jpeg?x=1\" alt=\"image\" />"},
    {"<img src=\"http://a\">x", 21, "x"},
    {"<img src=\"//a.b/c.gif#d\">", 25, "<img src=\"//a.b/c.gif#d\" alt=\"image\" />"},
    {"<img src=\"b.jpg\" alt=\"c\">y", 26, "<img src=\"b.jpg\" alt=\"c\" />y"},
    {"<img src='data:image/png;base64,AAAA'>z", 39, "z"},
    {"<p>\302\251 \302\256 \360\237\232\200 \342\234\210</p>", 21,
     "<p>\302\251 \302\256 \360\237\232\200 \342\234\210</p>"},
};

static const struct pair searched_htmls[] = {
    {"<p>a</p><p>b</p>", 16, "a b"},
    {"a<br>b<wbr>c", 12, "a bc"},
    {"x &amp; y&nbsp; z", 17, "x & y z"},
    {"<foo>a</foo>b", 13, "ab"},
    {"  <b> x </b>\n\ty ", 16, "x y"},
    {"<!-- c -->z", 11, "<!-- c -->z"},
    {"&lt;b&gt;", 9, "<b>"},
    {"<p>\303\251\343\200\200\344\270\255</p>", 15, "\303\251 \344\270\255"},
};

static const struct pair searched_texts[] = {
    {" a  b\n\n c ", 10, "a b\nc"},
    {"a\n\n  b", 6, "a\nb"},
    {"&lt;x&gt;", 9, "&lt;x&gt;"},
    {"\302\240 x", 4, "\302\240x"},
    {"", 0, ""},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool read_html(struct text in, struct buffer *out, struct error *error) {
    return markup_read_html(in, &options, out, error);
}

static bool store_html(struct text in, struct buffer *out, struct error *error) {
    return markup_store_html(in, &options, NULL, out, error);
}

static void check(const struct pair *pairs, size_t count,
                  bool (*make)(struct text, struct buffer *, struct error *)) {
    for (size_t i = 0; i < count; i++) {
        struct buffer out = buffer_new(100000);
        struct error error = {0};
        assert_true(make((struct text){pairs[i].in, pairs[i].length}, &out, &error));
        assert_string_equal(out.data, pairs[i].out);
        buffer_free(&out);
    }
}

static void a_stored_text_reads_as_php_reads_it(void **state) {
    (void)state;
    check(read_texts, COUNT(read_texts), markup_read_text);
}

static void a_stored_html_body_reads_as_php_reads_it(void **state) {
    (void)state;
    check(read_htmls, COUNT(read_htmls), read_html);
}

static void a_text_is_stored_without_losing_what_was_typed(void **state) {
    (void)state;
    check(stored_texts, COUNT(stored_texts), markup_store_text);
}

static void what_was_stored_as_text_reads_unharmed(void **state) {
    static const char *const typed[] = {"if (a<b) {x}", "<foo@bar.com> wrote", "use <b> tag & more \"q\"",
                                        "</p>x", "a\n\nb"};
    (void)state;
    for (size_t i = 0; i < COUNT(typed); i++) {
        struct buffer stored = buffer_new(1000), shown = buffer_new(1000);
        struct error error = {0};
        assert_true(markup_store_text(text_of(typed[i]), &stored, &error));
        assert_true(markup_read_text(buffer_text(&stored), &shown, &error));
        assert_string_equal(shown.data, stored.data);
        buffer_free(&stored);
        buffer_free(&shown);
    }
}

static void html_is_stored_clean_and_without_foreign_images(void **state) {
    (void)state;
    check(stored_htmls, COUNT(stored_htmls), store_html);
}

static void search_text_is_that_of_php(void **state) {
    (void)state;
    check(searched_htmls, COUNT(searched_htmls), markup_searchable_html);
    check(searched_texts, COUNT(searched_texts), markup_searchable_text);
}

static void assert_all(const char *const *texts, size_t count, bool html) {
    for (size_t i = 0; i < count; i++)
        if (markup_has_markup(text_of(texts[i])) != html)
            fail_msg("%s is taken for %s", texts[i], html ? "text" : "HTML");
}

static void html_is_told_from_a_text(void **state) {
    static const char *const htmls[] = {
        "<b>x</b>",
        "<B>x</b >",
        "a<br/>b",
        "a<br>\nb<br />\nc",
        "one <br> two",
        "<p class=\"x\">one",
        "<p>one<p>two",
        "Dear John,<p>your\nticket",
        "<ul><li>one<li>two</ul>",
        "<IMG SRC=x>",
        "<script>alert(1)</script>",
        "<table>\n<tr><td>1\n<td>2\n</table>",
        "<div>\n\n</div>",
        "<!DOCTYPE HTML>x",
        "<p>&lt;id&gt;</p>\n",
        "Hello,\n\nsee <a href=\"http://x/y\">this</a>.\n",
        "a < b <i>x</i>",
        "<!-- x --><b>y</b>",
        "<font color=red>x</font>",
        "<p><o:p>x</o:p></p>",
        "<div><my-own>x</my-own></div>",
        "<pre>a\nb</pre>",
        "Jo <jo@quay.example> wrote: <blockquote>x</blockquote>",
    };
    (void)state;
    assert_all(htmls, COUNT(htmls), true);
}

static void a_text_that_speaks_of_tags_is_none(void **state) {
    static const char *const texts[] = {
        "a < b",
        "<foo@bar.com>",
        "if (a<b) {x}",
        "AT&T",
        "x && y;",
        "<http://x.y/z>",
        "a<b and c>d",
        "<your name>",
        "1 << 2 >> 3",
        "->",
        "http://x/?a=1&copy=2",
        "<",
        "<b",
        "&",
        "",
        "x &nbsp; y",
        "Tom &amp; Jerry\nand &lt;b&gt;",
        "&#169;",
        "&apos;",
        "put a <table> here\nand there",
        "<table>",
        "the <col> tag",
        "Use <br> here,\nthen \"<hr>\", (<p>), `<img src=x>` or <li>.",
        "between <table> and </table>\nstands the rest",
        "Write\n<p>\nonce",
        "<tr>\n<td>\n",
        "</div>",
        "<input disabled>",
        "<col width=\"5\">\nx",
        "<!-- x -->\ny",
        "<!-- <b>x</b> -->\ny",
        "#include <stdio.h>\nint main(void) { return a<b && c>d; }",
        "#include <a>\n#include <map>\nstd::vector<int> x;\nstd::map<std::string, b> y;",
        "cat <a >b\ngrep x <in >out 2>&1",
        "for (i=0;i<n;i++) p->x = i<p;\nq>r",
        "<?xml version=\"1.0\"?>\n<note>\n<to>Jo</to>\n<body>Do <b>not</b> forget</body>\n</note>",
        "<config>\n  <title>x</title>\n  <a href='y'>z</a>\n</config>",
        "<soap:Envelope>\n<b>x</b>\n</soap:Envelope>",
        "<![CDATA[<b>x</b>]]>\n",
        "<?php echo '<b>x</b>'; ?>\n",
        "On Monday Jo <jo@quay.example> wrote:\n> use <table>\n> thanks",
        "mail Jo <mailto:jo@quay.example> or <tel:+31>\n",
        "List<String> a = new ArrayList<>();\nList<b> c;",
        "SELECT * FROM a WHERE b <> c AND d<e\n",
        "<id> <name> </name>\n",
    };
    (void)state;
    assert_all(texts, COUNT(texts), false);
}

static bool has_many(const char *piece, size_t count) {
    struct buffer text = buffer_new(strlen(piece) * count + 10);
    for (size_t i = 0; i < count; i++) buffer_add_string(&text, piece);
    buffer_add_string(&text, "\n>");
    bool html = markup_has_markup(buffer_text(&text));
    buffer_free(&text);
    return html;
}

// Whatever comes out: it is told in a moment.
static void what_is_hard_to_tell_is_told_soon(void **state) {
    static const char *const pieces[] = {"<",   "<x>",     "<x",        "</",  "<!--", "<?",
                                         "<![", "<b a=\"", "<b a='x' ", "<b>", "</b>", "<xy a>"};
    (void)state;
    for (size_t i = 0; i < COUNT(pieces); i++) has_many(pieces[i], (size_t)rounds(1000000));
}

// What is typed, what is stored of it, and what a read shows then.
static void plain_text_keeps_its_line_ends_and_every_letter(void **state) {
    static const char *const rows[][3] = {
        {"a\r\nb\nc\n\nd\re", "a<br />b<br />c<br /><br />d<br />e", NULL},
        {"AT&T  \"q\" 's'", "AT&amp;T \"q\" 's'", NULL},
        {"a < b > c", "a &lt; b &gt; c", NULL},
        {"if (a<b) {x}", "if (a&lt;b) {x}", NULL},
        {"<foo@bar.com> wrote", "&lt;foo@bar.com&gt; wrote", NULL},
        {"x &lt y", "x &amp;lt y", NULL},
        {"position: fixed; x", "position: fixed; x", NULL},
        {" \n ", "-", NULL},
        {"x ", "x ", NULL},
        {"  x \n\n", " x ", NULL},
        {"\ta\nb\t", " a<br />b ", NULL},
        {"a &amp; b\nc", "a &amp; b<br />c", NULL},
        {"Tom &amp;amp; &copy; &apos;x&apos; &#8364;", "Tom &amp;amp; \302\251 'x' \342\202\254",
         "Tom &amp;amp; \302\251 'x' \342\202\254"},
        {"run &lt;id&gt; now\nplease", "run &lt;id&gt; now<br />please", "run &lt;id&gt; now<br />please"},
        {"put a <table> here\nthere", "put a &lt;table&gt; here<br />there",
         "put a &lt;table&gt; here<br />there"},
        {"\f\001", "-", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buffer stored = buffer_new(1000), shown = buffer_new(1000);
        struct error error = {0};
        assert_true(markup_plain_to_html(text_of(rows[i][0]), &stored, &error));
        assert_string_equal(stored.data, rows[i][1]);
        assert_true(markup_read_html(buffer_text(&stored), &options, &shown, &error));
        assert_string_equal(shown.data, rows[i][2] ? rows[i][2] : rows[i][1]);
        buffer_free(&stored);
        buffer_free(&shown);
    }
}

static void very_many_less_than_signs_are_all_kept(void **state) {
    (void)state;
    struct buffer typed = buffer_new(100000), stored = buffer_new(1000000), shown = buffer_new(1000000);
    struct error error = {0};
    for (int i = 0; i < 3000; i++) buffer_add_string(&typed, "a<b ");
    assert_true(markup_plain_to_html(buffer_text(&typed), &stored, &error));
    assert_true(markup_read_html(buffer_text(&stored), &options, &shown, &error));
    size_t count = 0;
    for (const char *hit = shown.data; (hit = strstr(hit, "a&lt;b")); hit++) count++;
    assert_int_equal(count, 3000);
    buffer_free(&typed);
    buffer_free(&stored);
    buffer_free(&shown);
}

static void supplementary_characters_survive_three_byte_columns(void **state) {
    (void)state;
    struct buffer stored = buffer_new(1000), narrow = buffer_new(1000), shown = buffer_new(1000);
    struct error error = {0};
    assert_true(markup_store_html(TEXT("<p>\360\237\232\200</p>"), &options, NULL, &stored, &error));
    supplementary_replace(buffer_text(&stored), true, &narrow);
    assert_string_equal(narrow.data, "<p>&#x1F680;</p>");
    assert_true(markup_read_html(buffer_text(&narrow), &options, &shown, &error));
    assert_string_equal(shown.data, "<p>\360\237\232\200</p>");
    buffer_clear(&narrow);
    supplementary_replace(TEXT("a\360\237\232\200\342\202\254"), false, &narrow);
    assert_string_equal(narrow.data, "a\357\277\275\342\202\254");
    buffer_free(&stored);
    buffer_free(&narrow);
    buffer_free(&shown);
}

// Texts without tags are shown without the parser; with it they would look the same.
// Wherever the text ends and whatever stands there.
static void a_tail_is_stored_as_if_it_had_been_put_there_before(void **state) {
    (void)state;
    static const char whole[] = " \n one & two &amp;\n\n\n\nthree <b>\x01\x7F four\0five &lt;six \"\n\n\n ";
    struct text text = {whole, sizeof whole - 1};
    for (size_t length = 0; length <= text.length; length++) {
        struct buffer both = buffer_new(4096), wanted = buffer_new(4096), apart = buffer_new(4096);
        struct error error = {0};
        buffer_add(&both, text.data, length);
        buffer_add_string(&both, " ... (truncated)");
        assert_true(markup_store_text(buffer_text(&both), &wanted, &error));
        assert_true(
            markup_store_texts((struct text){text.data, length}, TEXT(" ... (truncated)"), &apart, &error));
        assert_true(text_equal(buffer_text(&wanted), buffer_text(&apart)));
        buffer_free(&both);
        buffer_free(&wanted);
        buffer_free(&apart);
    }
}

static void a_text_without_tags_reads_as_the_parser_reads_it(void **state) {
    (void)state;
    static const char *const parts[] = {
        "< ",     "<5",   "<=",   "<", " >",  ">",     "&amp;", "&lt;",  "&quot;", "& ",  "&",
        "é",      "中",   "word", " ", "\nw", "\r\nw", "\t",    "\"",    "'",      "<a",  "</b>",
        "&copy;", "\177", "=",    "9", "0",   "\x1B",  "x<y",   "&#60;", "< b>",   "<9>", "\xE2\x82\xAC"};
    uint32_t seed = 7;
    for (int i = 0; i < rounds(20000); i++) {
        struct buffer text = buffer_new(1000), balanced = buffer_new(10000), expected = buffer_new(10000),
                      shown = buffer_new(10000);
        struct error error = {0};
        buffer_add_char(&text, 'x');
        for (int k = 0; k < 6; k++) {
            seed = seed * 1664525 + 1013904223;
            buffer_add_string(&text, parts[(seed >> 16) % (sizeof parts / sizeof *parts)]);
        }
        buffer_add_char(&text, '.');
        assert_true(markup_balance(buffer_text(&text), &balanced, &error));
        markup_escape_once(buffer_text(&balanced), &expected);
        assert_true(markup_read_text(buffer_text(&text), &shown, &error));
        if (!text_equal(buffer_text(&shown), buffer_text(&expected)))
            fail_msg("%s is shown as %s instead of %s", text.data, shown.data, expected.data);
        buffer_free(&text);
        buffer_free(&balanced);
        buffer_free(&expected);
        buffer_free(&shown);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stored_text_reads_as_php_reads_it),
        cmocka_unit_test(a_tail_is_stored_as_if_it_had_been_put_there_before),
        cmocka_unit_test(a_text_without_tags_reads_as_the_parser_reads_it),
        cmocka_unit_test(a_stored_html_body_reads_as_php_reads_it),
        cmocka_unit_test(a_text_is_stored_without_losing_what_was_typed),
        cmocka_unit_test(what_was_stored_as_text_reads_unharmed),
        cmocka_unit_test(html_is_stored_clean_and_without_foreign_images),
        cmocka_unit_test(search_text_is_that_of_php),
        cmocka_unit_test(html_is_told_from_a_text),
        cmocka_unit_test(a_text_that_speaks_of_tags_is_none),
        cmocka_unit_test(what_is_hard_to_tell_is_told_soon),
        cmocka_unit_test(plain_text_keeps_its_line_ends_and_every_letter),
        cmocka_unit_test(very_many_less_than_signs_are_all_kept),
        cmocka_unit_test(supplementary_characters_survive_three_byte_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
