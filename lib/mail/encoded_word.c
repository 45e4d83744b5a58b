// SPDX-License-Identifier: GPL-2.0-or-later
// Words of other scripts as headers of mails carry them, RFC 2047.
#include "mail/encoded_word.h"

#include "base/base64.h"
#include "base/digits.h"
#include "markup/charset.h"
#include "mime/word_syntax.h"

#define WORD_MAX 4096 // bytes that a word may mean

static bool is_ascii(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] > 0x7E) return false;
    return true;
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
static bool add_word(const struct encoded_word *word, struct text lead, struct buffer *out) {
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

void encoded_words_decode(struct text text, struct buffer *out) {
    bool encoded = is_ascii(text), after_word = false;
    for (size_t i = 0; i < text.length;) {
        struct encoded_word word;
        size_t blanks = encoded_word_blanks_at(text, i);
        size_t length = encoded ? encoded_word_at(text, i + blanks, false, &word) : 0;
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
