// SPDX-License-Identifier: GPL-2.0-or-later
// What is to be read of a mail: its texts as one, without what it quotes below the help desk's line.
#ifndef OPS_EMAIL_TEXT_H
#define OPS_EMAIL_TEXT_H

#include "base/error.h"
#include "ops/email/incoming.h"

#include <stdbool.h>

// Fills email->text and is_html. Of a mail that could not be read the text says why. spec: piping.md 2.5,
// 2.7.
bool email_text(struct incoming_email *email, struct error *error) CHECKED;

// The text without what looks like a tag, in the arena.
struct text email_without_tags(struct text text, struct arena *arena);

#endif
