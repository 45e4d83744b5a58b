// SPDX-License-Identifier: GPL-2.0-or-later
// Words of other scripts as headers of mails carry them: "=?UTF-8?Q?J=C3=BCrgen?=", RFC 2047.
#ifndef MIME_WORDS_H
#define MIME_WORDS_H

#include "base/arena.h"
#include "base/text.h"

// `text` with its encoded words as what they mean, in UTF-8 in the arena. Blanks between two words go; words
// of one charset are put together before they are converted, since senders cut characters in two; what is no
// word is UTF-8 or else windows-1252. What comes out may hold any character. A null text stays null. spec:
// piping.md 2.2, split-word, mixed-word.
struct text mail_words_decode(struct text text, struct arena *arena);

#endif
