// SPDX-License-Identifier: GPL-2.0-or-later
// What is to be read of a mail.
#include "ops/email/text.h"

#include "base/buffer.h"
#include "markup/body.h"
#include "markup/plain.h"
#include "mime/fields.h"

#include <string.h>
#include <strings.h>

#define TEXT_WIDTH  100 // of HTML as text, as PHP has it
#define NAME_LIMIT  250
#define MARKED_FROM 250000 // bytes

// ---- the quotation

// The tags of HTML as line ends, so that its lines can be looked at.
static void add_lines(struct text html, struct buffer *out) {
    bool in_tag = false;
    for (size_t i = 0; i < html.length; i++) {
        if (html.data[i] == '<') buffer_add_char(out, '\n');
        if (html.data[i] == '<' || html.data[i] == '>')
            in_tag = html.data[i] == '<';
        else if (!in_tag)
            buffer_add_char(out, html.data[i]);
    }
}

// A line without the marks of a quotation.
static struct text bare(struct text line) {
    line = text_trim(line);
    while (line.length && (line.data[0] == '>' || line.data[0] == ' ' || line.data[0] == '|'))
        line = (struct text){line.data + 1, line.length - 1};
    while (text_starts_with(line, TEXT("&gt;")) || text_starts_with(line, TEXT("&nbsp;")))
        line = (struct text){line.data + (line.data[1] == 'g' ? 4 : 6),
                             line.length - (line.data[1] == 'g' ? 4 : 6)};
    return text_trim(line);
}

// Whether more stands there than marks and one attribution, which ends in a colon and may be broken into two
// lines.
static bool says_something(struct text above) {
    struct text line, last = TEXT("");
    size_t lines = 0, run = 0;
    for (size_t at = 0; mail_line_next(above, &at, &line);) {
        struct text said = bare(line);
        run = said.length ? run + 1 : run;
        if (!said.length) continue;
        lines++;
        last = said;
    }
    bool attribution = last.length && last.data[last.length - 1] == ':';
    return attribution ? lines > 2 || (lines == 2 && run > 2) : lines > 0;
}

struct text email_without_quote(struct text text, bool is_html, struct text separator) {
    ptrdiff_t hit = separator.length ? text_find(text, separator, 0) : -1;
    struct buffer lines = buffer_new(text.length * 2 + 16);
    if (hit < 0) return text;
    struct text above = {text.data, (size_t)hit};
    // A tag that is open holds nothing to be read.
    if (is_html) add_lines(above, &lines);
    bool own = says_something(is_html ? buffer_text(&lines) : above);
    buffer_free(&lines);
    return own ? above : text;
}

// ---- the texts as one

static bool is_rich(const struct incoming_email *email) {
    return help_desk_switch(&email->help_desk, "enable_richtext", true);
}

static bool has_html(const struct mail_message *mail) {
    for (size_t i = 0; i < mail->text_count; i++)
        if (mail->texts[i].is_html) return true;
    return false;
}

static bool add_text(const struct mail_text *text, bool as_html, struct buffer *out, struct error *error) {
    if (text->is_html == as_html) {
        buffer_add_text(out, text->text);
        return true;
    }
    if (!as_html) return markup_html_to_text(text->text, TEXT_WIDTH, out, error);
    buffer_add_string(out, "<div>");
    bool done = markup_plain_to_html(text_trim(text->text), out, error);
    buffer_add_string(out, "</div>");
    return done;
}

static bool join(struct incoming_email *email, struct error *error) {
    const struct mail_message *mail = &email->mail;
    email->is_html = is_rich(email) && has_html(mail);
    if (mail->text_count == 1 && mail->texts[0].is_html == email->is_html) {
        email->text = mail->texts[0].text;
        return true;
    }
    struct buffer whole = buffer_new(email->bytes.length * 8 + 4096);
    bool done = true;
    for (size_t i = 0; done && i < mail->text_count; i++)
        done = add_text(&mail->texts[i], email->is_html, &whole, error);
    if (done && whole.failed) done = error_too_large(error);
    email->text = done ? arena_copy(&email->arena, buffer_text(&whole)) : TEXT("");
    buffer_free(&whole);
    return done;
}

static void explain(struct incoming_email *email) {
    struct buffer text = buffer_new(1024);
    buffer_add_format(&text, "Email parse failed: [%s]", email->mail.problem);
    email->text = arena_copy(&email->arena, buffer_text(&text));
    email->is_html = false;
    buffer_free(&text);
}

// Writers like Word put the names of fonts in quotes, as references, into style="…"; PHP loses a style from
// there on, and bodies that it stored look so.
static struct text with_plain_styles(struct text html, struct arena *arena) {
    static const struct text style = {"style=\"", 7}, quote = {"&quot;", 6};
    char *room = text_find(html, style, 0) < 0 ? NULL : arena_take(arena, html.length + 1);
    size_t used = 0, done = 0;
    for (ptrdiff_t hit = text_find(html, style, 0); room && hit >= 0; hit = text_find(html, style, done)) {
        size_t start = (size_t)hit + style.length;
        const char *closing = memchr(html.data + start, '"', html.length - start);
        size_t end = closing ? (size_t)(closing - html.data) : html.length;
        ptrdiff_t coded = text_find((struct text){html.data + start, end - start}, quote, 0);
        size_t kept = coded < 0 ? end : start + (size_t)coded;
        memcpy(room + used, html.data + done, kept - done);
        used += kept - done;
        done = end;
    }
    if (!room) return html;
    memcpy(room + used, html.data + done, html.length - done);
    return (struct text){room, used + html.length - done};
}

// PHP's mark on long texts, which stands there though nothing was cut.
static void mark_long(struct incoming_email *email) {
    static const char mark[] = " ... (truncated)";
    size_t length = email->text.length;
    char *room = length > MARKED_FROM ? arena_take(&email->arena, length + sizeof mark) : NULL;
    if (!room) return;
    memcpy(room, email->text.data, length);
    memcpy(room + length, mark, sizeof mark);
    email->text = (struct text){room, length + sizeof mark - 1};
}

bool email_text(struct incoming_email *email, struct error *error) {
    const struct mail_message *mail = &email->mail;
    if (!join(email, error)) return false;
    if (mail->problem && (mail->unreadable || !text_trim(email->text).length)) explain(email);
    if (help_desk_switch(&email->help_desk, "strip_quoted_reply", true))
        email->text = email_without_quote(email->text, email->is_html,
                                          help_desk_config(&email->help_desk, "reply_separator"));
    if (email->is_html) email->text = with_plain_styles(email->text, &email->arena);
    mark_long(email);
    return !email->arena.failed || error_too_large(error);
}

// ---- the files

// Whether "cid:ID" stands at `at`, as it is or with its @ as %40; how long it is, or 0.
static size_t shows(struct text text, size_t at, struct text id) {
    size_t i = at, j = 0;
    while (i < text.length && j < id.length) {
        bool coded = id.data[j] == '@' && i + 3 <= text.length && strncasecmp(text.data + i, "%40", 3) == 0;
        if (!coded && text.data[i] != id.data[j]) return 0;
        i += coded ? 3 : 1;
        j++;
    }
    bool ends = i == text.length || memchr("\"' >&\t\r\n", text.data[i], 8);
    return j == id.length && j && ends ? i - at : 0;
}

// Puts `key` where the text shows `id`; whether it does.
static bool put_key(struct incoming_email *email, struct text id, const char *key) {
    struct text text = email->text;
    struct buffer out = buffer_new(text.length + (1 << 20));
    size_t done = 0;
    for (size_t i = 0; i + 4 < text.length; i++) {
        size_t length = strncasecmp(text.data + i, "cid:", 4) == 0 ? shows(text, i + 4, id) : 0;
        if (!length) continue;
        buffer_add(&out, text.data + done, i - done);
        buffer_add_format(&out, "cid:%s", key);
        done = i + 4 + length;
        i = done - 1;
    }
    bool found = done > 0 && !out.failed;
    if (found) {
        buffer_add(&out, text.data + done, text.length - done);
        email->text = arena_copy(&email->arena, buffer_text(&out));
    }
    buffer_free(&out);
    return found;
}

static bool is_shown(const struct incoming_email *email, struct text id) {
    for (size_t i = 0; email->is_html && id.length && i + 4 < email->text.length; i++)
        if (strncasecmp(email->text.data + i, "cid:", 4) == 0 && shows(email->text, i + 4, id)) return true;
    return false;
}

static bool add_file(struct incoming_email *email, struct work *work, const struct mail_attachment *file,
                     struct error *error) {
    static const struct attachment_policy everything = {.enabled = true};
    struct text name = text_cut(file->name, NAME_LIMIT + 5);
    struct incoming_file incoming = {name, file->type, file->data};
    struct incoming_files one = {&incoming, 1};
    char key[FILE_KEY_SIZE];
    if (!file->data.length || !is_shown(email, file->content_id))
        return attached_files_take(work, &everything, &one, &email->take.files, error);
    return attached_files_add_inline(&email->take.files, work, name, file->type, file->data, key, error) &&
           (put_key(email, file->content_id, key) || error_too_large(error));
}

// "Subject.eml"
static bool add_original(struct incoming_email *email, struct work *work, struct error *error) {
    struct buffer name = buffer_new(2048);
    buffer_add_text(
        &name, text_cut(email->mail.subject.length ? email->mail.subject : email->message_id, NAME_LIMIT));
    buffer_add_string(&name, ".eml");
    struct mail_attachment file = {arena_copy(work->arena, buffer_text(&name)), TEXT("message/rfc822"),
                                   email->bytes, TEXT_NULL};
    buffer_free(&name);
    return add_file(email, work, &file, error);
}

bool email_files(struct incoming_email *email, struct work *work, struct error *error) {
    const struct mail_message *mail = &email->mail;
    email->take.files = (struct attached_files){.closed = true};
    if ((mail->file_count || mail->problem) && !attached_files_check_storage(work->help_desk, error))
        return false;
    for (size_t i = 0; i < mail->file_count && !mail->unreadable; i++)
        if (!add_file(email, work, &mail->files[i], error)) return false;
    return !mail->problem || add_original(email, work, error);
}
