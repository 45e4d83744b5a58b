// SPDX-License-Identifier: GPL-2.0-or-later
// The process that calls webhooks, as the master knows it: a child that becomes a program of its own.
#ifndef FCGI_HOOKS_ROLE_H
#define FCGI_HOOKS_ROLE_H

#include "pool/role.h"

#define HOOKS_PROGRAM "osticket-fcgi-hooks"

// One where [webhooks] enabled says so, else none.
unsigned hooks_count(const struct settings *settings);

// Becomes the program, which keeps what struct role asks of a child. Comes back only when that failed, which
// is logged, with the exit code.
int hooks_start(const struct child_start *start);

#endif
