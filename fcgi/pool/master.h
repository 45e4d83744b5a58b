// SPDX-License-Identifier: GPL-2.0-or-later
// The master: keeps the children, never serves. It stays root when started by root; the children do not.
#ifndef FCGI_POOL_MASTER_H
#define FCGI_POOL_MASTER_H

#include "pool/role.h"

#include <stddef.h>

// Runs the server with the children of `roles` until it is told to stop:
// SIGTERM, SIGQUIT, SIGINT: no new connections, what is in hand is finished within stop_timeout, exit code 0;
// SIGHUP: reads `config_path` anew (a wrong one is logged, and the old stays) and replaces the children one
// by one; SIGUSR1: opens the log anew. FCGX_Init() must have been called. Returns the exit code of this
// process, which may be a child's.
int master_run(const char *config_path, const struct role *roles, size_t count);

#endif
