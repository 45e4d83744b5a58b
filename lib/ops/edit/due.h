// SPDX-License-Identifier: GPL-2.0-or-later
// A due date that somebody sets by hand.
#ifndef OPS_EDIT_DUE_H
#define OPS_EDIT_DUE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"

#include <stdbool.h>

// Reads an instant ("2026-04-01T09:00:00+02:00"), a span from now ("+2h"), a day, or a day and a time without
// a zone ("2026-04-01 09:00", seconds if wanted), which are those of the help desk's default_timezone.
// `stamp` is as the column has it, in the arena. ERROR_UNPROCESSABLE naming `due` for anything else, what is
// past, and a time over which the clocks went. spec: acting.md 11 (field duedate); operations.md 1.4.
bool due_read(const struct help_desk *help_desk, struct text given, struct arena *arena, struct text *stamp,
              struct error *error) CHECKED;

#endif
