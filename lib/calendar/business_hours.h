// SPDX-License-Identifier: GPL-2.0-or-later
// Due dates: an instant and so many hours of work later.
#ifndef CALENDAR_BUSINESS_HOURS_H
#define CALENDAR_BUSINESS_HOURS_H

#include "base/error.h"
#include "calendar/schedule.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Adds `seconds` of `schedule`'s business hours to the instant `start`, leaving out the holidays of
// `holidays`
// (`holiday_count` schedules). A schedule without entries adds plain time. When no hours follow within 72
// hours of where the search stands, the instant found so far is the answer, as osTicket has it; its quirks
// with days used up exactly, several entries a day and full days are kept too, since due dates in the
// database come from them. ERROR_INTERNAL when an entry cannot be read, or the hours never come together
// (only holidays, hours without length), where osTicket would not end. spec: creating.md C.4,
// reading-and-replying.md C.4.
bool business_hours_add(const struct schedule *schedule, const struct schedule *holidays,
                        size_t holiday_count, int64_t start, int64_t seconds, int64_t *end,
                        struct error *error) CHECKED;

#endif
