// SPDX-License-Identifier: GPL-2.0-or-later
// The worst input for each parser, a row each: what it takes in memory and time as the input grows fourfold.
//     worst            prints the table
//     worst --check    the same with smaller inputs, and fails where a ceiling is passed
// Memory is counted, not measured. Time is the processor's, the best of three, and is held against that of a
// quarter of the input: a busy machine slows both.
#include "base/arena.h"
#include "base/ip_address.h"
#include "calendar/moment.h"
#include "calendar/normal.h"
#include "contact/person_name.h"
#include "forms/input.h"
#include "heap.h"
#include "mail/address_list.h"
#include "mail/encoded_word.h"
#include "markup/body.h"
#include "markup/charset.h"
#include "markup/data_url.h"
#include "markup/plain.h"
#include "markup/search.h"
#include "mime/message.h"
#include "pattern/pattern.h"
#include "serve/query.h"
#include "json/reader.h"

#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define OUT_MAX (256u << 20)

typedef void work(struct text input, struct buffer *out);

static struct error ignored;

static void json(struct text input, struct buffer *out) {
    struct json_value *value = json_parse(input, &ignored);
    (void)out;
    json_free(&value);
}

static void form_json(struct text input, struct buffer *out) {
    struct arena arena = arena_new(OUT_MAX);
    struct input request;
    (void)out;
    if (!input_read_json(input, &arena, &request, &ignored)) error_clear(&ignored);
    arena_free(&arena);
}

static void form_xml(struct text input, struct buffer *out) {
    struct arena arena = arena_new(OUT_MAX);
    struct input request;
    (void)out;
    if (!input_read_xml(input, &arena, &request, &ignored)) error_clear(&ignored);
    arena_free(&arena);
}

static const struct markup_options options = {.embedded_domain_whitelist = {"youtube.com", 11}};

static void html_written(struct text input, struct buffer *out) {
    if (!markup_store_html(input, &options, NULL, out, &ignored)) error_clear(&ignored);
}

static void html_read(struct text input, struct buffer *out) {
    if (!markup_read_html(input, &options, out, &ignored)) error_clear(&ignored);
}

static void html_text(struct text input, struct buffer *out) {
    if (!markup_html_to_text(input, 90, out, &ignored)) error_clear(&ignored);
}

static void html_search(struct text input, struct buffer *out) {
    if (!markup_searchable_html(input, out, &ignored)) error_clear(&ignored);
}

static void text_read(struct text input, struct buffer *out) {
    if (!markup_read_text(input, out, &ignored)) error_clear(&ignored);
}

static void text_written(struct text input, struct buffer *out) {
    bool html = markup_has_markup(input);
    if (!html && !markup_plain_to_html(input, out, &ignored)) error_clear(&ignored);
    if (!markup_store_text(input, out, &ignored)) error_clear(&ignored);
}

static bool lose_image(void *context, struct text type, struct text data, char key[MARKUP_CID_KEY_LENGTH + 1],
                       struct error *error) {
    (void)context, (void)type, (void)data, (void)error;
    key[0] = '\0';
    return true;
}

static void images(struct text input, struct buffer *out) {
    static const struct markup_image_store store = {lose_image, NULL};
    if (!markup_extract_images(input, &store, out, &ignored)) error_clear(&ignored);
}

static void data_url(struct text input, struct buffer *out) {
    struct data_url url;
    if (data_url_read(input, &url)) data_url_text(&url, out);
}

static void charset_of(struct text input, const char *charset, struct buffer *out) {
    buffer_add_text(out, input);
    markup_to_utf8(text_of(charset), out);
}

static void charset_japanese(struct text input, struct buffer *out) {
    charset_of(input, "iso-2022-jp", out);
}

static void charset_utf7(struct text input, struct buffer *out) {
    charset_of(input, "utf-7", out);
}

static void charset_chinese(struct text input, struct buffer *out) {
    charset_of(input, "gb18030", out);
}

static void addresses(struct text input, struct buffer *out) {
    static const struct reply_mail_owner owner;
    struct arena arena = arena_new(OUT_MAX);
    struct address_list list;
    (void)out;
    if (!address_list_read(input, &owner, &arena, &list, &ignored)) error_clear(&ignored);
    arena_free(&arena);
}

static void words(struct text input, struct buffer *out) {
    encoded_words_decode(input, out);
}

static void mail(struct text input, struct buffer *out) {
    static const struct mail_reading reading = {.rich_text = true};
    struct arena arena = arena_new(OUT_MAX);
    struct mail_message message;
    (void)out;
    if (!mail_message_read(input, &reading, &arena, &message, &ignored)) error_clear(&ignored);
    arena_free(&arena);
}

static void pattern_of(const char *pattern, struct text input) {
    bool matches;
    if (!pattern_match(text_of(pattern), input, &matches, &ignored)) error_clear(&ignored);
}

static void pattern_nested(struct text input, struct buffer *out) {
    (void)out;
    pattern_of("/^(a+)+$/", input);
}

static void pattern_everywhere(struct text input, struct buffer *out) {
    (void)out;
    pattern_of("/(.*)(.*)(.*)x/s", input);
}

static void date(struct text input, struct buffer *out) {
    int64_t utc;
    (void)out;
    (void)!moment_parse(input, 1700000000, &utc);
}

static void name(struct text input, struct buffer *out) {
    struct person_name parts;
    person_name_split(input, &parts);
    person_name_format(&parts, TEXT("complete"), out);
}

static void normal(struct text input, struct buffer *out) {
    (void)!normal_add_nfc(input, out);
}

static void parameters(struct text input, struct buffer *out) {
    static struct query query;
    buffer_add_text(out, input);
    if (!query_parse(out->data, &query, &ignored)) error_clear(&ignored);
}

static void hops(struct text input, struct buffer *out) {
    struct network trusted[64];
    char client[ADDRESS_TEXT_MAX];
    for (size_t i = 0; i < 64; i++)
        if (!network_parse(i < 63 ? TEXT("2001:db8::/32") : TEXT("192.0.2.0/24"), &trusted[i])) return;
    buffer_add_text(out, input);
    address_resolve("192.0.2.1", out->data, trusted, 64, client);
}

// `before`, `unit` as often as it takes, `after`. `bytes_for_one`: of memory, for each of the input. `most`:
// bytes that the parser just takes, 0 for any number; beyond it refuses at once.
static const struct row {
    const char *parser, *what;
    work *work;
    const char *before, *unit, *after;
    unsigned bytes_for_one;
    size_t most;
} rows[] = {
    {"JSON", "levels", json, "", "[", "", 2, 63},
    {"JSON", "members of an array", json, "[1", ",1", "]", 80, 190000},
    {"JSON", "objects", json, "[1", ",{\"a\":1}", "]", 120, 390000},
    {"JSON", "escapes in a text", json, "\"", "\\u0041", "\"", 8, 0},
    {"JSON", "digits of a number", json, "[", "1", "]", 8, 0},
    {"JSON as a form", "lists", form_json, "{\"a\":[1", ",[1]", "]}", 120, 190000},
    {"XML", "elements", form_xml, "<ticket>", "<a/>", "</ticket>", 60, 39000},
    {"XML", "attributes", form_xml, "<ticket ", "a='1' ", "></ticket>", 60, 2900},
    {"XML", "references", form_xml, "<ticket><a>", "&amp;", "</a></ticket>", 60, 0},
    {"XML", "CDATA", form_xml, "<ticket><a>", "<![CDATA[x]]>", "</a></ticket>", 60, 0},
    {"XML", "comments without an end", form_xml, "<ticket>", "<!--", "", 60, 0},
    {"XML", "entities", form_xml, "<!DOCTYPE t [", "<!ENTITY a 'b'>", "]><ticket/>", 60, 0},
    {"HTML, written", "cells", html_written, "", "<td>x", "", 90, 490000},
    {"HTML, written", "paragraphs", html_written, "", "<p>x", "", 110, 390000},
    {"HTML, written", "levels", html_written, "", "<div>x", "", 90, 1400},
    {"HTML, written", "tags without an end", html_written, "", "<b/", "", 60, 290000},
    {"HTML, written", "attributes", html_written, "<p ", "a=1 ", ">x", 110, 3900},
    {"HTML, written", "styles", html_written, "<p style=\"", "color:red;", "\">x", 60, 0},
    {"HTML, written", "addresses in styles", html_written, "<p style=\"", "url(", "\">x", 60, 0},
    {"HTML, written", "comments", html_written, "", "<!----> ", "", 60, 790000},
    {"HTML, written", "scripts without an end", html_written, "", "<script ", "", 60, 790000},
    {"HTML, written", "references", html_written, "", "&copy;", "", 60, 0},
    {"HTML, written", "less-than signs", html_written, "", "<", "", 110, 0},
    {"HTML, written", "file links", html_written, "", "<img src=\"/a/file.php?", "", 60, 2000000},
    {"HTML, written", "list items", html_written, "<ul>", "<li>x", "</ul>", 90, 490000},
    {"HTML, written", "links in links", html_written, "", "<a href=x>", "", 110, 990000},
    {"HTML, read", "cells", html_read, "", "<td>x", "", 90, 490000},
    {"HTML, read", "what was written", html_read, "", "<p style=\"color:red\">x &lt; y</p>", "", 12, 3000000},
    {"HTML, read", "styles", html_read, "<p style=\"", "a:b;", "\">x", 60, 0},
    {"HTML, read", "line ends and quotes", html_read, "", "\n<\"", "", 60, 0},
    {"HTML as text", "quotations", html_text, "", "<blockquote>x", "", 90, 3000},
    {"HTML as text", "links", html_text, "", "<a href=\"http://a.example/\">x</a>", "", 60, 3200000},
    {"HTML as text", "cells", html_text, "<table>", "<tr><td>x", "</table>", 90, 490000},
    {"HTML for search", "comments", html_search, "", "<!--x", "", 60, 490000},
    {"text, read", "less-than signs", text_read, "", "<a", "", 90, 190000},
    {"text, read", "line ends", text_read, "x", "\n", "x", 20, 0},
    {"text, written", "tags that are none", text_written, "", "<a b", ">", 60, 0},
    {"images in a text", "data:", images, "", "<img src=\"data:,x\">", "", 20, 0},
    {"data: URL", "parameters", data_url, "data:a/b", ";a", ",x", 8, 0},
    {"data: URL", "base64", data_url, "data:a/b;base64,", "AA%", "", 8, 0},
    {"charset", "iso-2022-jp", charset_japanese, "", "\033$B", "", 12, 0},
    {"charset", "utf-7", charset_utf7, "", "+", "", 12, 0},
    {"charset", "gb18030", charset_chinese, "", "\xff\x81", "", 12, 0},
    {"addresses", "of one header", addresses, "", "a@b.c,", "", 300, 64000},
    {"addresses", "comments", addresses, "", "(", "", 60, 64000},
    {"addresses", "quotes", addresses, "", "\"<", "", 60, 64000},
    {"encoded words", "one letter each", words, "", "=?utf-8?q?a?= ", "", 20, 0},
    {"encoded words", "begun", words, "", "=?a?b?", "", 20, 0},
    {"mail", "addresses", mail, "To: ", "a@b.c,", "\n\nx", 60, 0},
    {"mail", "open quotes in an address", mail, "To: \"", "\\\"", "\n\nx", 12, 0},
    {"mail", "open angles in addresses", mail, "To: ", "<,", "\n\nx", 60, 0},
    {"mail", "comments in comments", mail, "To: ", "(", "\n\nx", 12, 0},
    {"mail", "parameters", mail, "Content-Type: a/b", ";a=b", "\n\nx", 12, 0},
    {"mail", "open quotes in parameters", mail, "Content-Type: a/b;", "\\\";", "\n\nx", 12, 0},
    {"mail", "fields", mail, "", "a:\n", "\nx", 60, 0},
    {"mail", "folded lines", mail, "a:", "\n b", "\n\nx", 12, 0},
    {"mail", "lines of eight bits", mail, "", "a: \xE9\n", "\nx", 60, 0},
    {"mail", "encoded words", mail, "Subject: ", "=?koi8-r?q?a?= =?koi8-u?q?a?= ", "\n\nx", 30, 0},
    {"mail", "words in no charset", mail, "Subject: ", "=?x-a?q?=E9?= =?x-b?q?=E9?= ", "\n\nx", 30, 0},
    {"mail", "parts", mail, "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n", "", 12, 0},
    {"mail", "multiparts in each other", mail, "Content-Type: multipart/mixed; boundary=b\n\n",
     "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n", "", 12, 0},
    {"mail", "boundaries that are none", mail, "Content-Type: multipart/mixed; boundary=b\n\n", "--bx\n", "",
     12, 0},
    {"mail", "base64", mail, "Content-Transfer-Encoding: base64\n\n", "/+/+", "", 12, 0},
    {"mail", "quoted-printable", mail, "Content-Transfer-Encoding: quoted-printable\n\n", "=E9", "", 12, 0},
    {"pattern", "repeated repetition", pattern_nested, "", "a", "!", 200, 0},
    {"pattern", "three times anything", pattern_everywhere, "", "a", "", 200, 0},
    {"date", "digits", date, "", "1", "", 2, 79},
    {"date", "signs", date, "now ", "+1 day ", "", 2, 79},
    {"name", "words", name, "", "a ", "", 8, 0},
    {"name", "dots", name, "", "a.", "", 8, 0},
    {"normal form", "marks in the wrong order", normal, "a", "\xCC\x81\xCC\xA3", "", 24, 0},
    {"query", "parameters", parameters, "", "a=1&", "x=1", 4, 240},
    {"query", "percent signs", parameters, "a=", "%41", "", 4, 8000},
    {"X-Forwarded-For", "hops", hops, "192.0.2.1", ",192.0.2.1", "", 4, 0},
    {"X-Forwarded-For", "commas", hops, "", ",", "", 4, 0},
};

struct result {
    struct heap_use heap;
    double seconds;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct result measure(const struct row *row, size_t size) {
    struct buffer input = buffer_new(size + 4096);
    struct result best = {.seconds = 1e9};
    buffer_add_string(&input, row->before);
    while (input.length < size) buffer_add_string(&input, row->unit);
    buffer_add_string(&input, row->after);
    for (int i = 0; i < 3 && best.seconds > 0.0005 * i; i++) {
        struct buffer out = buffer_new(OUT_MAX);
        double begun = now();
        heap_start();
        row->work(buffer_text(&input), &out);
        best.heap = heap_stop();
        double seconds = now() - begun;
        if (seconds < best.seconds) best.seconds = seconds;
        buffer_free(&out);
        if (seconds > 1) break;
    }
    buffer_free(&input);
    return best;
}

#define FIXED      (1u << 20) // bytes that any work may take
#define TOO_SHORT  0.02       // seconds that say nothing
#define AGAIN      3
#define GROWTH_MAX 8 // times the time of a quarter; four is linear, sixteen is not

// What is wrong with a row, or NULL.
static const char *verdict(const struct row *row, size_t size, struct result quarter, struct result whole) {
    if (whole.heap.peak > FIXED + size * row->bytes_for_one) return "too much memory";
    if (whole.seconds > TOO_SHORT && whole.seconds > GROWTH_MAX * quarter.seconds)
        return "grows faster than its input";
    return NULL;
}

int main(int count, char **words_given) {
    bool check = count > 1 && strcmp(words_given[1], "--check") == 0;
    size_t size = check ? 400000 : 4000000;
    int failures = 0;
    // What is free stays ours: pages taken anew cost more than the work, and a small input takes none.
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_MMAP_THRESHOLD, INT_MAX);
    printf("%-17s %-26s %9s %9s %9s %11s %9s %9s\n", "parser", "worst input", "bytes", "ms", "of 1/4",
           "allocations", "peak KiB", "per byte");
    for (const struct row *row = rows; row < rows + sizeof rows / sizeof *rows; row++) {
        size_t whole_size = row->most && row->most < size ? row->most : size;
        struct result quarter = measure(row, whole_size / 4), whole = measure(row, whole_size);
        const char *wrong = verdict(row, whole_size, quarter, whole);
        // What truly grows does so each time; a cache that something else just emptied does not.
        for (int i = 0; i < AGAIN && wrong; i++) {
            quarter = measure(row, whole_size / 4);
            whole = measure(row, whole_size);
            wrong = verdict(row, whole_size, quarter, whole);
        }
        printf("%-17s %-26s %9zu %9.1f %9.1f %11zu %9zu %9.1f%s%s\n", row->parser, row->what, whole_size,
               whole.seconds * 1e3, whole.seconds / quarter.seconds, whole.heap.allocations,
               whole.heap.peak / 1024, (double)whole.heap.peak / (double)whole_size, wrong ? "  " : "",
               wrong ? wrong : "");
        failures += wrong != NULL;
    }
    return check && failures;
}
