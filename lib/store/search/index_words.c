// SPDX-License-Identifier: GPL-2.0-or-later
// Words by what stands between them.
#include "store/search/index_words.h"

#include <stddef.h>
#include <stdint.h>

#define LEAST 3 // characters

// In alphabetical order. https://dev.mysql.com/doc/refman/8.0/en/fulltext-stopwords.html
bool index_has_word(struct text word) {
    static const char *const lacking[] = {"about", "are",   "com",  "for",  "from", "how",
                                          "that",  "the",   "this", "und",  "was",  "what",
                                          "when",  "where", "who",  "will", "with", "www"};
    for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++)
        if (text_equal_ignoring_case(word, text_of(lacking[i]))) return false;
    return text_cut(word, LEAST - 1).length < word.length;
}

static bool is_ascii_of_word(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Punctuation and signs of other alphabets, as far as texts have them.
static bool is_of_word(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } between[] = {{0x80, 0xA9},     {0xAB, 0xB4},      {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},
                   {0xF7, 0xF7},     {0x2000, 0x2BFF},  {0x2E00, 0x2E7F}, {0x3000, 0x3004}, {0x3008, 0x3020},
                   {0x3030, 0x3030}, {0xFE10, 0xFE6F},  {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40},
                   {0xFF5B, 0xFF65}, {0xFFF0, 0x10FFFF}};
    if (c < 0x80) return is_ascii_of_word(c);
    for (size_t i = 0; i < sizeof between / sizeof *between; i++)
        if (c >= between[i].first && c <= between[i].last) return false;
    return true;
}

static bool is_of_word_at(struct text text, size_t at) {
    return at < text.length && is_of_word(text_next_code_point(text, &at));
}

// Behind the word that begins there; an apostrophe may stand within it.
static size_t end_of_word(struct text text, size_t at) {
    while (is_of_word_at(text, at) ||
           (at < text.length && text.data[at] == '\'' && is_of_word_at(text, at + 1)))
        text_next_code_point(text, &at);
    return at;
}

bool index_next_word(struct text *text, struct index_word *word) {
    size_t from = 0;
    while (from < text->length && !is_of_word_at(*text, from)) text_next_code_point(*text, &from);
    if (from == text->length) return false;
    size_t end = end_of_word(*text, from);
    *word =
        (struct index_word){{text->data + from, end - from}, end < text->length && text->data[end] == '*'};
    *text = (struct text){text->data + end, text->length - end};
    return true;
}
