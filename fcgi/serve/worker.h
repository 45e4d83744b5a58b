// SPDX-License-Identifier: GPL-2.0-or-later
// A worker: waits, accepts, serves one request at a time, and is replaced after max_requests.
#ifndef FCGI_SERVE_WORKER_H
#define FCGI_SERVE_WORKER_H

#include "pool/role.h"

int worker_run(const struct child_start *start);

#endif
