// SPDX-License-Identifier: GPL-2.0-or-later
// Texts of others on a terminal.
#ifndef FCGI_COMMAND_TERMINAL_TEXT_H
#define FCGI_COMMAND_TERMINAL_TEXT_H

#include "base/text.h"

// To standard output, with blanks for control characters.
void print_text(struct text text);

#endif
