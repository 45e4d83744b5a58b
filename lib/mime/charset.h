// SPDX-License-Identifier: GPL-2.0-or-later
// Texts of mails as UTF-8, whatever they say they are.
#ifndef MIME_CHARSET_H
#define MIME_CHARSET_H

#include "base/arena.h"
#include "base/text.h"

// `bytes` as UTF-8: in the arena, or `bytes` itself. What says that it is ASCII, Latin-1, UTF-8 or nothing at
// all is UTF-8 where it can be, else windows-1252; so is what no character set of this name makes UTF-8 of.
// What says that it is UTF-8 and is not all of it keeps the characters that are: other bytes alone are
// windows-1252. Other bytes that the character set has no character for are left out. spec: piping.md 2.2,
// bad-utf8, ascii-utf8.
struct text mail_to_utf8(struct text bytes, struct text charset, struct arena *arena);

#endif
