// SPDX-License-Identifier: GPL-2.0-or-later
// The file of the mailer's program, osticket-fcgi-mailer: see own_program.h.
#ifndef FCGI_MAILER_PROGRAM_H
#define FCGI_MAILER_PROGRAM_H

#include "base/error.h"

#include <stdbool.h>

#define MAILER_PROGRAM_NAME "osticket-fcgi-mailer"

// A descriptor (close-on-exec) that fexecve(3) runs: of the file beside this program's own, else of the one
// that was installed with it. -1 when there is none; `error`, which may be NULL, says where it was looked
// for.
int mailer_program_open(struct error *error) CHECKED;

// Whether it can be run and is of this version, by running it. False with `error` saying what it said.
bool mailer_program_check(struct error *error) CHECKED;

#endif
