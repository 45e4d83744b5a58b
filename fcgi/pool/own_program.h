// SPDX-License-Identifier: GPL-2.0-or-later
// The files of the programs that belong to this one: the mailer, the inspector, the metrics server. They are
// programs of their own so that the libraries that only they need are in no worker.
#ifndef FCGI_POOL_OWN_PROGRAM_H
#define FCGI_POOL_OWN_PROGRAM_H

#include "base/error.h"

#include <stdbool.h>

// A descriptor (close-on-exec) that fexecve(3) runs: of the file `name` beside this program's own, else of
// the one that was installed with it. -1 when there is none; `error`, which may be NULL, says where it was
// looked for.
int own_program_open(const char *name, struct error *error) CHECKED;

// Whether it can be run and is of this version, by running it. False with `error` saying what it said.
bool own_program_check(const char *name, struct error *error) CHECKED;

#endif
