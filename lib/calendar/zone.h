// SPDX-License-Identifier: GPL-2.0-or-later
// Time zones: what clocks show where.
//
// Instants are seconds since 1970-01-01 00:00:00 UTC. A local time is what the clock shows, written as the
// number of seconds since 1970-01-01 00:00:00 on the same clock.
#ifndef CALENDAR_ZONE_H
#define CALENDAR_ZONE_H

#include "base/error.h"
#include "base/text.h"
#include "calendar/civil.h"

#include <stdbool.h>
#include <stdint.h>

struct zone;

// Opens a zone by its IANA name ("Europe/Berlin", in any case of letters), "UTC", "GMT" or an offset as MySQL
// writes it
// ("+02:00", "-3:30"). ERROR_UNPROCESSABLE for any other text. Belongs to the caller and to one thread; keep
// it: the first opening loads ICU's data, and a zone remembers the offsets that it was asked for.
struct zone *zone_open(struct text name, struct error *error) CHECKED;
void zone_close(struct zone **zone);

const char *zone_name(const struct zone *zone); // as given to zone_open(), in ICU's spelling

// Local time less UTC, in seconds, at an instant.
int32_t zone_offset(struct zone *zone, int64_t utc);
int64_t zone_local(struct zone *zone, int64_t utc);

// The instant at which the clock shows `local`: the first of two when clocks go back; when they go forward
// over it, the instant as if they had not. PHP's DateTime does the same.
int64_t zone_utc(struct zone *zone, int64_t local);

// "YYYY-MM-DD HH:MM:SS" in the zone ↔ instant. False when the text is no such time (zero dates are none).
bool zone_parse(struct zone *zone, struct text stamp, int64_t *utc);
void zone_stamp(struct zone *zone, int64_t utc, char stamp[CIVIL_STAMP_SIZE]);

// What a clock was seen to show: at `utc` it was ahead of UTC by `offset` seconds.
struct zone_observation {
    int64_t utc;
    int32_t offset;
};

// Finds the zone of a database server when ost_config has no db_timezone (where it has, that counts). `name`
// is
// @@global.time_zone or, where that is SYSTEM, @@system_time_zone; `seen` are observations of the server's
// clock, best one in a January and one in a July (NOW() against UTC_TIMESTAMP(), CONVERT_TZ(…, 'SYSTEM',
// '+00:00')). An IANA name or an offset is itself. For an abbreviation ("CEST", "EST") or the unknown: UTC if
// that agrees with all that was seen; else the first that does of well-known zones, then of all zones; else
// the fixed offset seen last, 0 when none was.
struct zone *zone_open_database(struct text name, const struct zone_observation *seen, size_t count,
                                struct error *error) CHECKED;

#endif
