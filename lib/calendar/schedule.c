// SPDX-License-Identifier: GPL-2.0-or-later
// The days on which schedule entries fall, as osTicket 1.18 finds them.
#include "calendar/schedule.h"

#include <string.h>

// osTicket looks at no more of an entry than this in one window.
#define OCCURRENCES_OF_ENTRY 5

static const struct {
    struct text name;
    enum repeats repeats;
} kinds[] = {
    {TEXT("never"), REPEATS_NEVER},       {TEXT("daily"), REPEATS_DAILY},
    {TEXT("weekdays"), REPEATS_WEEKDAYS}, {TEXT("weekends"), REPEATS_WEEKENDS},
    {TEXT("weekly"), REPEATS_WEEKLY},     {TEXT("monthly"), REPEATS_MONTHLY},
    {TEXT("yearly"), REPEATS_YEARLY},
};

static bool read_repeats(struct text name, enum repeats *repeats) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!text_equal_ignoring_case(kinds[i].name, name)) continue;
        *repeats = kinds[i].repeats;
        return true;
    }
    return false;
}

static bool is_usable(const struct occasion *o) {
    bool weekday = o->day >= 1 && o->day <= 7;
    bool month_day = o->day >= 0 && o->day <= 31;
    bool week = o->week == -1 || (o->week >= 1 && o->week <= 5);
    switch (o->repeats) {
    case REPEATS_WEEKLY: return weekday;
    case REPEATS_MONTHLY: return o->week ? week && weekday : month_day && o->day > 0;
    case REPEATS_YEARLY: return o->month >= 1 && o->month <= 12 && (o->week ? week && weekday : month_day);
    default: return true;
    }
}

static bool refuse(struct error *error, const char *column) {
    error_set(error, ERROR_INTERNAL, "A schedule cannot be used");
    return error_detail(error, "schedule entry: %s is not usable", column);
}

bool occasion_read(const struct schedule_entry *entry, struct zone *zone, struct occasion *occasion,
                   struct error *error) {
    int64_t ends_on, stops;
    *occasion =
        (struct occasion){.zone = zone, .day = entry->day, .week = entry->week, .month = entry->month};
    if (!read_repeats(entry->repeats, &occasion->repeats)) return refuse(error, "repeats");
    if (!civil_parse_date(entry->starts_on, &occasion->starts_on)) return refuse(error, "starts_on");
    if (!civil_parse_time(entry->starts_at, &occasion->starts_at)) return refuse(error, "starts_at");
    if (!civil_parse_date(entry->ends_on, &ends_on)) return refuse(error, "ends_on");
    if (!civil_parse_time(entry->ends_at, &occasion->ends_at)) return refuse(error, "ends_at");
    if (!is_usable(occasion)) return refuse(error, "day, week or month");
    occasion->starts = zone_utc(zone, occasion->starts_on * CIVIL_DAY_SECONDS + occasion->starts_at);
    occasion->ends = zone_utc(zone, ends_on * CIVIL_DAY_SECONDS + occasion->ends_at);
    occasion->stops = occasion->repeats == REPEATS_NEVER ? occasion->ends : INT64_MAX;
    if (entry->stops_on.length == 0) return true;
    // MySQL's zero date lies before every other.
    if (text_starts_with(entry->stops_on, TEXT("0000-00-00"))) {
        occasion->stops = INT64_MIN;
        return true;
    }
    if (!civil_parse_stamp(entry->stops_on, &stops)) return refuse(error, "stops_on");
    occasion->stops = zone_utc(zone, stops);
    return true;
}

// The place that the search has come to: what a clock shows in `zone`.
struct place {
    struct zone *zone;
    int64_t date;
    int64_t time; // seconds of the day
};

static void place_at(struct place *place, int64_t local) {
    int64_t days = local / CIVIL_DAY_SECONDS;
    if (local % CIVIL_DAY_SECONDS < 0) days--;
    place->date = days;
    place->time = local - days * CIVIL_DAY_SECONDS;
}

static int64_t place_instant(const struct place *place) {
    return zone_utc(place->zone, place->date * CIVIL_DAY_SECONDS + place->time);
}

static int64_t days_until_weekday(int64_t date, int weekday) {
    return (weekday - civil_weekday(date) + 7) % 7;
}

// The week-th such weekday of the month, -1 being the last. A fifth that is not there falls into the next
// month.
static int64_t weekday_of_month(int64_t year, int month, int week, int weekday) {
    int64_t first = civil_days(year, month, 1);
    if (week > 0) return first + days_until_weekday(first, weekday) + (week - 1) * 7;
    int64_t last = first + civil_month_length(year, month) - 1;
    return last - (civil_weekday(last) - weekday + 7) % 7;
}

// A weekday of a yearly entry is counted from behind the first of its month: when the month begins with that
// weekday every such day is a week late (Labor Day of 2025 on the 8th). osTicket's due dates follow from it.
static int64_t weekday_after_first(int64_t year, int month, int week, int weekday) {
    int64_t second = civil_days(year, month, 2);
    return second + days_until_weekday(second, weekday) + (week - 1) * 7;
}

// Where the time of day is not kept, the search goes on from the day's beginning.
static void set_day(struct place *place, int64_t date, bool keeps_time) {
    place->date = date;
    if (!keeps_time) place->time = 0;
}

// Moves to the entry's day of the day, week, month or year that the place is in.
static void settle(struct place *place, const struct occasion *occasion) {
    struct civil_date date = civil_date(place->date);
    int weekday = civil_weekday(place->date);
    switch (occasion->repeats) {
    case REPEATS_NEVER: set_day(place, occasion->starts_on, true); break;
    case REPEATS_DAILY: set_day(place, place->date, false); break;
    case REPEATS_WEEKDAYS: set_day(place, place->date + (weekday > 5 ? 8 - weekday : 0), false); break;
    case REPEATS_WEEKENDS: set_day(place, place->date + (weekday > 5 ? 0 : 6 - weekday), false); break;
    case REPEATS_WEEKLY:
        set_day(place, place->date + days_until_weekday(place->date, occasion->day), false);
        break;
    case REPEATS_MONTHLY:
        if (occasion->week)
            set_day(place, weekday_of_month(date.year, date.month, occasion->week, occasion->day), false);
        else
            set_day(place, civil_days(date.year, date.month, occasion->day), true);
        break;
    case REPEATS_YEARLY:
        if (occasion->week > 0)
            set_day(place, weekday_after_first(date.year, occasion->month, occasion->week, occasion->day),
                    false);
        else if (occasion->week < 0)
            set_day(place, weekday_of_month(date.year, occasion->month, -1, occasion->day), false);
        else
            set_day(place, civil_days(date.year, occasion->month, occasion->day), true);
        break;
    }
}

// Moves a day, week, month or year on. A day that the month does not have runs over into the next.
static void advance(struct place *place, enum repeats repeats) {
    struct civil_date date = civil_date(place->date);
    int weekday = civil_weekday(place->date);
    switch (repeats) {
    case REPEATS_NEVER: break;
    case REPEATS_DAILY:
    case REPEATS_WEEKENDS: place->date++; break;
    case REPEATS_WEEKDAYS: place->date += weekday >= 5 ? 8 - weekday : 1; break;
    case REPEATS_WEEKLY: place->date += 7; break;
    case REPEATS_MONTHLY:
        place->date = civil_days(date.year + date.month / 12, date.month % 12 + 1, date.day);
        break;
    case REPEATS_YEARLY: place->date = civil_days(date.year + 1, date.month, date.day); break;
    }
}

static void insert(struct occurrences *occurrences, int64_t date, const struct occasion *occasion) {
    size_t at = occurrences->count;
    while (at > 0 && occurrences->days[at - 1].date > date) at--;
    if (at > 0 && occurrences->days[at - 1].date == date) return;
    if (occurrences->count == OCCURRENCES_MAX) return;
    memmove(&occurrences->days[at + 1], &occurrences->days[at],
            (occurrences->count - at) * sizeof *occurrences->days);
    occurrences->days[at] = (struct occurrence){date, occasion};
    occurrences->count++;
}

void occurrences_add(struct occurrences *occurrences, const struct occasion *occasion, struct zone *zone,
                     int64_t from, int64_t last_date) {
    struct place start = {.zone = zone}, place;
    place_at(&start, zone_local(zone, from));
    place = start;
    int64_t instant = from;
    if (occasion->starts > from) {
        instant = occasion->starts;
        place.zone = occasion->zone;
        place_at(&place, zone_local(place.zone, instant));
    }
    if (occasion->stops < instant) return;
    settle(&place, occasion);
    for (int found = 0; found < OCCURRENCES_OF_ENTRY && place.date <= last_date;) {
        if (place.date >= start.date) {
            insert(occurrences, place.date, occasion);
            found++;
        }
        if (occasion->repeats == REPEATS_NEVER) break;
        advance(&place, occasion->repeats);
        settle(&place, occasion);
        if (occasion->stops != INT64_MAX && occasion->stops < place_instant(&place)) break;
    }
}

const struct occasion *occurrences_on(const struct occurrences *occurrences, int64_t date) {
    for (size_t i = 0; i < occurrences->count; i++)
        if (occurrences->days[i].date == date) return occurrences->days[i].occasion;
    return NULL;
}
