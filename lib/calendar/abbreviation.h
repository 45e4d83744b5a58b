// SPDX-License-Identifier: GPL-2.0-or-later
// Abbreviations of time zones.
#ifndef CALENDAR_ABBREVIATION_H
#define CALENDAR_ABBREVIATION_H

#include "base/text.h"
#include "calendar/zone.h"

#include <stdbool.h>
#include <stdint.h>

#define ABBREVIATION_SIZE 16

// What the zone's clock is called at an instant ("CEST"), by the system's zone files, which ICU's data lack.
// False when there is none. RFC 8536.
bool abbreviation_of(struct zone *zone, int64_t utc, char abbreviation[ABBREVIATION_SIZE]);

// Seconds east of UTC of a well-known abbreviation, in any case of letters. False for others.
bool abbreviation_offset(struct text abbreviation, int32_t *offset);

#endif
