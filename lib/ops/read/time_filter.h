// SPDX-License-Identifier: GPL-2.0-or-later
// A time of a query as statements take it.
#ifndef OPS_READ_TIME_FILTER_H
#define OPS_READ_TIME_FILTER_H

#include "base/arena.h"
#include "base/error.h"
#include "calendar/civil.h"
#include "ops/operation.h"

#include <stdbool.h>

#define TIME_FILTER_SIZE CIVIL_STAMP_SIZE

// The parameter as "YYYY-MM-DD HH:MM:SS" in UTC, in `stamp`; null where it is absent. A date is the start of
// that day where the help desk is (its default_timezone): one round trip, of times only. spec: operations.md
// 1.4.
bool time_filter(const struct operation_context *context, struct arena *arena, const char *name,
                 char stamp[TIME_FILTER_SIZE], struct text *time, struct error *error) CHECKED;

#endif
