// SPDX-License-Identifier: GPL-2.0-or-later
// The syntax of encoded words in headers of mails: "=?UTF-8?Q?J=C3=BCrgen?=". RFC 2047, 2.
#ifndef MIME_WORD_SYNTAX_H
#define MIME_WORD_SYNTAX_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

// Into the text it was read from.
struct encoded_word {
    struct text charset, content; // the charset without a language (RFC 2231, 5)
    char encoding;                // 'b' or 'q'
};

// The length of the encoded word that begins at `at`, or 0 where none does. With `loose` its content may have
// blanks, which senders forget to encode.
size_t encoded_word_at(struct text text, size_t at, bool loose, struct encoded_word *word);

// How many blanks and tabs stand at `at`: between two words they mean nothing.
size_t encoded_word_blanks_at(struct text text, size_t at);

#endif
