// SPDX-License-Identifier: GPL-2.0-or-later
// Fields of dates and times.
#include "forms/field.h"

#include "calendar/moment.h"
#include "calendar/zone.h"

#include <string.h>

// The field's own zone, else the help desk's, else UTC. The caller closes it.
static struct zone *open_zone(const struct filling *filling, struct text name) {
    struct error ignored = {0};
    struct zone *zone = name.length ? zone_open(name, &ignored) : NULL;
    if (!zone && filling->tables->zone_name.length) zone = zone_open(filling->tables->zone_name, &ignored);
    return zone ? zone : zone_open(TEXT("UTC"), &ignored);
}

// Appends the date, and the time where the field has one, as the help desk shows it.
static void show(const struct filling *filling, struct zone *zone, int64_t utc, bool time,
                 struct buffer *out) {
    struct error ignored = {0};
    static const struct format_settings none;
    const struct format_settings *dates = filling->tables->dates ? filling->tables->dates : &none;
    size_t start = out->length;
    if (!format_instant(dates, time ? FORMAT_DATETIME : FORMAT_DATE, zone, utc, out, &ignored)) {
        out->length = start;
        out->data[start] = '\0';
    }
}

static void complain_bound(struct filling *filling, const char *complaint, struct zone *zone, int64_t bound) {
    struct buffer text = buffer_new(200);
    buffer_add_format(&text, "%s (", complaint);
    show(filling, zone, bound, false, &text);
    buffer_add_char(&text, ')');
    field_complain(filling, buffer_text(&text));
    buffer_free(&text);
}

static void check_bounds(struct filling *filling, int64_t utc) {
    struct zone *zone = open_zone(filling, TEXT("UTC"));
    struct text min = field_setting(filling, "min", TEXT("")), max = field_setting(filling, "max", TEXT(""));
    int64_t bound;
    if (!zone) return;
    if (min.length && moment_parse(min, &bound) && utc < bound)
        complain_bound(filling, "Selected date is earlier than permitted", zone, bound);
    else if (max.length && moment_parse(max, &bound) && utc > bound)
        complain_bound(filling, "Selected date is later than permitted", zone, bound);
    zone_close(&zone);
}

// Kept in the zone's time.
static void keep_moment(struct filling *filling, struct text given, int64_t utc) {
    struct zone *zone = open_zone(filling, field_setting(filling, "timezone", TEXT("")));
    struct zone *help_desk = open_zone(filling, TEXT(""));
    struct buffer shown = buffer_new(200);
    char stamp[MOMENT_STAMP_SIZE];
    if (zone) {
        moment_stamp(zone, utc, stamp);
        given = arena_copy(filling->arena, text_of(stamp));
    }
    if (help_desk) show(filling, help_desk, utc, field_switch(filling, "time", false), &shown);
    field_keep(filling, given, arena_copy(filling->arena, buffer_text(&shown)));
    buffer_free(&shown);
    if (zone) zone_close(&zone);
    if (help_desk) zone_close(&help_desk);
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
    if (moment_parse(given, &utc)) {
        keep_moment(filling, given, utc);
        check_bounds(filling, utc);
        return true;
    }
    filling->answer->value = given;
    return true;
}
