// SPDX-License-Identifier: GPL-2.0-or-later
// The metrics server as the master knows it: a child that becomes a program of its own.
#ifndef FCGI_METRICS_ROLE_H
#define FCGI_METRICS_ROLE_H

#include "pool/role.h"

#define METRICS_PROGRAM "osticket-fcgi-metrics"

// Always one: "osticket-fcgi status" asks it.
unsigned metrics_count(const struct settings *settings);

// Becomes the program, which keeps what struct role asks of a child. Comes back only when that failed, which
// is logged, with the exit code.
int metrics_start(const struct child_start *start);

#endif
