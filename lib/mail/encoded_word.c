// SPDX-License-Identifier: GPL-2.0-or-later
// Words of other scripts as headers of mails carry them, RFC 2047.
#include "mail/encoded_word.h"

#include "base/base64.h"
#include "base/digits.h"
#include "markup/charset.h"

#define WORD_MAX 4096 // bytes that a word may mean

struct word {
    struct text charset, content;
    char encoding; // 'b' or 'q'
};

static bool is_ascii(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] > 0x7E) return false;
    return true;
}

// Up to the next "?", without blanks.
static bool take_part(struct text text, size_t *at, struct text *part) {
    size_t end = *at;
    while (end < text.length && text.data[end] > ' ' && text.data[end] != '?') end++;
    if (end == text.length || text.data[end] != '?') return false;
    *part = (struct text){text.data + *at, end - *at};
    *at = end + 1;
    return true;
}

// "=?CHARSET*LANGUAGE?ENCODING?CONTENT?=": its length, or 0.
static size_t parse(struct text text, size_t at, struct word *word) {
    struct text encoding;
    size_t start = at;
    if (text.length - at < 2 || text.data[at] != '=' || text.data[at + 1] != '?') return 0;
    at += 2;
    if (!take_part(text, &at, &word->charset) || !take_part(text, &at, &encoding) ||
        !take_part(text, &at, &word->content) || at == text.length || text.data[at] != '=')
        return 0;
    ptrdiff_t language = text_find(word->charset, TEXT("*"), 0);
    if (language >= 0) word->charset.length = (size_t)language;
    word->encoding = encoding.length == 1 ? (char)(*encoding.data | 0x20) : 0;
    bool known = word->encoding == 'b' || word->encoding == 'q';
    return known && word->charset.length ? at + 1 - start : 0;
}

static void decode_q(struct text content, struct buffer *bytes) {
    for (size_t i = 0; i < content.length; i++) {
        char c = content.data[i] == '_' ? ' ' : content.data[i];
        int byte = c == '=' ? digits_hexadecimal(content, i + 1) : -1;
        buffer_add_char(bytes, byte < 0 ? c : (char)byte);
        i += byte < 0 ? 0 : 2;
    }
}

// Behind `lead`. False, with nothing appended, when it makes no text.
static bool add_word(const struct word *word, struct text lead, struct buffer *out) {
    struct buffer bytes = buffer_new(WORD_MAX);
    if (word->encoding == 'b')
        base64_decode_lenient(word->content, &bytes);
    else
        decode_q(word->content, &bytes);
    markup_to_utf8(word->charset, &bytes);
    bool good = !bytes.failed && text_is_utf8(buffer_text(&bytes));
    if (good) buffer_add_text(out, lead);
    if (good) buffer_add_text(out, buffer_text(&bytes));
    buffer_free(&bytes);
    return good;
}

static size_t blanks_at(struct text text, size_t at) {
    size_t end = at;
    while (end < text.length && (text.data[end] == ' ' || text.data[end] == '\t')) end++;
    return end - at;
}

void encoded_words_decode(struct text text, struct buffer *out) {
    bool encoded = is_ascii(text), after_word = false;
    for (size_t i = 0; i < text.length;) {
        struct word word;
        size_t blanks = blanks_at(text, i);
        size_t length = encoded ? parse(text, i + blanks, &word) : 0;
        struct text lead = {text.data + i, blanks};
        after_word = length && add_word(&word, after_word ? TEXT("") : lead, out);
        i += blanks;
        if (after_word) {
            i += length;
        } else {
            buffer_add_text(out, lead);
            if (i < text.length) buffer_add_char(out, text.data[i++]);
        }
    }
}
