// SPDX-License-Identifier: GPL-2.0-or-later
// Time zones by ICU, with the offsets of the last periods remembered.
#include "calendar/zone.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/ustring.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_LENGTH 63
#define PERIODS         4

// The offset holds from `from` up to but not at `until`.
struct period {
    int64_t from, until;
    int32_t offset;
};

struct zone {
    char name[NAME_MAX_LENGTH + 1];
    UCalendar *calendar; // NULL for a fixed offset
    int32_t fixed;
    struct period periods[PERIODS];
    unsigned next; // of `periods` to be replaced
};

// "+02:00", "-3:30", "+0200"
static bool parse_offset(struct text name, int32_t *offset) {
    if (name.length < 2 || (name.data[0] != '+' && name.data[0] != '-')) return false;
    int digits[4], count = 0;
    for (size_t i = 1; i < name.length; i++) {
        bool colon = name.data[i] == ':' && i + 3 == name.length && count > 0;
        if (colon) continue;
        if (name.data[i] < '0' || name.data[i] > '9' || count == 4) return false;
        digits[count++] = name.data[i] - '0';
    }
    if (count < 3) return false;
    int hours = count == 3 ? digits[0] : digits[0] * 10 + digits[1];
    int minutes = digits[count - 2] * 10 + digits[count - 1];
    if (hours > 14 || minutes > 59) return false;
    *offset = (name.data[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return true;
}

// ICU's spelling of an IANA name given in any case of letters. ICU itself knows only the exact one, and would
// take "GMT+5" and the like for a zone, which PHP does not.
static bool spell_name(struct text given, char name[NAME_MAX_LENGTH + 1]) {
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *zones = ucal_openTimeZones(&status);
    bool found = false;
    while (!found && U_SUCCESS(status)) {
        int32_t length;
        const char *candidate = uenum_next(zones, &length, &status);
        if (!candidate) break;
        found = length <= NAME_MAX_LENGTH &&
                text_equal_ignoring_case(given, (struct text){candidate, (size_t)length});
        if (found) memcpy(name, candidate, (size_t)length + 1);
    }
    uenum_close(zones);
    return found;
}

static UCalendar *open_calendar(const char *name) {
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[NAME_MAX_LENGTH + 1];
    u_charsToUChars(name, wide, (int32_t)strlen(name) + 1);
    UCalendar *calendar = ucal_open(wide, -1, "", UCAL_GREGORIAN, &status);
    if (U_SUCCESS(status)) return calendar;
    ucal_close(calendar);
    return NULL;
}

// A zone of fixed offset, spelt as given.
static struct zone *open_fixed(struct text name, int32_t offset) {
    struct zone *zone = calloc(1, sizeof *zone);
    if (!zone) return NULL;
    snprintf(zone->name, sizeof zone->name, "%.*s", (int)name.length, name.data);
    zone->fixed = offset;
    return zone;
}

static bool is_utc(struct text name) {
    return text_equal_ignoring_case(name, TEXT("UTC")) || text_equal_ignoring_case(name, TEXT("GMT"));
}

struct zone *zone_open(struct text name, struct error *error) {
    int32_t offset = 0;
    char spelling[NAME_MAX_LENGTH + 1];
    struct zone *zone = NULL;
    if (is_utc(name) || parse_offset(name, &offset)) {
        zone = open_fixed(name, offset);
    } else if (name.length == 0 || name.length > NAME_MAX_LENGTH || !spell_name(name, spelling)) {
        error_set(error, ERROR_UNPROCESSABLE, "Unknown time zone");
        error_detail(error, "no time zone is called \"%.*s\"", (int)(name.length > 64 ? 64 : name.length),
                     name.data ? name.data : "");
        return NULL;
    } else if ((zone = open_fixed(text_of(spelling), 0)) && !(zone->calendar = open_calendar(spelling))) {
        zone_close(&zone);
    }
    if (!zone) error_set(error, ERROR_INTERNAL, "Time zones cannot be read");
    return zone;
}

void zone_close(struct zone **zone) {
    if (*zone && (*zone)->calendar) ucal_close((*zone)->calendar);
    free(*zone);
    *zone = NULL;
}

const char *zone_name(const struct zone *zone) {
    return zone->name;
}

// ICU counts milliseconds, and its transitions lie on whole seconds.
static int64_t transition(UCalendar *calendar, UTimeZoneTransitionType type, int64_t otherwise) {
    UErrorCode status = U_ZERO_ERROR;
    UDate when;
    bool found = ucal_getTimeZoneTransitionDate(calendar, type, &when, &status);
    return found && U_SUCCESS(status) ? (int64_t)(when / 1000) : otherwise;
}

static struct period read_period(UCalendar *calendar, int64_t utc) {
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(calendar, (UDate)utc * 1000, &status);
    int32_t offset =
        ucal_get(calendar, UCAL_ZONE_OFFSET, &status) + ucal_get(calendar, UCAL_DST_OFFSET, &status);
    struct period period = {utc, utc + 1, U_SUCCESS(status) ? offset / 1000 : 0};
    period.from = transition(calendar, UCAL_TZ_TRANSITION_PREVIOUS_INCLUSIVE, INT64_MIN);
    period.until = transition(calendar, UCAL_TZ_TRANSITION_NEXT, INT64_MAX);
    return period;
}

int32_t zone_offset(struct zone *zone, int64_t utc) {
    if (!zone->calendar) return zone->fixed;
    for (size_t i = 0; i < PERIODS; i++)
        if (utc >= zone->periods[i].from && utc < zone->periods[i].until) return zone->periods[i].offset;
    struct period *period = &zone->periods[zone->next++ % PERIODS];
    *period = read_period(zone->calendar, utc);
    return period->offset;
}

int64_t zone_local(struct zone *zone, int64_t utc) {
    return utc + zone_offset(zone, utc);
}

int64_t zone_utc(struct zone *zone, int64_t local) {
    // No zone is a day away from UTC, and none changed its clocks twice within two days since 1970.
    int32_t before = zone_offset(zone, local - CIVIL_DAY_SECONDS);
    int32_t after = zone_offset(zone, local + CIVIL_DAY_SECONDS);
    if (before == after || zone_offset(zone, local - before) == before) return local - before;
    if (zone_offset(zone, local - after) == after) return local - after;
    return local - before; // skipped by the clock
}

bool zone_parse(struct zone *zone, struct text stamp, int64_t *utc) {
    int64_t local;
    if (!civil_parse_stamp(stamp, &local)) return false;
    *utc = zone_utc(zone, local);
    return true;
}

void zone_stamp(struct zone *zone, int64_t utc, char stamp[CIVIL_STAMP_SIZE]) {
    civil_stamp(zone_local(zone, utc), stamp);
}
