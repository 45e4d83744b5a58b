// SPDX-License-Identifier: GPL-2.0-or-later
// Titles of thread entries.
#ifndef OPS_ENTRY_TITLE_H
#define OPS_ENTRY_TITLE_H

#include "base/arena.h"
#include "base/text.h"

#define ENTRY_TITLE_MAX 255 // characters

// The title of the entry that opens a ticket with this subject: & < > as references, runs of white space one
// blank, HTML that is left in it cleaned and its tags stripped, without control characters, cut to
// ENTRY_TITLE_MAX. TEXT_NULL for a null subject, for one of control characters alone, and when the arena is
// full. spec: creating.md C.6.
struct text entry_title_make(struct text subject, struct arena *arena);

#endif
