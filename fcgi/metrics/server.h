// SPDX-License-Identifier: GPL-2.0-or-later
// The metrics server: /metrics, /health, /ready, /status. Part of osticket-fcgi-metrics alone.
#ifndef FCGI_METRICS_SERVER_H
#define FCGI_METRICS_SERVER_H

#include "pool/role.h"

// Answers until it is told to stop. Returns the exit code.
int metrics_run(const struct child_start *start);

#endif
