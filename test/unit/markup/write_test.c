// SPDX-License-Identifier: GPL-2.0-or-later
// HTML that is to be stored: what is escaped stays text, and nothing that a browser would act on gets in.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markup/body.h"
#include "markup/plain.h"
#include "markup/search.h"
#include "markup/write.h"
#include "rounds.h"

#include <string.h>

static const struct markup_options options = {.embedded_domain_whitelist = {"youtube.com", 11}};

static struct buffer written(struct text html) {
    struct buffer out = buffer_new(8u << 20);
    struct error error = {0};
    assert_true(markup_write_html(html, &options, &out, &error));
    return out;
}

// What is stored stays as it is: written again, and shown.
static void assert_at_rest(const struct buffer *stored) {
    struct buffer again = written(buffer_text(stored)), shown = buffer_new(8u << 20);
    struct error error = {0};
    bool gmails =
        stored->length && strstr(stored->data, "<div dir=\"ltr\">") != NULL; // of which one goes each time
    if (!gmails && !text_equal(buffer_text(&again), buffer_text(stored)))
        fail_msg("%s\nbecomes %s", stored->data, again.data);
    if (stored->length && !markup_is_written(buffer_text(stored), &options))
        fail_msg("not as written: %s", stored->data);
    assert_true(markup_read_html(buffer_text(stored), &options, &shown, &error));
    if (shown.length) assert_true(text_equal(buffer_text(&shown), buffer_text(stored)));
    buffer_free(&again);
    buffer_free(&shown);
}

static void check(const char *const rows[][2], size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct buffer stored = written(text_of(rows[i][0]));
        if (!text_equal(buffer_text(&stored), text_of(rows[i][1])))
            fail_msg("%s\nis stored as %s\nnot        %s", rows[i][0], stored.data, rows[i][1]);
        assert_at_rest(&stored);
        buffer_free(&stored);
    }
}
#define CHECK(rows) check(rows, sizeof(rows) / sizeof *(rows))

static void what_is_escaped_is_text_and_stays_it(void **state) {
    static const char *const rows[][2] = {
        {"<p>Run ./test.sh &lt;id&gt; now, mail Jo &lt;jo@quay.example&gt;</p>",
         "<p>Run ./test.sh &lt;id&gt; now, mail Jo &lt;jo@quay.example&gt;</p>"},
        {"<p>&#60;id&#62; &#x3c;id&#x3E; &LT;b&GT;</p>", "<p>&lt;id&gt; &lt;id&gt; &amp;LT;b&amp;GT;</p>"},
        {"&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"&lt;b&gt;x&lt;/b&gt;<br>&lt;!-- c --&gt;", "&lt;b&gt;x&lt;/b&gt;<br />&lt;!-- c --&gt;"},
        {"<p>&amp;lt;id&amp;gt; &amp;amp; &amp;copy;</p>", "<p>&amp;lt;id&amp;gt; &amp;amp; &amp;copy;</p>"},
        {"<p>if a &lt;= b &amp;&amp; c</p>", "<p>if a &lt;= b &amp;&amp; c</p>"},
        {"<a href=\"http://a.example/?x=1&amp;copy=2\" title=\"a &lt;b&gt; &quot;c&quot;\">&lt;a&gt;</a>",
         "<a href=\"http://a.example/?x=1&amp;copy=2\" title=\"a &lt;b&gt; &quot;c&quot;\">&lt;a&gt;</a>"},
        {"<p>my position: manager; data-cid=\"7\" stays</p>",
         "<p>my position: manager; data-cid=\"7\" stays</p>"},
        {"<pre>&lt;xml&gt;\n  &lt;a/&gt;\n</pre>", "<pre>&lt;xml&gt;\n  &lt;a/&gt;\n</pre>"},
        {"<div>x</div></div>and this", "<div>x</div>and this"},
    };
    (void)state;
    CHECK(rows);
}

// In the row for search and in the text of a mail, too.
static void escaped_text_reaches_search_and_mails(void **state) {
    (void)state;
    struct buffer stored =
                      written(TEXT("<p>Run &lt;id&gt; now, mail Jo &#60;jo@quay.example&#62; &amp;amp;</p>")),
                  out = buffer_new(1000);
    struct error error = {0};
    assert_true(markup_searchable_html(buffer_text(&stored), &out, &error));
    assert_string_equal(out.data, "Run <id> now, mail Jo <jo@quay.example> &amp;");
    buffer_clear(&out);
    assert_true(markup_html_to_text(buffer_text(&stored), 90, &out, &error));
    assert_string_equal(out.data, "Run <id> now, mail Jo <jo@quay.example> &amp;");
    buffer_free(&stored);
    buffer_free(&out);
}

static void scripts_and_styles_go_whether_they_end_or_not(void **state) {
    static const char *const rows[][2] = {
        {"<p>a</p><style>p{}</style >b", "<p>a</p>b"},
        {"<p>a</p><style>@import url(//e.example/x.css);", "<p>a</p>"},
        {"<p>a</p><STYLE type=a>p{}</sTyLe\n>b", "<p>a</p>b"},
        {"a<script>a<<!-- -->/div>b", "a"},
        {"a<script>x</script b=c>d", "ad"},
        {"a<script/x>alert(1)</script>b", "ab"},
        {"<svg><style><img src=x onerror=alert(1)></style>c", "c"},
        {"<header>a</header><heading>b</heading>", "<header>a</header>b"},
    };
    (void)state;
    CHECK(rows);
}

static void a_paragraph_of_blanks_stays_where_it_may(void **state) {
    static const char *const rows[][3] = {
        {"<p>a</p><p> </p><p>b</p>", "<p>a</p> <p></p><p>b</p>", "<p>a</p> <p>b</p>"},
        {"<p>a</p><p>\n\t</p><p></p><b> </b>", "<p>a</p> <p></p> ", "<p>a</p> "},
    };
    struct markup_options with = options;
    (void)state;
    with.blank_paragraphs = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer kept = buffer_new(1000), gone = written(text_of(rows[i][0]));
        struct error error = {0};
        assert_true(markup_write_html(text_of(rows[i][0]), &with, &kept, &error));
        assert_string_equal(kept.data, rows[i][1]);
        assert_string_equal(gone.data, rows[i][2]);
        buffer_free(&kept);
        buffer_free(&gone);
    }
}

static void attributes_are_names_and_nothing_else(void **state) {
    static const char *const rows[][2] = {
        {"<p a\"onclick=alert(1) b<c=d title=e>f</p>", "<p title=\"e\">f</p>"},
        {"<p data-x\"<script=1>f</p>", "<p>f</p>"},
        {"<p data-\"onmouseover=\"alert(1)\">f</p>", "<p>f</p>"},
        {"<a id=lock name=x data-dialog=y accesskey=q contenteditable tabindex=1 href=#a>b</a>",
         "<a name=\"x\" href=\"#a\">b</a>"},
        {"<img name=cookie src=\"cid:a\">", "<img src=\"cid:a\" alt=\"image\" />"},
        {"<p onclick=a OnMouseOver=b on\tclick=c formaction=d style=color:red>e</p>",
         "<p style=\"color:red\">e</p>"},
    };
    (void)state;
    CHECK(rows);
}

static void styles_dress_a_text_and_leave_it_in_its_place(void **state) {
    static const char *const rows[][2] = {
        {"<p style=\"position:fixed;color:red\">a</p>", "<p style=\"color:red\">a</p>"},
        {"<p style=\"POSITION:fixed\">a</p>", "<p>a</p>"},
        {"<p style=\"position : fixed\">a</p>", "<p>a</p>"},
        {"<p style=\"pos&#105;tion:fixed\">a</p>", "<p>a</p>"},
        {"<p style=\"p\\6fsition:fixed;color:red\">a</p>", "<p style=\"color:red\">a</p>"},
        {"<p style=\"pos/**/ition:fixed;/*;color:red\">a</p>", "<p style=\"color:red\">a</p>"},
        {"<p style=\"color:red;position:fixed!important\">a</p>", "<p style=\"color:red\">a</p>"},
        {"<p style=\"background:url(//e.example/x);color:red\">a</p>", "<p style=\"color:red\">a</p>"},
        {"<p style=\"background:u\\72l(//e.example/x)\">a</p>", "<p>a</p>"},
        {"<p style=\"width:expression(alert(1));-moz-binding:url(x);behavior:url(x)\">a</p>", "<p>a</p>"},
        {"<p style=\"margin:-99px;padding:0\">a</p>", "<p style=\"padding:0\">a</p>"},
        {"<p style=\"z-index:9;top:0;left:0;transform:none;color:rgba(1, 2, 3, 0.5)\">a</p>",
         "<p style=\"color:rgba(1, 2, 3, 0.5)\">a</p>"},
        {"<p style=\"font-family:'a;position:fixed;b';color:red\">a</p>", "<p style=\"color:red\">a</p>"},
        {"<p style=\"font-family:&quot;Times New Roman&quot;, serif\">a</p>",
         "<p style=\"font-family:'Times New Roman', serif\">a</p>"},
        {"<p style=\"font-family:&quot;a'b c&quot;\">a</p>", "<p>a</p>"},
        {"<p style='color:red=\"a)b\"'>a</p>", "<p>a</p>"},
        // Quotes that go make no comment of what was around them.
        {"<p style='color:/\"\"*x;padding:0'>a</p>", "<p style=\"padding:0\">a</p>"},
        {"<p style='color:\"/\"*x'>a</p>", "<p>a</p>"},
        {"<font color=/\"\"*x>a</font>", "<span>a</span>"},
        {"<p style=\"color:red}body{display:none\">a</p>", "<p>a</p>"},
        {"<font color=\"red;position:fixed\">a</font>", "<span style=\"color:red\">a</span>"},
    };
    (void)state;
    CHECK(rows);
}

static void addresses_lead_where_links_may_lead(void **state) {
    static const char *const rows[][2] = {
        {"<a href=\"java&#9;script:alert(1)\">a</a>", "<a href=\"denied:java%09script:alert(1)\">a</a>"},
        {"<a href=\"&#1;javascript:alert(1)\">a</a>", "<a href=\"\">a</a>"},
        {"<a href=\"vbscript:x\">a</a>", "<a href=\"denied:vbscript:x\">a</a>"},
        {"<a href=\"(javascript:x\">a</a>", "<a href=\"denied:(javascript:x\">a</a>"},
        {"<a href=\"data:text/html,x\">a</a>", "<a href=\"denied:data:text/html,x\">a</a>"},
        {"<img src=\"data:text/html,x\">", "<img src=\"denied:data:text/html,x\" alt=\"image\" />"},
        {"<img src=\"data:image/svg+xml,x\">", "<img src=\"denied:data:image/svg+xml,x\" alt=\"image\" />"},
        {"<q cite=\"javascript:x\">a</q>", "<q cite=\"denied:javascript:x\">a</q>"},
        {"<a href=\"/x:y?z:\">a</a>", "<a href=\"/x:y?z:\">a</a>"},
        // Names that browsers know and HTML 4.01 does not.
        {"<a href=\"javascript&colon;alert(1)\">a</a>", "<a href=\"javascript&amp;colon;alert(1)\">a</a>"},
        {"<a href=\"java&Tab;script&colon;x\">a</a>", "<a href=\"java&amp;Tab;script&amp;colon;x\">a</a>"},
        {"<p style=\"background:url&lpar;x)\">a</p>", "<p>a</p>"},
        {"<video poster=javascript:x><a background=x action=y xlink:href=javascript:z ping=w>a</a></video>",
         "<a>a</a>"},
    };
    (void)state;
    CHECK(rows);
}

static void nothing_closes_what_is_around(void **state) {
    static const char *const rows[][2] = {
        {"</div></td></li></p>a", "a"},
        {"<td>a<td>b", "<div>a</div><div>b</div>"},
        {"<tr><td>a</table>b", "<div>ab</div>"},
        {"<li>a<dd>b", "<div>a<div>b</div></div>"},
        {"<ul><li>a</ul><table><tr><td>b</table>", "<ul><li>a</li></ul><table><tr><td>b</td></tr></table>"},
        {"<table><td><li>a</table>", "<table><td><div>a</div></td></table>"},
        {"<h1><h2>a</h2></h1>b", "<h1><div>a</div></h1>b"},
        {"<table><table><tr><td>a</table></table>b", "<table><tr><td>a</td></tr></table>b"},
        {"<table><div><table><tr><td>a</table></div></table>b", "<table><tr><td>a</td></tr></table>b"},
        {"<form><textarea></form>a<select><option>b", "ab"},
        {"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", ""},
        {"<plaintext>a<xmp></div>b", "ab"},
        {"<!--><script>x</script>-->a", "a"},
        {"<!-- --!><b>a</b>", "<b>a</b>"},
        {"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", ""},
        {"<iframe srcdoc=\"<script>x</script>\">a</iframe>b", "ab"},
        {"<iframe src=\"https://youtube.com/embed/x\"></div></iframe>b",
         "<iframe src=\"https://youtube.com/embed/x\"></iframe>b"},
        {"<base href=//e.example><meta http-equiv=refresh content=0><link rel=stylesheet href=x>a", "a"},
    };
    (void)state;
    CHECK(rows);
}

// Byte for byte as osTicket stores them: the first such div goes, with whatever </div> comes next.
static void mails_of_gmail_are_stored_as_osticket_does(void **state) {
    static const char *const rows[][2] = {
        {"<div dir=\"ltr\">gm</div>", "gm "},
        {"<div dir=\"ltr\">Hello<div><br></div><div>there</div></div>",
         "Hello<div><br /> <div>there</div></div>"},
        {"<div dir=\"ltr\"><div>Hello</div><div><br></div><div>there</div></div>",
         "<div>Hello <div><br /></div><div>there</div></div>"},
        {"<div dir=\"ltr\">one</div><div dir=\"ltr\">two</div>", "one <div dir=\"ltr\">two</div>"},
        {"<div dir=\"ltr\" class=\"x\">one</div>", "<div dir=\"ltr\">one</div>"},
    };
    (void)state;
    CHECK(rows);
}

// osTicket leaves a </div> there that a browser takes for the end of what stands around the text.
static void gmails_div_closes_nothing_around_the_text(void **state) {
    static const char *const rows[][2] = {
        {"<div dir=\"ltr\"><table><tr><td><div>x</div></td></tr></table></div>",
         "<table><tr><td><div>x </div></td></tr></table>"},
        {"<div dir=\"ltr\"><ul><li><div>x</div></li></ul></div>", "<ul><li><div>x </div></li></ul>"},
    };
    (void)state;
    CHECK(rows);
}

// Pieces in any order: whatever the parser makes of them, it is made once.
static void what_is_written_stays_as_it_is(void **state) {
    static const char *const pieces[] = {
        "<p>",
        "</p>",
        "<div dir=\"ltr\">",
        "</div>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<li>",
        "<ul>",
        "</ul>",
        "<a href=x name=y>",
        "</a>",
        "<b>",
        "</b>",
        "<i>",
        "<font color=red size=2>",
        "</font>",
        "<center>",
        "<pre>",
        "</pre>",
        "<br>",
        "<hr>",
        " ",
        "  ",
        "\n",
        "word",
        "&lt;b&gt;",
        "&amp;lt;",
        "&nbsp;",
        "<",
        ">",
        "&",
        "<!-- c -->",
        "<style>",
        "</style>",
        "<script>",
        "</script>",
        "<svg>",
        "<textarea>",
        "<select><option>",
        "<iframe src=\"https://youtube.com/x\">",
        "</iframe>",
        "<img src=\"cid:a\" style=\"margin: 0\">",
        "<span style=\"color:red;position:fixed;width: 5px\">",
        "</span>",
        "<dl><dd>",
        "<h1>",
        "</h1>",
        "<o:p>",
        "</o:p>",
        "<![if x]>",
        "<map name=m><area>",
        "<details><summary>",
        "<p align=center>",
        "<td width=5 bgcolor=red>",
        "<s>",
        "<wbr>",
        "\"",
        "'",
        "=",
    };
    (void)state;
    uint64_t random = 20260101;
    for (int i = 0; i < rounds(20000); i++) {
        struct buffer html = buffer_new(10000);
        for (int n = 1 + i % 12; n > 0; n--) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            buffer_add_string(&html, pieces[(random >> 33) % (sizeof pieces / sizeof *pieces)]);
        }
        struct buffer stored = written(buffer_text(&html));
        assert_at_rest(&stored);
        buffer_free(&stored);
        buffer_free(&html);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_escaped_is_text_and_stays_it),
        cmocka_unit_test(escaped_text_reaches_search_and_mails),
        cmocka_unit_test(scripts_and_styles_go_whether_they_end_or_not),
        cmocka_unit_test(a_paragraph_of_blanks_stays_where_it_may),
        cmocka_unit_test(attributes_are_names_and_nothing_else),
        cmocka_unit_test(styles_dress_a_text_and_leave_it_in_its_place),
        cmocka_unit_test(addresses_lead_where_links_may_lead),
        cmocka_unit_test(nothing_closes_what_is_around),
        cmocka_unit_test(mails_of_gmail_are_stored_as_osticket_does),
        cmocka_unit_test(gmails_div_closes_nothing_around_the_text),
        cmocka_unit_test(what_is_written_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
