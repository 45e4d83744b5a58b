// SPDX-License-Identifier: GPL-2.0-or-later
// What is counted, and what a child that was taken over can make of the sum.
#include "base/clock.h"
#include "metrics/status.h"
#include "metrics/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct scoreboard_memory *memory;
static struct metrics_total total;
static struct buffer text;

static int make(void **state) {
    (void)state;
    memory = aligned_alloc(SCOREBOARD_PAGE, sizeof *memory);
    if (!memory) return -1;
    memset(memory, 0, sizeof *memory);
    strcpy(memory->header.roles[0].name, "worker");
    memory->header.started_ms = clock_monotonic_ms();
    text = buffer_new(1 << 22);
    return 0;
}

static int clear(void **state) {
    (void)state;
    free(memory);
    buffer_free(&text);
    return 0;
}

static void use_slots(size_t count) {
    memory->header.used = count;
    for (size_t i = 0; i < count; i++) {
        memory->header.children[i].pid = 100 + (pid_t)i;
        memory->header.children[i].started_ms = clock_monotonic_ms();
        slot_idle(&memory->slots[i]);
    }
}

static const char *exposed(void) {
    struct database_view database = {.known = true, .answers = true};
    metrics_add_up(memory, &total);
    buffer_clear(&text);
    metrics_text(memory, &total, &database, 3, &text);
    assert_false(text.failed);
    return text.data;
}

static void assert_exposed(const char *line) {
    if (!strstr(exposed(), line)) fail_msg("no %s in\n%s", line, text.data);
}

static void slots_add_up(void **state) {
    (void)state;
    use_slots(3);
    for (size_t i = 0; i < 3; i++)
        statistics_request(&memory->slots[i].statistics, "reply", 200, 900, 16, i == 2);
    statistics_request(&memory->slots[1].statistics, "reply", 503, 20000001, 4, false);
    statistics_request(&memory->slots[1].statistics, "reply", 418, 0, 0, false);
    assert_exposed("osticket_fcgi_requests_total{operation=\"reply\",status=\"200\"} 3\n");
    assert_exposed("osticket_fcgi_requests_total{operation=\"reply\",status=\"503\"} 1\n");
    assert_exposed("osticket_fcgi_requests_total{operation=\"reply\",status=\"other\"} 1\n");
    assert_exposed("_bucket{operation=\"reply\",le=\"0.0005\"} 1\n");
    assert_exposed("_bucket{operation=\"reply\",le=\"0.001\"} 4\n");
    assert_exposed("_bucket{operation=\"reply\",le=\"10\"} 4\n");
    assert_exposed("_bucket{operation=\"reply\",le=\"+Inf\"} 5\n");
    assert_exposed("_sum{operation=\"reply\"} 20.002701\n");
    assert_exposed("_count{operation=\"reply\"} 5\n");
    assert_exposed("osticket_fcgi_database_round_trips_total{operation=\"reply\"} 52\n");
    assert_exposed("osticket_fcgi_idempotent_repeats_total{operation=\"reply\"} 1\n");
    assert_exposed("osticket_fcgi_workers{state=\"idle\"} 3\n");
}

static void a_slot_keeps_its_counts_for_the_next_owner(void **state) {
    (void)state;
    use_slots(1);
    statistics_request(&memory->slots[0].statistics, "tickets", 200, 1, 1, false);
    slot_start(&memory->slots[0]);
    statistics_request(&memory->slots[0].statistics, "tickets", 200, 1, 1, false);
    assert_exposed("osticket_fcgi_requests_total{operation=\"tickets\",status=\"200\"} 2\n");
}

static void more_operations_than_fit_are_the_last_one(void **state) {
    (void)state;
    char name[16];
    use_slots(1);
    for (int i = 0; i < STATISTICS_OPERATIONS + 24; i++) {
        snprintf(name, sizeof name, "operation%d", i);
        statistics_request(&memory->slots[0].statistics, name, 200, 1, 1, false);
    }
    assert_exposed("osticket_fcgi_requests_total{operation=\"other\",status=\"200\"} 25\n");
    assert_int_equal(total.requests, STATISTICS_OPERATIONS + 24);
}

static void a_hostile_slot_breaks_no_line(void **state) {
    (void)state;
    use_slots(2);
    memset(&memory->slots[1].statistics, 'x', sizeof memory->slots[1].statistics);
    strcpy(memory->slots[1].statistics.operations[0].name, "a\"} 1\nevil{b=\"");
    memset(memory->slots[1].operation, '\n', sizeof memory->slots[1].operation);
    memory->slots[1].state = 77;
    assert_exposed("operation=\"a___1_evil_b__\"");
    assert_null(strstr(text.data, "\nevil"));
    assert_non_null(strstr(text.data, "osticket_fcgi_workers{state=\"busy\"} 1\n"));
    struct metrics_view view = {.memory = memory, .total = total, .workers = 2};
    buffer_clear(&text);
    metrics_status_text(&view, &text);
    assert_null(strstr(text.data, "\n\n"));
}

static void a_count_of_slots_that_cannot_be_is_bounded(void **state) {
    (void)state;
    use_slots(1);
    memory->header.used = SIZE_MAX;
    memory->header.children[0].role = 4711;
    exposed();
    assert_int_equal(total.idle, 0);
}

static void the_last_errors_come_newest_first(void **state) {
    (void)state;
    char error[STATISTICS_ERROR_MAX * 2];
    use_slots(8);
    for (int i = 0; i < 40; i++) {
        struct error_notes *errors = &memory->slots[i % 8].statistics.errors;
        snprintf(error, sizeof error, "error %d %0*d", i, i == 39 ? 400 : 1, 0);
        statistics_note_error(errors, error);
        errors->notes[(errors->count - 1) % STATISTICS_ERRORS].time = 1000 + i;
    }
    metrics_add_up(memory, &total);
    assert_int_equal(total.error_lines, 40);
    assert_int_equal(total.error_count, TOTAL_ERRORS);
    for (size_t i = 0; i < TOTAL_ERRORS; i++) assert_int_equal(total.errors[i].time, 1039 - (int64_t)i);
    assert_int_equal(strlen(total.errors[0].text), STATISTICS_ERROR_MAX - 1);
}

#define TEST_OF(name) cmocka_unit_test_setup_teardown(name, make, clear)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_OF(slots_add_up),
        TEST_OF(a_slot_keeps_its_counts_for_the_next_owner),
        TEST_OF(more_operations_than_fit_are_the_last_one),
        TEST_OF(a_hostile_slot_breaks_no_line),
        TEST_OF(a_count_of_slots_that_cannot_be_is_bounded),
        TEST_OF(the_last_errors_come_newest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
