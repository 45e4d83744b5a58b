// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the rules of due dates one by one, those that were measured at an osTicket among them.
#include "calendar/business_hours.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HOURS(n) ((int64_t)((n)*3600))

#define ENTRY(kind, begins, finishes, on_day, on_week, on_month)                                             \
    {                                                                                                        \
        .repeats = TEXT(kind), .starts_on = TEXT("2019-01-07"), .starts_at = TEXT(begins),                   \
        .ends_on = TEXT("2019-01-07"), .ends_at = TEXT(finishes), .day = (on_day), .week = (on_week),        \
        .month = (on_month)                                                                                  \
    }

static const struct schedule_entry office[] = {
    ENTRY("weekly", "08:00:00", "17:00:00", 1, 0, 0), ENTRY("weekly", "08:00:00", "17:00:00", 2, 0, 0),
    ENTRY("weekly", "08:00:00", "17:00:00", 3, 0, 0), ENTRY("weekly", "08:00:00", "17:00:00", 4, 0, 0),
    ENTRY("weekly", "08:00:00", "17:00:00", 5, 0, 0),
};
static const struct schedule_entry round_the_clock[] = {ENTRY("daily", "00:00:00", "23:59:59", 0, 0, 0)};
static const struct schedule_entry american_holidays[] = {
    ENTRY("yearly", "00:00:00", "23:59:59", 4, 0, 7),  // Independence Day
    ENTRY("yearly", "00:00:00", "23:59:59", 1, 1, 9),  // Labor Day
    ENTRY("yearly", "00:00:00", "23:59:59", 4, 4, 11), // Thanksgiving
    ENTRY("yearly", "00:00:00", "23:59:59", 1, -1, 5), // Memorial Day
};

#define SCHEDULE(entries) ((struct schedule){NULL, entries, sizeof(entries) / sizeof *(entries)})

// All times are the zone's.
static void expect(const char *zone_name, struct schedule schedule, struct schedule holidays,
                   const char *start, int64_t seconds, const char *expected) {
    struct error error = {0};
    struct zone *zone = zone_open(text_of(zone_name), &error);
    char stamp[CIVIL_STAMP_SIZE];
    int64_t from, end;
    schedule.zone = holidays.zone = zone;
    assert_true(zone_parse(zone, text_of(start), &from));
    assert_true(business_hours_add(&schedule, &holidays, holidays.count > 0, from, seconds, &end, &error));
    zone_stamp(zone, end, stamp);
    assert_string_equal(stamp, expected);
    zone_close(&zone);
}

static const struct schedule none = {0};

static void eighteen_hours_are_two_working_days(void **state) {
    (void)state;
    expect("UTC", SCHEDULE(office), none, "2026-01-05 10:11:12", HOURS(18), "2026-01-07 10:11:12");
}

static void the_schedules_zone_decides_not_the_databases(void **state) {
    (void)state;
    struct error error = {0};
    struct schedule schedule = SCHEDULE(office);
    struct zone *database = zone_open(TEXT("UTC"), &error);
    schedule.zone = zone_open(TEXT("America/New_York"), &error);
    char stamp[CIVIL_STAMP_SIZE];
    int64_t from, end;
    assert_true(zone_parse(database, TEXT("2026-01-05 10:11:12"), &from));
    assert_true(business_hours_add(&schedule, NULL, 0, from, HOURS(18), &end, &error));
    zone_stamp(database, end, stamp);
    // Two whole days from 05:11 there end exactly with the second; the third is added and taken back to its
    // start.
    assert_string_equal(stamp, "2026-01-07 13:00:00");
    zone_close(&schedule.zone);
    zone_close(&database);
}

static void a_goal_met_before_a_days_end_is_taken_back_to_the_second(void **state) {
    (void)state;
    expect("UTC", SCHEDULE(office), SCHEDULE(american_holidays), "2026-11-23 22:58:00", HOURS(17),
           "2026-11-25 16:00:00");
}

static void a_goal_met_exactly_is_moved_by_a_holiday_that_follows(void **state) {
    (void)state;
    expect("UTC", SCHEDULE(office), SCHEDULE(american_holidays), "2026-11-23 22:58:00", HOURS(18),
           "2026-11-26 23:59:59");
}

static void a_holiday_is_skipped(void **state) {
    (void)state;
    expect("UTC", SCHEDULE(office), SCHEDULE(american_holidays), "2026-11-23 22:58:00", HOURS(19),
           "2026-11-27 09:00:00");
    expect("UTC", SCHEDULE(office), SCHEDULE(american_holidays), "2026-05-22 16:00:00", HOURS(2),
           "2026-05-26 09:00:00");
}

static void a_yearly_weekday_is_a_week_late_when_the_month_begins_with_it(void **state) {
    (void)state;
    // 2025-09-01 was Labor Day; osTicket takes the 8th.
    expect("UTC", SCHEDULE(office), SCHEDULE(american_holidays), "2025-08-29 16:00:00", HOURS(2),
           "2025-09-01 09:00:00");
    expect("UTC", SCHEDULE(office), SCHEDULE(american_holidays), "2025-09-05 16:00:00", HOURS(2),
           "2025-09-09 09:00:00");
}

static void a_full_day_is_a_second_short(void **state) {
    (void)state;
    expect("UTC", SCHEDULE(round_the_clock), none, "2026-03-02 12:00:00", HOURS(18), "2026-03-03 06:00:01");
}

static void only_the_first_of_two_entries_on_a_day_counts(void **state) {
    (void)state;
    const struct schedule_entry shifts[] = {ENTRY("daily", "08:00:00", "12:00:00", 0, 0, 0),
                                            ENTRY("daily", "13:00:00", "17:00:00", 0, 0, 0)};
    expect("UTC", SCHEDULE(shifts), none, "2026-03-02 08:00:00", HOURS(6), "2026-03-03 10:00:00");
}

static void hours_further_off_than_the_window_end_the_search(void **state) {
    (void)state;
    const struct schedule_entry once_a_year[] = {ENTRY("yearly", "08:00:00", "12:00:00", 24, 0, 12)};
    expect("UTC", SCHEDULE(once_a_year), none, "2026-03-02 08:00:00", HOURS(6), "2026-03-02 08:00:00");
}

static void a_schedule_without_entries_adds_plain_time(void **state) {
    (void)state;
    expect("UTC", none, none, "2026-03-07 08:00:00", HOURS(18), "2026-03-08 02:00:00");
}

static void hours_run_on_the_clocks_face_when_it_changes(void **state) {
    (void)state;
    expect("Europe/Berlin", SCHEDULE(office), none, "2026-03-27 16:00:00", HOURS(2), "2026-03-30 09:00:00");
}

static void expect_failure(struct schedule schedule, struct schedule holidays) {
    struct error error = {0};
    struct zone *zone = zone_open(TEXT("Europe/Berlin"), &error);
    int64_t end;
    schedule.zone = holidays.zone = zone;
    assert_false(business_hours_add(&schedule, &holidays, 1, 1767600000, HOURS(18), &end, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
    assert_true(error.detail[0] != '\0');
    zone_close(&zone);
}

static void a_search_that_never_ends_is_an_error(void **state) {
    (void)state;
    const struct schedule_entry always_holiday[] = {ENTRY("daily", "00:00:00", "23:59:59", 0, 0, 0)};
    const struct schedule_entry no_time[] = {ENTRY("daily", "08:00:00", "08:00:00", 0, 0, 0)};
    const struct schedule_entry backwards[] = {ENTRY("daily", "17:00:00", "08:00:00", 0, 0, 0)};
    expect_failure(SCHEDULE(office), SCHEDULE(always_holiday));
    expect_failure(SCHEDULE(no_time), none);
    expect_failure(SCHEDULE(backwards), none);
}

static void an_entry_that_cannot_be_read_is_an_error(void **state) {
    (void)state;
    const struct schedule_entry unknown[] = {ENTRY("hourly", "08:00:00", "17:00:00", 0, 0, 0)};
    const struct schedule_entry no_such_day[] = {ENTRY("weekly", "08:00:00", "17:00:00", 8, 0, 0)};
    struct schedule_entry no_start[] = {ENTRY("daily", "08:00:00", "17:00:00", 0, 0, 0)};
    no_start[0].starts_on = TEXT_NULL;
    expect_failure(SCHEDULE(unknown), none);
    expect_failure(SCHEDULE(no_such_day), none);
    expect_failure(SCHEDULE(no_start), none);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eighteen_hours_are_two_working_days),
        cmocka_unit_test(the_schedules_zone_decides_not_the_databases),
        cmocka_unit_test(a_goal_met_before_a_days_end_is_taken_back_to_the_second),
        cmocka_unit_test(a_goal_met_exactly_is_moved_by_a_holiday_that_follows),
        cmocka_unit_test(a_holiday_is_skipped),
        cmocka_unit_test(a_yearly_weekday_is_a_week_late_when_the_month_begins_with_it),
        cmocka_unit_test(a_full_day_is_a_second_short),
        cmocka_unit_test(only_the_first_of_two_entries_on_a_day_counts),
        cmocka_unit_test(hours_further_off_than_the_window_end_the_search),
        cmocka_unit_test(a_schedule_without_entries_adds_plain_time),
        cmocka_unit_test(hours_run_on_the_clocks_face_when_it_changes),
        cmocka_unit_test(a_search_that_never_ends_is_an_error),
        cmocka_unit_test(an_entry_that_cannot_be_read_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
