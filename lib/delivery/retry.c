// SPDX-License-Identifier: GPL-2.0-or-later
// When a mail that was not taken is tried again.
#include "delivery/retry.h"

#define HOURLY_TRIES 48

int64_t retry_after(int64_t attempts) {
    static const int64_t first[] = {60, 300, 900};
    int64_t count = sizeof first / sizeof *first;
    if (attempts < 1) attempts = 1;
    if (attempts <= count) return first[attempts - 1];
    return attempts <= count + HOURLY_TRIES ? 3600 : -1;
}
