// SPDX-License-Identifier: GPL-2.0-or-later
// Due dates by SLA: which schedule counts.
#include "ops/ticket/due_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { HOLIDAYS = 4, MORNINGS = 2, AFTERNOONS = 3, DELETED = 99 };

static struct config_row config[] = {{{"db_timezone", 11}, {"UTC", 3}}, {{"schedule_id", 11}, {"3", 1}}};
static struct schedule_row schedules[] = {{.id = HOLIDAYS, .flags = 0},
                                          {.id = MORNINGS, .flags = SCHEDULE_FLAG_BUSINESS_HOURS},
                                          {.id = AFTERNOONS, .flags = SCHEDULE_FLAG_BUSINESS_HOURS}};
#define DAILY(schedule, from, to)                                                                            \
    {                                                                                                        \
        .schedule_id = schedule, .repeats = {"daily", 5}, .starts_on = {"2019-01-01", 10},                   \
        .starts_at = {from, 8}, .ends_on = {"2019-01-01", 10}, .ends_at = {                                  \
            to,                                                                                              \
            8                                                                                                \
        }                                                                                                    \
    }
static struct schedule_entry_row entries[] = {DAILY(HOLIDAYS, "00:00:00", "23:59:59"),
                                              DAILY(MORNINGS, "08:00:00", "12:00:00"),
                                              DAILY(AFTERNOONS, "13:00:00", "17:00:00")};
static const struct help_desk desk = {.config = config,
                                      .config_count = 2,
                                      .schedules = schedules,
                                      .schedule_count = 3,
                                      .schedule_entries = entries,
                                      .schedule_entry_count = 3};

static void assert_due(const struct help_desk *help_desk, int64_t department, int64_t sla,
                       const char *expected) {
    struct due_dates due_dates = due_dates_new(help_desk);
    struct due_terms terms = {true, 1, sla, department, {"2024-03-05 18:00:00", 19}};
    struct buffer due = buffer_new(100);
    assert_true(due_date_by_sla(&due_dates, &terms, &due));
    assert_string_equal(due.data, expected);
    buffer_free(&due);
    due_dates_free(&due_dates);
}

static void the_department_comes_before_the_sla_and_that_before_the_help_desk(void **state) {
    (void)state;
    assert_due(&desk, MORNINGS, AFTERNOONS, "2024-03-06 09:00:00");
    assert_due(&desk, 0, MORNINGS, "2024-03-06 09:00:00");
    assert_due(&desk, 0, 0, "2024-03-06 14:00:00");
    assert_due(&desk, DELETED, MORNINGS, "2024-03-06 09:00:00");
}

static void a_schedule_of_holidays_is_no_schedule_to_work_by(void **state) {
    (void)state;
    assert_due(&desk, HOLIDAYS, MORNINGS, "2024-03-06 09:00:00");
    assert_due(&desk, 0, HOLIDAYS, "2024-03-06 14:00:00");
}

// PHP writes a list with gaps as an object.
static void holidays_are_named_by_a_list_or_by_the_values_of_an_object(void **state) {
    (void)state;
    static const char *const configurations[] = {"{\"holidays\":[4]}", "{\"holidays\":[\"4\"]}",
                                                 "{\"holidays\":{\"1\":4}}", "{\"holidays\":{\"1\":\"4\"}}"};
    struct schedule_row rows[3];
    struct schedule_entry_row days[3];
    struct help_desk with = desk;
    memcpy(rows, schedules, sizeof rows);
    memcpy(days, entries, sizeof days);
    days[0].repeats = TEXT("never");
    days[0].starts_on = days[0].ends_on = TEXT("2024-03-06");
    with.schedules = rows;
    with.schedule_entries = days;
    for (size_t i = 0; i < 4; i++) {
        rows[1].configuration = text_of(configurations[i]);
        assert_due(&with, MORNINGS, 0, "2024-03-07 09:00:00");
    }
}

static void without_a_schedule_hours_are_hours(void **state) {
    (void)state;
    struct help_desk without = desk;
    without.config_count = 1;
    assert_due(&without, 0, HOLIDAYS, "2024-03-05 19:00:00");
    assert_due(&without, DELETED, 0, "2024-03-05 19:00:00");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_department_comes_before_the_sla_and_that_before_the_help_desk),
        cmocka_unit_test(a_schedule_of_holidays_is_no_schedule_to_work_by),
        cmocka_unit_test(holidays_are_named_by_a_list_or_by_the_values_of_an_object),
        cmocka_unit_test(without_a_schedule_hours_are_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
