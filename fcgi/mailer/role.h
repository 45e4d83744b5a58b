// SPDX-License-Identifier: GPL-2.0-or-later
// The mailer as the master knows it: a child that becomes a program of its own.
#ifndef FCGI_MAILER_ROLE_H
#define FCGI_MAILER_ROLE_H

#include "pool/role.h"

#define MAILER_PROGRAM "osticket-fcgi-mailer"

// One where [mail] enabled says so, else none.
unsigned mailer_count(const struct settings *settings);

// Becomes the mailer's program, which keeps what struct role asks of a child. Comes back only when that
// failed, which is logged, with the exit code.
int mailer_start(const struct child_start *start);

#endif
