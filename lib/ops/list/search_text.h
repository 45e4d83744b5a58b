// SPDX-License-Identifier: GPL-2.0-or-later
// The text of `q`: what it is, and how it is searched for. spec: operations.md 3.1.
#ifndef OPS_LIST_SEARCH_TEXT_H
#define OPS_LIST_SEARCH_TEXT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>

#define SEARCH_TEXT_MAX    400 // characters, as in osTicket's own form
#define SEARCH_WORDS_MAX   32
#define SEARCH_PHRASES_MAX 8
#define SEARCH_LEAST       3 // bytes of a text, and of the beginning of a word before *

// Reads `q` into `by`, `text`, `beginning`, `part` of the search, in the arena: digits alone are a part of a
// number, what has an @ and no blank is an address or a part of one, other words are searched for in full
// texts, by operators where all of them stand in valid places:
//
//     text  = item { blank item }
//     item  = [ "+" | "-" | "<" | ">" | "~" ] ( "(" word-or-phrase { blank word-or-phrase } ")" |
//     word-or-phrase ) word-or-phrase, within brackets with an operator of its own: word [ "*" ] | '"'
//     anything but '"' '"' word  = letters, digits, "_", and behind the first "-"
//
// Phrases are words that all have to be there, and patterns: MySQL's own take minutes where the words are
// common. One within brackets, or beside items of which none has to be there, is its words. What reaches the
// database is put together anew from words, so that nothing a client sends is bad grammar there. Less than
// SEARCH_LEAST, or no word at all, finds nothing. ERROR_UNPROCESSABLE above the ceilings.
bool search_text_read(struct text q, struct arena *arena, struct ticket_search *search,
                      struct error *error) CHECKED;

// What LIKE takes for a text's beginning or, `is_part`, a part of one; in the arena.
struct text search_text_like(struct text text, bool is_part, struct arena *arena);

#endif
