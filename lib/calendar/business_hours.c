// SPDX-License-Identifier: GPL-2.0-or-later
// Adds working time to an instant, window by window of 72 hours, as osTicket 1.18 does.
#include "calendar/business_hours.h"

#include <stdlib.h>

#define WINDOW_DAYS 3 // osTicket's 72 hours: PHP adds them on the clock's face, also over a change of clocks

// Windows in a row that add nothing before the search is given up: some years of nothing but holidays.
#define WINDOWS_IDLE_MAX 1000
#define WINDOWS_MAX      50000

struct reckoning {
    struct zone *zone;
    struct occasion *occasions; // of the schedule, then of the holidays
    size_t hours_count, count;
    struct occurrences hours, holidays; // of the window at hand
    int64_t now;                        // the instant reached
    int64_t gathered, goal;             // seconds of work
};

static int64_t day_of(int64_t local) {
    int64_t days = local / CIVIL_DAY_SECONDS;
    return local % CIVIL_DAY_SECONDS < 0 ? days - 1 : days;
}

static int64_t today(const struct reckoning *r) {
    return day_of(zone_local(r->zone, r->now));
}

static int32_t clock(const struct reckoning *r) {
    int64_t local = zone_local(r->zone, r->now);
    return (int32_t)(local - day_of(local) * CIVIL_DAY_SECONDS);
}

static void move_to(struct reckoning *r, int64_t date, int32_t time) {
    r->now = zone_utc(r->zone, date * CIVIL_DAY_SECONDS + time);
}

static int64_t duration(const struct occasion *occasion) {
    return occasion->ends - occasion->starts;
}

// From that time of the day to the end of the hours.
static int64_t remaining(const struct occasion *hours, int32_t time) {
    return hours->ends - zone_utc(hours->zone, hours->starts_on * CIVIL_DAY_SECONDS + time);
}

// Looks up what falls on the days of the window that begins now, or a day later when today was in the last
// one. False when there are no hours in it.
static bool open_window(struct reckoning *r) {
    int64_t from = r->now;
    if (occurrences_on(&r->hours, today(r)))
        from = zone_utc(r->zone, zone_local(r->zone, from) + CIVIL_DAY_SECONDS);
    int64_t last = day_of(zone_local(r->zone, from)) + WINDOW_DAYS;
    r->hours.count = r->holidays.count = 0;
    for (size_t i = 0; i < r->hours_count; i++)
        occurrences_add(&r->hours, &r->occasions[i], r->zone, from, last);
    if (r->hours.count == 0) return false;
    last = r->hours.days[r->hours.count - 1].date;
    for (size_t i = r->hours_count; i < r->count; i++)
        occurrences_add(&r->holidays, &r->occasions[i], r->zone, from, last);
    return true;
}

// Works through the hours of one day.
static void work(struct reckoning *r, int64_t date, const struct occasion *hours) {
    bool partial = false;
    int64_t lead = 0; // time before a holiday that begins during the hours
    if (date == today(r)) {
        int32_t time = clock(r);
        if (time > hours->ends_at) return;
        partial = time >= hours->starts_at;
    } else if (date * CIVIL_DAY_SECONDS + hours->ends_at < r->now) {
        // The day's end is compared as if its zone were UTC, so that west of it early ends can be lost; so in
        // osTicket.
        return;
    }
    const struct occasion *holiday = occurrences_on(&r->holidays, date);
    if (holiday) {
        move_to(r, date, holiday->ends_at);
        if (duration(holiday) + 1 >= CIVIL_DAY_SECONDS) return;
        partial = true;
        if (holiday->starts_at > hours->starts_at) lead = holiday->starts_at - hours->starts_at;
    }
    r->gathered += partial ? remaining(hours, clock(r)) + lead : duration(hours);
    move_to(r, date, hours->ends_at);
}

// A goal that is met exactly does not end the window: the rest of its days is still looked at, and a holiday
// among them moves the instant.
static void work_through_window(struct reckoning *r) {
    for (size_t i = 0; i < r->hours.count; i++) {
        work(r, r->hours.days[i].date, r->hours.days[i].occasion);
        if (r->gathered <= r->goal) continue;
        r->now -= r->gathered - r->goal;
        return;
    }
}

static bool reckon(struct reckoning *r, struct error *error) {
    int64_t most = 0;
    for (int windows = 0, idle = 0; r->gathered < r->goal; windows++, idle++) {
        if (idle == WINDOWS_IDLE_MAX || windows == WINDOWS_MAX) {
            error_set(error, ERROR_INTERNAL, "A due date cannot be found");
            return error_detail(error, "schedule: %lld of %lld seconds after %d windows",
                                (long long)r->gathered, (long long)r->goal, windows);
        }
        if (!open_window(r)) return true;
        work_through_window(r);
        if (r->gathered > most) {
            most = r->gathered;
            idle = 0;
        }
    }
    return true;
}

static bool read_occasions(const struct schedule *schedule, struct reckoning *r, struct error *error) {
    for (size_t i = 0; i < schedule->count; i++)
        if (!occasion_read(&schedule->entries[i], schedule->zone, &r->occasions[r->count++], error))
            return false;
    return true;
}

bool business_hours_add(const struct schedule *schedule, const struct schedule *holidays,
                        size_t holiday_count, int64_t start, int64_t seconds, int64_t *end,
                        struct error *error) {
    struct reckoning r = {.zone = schedule->zone, .now = start, .goal = seconds};
    *end = start + seconds;
    if (seconds <= 0 || schedule->count == 0) return true;
    size_t total = schedule->count;
    for (size_t i = 0; i < holiday_count; i++) total += holidays[i].count;
    r.occasions = calloc(total, sizeof *r.occasions);
    if (!r.occasions) return error_set(error, ERROR_INTERNAL, "Out of memory");
    bool fine = read_occasions(schedule, &r, error);
    r.hours_count = r.count;
    for (size_t i = 0; fine && i < holiday_count; i++) fine = read_occasions(&holidays[i], &r, error);
    fine = fine && reckon(&r, error);
    if (fine) *end = r.now;
    free(r.occasions);
    return fine;
}
