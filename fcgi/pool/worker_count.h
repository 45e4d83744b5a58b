// SPDX-License-Identifier: GPL-2.0-or-later
// How many workers there shall be.
#ifndef FCGI_POOL_WORKER_COUNT_H
#define FCGI_POOL_WORKER_COUNT_H

#include "config/settings.h"

// The settings' workers, or twice the cores.
unsigned worker_count(const struct settings *settings);

#endif
