// SPDX-License-Identifier: GPL-2.0-or-later
// Plain text in a manual page.
#ifndef BASE_ROFF_H
#define BASE_ROFF_H

#include <stdio.h>

// Writes `text` so that man(7) shows it as it stands: nothing in it is an instruction, hyphens are what a
// reader can paste. Ends no line.
void roff_print(FILE *file, const char *text);

#endif
