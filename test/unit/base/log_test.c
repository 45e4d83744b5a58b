// SPDX-License-Identifier: GPL-2.0-or-later
// A log line is always one line, whatever a client puts into it.
#include "base/log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char path[64];
static char text[16384];

static int make_path(void **state) {
    (void)state;
    snprintf(path, sizeof path, "/tmp/log_test.XXXXXX");
    int descriptor = mkstemp(path);
    if (descriptor < 0) return -1;
    close(descriptor);
    return unlink(path);
}

static int remove_path(void **state) {
    (void)state;
    unlink(path);
    return 0;
}

static struct log *opened(enum log_level level) {
    struct error error;
    struct log *log =
        log_open(&(struct log_settings){.path = path, .level = level, .owner = (uid_t)-1}, &error);
    assert_non_null(log);
    return log;
}

// What the file holds, terminated.
static const char *written(void) {
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void a_line_carries_stamp_level_and_process(void **state) {
    (void)state;
    struct log *log = opened(LOG_LEVEL_INFO);
    log_write(log, LOG_LEVEL_WARNING, "disk %d%% full", 97);
    log_close(&log);
    assert_null(log);
    char expected[64];
    snprintf(expected, sizeof expected, "Z warning[%d]: disk 97%% full\n", (int)getpid());
    const char *line = written();
    assert_int_equal(strlen(line), 23 + strlen(expected));
    assert_string_equal(line + 23, expected);
    assert_int_equal(line[10], 'T');
}

static void levels_above_the_chosen_one_are_left_out(void **state) {
    (void)state;
    struct log *log = opened(LOG_LEVEL_NOTICE);
    log_write(log, LOG_LEVEL_INFO, "hidden");
    log_write(log, LOG_LEVEL_NOTICE, "shown");
    log_close(&log);
    assert_null(strstr(written(), "hidden"));
    assert_non_null(strstr(text, "shown"));
}

static void control_bytes_and_malformed_utf8_are_escaped(void **state) {
    (void)state;
    struct log *log = opened(LOG_LEVEL_INFO);
    log_write(log, LOG_LEVEL_INFO, "%s", "a\nb\r\x1b[0m\x7f\\ \xc3\xa4 \xff \xc3");
    log_close(&log);
    assert_non_null(strstr(written(), ": a\\x0Ab\\x0D\\x1B[0m\\x7F\\\\ \xc3\xa4 \\xFF \\xC3\n"));
}

static void a_replacement_character_that_was_sent_is_kept(void **state) {
    (void)state;
    struct log *log = opened(LOG_LEVEL_INFO);
    log_write(log, LOG_LEVEL_INFO, "<\xef\xbf\xbd>");
    log_close(&log);
    assert_non_null(strstr(written(), "<\xef\xbf\xbd>\n"));
}

static void a_long_line_is_cut_at_4_kib_and_still_ends(void **state) {
    (void)state;
    char *longish = malloc(10001);
    assert_non_null(longish);
    memset(longish, '\n', 10000); // the worst case: four bytes for one
    longish[10000] = '\0';
    struct log *log = opened(LOG_LEVEL_INFO);
    log_write(log, LOG_LEVEL_INFO, "%s", longish);
    log_close(&log);
    free(longish);
    size_t length = strlen(written());
    assert_true(length >= 4000 && length <= 4096);
    assert_int_equal(text[length - 1], '\n');
    assert_ptr_equal(strchr(text, '\n'), text + length - 1);
    assert_memory_equal(text + length - 5, "\\x0A", 4);
}

static void reopening_follows_logrotate(void **state) {
    (void)state;
    struct error error;
    struct log *log = opened(LOG_LEVEL_INFO);
    log_write(log, LOG_LEVEL_INFO, "before");
    char moved[80];
    snprintf(moved, sizeof moved, "%s.1", path);
    assert_int_equal(rename(path, moved), 0);
    assert_true(log_reopen(log, &error));
    log_write(log, LOG_LEVEL_INFO, "after");
    log_close(&log);
    unlink(moved);
    assert_null(strstr(written(), "before"));
    assert_non_null(strstr(text, "after"));
}

static void a_reopening_that_fails_keeps_the_old_file(void **state) {
    (void)state;
    struct error error;
    struct log *log = opened(LOG_LEVEL_INFO);
    int before = log_descriptor(log);
    char moved[80];
    snprintf(moved, sizeof moved, "%s.1", path);
    assert_int_equal(rename(path, moved), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(log_reopen(log, &error));
    assert_non_null(strstr(error.message, path));
    assert_int_equal(log_descriptor(log), before);
    log_write(log, LOG_LEVEL_INFO, "still here");
    log_close(&log);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rename(moved, path), 0);
    assert_non_null(strstr(written(), "still here"));
}

static void the_file_is_not_for_everybody(void **state) {
    (void)state;
    mode_t before = umask(0);
    struct log *log = opened(LOG_LEVEL_INFO);
    umask(before);
    struct stat status;
    assert_int_equal(fstat(log_descriptor(log), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    log_close(&log);
}

static void a_file_that_cannot_be_opened_is_an_error(void **state) {
    (void)state;
    struct error error;
    assert_null(log_open(&(struct log_settings){.path = "/nonexistent/directory/log"}, &error));
    assert_int_equal(error.code, ERROR_INTERNAL);
    assert_non_null(strstr(error.message, "/nonexistent/directory/log"));
}

static void no_path_is_standard_error(void **state) {
    (void)state;
    struct error error;
    const char *const names[] = {NULL, "", "stderr", "/dev/stderr"};
    for (size_t i = 0; i < 4; i++) {
        struct log *log = log_open(&(struct log_settings){.path = names[i]}, &error);
        assert_non_null(log);
        struct stat ours, standard;
        assert_int_equal(fstat(log_descriptor(log), &ours), 0);
        assert_int_equal(fstat(STDERR_FILENO, &standard), 0);
        assert_true(ours.st_dev == standard.st_dev && ours.st_ino == standard.st_ino);
        assert_false(log_is_file(log));
        assert_true(log_reopen(log, &error));
        log_close(&log);
    }
    assert_int_equal(fcntl(STDERR_FILENO, F_GETFD) >= 0, 1);
}

static void no_log_swallows_the_line(void **state) {
    (void)state;
    log_write(NULL, LOG_LEVEL_ERROR, "nobody hears %s", "this");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_carries_stamp_level_and_process, make_path, remove_path),
        cmocka_unit_test_setup_teardown(levels_above_the_chosen_one_are_left_out, make_path, remove_path),
        cmocka_unit_test_setup_teardown(control_bytes_and_malformed_utf8_are_escaped, make_path, remove_path),
        cmocka_unit_test_setup_teardown(a_replacement_character_that_was_sent_is_kept, make_path,
                                        remove_path),
        cmocka_unit_test_setup_teardown(a_long_line_is_cut_at_4_kib_and_still_ends, make_path, remove_path),
        cmocka_unit_test_setup_teardown(reopening_follows_logrotate, make_path, remove_path),
        cmocka_unit_test_setup_teardown(a_reopening_that_fails_keeps_the_old_file, make_path, remove_path),
        cmocka_unit_test_setup_teardown(the_file_is_not_for_everybody, make_path, remove_path),
        cmocka_unit_test(a_file_that_cannot_be_opened_is_an_error),
        cmocka_unit_test(no_path_is_standard_error),
        cmocka_unit_test(no_log_swallows_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
