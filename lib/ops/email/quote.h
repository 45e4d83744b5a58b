// SPDX-License-Identifier: GPL-2.0-or-later
// What a mail quotes of ours, below the help desk's line.
#ifndef OPS_EMAIL_QUOTE_H
#define OPS_EMAIL_QUOTE_H

#include "base/text.h"

#include <stdbool.h>

// What stands above `separator` where that is the sender's own; else all: nothing is cut off where only
// quotation marks and one line like "Jane wrote:" stand there. HTML is looked at without its tags. Points
// into `text`. spec: piping.md 2.5, bottom-posting.
struct text email_without_quote(struct text text, bool is_html, struct text separator);

#endif
