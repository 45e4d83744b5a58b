// SPDX-License-Identifier: GPL-2.0-or-later
// Spans that count from now.
#include "ops/list/queue_times.h"

#include "calendar/civil.h"

#define MINUTE    60
#define HOUR      3600
#define WEEK      (7 * CIVIL_DAY_SECONDS)
#define COUNT_MAX 100000000 // of minutes: two centuries

// The day's number of a month's first, `months` away from that of the date.
static int64_t first_of_month(struct civil_date date, int64_t months) {
    int64_t month = date.year * 12 + date.month - 1 + months;
    return civil_days(month / 12, (int)(month % 12) + 1, 1);
}

// Days of a period, from the first to before the last.
static bool days_of(struct text name, int64_t today, int64_t *from, int64_t *to) {
    struct civil_date date = civil_date(today);
    if (name.length != 2) return false;
    bool is_last = name.data[0] == 'l';
    int quarter = (date.month - 1) % 3;
    if (name.data[0] != 't' && !is_last && !text_equal(name, TEXT("yd"))) return false;
    switch (name.data[1]) {
    case 'd':
        *from = today - (name.data[0] == 'y');
        *to = *from + 1;
        return !is_last;
    case 'w':
        *from = today - civil_weekday(today) + 1 - 7 * is_last;
        *to = *from + 7;
        return true;
    case 'm':
        *from = first_of_month(date, -is_last);
        *to = first_of_month(date, 1 - is_last);
        return true;
    case 'q':
        *from = first_of_month(date, -quarter - 3 * is_last);
        *to = first_of_month(date, -quarter - 3 * is_last + 3);
        return true;
    case 'y':
        *from = civil_days(date.year - is_last, 1, 1);
        *to = civil_days(date.year - is_last + 1, 1, 1);
        return true;
    default: return false;
    }
}

bool queue_period(struct text name, struct zone *zone, int64_t now, struct time_span *span) {
    int64_t from, to;
    if (!days_of(name, civil_day_of(zone_local(zone, now)), &from, &to)) return false;
    *span = (struct time_span){true, true, zone_utc(zone, from * CIVIL_DAY_SECONDS),
                               zone_utc(zone, to * CIVIL_DAY_SECONDS)};
    return true;
}

static bool months_away(int64_t count, int64_t now, int64_t *then) {
    int64_t day = civil_day_of(now);
    struct civil_date date = civil_date(day);
    int64_t first = first_of_month(date, count);
    struct civil_date month = civil_date(first);
    int last = civil_month_length(month.year, month.month);
    *then =
        (first + (date.day < last ? date.day : last) - 1) * CIVIL_DAY_SECONDS + now - day * CIVIL_DAY_SECONDS;
    return month.year >= 0 && month.year <= 9999;
}

bool queue_distance(int64_t count, char unit, int64_t now, int64_t *then) {
    if (count > COUNT_MAX || count < -COUNT_MAX) return false;
    switch (unit) {
    case 'i': *then = now + count * MINUTE; break;
    case 'h': *then = now + count * HOUR; break;
    case 'd': *then = now + count * CIVIL_DAY_SECONDS; break;
    case 'w': *then = now + count * WEEK; break;
    case 'm': return count < 120000 && count > -24000 && months_away(count, now, then);
    default: return false;
    }
    int64_t year = civil_date(civil_day_of(*then)).year;
    return year >= 0 && year <= 9999;
}
