// SPDX-License-Identifier: GPL-2.0-or-later
// The process that holds requests which wait for changes, as the master knows it.
#ifndef FCGI_FEED_ROLE_H
#define FCGI_FEED_ROLE_H

#include "pool/role.h"

#define FEED_PROGRAM "osticket-fcgi-feed"

// One where [changes] waiters lets any wait, else none.
unsigned feed_count(const struct settings *settings);

// Becomes its program. Comes back only when that failed, which is logged, with the exit code.
int feed_start(const struct child_start *start);

#endif
