// SPDX-License-Identifier: GPL-2.0-or-later
// What is to be read of a mail: its texts as one, without what it quotes below the help desk's line, and its
// files.
#ifndef OPS_EMAIL_TEXT_H
#define OPS_EMAIL_TEXT_H

#include "base/error.h"
#include "base/text.h"
#include "ops/email/incoming.h"
#include "store/work.h"

#include <stdbool.h>

// Fills email->text and is_html. Nothing is cut off where only quotation marks and one line like "Jane
// wrote:" stand above the help desk's line. Of a mail that could not be read the text says why. spec:
// piping.md 2.5, 2.7, bottom-posting.
bool email_text(struct incoming_email *email, struct error *error) CHECKED;

// Gathers the files into email->take.files, and puts the keys of pictures into the text that shows them.
// Where something of the mail could not be read, the mail itself is a file. Nothing is stored yet. spec:
// piping.md 2.6.
bool email_files(struct incoming_email *email, struct work *work, struct error *error) CHECKED;

// What stands above `separator` where that is the sender's own; else all. HTML is looked at without its tags.
struct text email_without_quote(struct text text, bool is_html, struct text separator);

#endif
