// SPDX-License-Identifier: GPL-2.0-or-later
// The syntax of encoded words in headers of mails.
#include "mime/word_syntax.h"

// Up to the next "?".
static bool take_part(struct text text, size_t *at, bool with_blanks, struct text *part) {
    size_t end = *at;
    while (end < text.length && text.data[end] != '?' && (with_blanks || text.data[end] > ' ')) end++;
    if (end == text.length || text.data[end] != '?') return false;
    *part = (struct text){text.data + *at, end - *at};
    *at = end + 1;
    return true;
}

// "=?CHARSET*LANGUAGE?ENCODING?CONTENT?="
size_t encoded_word_at(struct text text, size_t at, bool loose, struct encoded_word *word) {
    struct text encoding;
    size_t start = at;
    if (text.length - at < 2 || text.data[at] != '=' || text.data[at + 1] != '?') return 0;
    at += 2;
    if (!take_part(text, &at, false, &word->charset) || !take_part(text, &at, false, &encoding) ||
        !take_part(text, &at, loose, &word->content) || at == text.length || text.data[at] != '=')
        return 0;
    ptrdiff_t language = text_find(word->charset, TEXT("*"), 0);
    if (language >= 0) word->charset.length = (size_t)language;
    word->encoding = encoding.length == 1 ? (char)(*encoding.data | 0x20) : 0;
    bool known = word->encoding == 'b' || word->encoding == 'q';
    return known && word->charset.length ? at + 1 - start : 0;
}

size_t encoded_word_blanks_at(struct text text, size_t at) {
    size_t end = at;
    while (end < text.length && (text.data[end] == ' ' || text.data[end] == '\t')) end++;
    return end - at;
}
