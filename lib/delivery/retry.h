// SPDX-License-Identifier: GPL-2.0-or-later
// When a mail that was not taken is tried again.
#ifndef DELIVERY_RETRY_H
#define DELIVERY_RETRY_H

#include <stdint.h>

// Seconds to wait after so many failed tries: 1, 5 and 15 minutes, then an hour each time for two days; -1:
// it is given up.
int64_t retry_after(int64_t attempts);

#endif
