// SPDX-License-Identifier: GPL-2.0-or-later
// Fields of dates and times.
#include "forms/field.h"

#include "calendar/moment.h"
#include "calendar/zone.h"

#include <string.h>

#define COMPLAINT_MAX 100 // bytes of it without its date

// The field's own zone, else the help desk's, else UTC. The caller closes it.
static struct zone *open_zone(const struct filling *filling, struct text name) {
    struct error ignored = {0};
    struct zone *zone = name.length ? zone_open(name, &ignored) : NULL;
    if (!zone && filling->tables->dates.zone_name.length)
        zone = zone_open(filling->tables->dates.zone_name, &ignored);
    return zone ? zone : zone_open(TEXT("UTC"), &ignored);
}

// A bound is shown in UTC.
static void complain_bound(struct filling *filling, const char *complaint, int64_t bound) {
    struct shown_dates dates = filling->tables->dates;
    struct buffer text = buffer_new(COMPLAINT_MAX + FORMAT_BYTES_MAX);
    dates.zone_name = TEXT("UTC");
    buffer_add_format(&text, "%s (", complaint);
    shown_add_date(&dates, false, bound, &text);
    buffer_add_char(&text, ')');
    field_complain(filling, buffer_text(&text));
    buffer_free(&text);
}

static void check_bounds(struct filling *filling, int64_t utc) {
    struct text min = field_setting(filling, "min", TEXT("")), max = field_setting(filling, "max", TEXT(""));
    int64_t bound, now = filling->tables->dates.now;
    if (min.length && moment_parse(min, now, &bound) && utc < bound)
        complain_bound(filling, "Selected date is earlier than permitted", bound);
    else if (max.length && moment_parse(max, now, &bound) && utc > bound)
        complain_bound(filling, "Selected date is later than permitted", bound);
}

// Kept in the zone's time.
static void keep_moment(struct filling *filling, struct text given, int64_t utc) {
    struct zone *zone = open_zone(filling, field_setting(filling, "timezone", TEXT("")));
    struct buffer shown = buffer_new(FORMAT_BYTES_MAX);
    char stamp[MOMENT_STAMP_SIZE];
    if (zone) {
        moment_stamp(zone, utc, stamp);
        given = arena_copy(filling->arena, text_of(stamp));
    }
    shown_add_date(&filling->tables->dates, field_switch(filling, "time", false), utc, &shown);
    field_keep(filling, given, arena_copy(filling->arena, buffer_text(&shown)));
    buffer_free(&shown);
    if (zone) zone_close(&zone);
}

bool field_fill_datetime(struct filling *filling, bool required) {
    struct text given;
    int64_t utc;
    if (!field_given_text(filling, &given)) return false;
    given = text_trim(given);
    bool empty = !given.length || text_equal(given, TEXT("0"));
    if (empty && required) field_complain_required(filling);
    filling->answer->cdata = TEXT("0"); // where PHP finds no date
    if (empty) return true;
    if (moment_parse(given, filling->tables->dates.now, &utc)) {
        keep_moment(filling, given, utc);
        check_bounds(filling, utc);
        return true;
    }
    filling->answer->value = given;
    return true;
}
