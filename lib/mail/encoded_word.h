// SPDX-License-Identifier: GPL-2.0-or-later
// Words of other scripts as headers of mails carry them: "=?UTF-8?Q?J=C3=BCrgen?=", RFC 2047.
#ifndef MAIL_ENCODED_WORD_H
#define MAIL_ENCODED_WORD_H

#include "base/buffer.h"
#include "base/text.h"

// Appends `text` with its encoded words as what they mean, in UTF-8; blanks between two of them go. A word
// that is none by the RFC, or whose bytes are no text in its charset, stays as it is. So does a text that is
// not ASCII. What comes out may hold any character: make a single line of it before it goes into a header.
void encoded_words_decode(struct text text, struct buffer *out);

#endif
