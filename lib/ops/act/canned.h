// SPDX-License-Identifier: GPL-2.0-or-later
// A canned response that an agent chose.
#ifndef OPS_ACT_CANNED_H
#define OPS_ACT_CANNED_H

#include "base/error.h"
#include "base/text.h"
#include "ops/act/act.h"

#include <stdbool.h>

// Takes the files of the response that the request names, by id or title, along with the note that is made
// next, and its text, with the ticket's values filled in, where `text` is null; neither where none is named.
// ERROR_UNPROCESSABLE naming "canned" where the ticket's department has no such one. Two round trips, and
// those of its variables.
bool act_take_canned(struct act *act, struct reference canned, struct text *text,
                     struct error *error) CHECKED;

#endif
