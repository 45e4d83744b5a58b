// SPDX-License-Identifier: GPL-2.0-or-later
// Due dates that are set by hand: in whose zone, and what is none.
#include "ops/edit/due.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct config_row config[] = {{{"db_timezone", 11}, {"America/New_York", 16}},
                                     {{"default_timezone", 16}, {"Europe/Berlin", 13}}};
static const struct help_desk desk = {.config = config, .config_count = 2};

static bool read_due(const char *given, struct text *stamp, struct arena *arena, struct error *error) {
    return due_read(&desk, text_of(given), arena, stamp, error);
}

static void assert_stored(const char *given, const char *stored) {
    struct arena arena = arena_new(1 << 16);
    struct error error = {0};
    struct text stamp;
    if (!read_due(given, &stamp, &arena, &error)) fail_msg("%s: %s", given, error.message);
    assert_true(text_equal(stamp, text_of(stored)));
    arena_free(&arena);
}

static void assert_refused(const char *given, const char *why) {
    struct arena arena = arena_new(1 << 16);
    struct error error = {0};
    struct text stamp;
    assert_false(read_due(given, &stamp, &arena, &error));
    assert_int_equal(error.code, ERROR_UNPROCESSABLE);
    assert_string_equal(error.field, "due");
    assert_non_null(strstr(error.message, why));
    arena_free(&arena);
}

static void an_instant_is_stored_in_the_databases_zone(void **state) {
    (void)state;
    assert_stored("2090-07-01T12:00:00Z", "2090-07-01 08:00:00");
    assert_stored("2090-07-01T12:00:00+02:00", "2090-07-01 06:00:00");
    assert_stored(" 2090-01-01T12:00:00Z ", "2090-01-01 07:00:00");
}

static void a_time_without_a_zone_is_the_help_desks(void **state) {
    (void)state;
    assert_stored("2090-07-01 14:00", "2090-07-01 08:00:00");
    assert_stored("2090-07-01 14:00:30", "2090-07-01 08:00:30");
    assert_stored("2090-07-01T14:00", "2090-07-01 08:00:00");
    assert_stored("2090-07-01", "2090-06-30 18:00:00");
}

static void a_time_that_no_clock_shows_is_refused(void **state) {
    (void)state;
    assert_refused("2030-03-31 02:30", "clocks");
    assert_stored("2030-03-31 03:30", "2030-03-30 21:30:00");
}

static void what_is_past_is_refused(void **state) {
    (void)state;
    assert_refused("2020-01-01T00:00:00Z", "past");
    assert_refused("2020-01-01", "past");
    assert_refused("-1h", "past");
    assert_refused("-0d", "past");
}

static void anything_else_is_no_time(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",           "soon",       "2090-02-30",       "0000-00-00 00:00:00", "2090-07-01 25:00",
        "1893456000", "+2weeks",    "2090-07-01 14:0",  "2090-07-01T14:00+02", "99999-01-01",
        "2090-7-1",   "2090/07/01", "2090-07-01 14.00", "12/24/36 7:08 AM"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_refused(texts[i], "no time");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instant_is_stored_in_the_databases_zone),
        cmocka_unit_test(a_time_without_a_zone_is_the_help_desks),
        cmocka_unit_test(a_time_that_no_clock_shows_is_refused),
        cmocka_unit_test(what_is_past_is_refused),
        cmocka_unit_test(anything_else_is_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
