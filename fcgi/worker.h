// SPDX-License-Identifier: GPL-2.0-or-later
// A worker: waits, accepts, serves one request at a time, and is replaced after max_requests.
#ifndef FCGI_WORKER_H
#define FCGI_WORKER_H

#include "role.h"

// The settings' workers, or twice the cores.
unsigned worker_count(const struct settings *settings);

int worker_run(const struct child_start *start);

#endif
