// SPDX-License-Identifier: GPL-2.0-or-later
// A due date that somebody sets by hand.
#include "ops/edit/due.h"

#include "calendar/civil.h"
#include "calendar/zone.h"
#include "ops/ticket/due_date.h"
#include "ops/time_text.h"

#include <string.h>
#include <time.h>

#define MINUTES_LENGTH 16 // "2026-04-01 09:00"
#define SECONDS_LENGTH 19

static bool refuse(struct error *error, const char *what) {
    error_set(error, ERROR_UNPROCESSABLE, "due: %s", what);
    return error_field(error, TEXT("due"));
}

// "2026-04-01 09:00", also with seconds or a T, as what a clock shows.
static bool read_clock(struct text text, int64_t *local) {
    char stamp[CIVIL_STAMP_SIZE] = "0000-00-00 00:00:00";
    if (text.length != MINUTES_LENGTH && text.length != SECONDS_LENGTH) return false;
    memcpy(stamp, text.data, text.length);
    if (stamp[10] == 'T' || stamp[10] == 't') stamp[10] = ' ';
    return civil_parse_stamp(text_of(stamp), local);
}

// What the help desk's clock shows as an instant.
static bool in_default_zone(const struct help_desk *help_desk, int64_t local, int64_t *utc,
                            struct error *error) {
    struct text name = help_desk_config(help_desk, "default_timezone");
    struct error ignored = {0};
    struct zone *zone = name.length ? zone_open(name, &ignored) : NULL;
    if (!zone) zone = zone_open(TEXT("UTC"), error);
    if (!zone) return false;
    *utc = zone_utc(zone, local);
    bool shown = zone_local(zone, *utc) == local;
    zone_close(&zone);
    return shown || refuse(error, "the clocks go over this time where the help desk is");
}

static bool read_instant(const struct help_desk *help_desk, struct text given, int64_t now, int64_t *utc,
                         struct error *error) {
    struct time_text time;
    int64_t local;
    if (read_clock(given, &local)) return in_default_zone(help_desk, local, utc, error);
    if (!time_text_read(given, &time))
        return refuse(error, "is no time such as 2026-04-01T09:00:00+02:00, 2026-04-01 09:00 or +2h");
    if (time.kind == TIME_ON_DAY) return in_default_zone(help_desk, time.seconds, utc, error);
    *utc = time.kind == TIME_AT ? time.seconds : now + time.seconds;
    return true;
}

bool due_read(const struct help_desk *help_desk, struct text given, struct arena *arena, struct text *stamp,
              struct error *error) {
    int64_t now = time(NULL), utc = 0;
    char text[CIVIL_STAMP_SIZE];
    if (!read_instant(help_desk, text_trim(given), now, &utc, error)) return false;
    if (utc <= now) return refuse(error, "is past");
    struct due_dates due_dates = due_dates_new(help_desk);
    struct zone *zone = due_dates_database_zone(&due_dates);
    if (zone) zone_stamp(zone, utc, text);
    bool done = zone || error_set(error, ERROR_INTERNAL, "the database's time zone cannot be made out");
    due_dates_free(&due_dates);
    *stamp = done ? arena_copy(arena, text_of(text)) : TEXT_NULL;
    return done && (stamp->data || error_too_large(error));
}
