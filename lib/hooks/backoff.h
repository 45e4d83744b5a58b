// SPDX-License-Identifier: GPL-2.0-or-later
// When a call of a webhook that failed is made again. spec: operations.md 8.3.
#ifndef HOOKS_BACKOFF_H
#define HOOKS_BACKOFF_H

#include <stdint.h>

// Seconds to wait after so many failed tries: 10 s, 1 min, 5 min, 30 min, 2 h, 6 h, 12 h, 24 h, each up to a
// fifth longer or shorter by `chance`, and never shorter than the receiver asked for; -1: it is given up.
int64_t backoff(int64_t attempts, int64_t asked_for, uint64_t chance);

#endif
