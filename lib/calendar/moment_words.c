// SPDX-License-Identifier: GPL-2.0-or-later
// Words for dates that are counted from another one: "tomorrow", "next monday", "+1 week", "last day of".
// What each means is PHP's: https://www.php.net/manual/en/datetime.formats.php#datetime.formats.relative
#include "calendar/moment_reading.h"

#include <string.h>

#define AMOUNT_DIGITS 7
#define WEEK          7

// ---- vocabulary

enum unit { SECONDS, DAYS, MONTHS, YEARS, WORKING_DAYS, WEEKDAY };

static const struct {
    const char *name; // the plural ends in "s"
    enum unit unit;
    int64_t size;
} units[] = {
    {"sec", SECONDS, 1},      {"second", SECONDS, 1},        {"min", SECONDS, 60},
    {"minute", SECONDS, 60},  {"hour", SECONDS, 3600},       {"day", DAYS, 1},
    {"week", DAYS, WEEK},     {"fortnight", DAYS, 2 * WEEK}, {"month", MONTHS, 1},
    {"year", YEARS, 1},       {"weekday", WORKING_DAYS, 1},  {"forthnight", DAYS, 2 * WEEK},
    {"monday", WEEKDAY, 1},   {"tuesday", WEEKDAY, 2},       {"wednesday", WEEKDAY, 3},
    {"thursday", WEEKDAY, 4}, {"friday", WEEKDAY, 5},        {"saturday", WEEKDAY, 6},
    {"sunday", WEEKDAY, 7},
};

static const struct {
    const char *name;
    int64_t amount;
    bool is_place; // among the weeks, not an ordinal number
} amounts[] = {
    {"next", 1, true},   {"last", -1, true},   {"previous", -1, true},  {"this", 0, true},
    {"first", 1, false}, {"second", 2, false}, {"third", 3, false},     {"fourth", 4, false},
    {"fifth", 5, false}, {"sixth", 6, false},  {"seventh", 7, false},   {"eighth", 8, false},
    {"ninth", 9, false}, {"tenth", 10, false}, {"eleventh", 11, false}, {"twelfth", 12, false},
};

static const struct {
    const char *name;
    int64_t days;
    enum moment_clock clock;
    int hour;
} words[] = {
    {"today", 0, MOMENT_CLOCK_MIDNIGHT, 0},    {"midnight", 0, MOMENT_CLOCK_MIDNIGHT, 0},
    {"tomorrow", 1, MOMENT_CLOCK_MIDNIGHT, 0}, {"yesterday", -1, MOMENT_CLOCK_MIDNIGHT, 0},
    {"noon", 0, MOMENT_CLOCK_GIVEN, 12},
};

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

// By its name, its plural or, of a weekday, its first three letters; -1: none.
static int find_unit(struct text word) {
    for (int i = 0; i < COUNT(units); i++) {
        struct text name = text_of(units[i].name), brief = {units[i].name, 3};
        struct text single = {word.data, word.length - (word.length > 0)};
        if (text_equal_ignoring_case(word, name)) return i;
        if (units[i].unit == WEEKDAY && text_equal_ignoring_case(word, brief)) return i;
        if (single.length && (word.data[single.length] | 0x20) == 's' &&
            text_equal_ignoring_case(single, name))
            return i;
    }
    return -1;
}

static int find_amount(struct text word) {
    for (int i = 0; i < COUNT(amounts); i++)
        if (text_equal_ignoring_case(word, text_of(amounts[i].name))) return i;
    return -1;
}

// ---- what they do

static void set_clock(struct moment_reading *reading, enum moment_clock clock, int hour) {
    reading->clock = clock;
    reading->hour = hour;
    reading->minute = reading->second = 0;
}

static void name_weekday(struct moment_shift *shift, int weekday, enum moment_weekday which) {
    shift->weekday = weekday;
    if (shift->which != MOMENT_DAY_OF_WEEK) shift->which = which;
}

static void count(struct moment_reading *reading, int unit, int64_t amount) {
    struct moment_shift *shift = &reading->shift;
    switch (units[unit].unit) {
    case SECONDS: shift->seconds += amount * units[unit].size; break;
    case DAYS: shift->days += amount * units[unit].size; break;
    case MONTHS: shift->months += amount; break;
    case YEARS: shift->years += amount; break;
    case WORKING_DAYS:
        shift->has_working_days = true;
        shift->working_days = amount;
        break;
    case WEEKDAY: shift->days += (amount > 0 ? amount - 1 : amount) * WEEK; break;
    }
}

// "next week" is the Monday of it, unless another day is named.
static void place_week(struct moment_reading *reading, int64_t amount) {
    struct moment_shift *shift = &reading->shift;
    shift->days += amount * WEEK;
    shift->which = MOMENT_DAY_OF_WEEK;
    if (!shift->weekday) shift->weekday = 1;
}

// ---- reading

// "+1 week", "2 days", "-3weekdays"
static bool read_counted(struct moment_reading *reading) {
    struct moment_reading ahead = *reading;
    int64_t sign = 1;
    for (; *ahead.at == '+' || *ahead.at == '-'; ahead.at++)
        if (*ahead.at == '-') sign = -sign;
    ahead.at += strspn(ahead.at, " \t");
    int amount = moment_digits(&ahead, AMOUNT_DIGITS);
    ahead.at += strspn(ahead.at, " \t");
    struct text word = moment_word(ahead.at);
    int unit = find_unit(word);
    if (amount < 0 || unit < 0) return false;
    ahead.at += word.length;
    count(&ahead, unit, sign * amount);
    if (units[unit].unit == WEEKDAY) name_weekday(&ahead.shift, (int)units[unit].size, MOMENT_DAY_OR_AFTER);
    *reading = ahead;
    return true;
}

// " of" behind the unit
static bool read_of(struct moment_reading *reading) {
    size_t blanks = strspn(reading->at, " \t");
    if (!blanks || !text_equal_ignoring_case(moment_word(reading->at + blanks), TEXT("of"))) return false;
    reading->at += blanks + 2;
    return true;
}

// "first day of", "last friday of"
static bool read_edge(struct moment_reading *reading, int amount, int unit) {
    struct moment_shift *shift = &reading->shift;
    bool first = amounts[amount].amount == 1 && !amounts[amount].is_place;
    bool last = text_equal(text_of(amounts[amount].name), TEXT("last"));
    if (shift->edge) return false;
    bool day = units[unit].unit == DAYS && units[unit].size == 1;
    if (!(day ? first || last : units[unit].unit == WEEKDAY && (last || !amounts[amount].is_place)))
        return false;
    if (!read_of(reading)) return false;
    if (day) {
        shift->edge = first ? MOMENT_FIRST_DAY : MOMENT_LAST_DAY;
        return true;
    }
    shift->edge = MOMENT_NTH_WEEKDAY;
    shift->edge_weekday = (int)units[unit].size;
    shift->edge_nth = (int)amounts[amount].amount;
    set_clock(reading, MOMENT_CLOCK_MIDNIGHT, 0);
    return true;
}

// False for "first week": PHP knows of no such.
static bool place(struct moment_reading *reading, int amount, int unit) {
    enum unit kind = units[unit].unit;
    int64_t places = amounts[amount].amount;
    if (kind == DAYS && units[unit].size == WEEK) {
        if (amounts[amount].is_place) place_week(reading, places);
        return amounts[amount].is_place;
    }
    count(reading, unit, places);
    if (kind == WEEKDAY || kind == WORKING_DAYS) set_clock(reading, MOMENT_CLOCK_MIDNIGHT, 0);
    if (kind == WEEKDAY)
        name_weekday(&reading->shift, (int)units[unit].size, places ? MOMENT_DAY_AFTER : MOMENT_DAY_OR_AFTER);
    return true;
}

// "next month", "last monday", "third day", "last day of"
static bool read_placed(struct moment_reading *reading) {
    struct moment_reading ahead = *reading;
    struct text word = moment_word(ahead.at);
    int amount = find_amount(word);
    if (amount < 0) return false;
    ahead.at += word.length;
    size_t blanks = strspn(ahead.at, " \t");
    word = moment_word(ahead.at += blanks);
    int unit = find_unit(word);
    if (!blanks || unit < 0) return false;
    ahead.at += word.length;
    if (!read_edge(&ahead, amount, unit) && !place(&ahead, amount, unit)) return false;
    *reading = ahead;
    return true;
}

// All that was counted so far goes back instead.
static void turn_back(struct moment_shift *shift) {
    shift->seconds = -shift->seconds;
    shift->days = -shift->days;
    shift->months = -shift->months;
    shift->years = -shift->years;
    shift->working_days = -shift->working_days;
    if (shift->weekday) shift->which = MOMENT_DAY_WEEK_BEFORE;
}

static bool read_single(struct moment_reading *reading) {
    struct text word = moment_word(reading->at);
    int unit = find_unit(word);
    reading->at += word.length;
    if (text_equal_ignoring_case(word, TEXT("now"))) return true;
    if (text_equal_ignoring_case(word, TEXT("ago"))) {
        turn_back(&reading->shift);
        return true;
    }
    for (int i = 0; i < COUNT(words); i++)
        if (text_equal_ignoring_case(word, text_of(words[i].name))) {
            if (words[i].days) reading->shift.days = words[i].days;
            set_clock(reading, words[i].clock, words[i].hour);
            return true;
        }
    if (unit >= 0 && units[unit].unit == WEEKDAY) {
        set_clock(reading, MOMENT_CLOCK_MIDNIGHT, 0);
        name_weekday(&reading->shift, (int)units[unit].size, MOMENT_DAY_OR_AFTER);
        return true;
    }
    reading->at -= word.length;
    return false;
}

bool moment_read_words(struct moment_reading *reading) {
    return read_counted(reading) || read_placed(reading) || read_single(reading);
}

// ---- counting

static int64_t to_weekday(const struct moment_shift *shift, int64_t day) {
    int today = civil_weekday(day), ahead = shift->weekday - today;
    if (!shift->weekday) return day;
    if (shift->which == MOMENT_DAY_OF_WEEK) return day + ahead;
    if (shift->which == MOMENT_DAY_WEEK_BEFORE) return day + shift->weekday - today % WEEK - WEEK;
    // Who goes back by weeks may arrive at the day that it was.
    bool itself = shift->which == MOMENT_DAY_OR_AFTER || shift->days < 0;
    if (ahead < 0 || (ahead == 0 && !itself)) ahead += WEEK;
    return day + ahead;
}

static int64_t month_end(struct civil_date date) {
    return civil_days(date.year, date.month, civil_month_length(date.year, date.month));
}

// A day that a month has not counts on into the next one.
static int64_t by_months(int64_t months, int64_t day) {
    struct civil_date date = civil_date(day);
    int64_t month = date.year * 12 + date.month - 1 + months;
    int64_t year = month / 12 - (month % 12 < 0);
    return civil_days(year, (int)(month - year * 12) + 1, date.day);
}

// Its place counts from the month's beginning, for the last one from its end, and is found before years are
// counted: PHP does it in this order.
static int64_t nth_weekday(const struct moment_shift *shift, struct civil_date date) {
    bool last = shift->edge_nth < 0;
    int64_t from = civil_days(date.year, date.month, 1);
    if (last) from = by_months(1, from);
    struct civil_date anchor = civil_date(from);
    int64_t weekday = shift->edge_weekday, distance;
    if (last)
        distance = -1 - (civil_weekday(from - 1) - weekday + WEEK) % WEEK;
    else
        distance = (weekday - civil_weekday(from) + WEEK) % WEEK + (shift->edge_nth - 1) * WEEK;
    return civil_days(anchor.year + shift->years, anchor.month, 1) + distance;
}

int64_t moment_shift_day(const struct moment_shift *shift, int64_t day) {
    struct civil_date month;
    switch (shift->edge) {
    case MOMENT_FIRST_DAY:
    case MOMENT_LAST_DAY: // of any day that was counted
        month = civil_date(by_months(shift->months + shift->years * 12, day));
        return shift->edge == MOMENT_LAST_DAY ? month_end(month) : civil_days(month.year, month.month, 1);
    case MOMENT_NTH_WEEKDAY:
        return nth_weekday(shift, civil_date(by_months(shift->months, day))) + shift->days;
    default: return by_months(shift->months + shift->years * 12, to_weekday(shift, day)) + shift->days;
    }
}

// Whole weeks at once, and at most five days by foot.
int64_t moment_working_day(int64_t count, int64_t day) {
    int64_t step = count < 0 ? -1 : 1, left = count * step;
    if (!left) return civil_weekday(day) > 5 ? day + WEEK + 1 - civil_weekday(day) : day;
    day += (left - 1) / 5 * WEEK * step;
    for (left = (left - 1) % 5 + 1; left; left -= civil_weekday(day) <= 5) day += step;
    return day;
}
