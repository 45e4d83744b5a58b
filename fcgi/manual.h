// SPDX-License-Identifier: GPL-2.0-or-later
// The manual page osticket-fcgi(8).
#ifndef FCGI_MANUAL_H
#define FCGI_MANUAL_H

#include "command.h"

#include <stddef.h>
#include <stdio.h>

// Writes it in man(7)'s language. Its commands are those of the table, so that none is missing there.
void manual_print(FILE *file, const struct command *commands, size_t count);

#endif
