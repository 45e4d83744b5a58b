// SPDX-License-Identifier: GPL-2.0-or-later
// Guesses a database server's time zone from how its clock goes.
#include "calendar/zone.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>

#include <stdio.h>

// Tried first, so that a guess is a zone that an administrator would have chosen. One a kind: offset, summer
// time or not, hemisphere.
static const char *const well_known[] = {
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/Helsinki",
    "Europe/Moscow",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "America/Sao_Paulo",
    "America/Bogota",
    "America/Phoenix",
    "America/Halifax",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Pacific/Auckland",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Jakarta",
    "Australia/Brisbane",
    "Australia/Adelaide",
};

static bool agrees(struct zone *zone, const struct zone_observation *seen, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (zone_offset(zone, seen[i].utc) != seen[i].offset) return false;
    return true;
}

// The zone of that name if it agrees with what was seen, else NULL.
static struct zone *try_zone(struct text name, const struct zone_observation *seen, size_t count) {
    struct error ignored;
    struct zone *zone = zone_open(name, &ignored);
    if (zone && !agrees(zone, seen, count)) zone_close(&zone);
    return zone;
}

static struct zone *try_all(const struct zone_observation *seen, size_t count) {
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *zones =
        ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &status);
    struct zone *zone = NULL;
    while (!zone && U_SUCCESS(status)) {
        int32_t length;
        const char *name = uenum_next(zones, &length, &status);
        if (!name) break;
        zone = try_zone((struct text){name, (size_t)length}, seen, count);
    }
    uenum_close(zones);
    return zone;
}

static struct zone *open_offset(int32_t offset, struct error *error) {
    char name[16];
    int minutes = (offset < 0 ? -offset : offset) / 60;
    snprintf(name, sizeof name, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return zone_open(text_of(name), error);
}

// IANA names hold a slash. Of those that do not, the abbreviations among ICU's zones (EST, MST: without
// summer time) are not what a server on American summer time means by them.
static bool is_itself(struct text name) {
    return text_find(name, TEXT("/"), 0) > 0 ||
           (name.length && (name.data[0] == '+' || name.data[0] == '-')) ||
           text_equal_ignoring_case(name, TEXT("UTC"));
}

struct zone *zone_open_database(struct text name, const struct zone_observation *seen, size_t count,
                                struct error *error) {
    struct zone *zone = NULL;
    if (is_itself(name) && (zone = zone_open(name, error))) return zone;
    error_clear(error);
    if (count == 0) return open_offset(0, error);
    for (size_t i = 0; !zone && i < sizeof well_known / sizeof *well_known; i++)
        zone = try_zone(text_of(well_known[i]), seen, count);
    if (!zone) zone = try_all(seen, count);
    return zone ? zone : open_offset(seen[count - 1].offset, error);
}
