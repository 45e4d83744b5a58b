// SPDX-License-Identifier: GPL-2.0-or-later
// The process that calls webhooks. Part of osticket-fcgi-hooks alone.
#ifndef FCGI_HOOKS_PROCESS_H
#define FCGI_HOOKS_PROCESS_H

#include "pool/role.h"

// Tells webhooks of changes until it is told to end: calls under way are finished first, for at most ten
// seconds.
int hooks_process_run(const struct child_start *start);

#endif
