// SPDX-License-Identifier: GPL-2.0-or-later
// A log that nobody reads holds nobody up, and what the lines of a journal and of JSON look like.
#include "base/clock.h"
#include "base/log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SETTINGS(...) (&(struct log_settings){.level = LOG_LEVEL_DEBUG, .owner = (uid_t)-1, __VA_ARGS__})

static char bytes[1 << 20];
static struct error error;

// What can be read from `end` at once.
static char *drain(int end) {
    size_t used = 0;
    ssize_t got;
    assert_int_equal(fcntl(end, F_SETFL, O_NONBLOCK), 0);
    while ((got = read(end, bytes + used, sizeof bytes - 1 - used)) > 0) used += (size_t)got;
    bytes[used] = '\0';
    return bytes;
}

// Fills what nobody reads, from a log that was `count` lines behind; the milliseconds.
static int64_t fill(struct log *log, int count) {
    int64_t begun = clock_monotonic_ms();
    for (int i = 0; i < count; i++) log_write(log, LOG_LEVEL_INFO, "line %d %0900d", i, 0);
    return clock_monotonic_ms() - begun;
}

// Many lines, one wait; then the number of those that were dropped.
static void assert_never_stuck(int reading, int writing) {
    struct log *log = log_continue(SETTINGS(.path = "stderr"), writing, &error);
    assert_non_null(log);
    assert_true(fill(log, 2000) < 10000);
    char *taken = drain(reading), *last = NULL;
    int lines = 0, next = 0;
    for (char *at = taken; (at = strstr(at, ": line ")); at++, lines++) last = at;
    assert_non_null(last);
    next = atoi(last + 7) + 1;
    assert_int_equal(lines, next);
    log_write(log, LOG_LEVEL_INFO, "flows again");
    char expected[64];
    snprintf(expected, sizeof expected, ": %d lines of the log were dropped", 2000 - next);
    assert_non_null(strstr(drain(reading), expected));
    assert_non_null(strstr(bytes, ": flows again\n"));
    log_write(log, LOG_LEVEL_INFO, "and on");
    assert_null(strstr(drain(reading), "dropped"));
    log_close(&log);
    close(reading);
}

static void a_pipe_that_nobody_reads_holds_no_line(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_never_stuck(ends[0], ends[1]);
}

static void a_socket_that_nobody_reads_holds_no_line(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_never_stuck(ends[0], ends[1]);
}

static void a_named_pipe_without_a_reader_is_a_log(void **state) {
    (void)state;
    char path[] = "/tmp/log_sink.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    struct log *log = log_open(SETTINGS(.path = path), &error);
    assert_non_null(log);
    assert_false(log_is_file(log));
    assert_true(fill(log, 500) < 10000);
    assert_true(log_reopen(log, &error));
    int reading = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(reading >= 0);
    assert_non_null(strstr(drain(reading), ": line 0 "));
    log_close(&log);
    close(reading);
    unlink(path);
}

static void a_shared_description_stays_blocking(void **state) {
    (void)state;
    int ends[2], kept = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    struct log *log = log_open(SETTINGS(.path = "stderr"), &error);
    int64_t took = fill(log, 500);
    bool blocking = !(fcntl(ends[1], F_GETFL) & O_NONBLOCK);
    log_close(&log);
    dup2(kept, STDERR_FILENO);
    close(kept);
    assert_true(blocking);
    assert_true(took < 10000);
    close(ends[0]);
    close(ends[1]);
}

// The one line that `log` writes into a socket.
static char *line_of(struct log *log, int reading, enum log_level level, const char *text) {
    log_write(log, level, "%s", text);
    return drain(reading);
}

static void the_journal_gets_priorities_and_no_second_stamp(void **state) {
    (void)state;
    int ends[2];
    struct stat status;
    char stream[64];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(fstat(ends[1], &status), 0);
    snprintf(stream, sizeof stream, "%ju:%ju", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino);
    setenv("JOURNAL_STREAM", stream, 1);
    struct log *log = log_continue(SETTINGS(.path = "stderr"), ends[1], &error);
    static const char *const heads[] = {"<3>error", "<4>warning", "<5>notice", "<6>info", "<7>debug"};
    for (int i = 0; i < 5; i++) {
        char expected[64];
        snprintf(expected, sizeof expected, "%s[%d]: text\n", heads[i], (int)getpid());
        assert_string_equal(line_of(log, ends[0], (enum log_level)i, "text"), expected);
    }
    log_close(&log);
    unsetenv("JOURNAL_STREAM");
    close(ends[0]);
}

static void a_stream_that_is_not_the_journals_is_as_ever(void **state) {
    (void)state;
    static const char *const streams[] = {"1:2", "", "0:0", "nonsense", "8:"};
    for (size_t i = 0; i < 5; i++) {
        int ends[2];
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        setenv("JOURNAL_STREAM", streams[i], 1);
        struct log *log = log_continue(SETTINGS(.path = "stderr"), ends[1], &error);
        assert_int_equal(line_of(log, ends[0], LOG_LEVEL_INFO, "text")[0], '2');
        log_close(&log);
        close(ends[0]);
    }
    unsetenv("JOURNAL_STREAM");
}

static char *json_of(const struct log_field *fields, size_t count, const char *text) {
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    struct log *log = log_continue(SETTINGS(.path = "stderr", .format = LOG_FORMAT_JSON), ends[1], &error);
    if (count)
        log_write_fields(log, LOG_LEVEL_INFO, text, fields, count);
    else
        log_write(log, LOG_LEVEL_INFO, "%s", text);
    log_close(&log);
    drain(ends[0]);
    close(ends[0]);
    char *rest = strstr(bytes, ",\"level\"");
    assert_non_null(rest);
    return rest;
}

static void json_is_one_object_a_line_in_valid_utf8(void **state) {
    (void)state;
    char expected[256];
    snprintf(expected, sizeof expected,
             ",\"level\":\"info\",\"pid\":%d,\"message\":\"a\\u000Ab\\u0000\\\"\\\\\xC3\xA4\xEF\xBF\xBD\"}\n",
             (int)getpid());
    char *cut = strstr(expected, "\\u0000"); // a C text has none
    memmove(cut, cut + 6, strlen(cut + 6) + 1);
    assert_string_equal(json_of(NULL, 0, "a\nb\"\\\xC3\xA4\xFF"), expected);
}

static const struct log_field fields[] = {
    {"id", LOG_WORD, "x\"y", 0},
    {"status", LOG_NUMBER, NULL, 200},
    {"ms", LOG_MILLISECONDS, NULL, 12034},
    {"error", LOG_QUOTED, "no \"key\" \n", 0},
};

static void the_fields_of_a_request_are_members(void **state) {
    (void)state;
    char expected[256];
    snprintf(
        expected, sizeof expected,
        ",\"level\":\"info\",\"pid\":%d,\"event\":\"request\",\"id\":\"x\\\"y\",\"status\":200,\"ms\":12.034,"
        "\"error\":\"no \\\"key\\\" \\u000A\"}\n",
        (int)getpid());
    assert_string_equal(json_of(fields, 4, "request"), expected);
}

static void a_long_text_is_cut_within_its_object(void **state) {
    (void)state;
    static char longish[20000];
    memset(longish, '"', sizeof longish - 1);
    const struct log_field cut[] = {
        {"id", LOG_WORD, longish, 0}, {"error", LOG_QUOTED, longish, 0}, {"status", LOG_NUMBER, NULL, 413}};
    char *line = json_of(cut, 3, "request");
    size_t length = strlen(bytes);
    assert_true(length > 3500 && length <= 4096);
    assert_string_equal(line + strlen(line) - 16, "\",\"status\":413}\n");
    json_of(NULL, 0, longish);
    assert_string_equal(bytes + strlen(bytes) - 4, &"\\\"\"}\n"[1]);
}

static char noted[256];

static void note(void *context, const char *text) {
    (void)context;
    snprintf(noted, sizeof noted, "%s", text);
}

static void errors_are_noted_as_text(void **state) {
    (void)state;
    int ends[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    struct log *log = log_continue(SETTINGS(.path = "stderr", .format = LOG_FORMAT_JSON), ends[1], &error);
    log_on_error(log, note, NULL);
    log_write(log, LOG_LEVEL_WARNING, "no error");
    assert_string_equal(noted, "");
    log_write(log, LOG_LEVEL_ERROR, "an %s", "error");
    assert_string_equal(noted, "an error");
    log_write_fields(log, LOG_LEVEL_ERROR, "request", fields, 4);
    assert_string_equal(noted, "request id=x\"y status=200 ms=12.034 error=\"no 'key' \\x0A\"");
    log_close(&log);
    close(ends[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pipe_that_nobody_reads_holds_no_line),
        cmocka_unit_test(a_socket_that_nobody_reads_holds_no_line),
        cmocka_unit_test(a_named_pipe_without_a_reader_is_a_log),
        cmocka_unit_test(a_shared_description_stays_blocking),
        cmocka_unit_test(the_journal_gets_priorities_and_no_second_stamp),
        cmocka_unit_test(a_stream_that_is_not_the_journals_is_as_ever),
        cmocka_unit_test(json_is_one_object_a_line_in_valid_utf8),
        cmocka_unit_test(the_fields_of_a_request_are_members),
        cmocka_unit_test(a_long_text_is_cut_within_its_object),
        cmocka_unit_test(errors_are_noted_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
