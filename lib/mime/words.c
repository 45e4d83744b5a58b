// SPDX-License-Identifier: GPL-2.0-or-later
// Encoded words, RFC 2047.
#include "mime/words.h"

#include "base/buffer.h"
#include "mime/charset.h"
#include "mime/encoding.h"
#include "mime/word_syntax.h"

#include <string.h>

#define VALUE_MAX (8 << 20)

// Bytes of words in one charset that are not converted yet.
struct run {
    struct text charset;
    struct buffer bytes;
};

static void finish(struct run *run, struct arena *arena, struct buffer *out) {
    if (run->bytes.length) buffer_add_text(out, mail_to_utf8(buffer_text(&run->bytes), run->charset, arena));
    buffer_clear(&run->bytes);
}

static void add_word(const struct encoded_word *word, struct run *run, struct arena *arena,
                     struct buffer *out) {
    if (!text_equal_ignoring_case(word->charset, run->charset)) finish(run, arena, out);
    run->charset = word->charset;
    buffer_add_text(&run->bytes, word->encoding == 'b' ? mail_decode_base64(word->content, arena)
                                                       : mail_decode_quoted(word->content, true, arena));
}

// What stands before the next "=?" that begins a word, and the word. False: there is no more.
static bool next_word(struct text text, size_t at, struct text *plain, struct encoded_word *word,
                      size_t *end) {
    for (size_t from = at; from < text.length;) {
        ptrdiff_t mark = text_find(text, TEXT("=?"), from);
        if (mark < 0) break;
        size_t length = encoded_word_at(text, (size_t)mark, true, word);
        *plain = (struct text){text.data + at, (size_t)mark - at};
        *end = (size_t)mark + length;
        if (length) return true;
        from = (size_t)mark + 2;
    }
    *plain = (struct text){text.data + at, text.length - at};
    return false;
}

struct text mail_words_decode(struct text text, struct arena *arena) {
    struct buffer out = buffer_new(VALUE_MAX);
    struct run run = {TEXT(""), buffer_new(VALUE_MAX)};
    struct text plain;
    struct encoded_word word;
    size_t at = 0, end = 0;
    bool behind_word = false;
    if (text_is_null(text)) return text;
    while (next_word(text, at, &plain, &word, &end)) {
        if (!behind_word || encoded_word_blanks_at(plain, 0) != plain.length) {
            finish(&run, arena, &out);
            buffer_add_text(&out, mail_to_utf8(plain, TEXT(""), arena));
        }
        add_word(&word, &run, arena, &out);
        behind_word = true;
        at = end;
    }
    finish(&run, arena, &out);
    buffer_add_text(&out, mail_to_utf8(plain, TEXT(""), arena));
    struct text decoded = out.failed || run.bytes.failed ? mail_to_utf8(text, TEXT(""), arena)
                                                         : arena_copy(arena, buffer_text(&out));
    buffer_free(&out);
    buffer_free(&run.bytes);
    return decoded;
}
