// SPDX-License-Identifier: GPL-2.0-or-later
// What osTicket's full-text index (InnoDB's) takes for words.
#ifndef STORE_SEARCH_INDEX_WORDS_H
#define STORE_SEARCH_INDEX_WORDS_H

#include "base/text.h"

#include <stdbool.h>

// Whether the index has such a word: it lacks those below three characters, and its stop words.
bool index_has_word(struct text word);

struct index_word {
    struct text word;
    bool is_beginning; // of words: a "*" stands behind it
};

// Takes the next word from the front of a text for MATCH … AGAINST, whatever operators stand between. False
// at its end.
bool index_next_word(struct text *text, struct index_word *word);

#endif
