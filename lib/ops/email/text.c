// SPDX-License-Identifier: GPL-2.0-or-later
// What is to be read of a mail.
#include "ops/email/text.h"

#include "base/buffer.h"
#include "markup/body.h"
#include "markup/plain.h"
#include "ops/email/quote.h"

#include <ctype.h>
#include <string.h>

#define TEXT_WIDTH  100    // of HTML as text, as PHP has it
#define MARKED_FROM 250000 // bytes

static bool is_rich(const struct incoming_email *email) {
    return !email->as_words && help_desk_switch(&email->help_desk, "enable_richtext", true);
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
    if (!as_html) return markup_html_to_words(text->text, TEXT_WIDTH, out, error);
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
    email->take.tail = email->text.length > MARKED_FROM ? TEXT(" ... (truncated)") : TEXT_NULL;
}

static void cut_quote(struct incoming_email *email) {
    struct text whole = email->text;
    email->text =
        email_without_quote(whole, email->is_html, help_desk_config(&email->help_desk, "reply_separator"));
    email->quoted = (struct text){whole.data + email->text.length, whole.length - email->text.length};
}

struct text email_without_tags(struct text text, struct arena *arena) {
    char *room = arena_take(arena, text.length + 1);
    size_t used = 0;
    for (size_t i = 0; room && i < text.length; i++) {
        bool tag = text.data[i] == '<' && i + 1 < text.length &&
                   (isalpha((unsigned char)text.data[i + 1]) || strchr("/!?", text.data[i + 1]));
        const char *end = tag ? memchr(text.data + i, '>', text.length - i) : NULL;
        if (end)
            i = (size_t)(end - text.data);
        else
            room[used++] = text.data[i];
    }
    return (struct text){room ? room : "", used};
}

bool email_text(struct incoming_email *email, struct error *error) {
    const struct mail_message *mail = &email->mail;
    if (!join(email, error)) return false;
    if (mail->problem && (mail->unreadable || !text_trim(email->text).length)) explain(email);
    email->quoted = TEXT("");
    if (help_desk_switch(&email->help_desk, "strip_quoted_reply", true)) cut_quote(email);
    if (email->is_html) email->text = with_plain_styles(email->text, &email->arena);
    mark_long(email);
    return !email->arena.failed || error_too_large(error);
}
