// SPDX-License-Identifier: GPL-2.0-or-later
// Where the lanes of changes end, see store/changes/lanes.h.
#ifndef STORE_LANE_ENDS_H
#define STORE_LANE_ENDS_H

#include <stdint.h>

enum lane { LANE_EVENTS, LANE_ENTRIES, LANES };

// The ids that were written last, and how many servers take turns in them.
struct lanes_ends {
    int64_t of[LANES];
    int64_t step;
};

#endif
