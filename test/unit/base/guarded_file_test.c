// SPDX-License-Identifier: GPL-2.0-or-later
// Root writes no file that somebody else led it to.
#include "base/guarded_file.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOBODY 65534

static char folder[64], path[80], other[80];
static struct error error;

static int make(void **state) {
    (void)state;
    strcpy(folder, "/tmp/guarded_test.XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    return 0;
}

static int clear(void **state) {
    (void)state;
    unlink(path);
    unlink(other);
    return rmdir(folder);
}

static void write_file(const char *name) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs("kept", file);
    assert_int_equal(fclose(file), 0);
}

static int open_as(uid_t also) {
    struct stat status;
    return guarded_file_open(path, O_WRONLY | O_APPEND, 0640, also, &status, &error);
}

static void assert_refused(uid_t also, const char *why) {
    assert_int_equal(open_as(also), -1);
    if (!strstr(error.message, why)) fail_msg("%s", error.message);
    assert_non_null(strstr(error.message, path));
}

static void assert_opened(uid_t also) {
    int file = open_as(also);
    assert_true(file >= 0);
    close(file);
}

static void a_new_file_is_made_with_its_mode(void **state) {
    (void)state;
    struct stat status;
    assert_opened((uid_t)-1);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0137, 0);
    assert_opened((uid_t)-1);
}

static void a_symbolic_link_is_not_followed(void **state) {
    (void)state;
    write_file(other);
    assert_int_equal(symlink(other, path), 0);
    assert_refused((uid_t)-1, "is a symbolic link");
    assert_int_equal(unlink(other), 0); // nor made, when it leads nowhere
    assert_refused((uid_t)-1, "is a symbolic link");
    assert_int_not_equal(access(other, F_OK), 0);
}

static void root_opens_no_file_with_a_second_name(void **state) {
    (void)state;
    if (geteuid() != 0) skip();
    write_file(other);
    assert_int_equal(link(other, path), 0);
    assert_refused((uid_t)-1, "other names");
}

static void root_opens_no_file_of_a_stranger(void **state) {
    (void)state;
    if (geteuid() != 0) skip();
    write_file(path);
    assert_int_equal(chown(path, NOBODY, NOBODY), 0);
    assert_refused((uid_t)-1, "belongs to user 65534");
    assert_refused(1, "belongs to user 65534");
    assert_opened(NOBODY);
}

static void a_pipe_without_a_reader_does_not_hold(void **state) {
    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_opened((uid_t)-1);
}

static void a_folder_is_an_error(void **state) {
    (void)state;
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(open_as((uid_t)-1), -1);
    assert_int_equal(rmdir(path), 0);
}

static void only_our_own_file_is_removed(void **state) {
    (void)state;
    struct stat status;
    int file = guarded_file_open(path, O_WRONLY, 0640, (uid_t)-1, &status, &error);
    assert_true(file >= 0);
    assert_int_equal(rename(path, other), 0);
    write_file(path);
    guarded_file_remove(path, &status);
    assert_int_equal(access(path, F_OK), 0);
    assert_int_equal(rename(other, path), 0);
    guarded_file_remove(path, &status);
    assert_int_not_equal(access(path, F_OK), 0);
    close(file);
}

#define TEST_OF(name) cmocka_unit_test_setup_teardown(name, make, clear)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_OF(a_new_file_is_made_with_its_mode),      TEST_OF(a_symbolic_link_is_not_followed),
        TEST_OF(root_opens_no_file_with_a_second_name), TEST_OF(root_opens_no_file_of_a_stranger),
        TEST_OF(a_pipe_without_a_reader_does_not_hold), TEST_OF(a_folder_is_an_error),
        TEST_OF(only_our_own_file_is_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
