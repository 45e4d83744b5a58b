// SPDX-License-Identifier: GPL-2.0-or-later
// What commands say on a terminal.
#ifndef FCGI_COMMAND_TERMINAL_TEXT_H
#define FCGI_COMMAND_TERMINAL_TEXT_H

#include "base/error.h"
#include "base/text.h"

// To standard output, with blanks for control characters.
void print_text(struct text text);

// A failure with its detail to standard error; the exit status: 2 for what was asked wrongly, else 1.
int print_failure(const struct error *error);

#endif
