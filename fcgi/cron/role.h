// SPDX-License-Identifier: GPL-2.0-or-later
// The cron process as the master knows it: a child that becomes a program of its own.
#ifndef FCGI_CRON_ROLE_H
#define FCGI_CRON_ROLE_H

#include "pool/role.h"

#define CRON_PROGRAM "osticket-fcgi-cron"

// One where [cron] enabled says so, else none.
unsigned cron_count(const struct settings *settings);

// Becomes the program, which keeps what struct role asks of a child. Comes back only when that failed, which
// is logged, with the exit code.
int cron_start(const struct child_start *start);

#endif
