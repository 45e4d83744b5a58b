// SPDX-License-Identifier: GPL-2.0-or-later
// How many workers there shall be.
#include "pool/worker_count.h"

#include <unistd.h>

unsigned worker_count(const struct settings *settings) {
    if (settings->server.workers) return settings->server.workers;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (unsigned)cores * 2 : 2;
}
