// SPDX-License-Identifier: GPL-2.0-or-later
// Mails as they come, and what is read of them. spec: piping.md 2, 9.
#include "mime/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD  "From: Jane Doe <jane@example.org>\r\nTo: Support <support@example.com>\r\nSubject: x\r\n"
#define MIXED HEAD "Content-Type: multipart/mixed; boundary=b\r\n\r\n"

struct read_mail {
    struct arena arena;
    struct mail_message mail;
};

static struct read_mail *read_bytes(struct text bytes, bool rich_text) {
    static struct read_mail read;
    struct mail_reading reading = {.rich_text = rich_text};
    struct error error = {0};
    arena_free(&read.arena);
    read.arena = arena_new(64 << 20);
    assert_true(mail_message_read(bytes, &reading, &read.arena, &read.mail, &error));
    return &read;
}

static struct mail_message *read_mail(const char *text) {
    return &read_bytes(text_of(text), true)->mail;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&read_bytes(TEXT(""), true)->arena);
    return 0;
}

static void assert_text(struct text text, const char *expected) {
    if (!text_equal(text, text_of(expected)))
        fail_msg("got \"%.*s\", not \"%s\"", (int)text.length, text.data ? text.data : "(null)", expected);
}

static void assert_one_text(const struct mail_message *mail, bool is_html, const char *expected) {
    assert_int_equal(mail->text_count, 1);
    assert_int_equal(mail->texts[0].is_html, is_html);
    assert_text(mail->texts[0].text, expected);
}

static void assert_file(const struct mail_message *mail, size_t at, const char *name, const char *type,
                        const char *data) {
    assert_true(at < mail->file_count);
    assert_text(mail->files[at].name, name);
    assert_text(mail->files[at].type, type);
    assert_text(mail->files[at].data, data);
}

// ---- header

static void the_header_is_kept_as_it_came(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail("\r\n\nFrom jane@example.org Tue Mar 3\nFrom: a@b.example\nSubject: one\n  two\n\nbody");
    assert_text(mail->header, "From jane@example.org Tue Mar 3\nFrom: a@b.example\nSubject: one\n  two");
    assert_text(mail->subject, "one two");
    assert_text(mail->line_end, "\n");
    assert_one_text(mail, false, "body");
}

static void a_mail_without_an_empty_line_is_all_header(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail("From: a@b.example\r\nSubject: only this\r\n");
    assert_text(mail->subject, "only this");
    assert_one_text(mail, false, "");
}

static void without_an_empty_line_the_body_begins_where_no_field_does(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail(
        "From jane Tue Mar 3\nFrom: a@b.example\nSubject: one\n two\nSee: this\nGood day, all\nis well: no");
    assert_text(mail->subject, "one two");
    assert_one_text(mail, false, "Good day, all\nis well: no");
    assert_one_text(read_mail(MIXED "--b\r\nContent-Type: text/html\r\nHello there\r\n--b--"), true,
                    "Hello there\r\n");
    assert_one_text(read_mail(MIXED "--b\r\n  Hello\r\n--b--"), false, "  Hello\r\n");
}

static void bytes_that_are_no_mail_have_no_sender(void **state) {
    (void)state;
    assert_int_equal(read_mail("")->from.count, 0);
    assert_int_equal(read_mail("{\"from\": 1}")->from.count, 0);
    assert_int_equal(read_bytes((struct text){"\0\0\r\0\n\xFF", 6}, true)->mail.from.count, 0);
}

static void carriage_returns_alone_end_no_line(void **state) {
    (void)state;
    assert_text(read_mail("From: a@b.example\nSubject: a\rTo: b\n\nx")->subject, "a\rTo: b");
}

static void the_first_subject_and_the_last_message_id_count(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail("Subject: first\nSubject: second\nMessage-ID: <1@x>\nmessage-id: <2@x>\nReferences: "
                  "<a@x>\nReferences: <b@x>\n\n");
    assert_text(mail->subject, "first");
    assert_text(mail->message_id, "<2@x>");
    assert_text(mail->references, "<a@x> <b@x>");
}

static void bytes_of_an_old_charset_in_a_header_become_utf8(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail("Subject: caf\xE9\nX-A: \xC3\xA9\n\n");
    assert_text(mail->header, "Subject: café\nX-A: é");
    assert_text(mail->raw_header, "Subject: caf\xE9\nX-A: \xC3\xA9");
    assert_text(mail->subject, "café");
}

// ---- words

static void words_are_decoded(void **state) {
    (void)state;
    static const struct {
        const char *subject, *expected;
    } cases[] = {
        {"=?ISO-8859-1?Q?T=FCr_klemmt?= in =?UTF-8?B?SGF1cyDDn8O8ZA==?= =?windows-1252?Q?_=80_12?=",
         "Tür klemmt in Haus ßüd € 12"},
        {"=?utf-8?q?a=C3?= =?utf-8?q?=A9b?=", "aéb"},
        {"ä =?utf-8?q?=C3=B6?=", "ä ö"},
        {"=?x-none?q?caf=E9?=", "café"},
        {"=?utf-8?q?caf=E9?=", "café"},
        {"=?utf-8?q?open", "=?utf-8?q?open"},
        {"=?utf-8?x?abc?=", "=?utf-8?x?abc?="},
        {"=?utf-8*en?B?w6k?=", "é"},
        {"=?utf-7?Q?+AOk-?=", "é"},
        {"=?iso-8859-8-i?Q?=F9=EC?=", "של"},
        {"=?gb2312?B?xOO6ww==?=", "你好"},
        {"=?us-ascii?Q?=C3=A9?=", "é"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, "Subject: %s\n\n", cases[i].subject);
        assert_text(read_mail(text)->subject, cases[i].expected);
    }
}

// ---- addresses

static void addresses_are_found(void **state) {
    (void)state;
    static const struct {
        const char *from, *name, *comment, *address;
    } cases[] = {
        {"Jane Doe <jane@example.org>", "Jane Doe", "", "jane@example.org"},
        {"jane@example.org", "", "", "jane@example.org"},
        {"jane@example.org (Jane)", "", "Jane", "jane@example.org"},
        {"\"Ober, Lena\" <lena@example.net>", "Ober, Lena", "", "lena@example.net"},
        {"=?UTF-8?Q?J=C3=BCrgen?= <j@example.org>", "Jürgen", "", "j@example.org"},
        {"Staff: Jane <jane@example.org>, b@example.org;", "Jane", "", "jane@example.org"},
        {"\"Jane <jane@example.org>", "Jane", "", "jane@example.org"},
        {"Jane <jane@example.org", "Jane", "", "jane@example.org"},
        {"((Jane jane@example.org", "Jane", "", "jane@example.org"},
        {"Jane (a (b) c) jane@example.org (", "Jane", "a (b) c", "jane@example.org"},
        {"Jane Doe jane@example.org", "Jane Doe", "", "jane@example.org"},
        {"nonsense", "", "", "nonsense@localhost"},
        {"<@a.example,@b.example:jane@example.org>", "", "", "jane@example.org"},
        {"<>", "", "", "@localhost"},
        {"\"a \\\"b\\\" c\" <d@example.org>", "a \"b\" c", "", "d@example.org"},
        {"\"a \\\"b\\\"\" <d@example.org>", "a \"b\"", "", "d@example.org"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, "From: %s\n\n", cases[i].from);
        const struct mail_message *mail = read_mail(text);
        assert_true(mail->from.count >= 1);
        assert_text(mail->from.items[0].name, cases[i].name);
        assert_text(mail->from.items[0].comment, cases[i].comment);
        assert_text(mail->from.items[0].address, cases[i].address);
    }
}

static void members_of_groups_are_addressees(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail("To: A: a@x.example, B <b@x.example>; c@x.example, undisclosed-recipients:;\nCc: "
                  "d@x.example\nCc: e@x.example\n\n");
    assert_int_equal(mail->to.count, 3);
    assert_text(mail->to.items[1].address, "b@x.example");
    assert_text(mail->to.items[2].address, "c@x.example");
    assert_int_equal(mail->cc.count, 2);
}

static void ten_thousand_recipients_are_cut_and_said(void **state) {
    (void)state;
    size_t size = 10000 * 24 + 64, used = 0;
    char *text = malloc(size);
    used += (size_t)snprintf(text, size, "To: ");
    for (int i = 0; i < 10000; i++)
        used += (size_t)snprintf(text + used, size - used, "u%05d@example.org,\n ", i);
    snprintf(text + used, size - used, "x@example.org\n\nbody");
    const struct mail_message *mail = read_mail(text);
    free(text);
    assert_int_equal(mail->to.count, MAIL_ADDRESSES_MAX);
    assert_non_null(mail->problem);
}

static void a_subject_of_a_megabyte_is_cut_and_said(void **state) {
    (void)state;
    size_t length = 1 << 20;
    char *text = malloc(length + 64);
    size_t used = (size_t)snprintf(text, length, "Subject: ");
    memset(text + used, 's', length);
    memcpy(text + used + length, "\n\nbody", sizeof "\n\nbody");
    const struct mail_message *mail = read_mail(text);
    free(text);
    assert_int_equal(mail->subject.length, MAIL_SUBJECT_MAX);
    assert_non_null(mail->problem);
}

static void what_nobody_can_write_to_is_no_address(void **state) {
    (void)state;
    assert_true(mail_address_could_be(TEXT("a@b")));
    assert_true(mail_address_could_be(TEXT("a@[192.0.2.1]")));
    assert_false(mail_address_could_be(TEXT("a@[]")));
    assert_false(mail_address_could_be(TEXT("a@b[1]")));
    assert_false(mail_address_could_be(TEXT("[a]@b")));
    assert_false(mail_address_could_be(TEXT("a@localhost")));
    assert_false(mail_address_could_be(TEXT("@b.example")));
    assert_false(mail_address_could_be(TEXT("a@")));
    assert_false(mail_address_could_be(TEXT("a b@c.example")));
    assert_false(mail_address_could_be(TEXT("a@b.example\nBcc: x@y")));
}

// ---- bodies

static void html_is_taken_of_an_alternative(void **state) {
    (void)state;
    const char *mail =
        HEAD "Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\n\r\nplain\r\n--b\r\n"
             "Content-Type: text/html\r\n\r\n<p>rich</p>\r\n--b--\r\n";
    assert_one_text(read_mail(mail), true, "<p>rich</p>\r\n");
    assert_one_text(&read_bytes(text_of(mail), false)->mail, false, "plain\r\n");
}

static void an_empty_alternative_is_passed_over(void **state) {
    (void)state;
    assert_one_text(
        read_mail(HEAD "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nplain\r\n--b\r\n"
                       "Content-Type: text/html\r\n\r\n<html><body> </body></html>\r\n--b--\r\n"),
        false, "plain\r\n");
}

static void texts_in_mixed_stay_in_order(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>two</p>\r\n--b--");
    assert_int_equal(mail->text_count, 2);
    assert_false(mail->texts[0].is_html);
    assert_text(mail->texts[0].text, "one\r\n");
    assert_true(mail->texts[1].is_html);
}

static void a_label_does_not_spoil_a_text(void **state) {
    (void)state;
    static const struct {
        const char *charset, *bytes, *expected;
    } cases[] = {
        {"utf-8", "caf\xE9 froid", "café froid"},
        {"utf-8", "Gr\xC3\xBC\xC3", "GrüÃ"},
        {"utf-8", "Gr\xFC\xDF \xC3\xBC\x80", "Grüß ü€"},
        {"iso-8859-1", "\xC3\xBC\xC3", "Ã¼Ã"},
        {"us-ascii", "caf\xC3\xA9", "café"},
        {"iso-8859-1", "caf\xC3\xA9", "café"},
        {"iso-8859-1", "caf\xE9", "café"},
        {"windows-1252", "\x80", "€"},
        {"x-unknown", "caf\xC3\xA9", "café"},
        {"koi8-r", "\xC1", "а"},
        {"x-sjis", "\x82\xA0", "あ"},
        {"X-GBK", "\xC4\xE3", "你"},
        {"ISO-8859-8-I", "\xF9", "ש"},
        {"iso-8859-8-e", "\xF9", "ש"},
        {"\"utf-8\"", "é", "é"},
        {"iso-8859-15", "\xA4", "€"},
        {"utf-16", "plain words", "plain words"},
        {"utf-32", "café ole", "café ole"},
        {"iso-2022-jp", "café", "café"},
        {"iso-2022-jp", "\x1B$B$\"\x1B(B", "あ"},
        {"utf-7", "café", "café"},
        {"hz-gb-2312", "café", "café"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, HEAD "Content-Type: text/plain; charset=%s\n\n%s", cases[i].charset,
                 cases[i].bytes);
        assert_one_text(read_mail(text), false, cases[i].expected);
    }
}

static void encodings_are_undone(void **state) {
    (void)state;
    static const struct {
        const char *encoding, *bytes, *expected;
    } cases[] = {
        {"quoted-printable", "a=3D=c3=A9 =\r\nb=zz", "a=é b=zz"},
        {"Quoted-Printable (rfc)", "=41", "A"},
        {"base64", "YWJj\r\nZGVm", "abcdef"},
        {"base64", "YQ==YmM=", "abc"},
        {" BASE64 ", "Y!W!J!j", "abc"},
        {"8bit", "=41", "=41"},
        {"x-none", "=41", "=41"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, HEAD "Content-Transfer-Encoding: %s\n\n%s", cases[i].encoding,
                 cases[i].bytes);
        assert_one_text(read_mail(text), false, cases[i].expected);
    }
}

// ---- boundaries

static void boundaries_count_at_the_start_of_a_line_alone(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "preamble\r\n--b\r\n\r\nsee --b here\r\n--bb\r\n--b  \r\nContent-Type: "
                        "text/plain\r\n\r\nmore\r\n--b--\r\nepilogue");
    assert_int_equal(mail->text_count, 2);
    assert_text(mail->texts[0].text, "see --b here\r\n--bb\r\n");
    assert_text(mail->texts[1].text, "more\r\n");
}

static void a_closing_boundary_may_be_missing(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail(MIXED "--b\r\n\r\none");
    assert_one_text(mail, false, "one");
    assert_null(mail->problem);
}

static void a_boundary_that_never_comes_loses_nothing(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail(MIXED "--c\r\n\r\none\r\n--c--\r\n");
    assert_one_text(mail, false, "--c\r\n\r\none\r\n--c--\r\n");
    assert_non_null(mail->problem);
}

static void a_text_in_front_of_parts_without_text_is_kept(void **state) {
    (void)state;
    const char *parts = "--b\r\nContent-Type: application/pdf\r\n\r\nPDF\r\n--b--";
    char mail[1024];
    snprintf(mail, sizeof mail, MIXED "Good day\r\n%s", parts);
    assert_one_text(read_mail(mail), false, "Good day\r\n");
    snprintf(mail, sizeof mail, MIXED "This is a message in MIME format.\r\n%s", parts);
    assert_int_equal(read_mail(mail)->text_count, 0);
    assert_one_text(read_mail(MIXED "Good day\r\n--b\r\n\r\nbody\r\n--b--"), false, "body\r\n");
}

static void a_boundary_that_closes_what_it_never_opened_loses_nothing(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail(MIXED "--b--\r\n\r\none");
    assert_one_text(mail, false, "--b--\r\n\r\none");
    assert_non_null(mail->problem);
}

static void a_multipart_without_boundary_cannot_be_read(void **state) {
    (void)state;
    assert_true(read_mail(HEAD "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\none")->unreadable);
}

static void a_thousand_parts_in_each_other_end(void **state) {
    (void)state;
    size_t size = 1000 * 80 + 512, used = 0;
    char *text = malloc(size);
    used += (size_t)snprintf(text, size, HEAD "Content-Type: multipart/mixed; boundary=b0\n\n");
    for (int i = 0; i < 1000; i++)
        used += (size_t)snprintf(text + used, size - used,
                                 "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i + 1);
    const struct mail_message *mail = read_mail(text);
    free(text);
    assert_non_null(mail->problem);
}

static void ten_thousand_parts_are_cut_and_said(void **state) {
    (void)state;
    size_t size = 10000 * 12 + 512, used = 0;
    char *text = malloc(size);
    used += (size_t)snprintf(text, size, MIXED);
    for (int i = 0; i < 10000; i++) used += (size_t)snprintf(text + used, size - used, "--b\r\n\r\na\r\n");
    const struct mail_message *mail = read_mail(text);
    free(text);
    assert_int_equal(mail->text_count, MAIL_PARTS_MAX);
    assert_non_null(mail->problem);
}

// ---- files

static void names_of_files_come_in_every_form(void **state) {
    (void)state;
    static const struct {
        const char *disposition, *expected;
    } cases[] = {
        {"attachment; filename=\"a b.pdf\"", "a b.pdf"},
        {"attachment; filename=a b.pdf", "a b.pdf"},
        {"attachment; filename=\"=?utf-8?q?=C3=A9.pdf?=\"", "é.pdf"},
        {"attachment; filename=\"\xC3\xA9.pdf\"", "é.pdf"},
        {"attachment; filename=\"\xE9.pdf\"", "é.pdf"},
        {"attachment; filename*=utf-8''%C3%A9%20a.pdf", "é a.pdf"},
        {"attachment; filename*=iso-8859-1'en'%E9.pdf", "é.pdf"},
        {"attachment; filename*0*=utf-8''%C3; filename*1*=%A9; filename*2=.pdf", "é.pdf"},
        {"attachment; filename*0=one; filename*1=\".pdf\"", "one.pdf"},
        {"attachment; filename*=%C3%A9.pdf", "é.pdf"},
        {"attachment; filename=\"open.pdf", "open.pdf"},
        {"attachment; filename=\"a;b.pdf\"; x=y", "a;b.pdf"},
        {"attachment; filename=", "attachment-1.pdf"},
        {"attachment", "attachment-1.pdf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 MIXED "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: %s\r\n\r\nPDF\r\n--b--",
                 cases[i].disposition);
        assert_file(read_mail(text), 0, cases[i].expected, "application/pdf", "PDF");
    }
}

static void every_leaf_that_is_not_shown_is_a_file(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail(
        MIXED
        "--b\r\n\r\ntext\r\n"
        "--b\r\nContent-Type: text/calendar\r\n\r\nBEGIN\r\n"
        "--b\r\nContent-Type: text/csv; name=t.csv\r\n\r\na;b\r\n"
        "--b\r\nContent-Type: audio/mpeg\r\nContent-Transfer-Encoding: base64\r\n\r\nSUQz\r\n"
        "--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=log.txt\r\n\r\nlog\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-ID: <p@x>\r\n\r\nPNG\r\n--b--");
    assert_one_text(mail, false, "text\r\n");
    assert_int_equal(mail->file_count, 5);
    assert_file(mail, 0, "attachment-1.ics", "text/calendar", "BEGIN");
    assert_file(mail, 1, "t.csv", "text/csv", "a;b");
    assert_file(mail, 2, "attachment-3.mp3", "audio/mpeg", "ID3");
    assert_file(mail, 3, "log.txt", "text/plain", "log");
    assert_file(mail, 4, "image-0005.png", "image/png", "PNG");
    assert_text(mail->files[4].content_id, "p@x");
}

static void an_attached_mail_is_a_file_and_not_read(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\n\r\nsee\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: "
                        "=?utf-8?q?=C3=A9?=\r\n\r\nold text\r\n--b--");
    assert_one_text(mail, false, "see\r\n");
    assert_file(mail, 0, "é.eml", "message/rfc822", "Subject: =?utf-8?q?=C3=A9?=\r\n\r\nold text");
}

static void unknown_multiparts_are_opened(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail(
        HEAD "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n"
             "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
             "--b\r\nContent-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN\r\n--b--");
    assert_int_equal(mail->file_count, 2);
    assert_file(mail, 1, "encrypted.asc", "application/octet-stream", "-----BEGIN");
}

static void a_wrapped_mail_stands_for_its_wrapping(void **state) {
    (void)state;
    const struct mail_message *mail = read_mail(
        "From: outer@example.org\nMessage-ID: <o@x>\nSubject: outer\nContent-Type: message/rfc822\n\n"
        "From: inner@example.org\nsubject: inner\nContent-Type: text/html\n\n<b>x</b>");
    assert_text(mail->from.items[0].address, "outer@example.org");
    assert_text(mail->subject, "outer");
    assert_text(mail->header,
                "From: inner@example.org\nSubject: inner\nContent-Type: text/html\nMessage-Id: <o@x>");
    assert_one_text(mail, true, "<b>x</b>");
}

// ---- machines

static void machines_are_known_by_their_headers(void **state) {
    (void)state;
    static const struct {
        const char *field;
        bool automatic, unanswered, bounce;
    } cases[] = {
        {"Auto-Submitted: auto-replied", true, false, false},
        {"Auto-Submitted:auto-notified; x=y", true, false, false},
        {"Auto-Submitted: no", false, false, false},
        {"Auto-Submitted: =?UTF-8?Q?auto-replied?=", true, false, false},
        {"Precedence: Bulk", true, false, false},
        {"X-Auto-Response-Suppress: OOF, AutoReply", false, true, false},
        {"X-Auto-Response-Suppress: DR", false, false, false},
        {"List-Id: <x.example>", false, true, false},
        {"List-Unsubscribe: <mailto:off@x.example>", false, true, false},
        {"X-Autoreply: no", false, false, false},
        {"Return-Path: <>", false, false, true},
        {"Return-Path: <a@x.example>", false, false, false},
        {"From: MAILER-DAEMON@mx.example", false, false, true},
        {"Subject: Undeliverable: hello", false, false, true},
        {"Content-Type: multipart/report; report-type=delivery-status; boundary=b", false, false, true},
        {"X-Failed-Recipients: a@b.example", false, false, true},
        {"X-Other: auto", false, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s\n\nx", cases[i].field);
        const struct mail_message *mail = read_mail(text);
        if (mail->automation.automatic != cases[i].automatic ||
            mail->automation.unanswered != cases[i].unanswered || mail->automation.bounce != cases[i].bounce)
            fail_msg("%s", cases[i].field);
    }
}

static void a_delivery_report_is_told_by_its_action(void **state) {
    (void)state;
#define REPORT(action)                                                                                       \
    HEAD "Content-Type: multipart/report; boundary=b\n\n--b\n\nCould not be delivered.\n--b\nContent-Type: " \
         "message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: " action "\n\n--b\nContent-Type: "     \
         "text/rfc822-headers\n\nMessage-ID: <lost@x>\n--b--"
    const struct mail_message *mail = read_mail(REPORT("failed"));
    assert_true(mail->automation.report);
    assert_text(mail->returned, "Message-ID: <lost@x>");
    assert_one_text(mail, false, "Could not be delivered.\n");
    assert_false(read_mail(REPORT("delivered"))->automation.report);
}

static void urgency_is_what_its_own_fields_say(void **state) {
    (void)state;
    assert_int_equal(read_mail("X-Priority: 1 (Highest)\n\n")->urgency, 2);
    assert_int_equal(read_mail("Importance: low\n\n")->urgency, 4);
    assert_int_equal(read_mail("Priority: normal\nImportance: high\n\n")->urgency, 3);
    assert_int_equal(read_mail("Subject: priority: low\n\n")->urgency, 0);
}

static void a_broken_winmail_is_kept_as_it_is(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\n\r\nsee\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\neJ8+IgEAAQaQCAAEAA==\r\n--b--");
    assert_int_equal(mail->file_count, 1);
    assert_text(mail->files[0].name, "winmail.dat");
}

static void a_winmail_is_opened(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\n\r\nsee attached\r\n--b\r\nContent-Type: application/ms-tnef; "
                        "name=\"winmail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        "eJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEIgAcAGAAAAElQTS5NaWNy\r\n"
                        "b3NvZnQgTWFpbC5Ob3RlADEIAQOQBgBsAAAAAwAAAB4AGgABAAAACQAAAElQTS5Ob3RlAAAAAAIB\r\n"
                        "ExABAAAAOQAAADxodG1sPjxib2R5PjxwPkdy/N9lIDxiPmF1czwvYj4gT3V0bG9vazwvcD48L2Jv\r\n"
                        "ZHk+PC9odG1sPgAAAAMA3j/kBAAAvBkCApAGAA4AAAABAP////////////////ULAg+ABgAHAAAA\r\n"
                        "UERGREFUQfQBAhCAAQAJAAAAR3L232UgbGEA4AMCBZAGAFQAAAADAAAAHwAHNwEAAAAeAAAARwBy\r\n"
                        "APYA3wBlACAAbABhAG4AZwAuAHAAZABmAAAAAAAeAA43AQAAABAAAABhcHBsaWNhdGlvbi9wZGYA\r\n"
                        "AwAgDgcAAABFDQ==\r\n--b\r\nContent-Type: image/png; name=a.png\r\n\r\nPNG\r\n--b--");
    assert_one_text(mail, true, "<html><body><p>Grüße <b>aus</b> Outlook</p></body></html>");
    assert_int_equal(mail->file_count, 2);
    assert_file(mail, 0, "Größe lang.pdf", "application/pdf", "PDFDATA");
    assert_file(mail, 1, "a.png", "image/png", "PNG");
}

// One file, A.TXT, with a title and data alone.
#define UNTYPED_WINMAIL                                                                                      \
    "eJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAICkAYADgAAAAEA/////wAA\r\n"                       \
    "AAAAAAAA/QMCEIABAAYAAABBLlRYVABvAQIPgAYADAAAAEdvb2QgbW9ybmluZ6ME"

static void a_file_of_a_winmail_may_have_no_type(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\n\r\nsee\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\n" UNTYPED_WINMAIL "\r\n--b--");
    assert_int_equal(mail->file_count, 1);
    assert_file(mail, 0, "A.TXT", "", "Good morning");
}

static void a_picture_without_a_name_is_called_an_image(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\nContent-Type: image/jpeg\r\nContent-ID: <a@b>\r\n\r\nJPEG\r\n"
                        "--b\r\nContent-Type: image/jpeg\r\n\r\nJPEG\r\n--b--");
    assert_int_equal(mail->file_count, 2);
    assert_text(mail->files[0].name, "image-0001.jpeg");
    assert_text(mail->files[1].name, "attachment-2.jpg");
}

static void a_type_that_is_not_ascii_is_not_said(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\nContent-Type: image/p\xfe\xc3\xa9g\r\nContent-ID: <a@b>\r\n\r\nPNG\r\n"
                        "--b\r\nContent-Type: image/p\xc3\xa9g\r\n\r\nPNG\r\n"
                        "--b\r\nContent-Type: x\xe9/y; name=a.b\r\n\r\nY\r\n--b--");
    assert_int_equal(mail->file_count, 3);
    assert_file(mail, 0, "attachment-1.bin", "", "PNG");
    assert_file(mail, 1, "attachment-2.bin", "", "PNG");
    assert_file(mail, 2, "a.b", "", "Y");
}

static void a_file_of_a_winmail_has_the_best_of_its_names(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\n\r\nsee\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\n"
                        "eJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEIgAcAGAAAAElQTS5NaWNy\r\n"
                        "b3NvZnQgTWFpbC5Ob3RlADEIAgKQBgAOAAAAAQD/////AAAAAAAAAAD9AwIFkAYAPAAAAAIAAAAe\r\n"
                        "AAQ3AQAAAA0AAABSRVBPUlR+Mi5UWFQAAAAAHgAMNwEAAAAOAAAAdHJhbnNwb3J0LnR4dAAAAA4K\r\n"
                        "AhCAAQAKAAAAVElUTEUuVFhUALACAg+ABgAMAAAAR29vZCBtb3JuaW5nowQ=\r\n"
                        "--b--");
    assert_int_equal(mail->file_count, 1);
    assert_file(mail, 0, "REPORT~2.TXT", "", "Good morning");
}

static void what_fills_the_end_of_a_winmail_does_no_harm(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\n\r\nsee\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\n"
                        "eJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEIgAcAGAAAAElQTS5NaWNy\r\n"
                        "b3NvZnQgTWFpbC5Ob3RlADEIAgKQBgAOAAAAAQD/////AAAAAAAAAAD9AwIPgAYADAAAAEdvb2Qg\r\n"
                        "bW9ybmluZ6MEAhCAAQANAAAAUkVQT1JUfjEuVFhUALkDAgWQBgAMAAAAAQAAAAMAIA4MAAAAPgAA\r\n"
                        "AAAAAA==\r\n"
                        "--b--");
    assert_int_equal(mail->file_count, 1);
    assert_file(mail, 0, "REPORT~1.TXT", "", "Good morning");
}

static void a_winmail_with_a_mail_in_it_stays_beside_its_text(void **state) {
    (void)state;
    const struct mail_message *mail =
        read_mail(MIXED "--b\r\n\r\nsee\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
                        "Content-Transfer-Encoding: base64\r\n\r\n"
                        "eJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEIgAcAGAAAAElQTS5NaWNy\r\n"
                        "b3NvZnQgTWFpbC5Ob3RlADEIAQOQBgBkAAAAAwAAAB4AGgABAAAACQAAAElQTS5Ob3RlAAAAAAIB\r\n"
                        "ExABAAAAMwAAADxodG1sPjxib2R5PjxwPkdy/N9lIGZyb20gT3V0bG9vazwvcD48L2JvZHk+PC9o\r\n"
                        "dG1sPgADAN4/5AQAADoYAgKQBgAOAAAAAQD/////AAAAAAAAAAD9AwIQgAEABgAAAElubmVyAPwB\r\n"
                        "AgWQBgAoAAAAAQAAAA0AATcBAAAAGAAAAAcDAgAAAAAAwAAAAAAAAEYAAAAAAAAAAHEB\r\n"
                        "--b--");
    assert_one_text(mail, true, "<html><body><p>Grüße from Outlook</p></body></html>");
    assert_int_equal(mail->file_count, 1);
    assert_text(mail->files[0].name, "winmail.dat");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_is_kept_as_it_came),
        cmocka_unit_test(a_mail_without_an_empty_line_is_all_header),
        cmocka_unit_test(without_an_empty_line_the_body_begins_where_no_field_does),
        cmocka_unit_test(bytes_that_are_no_mail_have_no_sender),
        cmocka_unit_test(carriage_returns_alone_end_no_line),
        cmocka_unit_test(the_first_subject_and_the_last_message_id_count),
        cmocka_unit_test(bytes_of_an_old_charset_in_a_header_become_utf8),
        cmocka_unit_test(words_are_decoded),
        cmocka_unit_test(addresses_are_found),
        cmocka_unit_test(members_of_groups_are_addressees),
        cmocka_unit_test(ten_thousand_recipients_are_cut_and_said),
        cmocka_unit_test(a_subject_of_a_megabyte_is_cut_and_said),
        cmocka_unit_test(what_nobody_can_write_to_is_no_address),
        cmocka_unit_test(html_is_taken_of_an_alternative),
        cmocka_unit_test(an_empty_alternative_is_passed_over),
        cmocka_unit_test(texts_in_mixed_stay_in_order),
        cmocka_unit_test(a_label_does_not_spoil_a_text),
        cmocka_unit_test(encodings_are_undone),
        cmocka_unit_test(boundaries_count_at_the_start_of_a_line_alone),
        cmocka_unit_test(a_closing_boundary_may_be_missing),
        cmocka_unit_test(a_boundary_that_never_comes_loses_nothing),
        cmocka_unit_test(a_text_in_front_of_parts_without_text_is_kept),
        cmocka_unit_test(a_boundary_that_closes_what_it_never_opened_loses_nothing),
        cmocka_unit_test(a_multipart_without_boundary_cannot_be_read),
        cmocka_unit_test(a_thousand_parts_in_each_other_end),
        cmocka_unit_test(ten_thousand_parts_are_cut_and_said),
        cmocka_unit_test(names_of_files_come_in_every_form),
        cmocka_unit_test(every_leaf_that_is_not_shown_is_a_file),
        cmocka_unit_test(an_attached_mail_is_a_file_and_not_read),
        cmocka_unit_test(unknown_multiparts_are_opened),
        cmocka_unit_test(a_wrapped_mail_stands_for_its_wrapping),
        cmocka_unit_test(machines_are_known_by_their_headers),
        cmocka_unit_test(a_delivery_report_is_told_by_its_action),
        cmocka_unit_test(urgency_is_what_its_own_fields_say),
        cmocka_unit_test(a_broken_winmail_is_kept_as_it_is),
        cmocka_unit_test(a_winmail_is_opened),
        cmocka_unit_test(a_file_of_a_winmail_may_have_no_type),
        cmocka_unit_test(a_picture_without_a_name_is_called_an_image),
        cmocka_unit_test(a_type_that_is_not_ascii_is_not_said),
        cmocka_unit_test(a_file_of_a_winmail_has_the_best_of_its_names),
        cmocka_unit_test(what_fills_the_end_of_a_winmail_does_no_harm),
        cmocka_unit_test(a_winmail_with_a_mail_in_it_stays_beside_its_text),
    };
    return cmocka_run_group_tests_name("mails as they come", tests, NULL, tear_down);
}
