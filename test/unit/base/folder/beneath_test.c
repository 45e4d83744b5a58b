// SPDX-License-Identifier: GPL-2.0-or-later
// A file in a folder of somebody else is reached step by step, and is a file.
#include "base/folder/beneath.h"

#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[PATH_MAX];

// FOLDER/a/file, FOLDER/a/pipe, FOLDER/link to a, FOLDER/a/link to file, FOLDER/a/away to /etc/passwd.
static int make(void **state) {
    char path[PATH_MAX + 32], base[] = "/tmp/beneath-XXXXXX";
    (void)state;
    assert_non_null(mkdtemp(base));
    assert_non_null(realpath(base, folder));
    snprintf(path, sizeof path, "%s/a", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/a/file", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("content", file);
    fclose(file);
    snprintf(path, sizeof path, "%s/a/pipe", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    snprintf(path, sizeof path, "%s/link", folder);
    assert_int_equal(symlink("a", path), 0);
    snprintf(path, sizeof path, "%s/a/link", folder);
    assert_int_equal(symlink("file", path), 0);
    snprintf(path, sizeof path, "%s/a/away", folder);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    return 0;
}

static int take_away(void **state) {
    static const char *const names[] = {"a/file", "a/pipe", "a/link", "a/away", "link", "a", ""};
    char path[PATH_MAX + 32];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(remove(path), 0);
    }
    return 0;
}

static int enter(const char *steps) {
    char path[PATH_MAX + 32];
    struct error error;
    snprintf(path, sizeof path, "%s%s", folder, steps);
    int opened = beneath_folder(text_of(path), &error);
    if (opened < 0) assert_true(*error.detail && !strstr(error.message, folder)); // a client sees no path
    return opened;
}

static void assert_no_file(int within, struct text name) {
    struct error error;
    struct stat status;
    assert_int_equal(beneath_file(within, name, &status, &error), -1);
    assert_int_equal(error.code, ERROR_INTERNAL);
    assert_true(*error.detail);
}

static void a_file_is_opened_to_be_read(void **state) {
    struct error error;
    struct stat status;
    char bytes[16];
    (void)state;
    int within = enter("/a");
    assert_true(within >= 0);
    int file = beneath_file(within, TEXT("file"), &status, &error);
    assert_true(file >= 0);
    assert_int_equal(status.st_size, 7);
    assert_int_equal(read(file, bytes, sizeof bytes), 7);
    assert_int_equal(write(file, "x", 1), -1);
    assert_true(fcntl(file, F_GETFD) & FD_CLOEXEC);
    close(file);
    close(within);
}

static void slashes_and_dots_of_a_path_are_no_steps(void **state) {
    (void)state;
    int within = enter("//./a///");
    assert_true(within >= 0);
    close(within);
    assert_int_equal(enter("/a/../a"), -1);
    assert_int_equal(enter("/none"), -1);
    assert_int_equal(enter("/a/file"), -1);
}

static void no_step_leads_through_a_symbolic_link(void **state) {
    (void)state;
    assert_int_equal(enter("/link"), -1);
    int within = enter("/a");
    assert_no_file(within, TEXT("link"));
    assert_no_file(within, TEXT("away"));
    close(within);
}

static void what_is_no_file_is_neither_opened_nor_waited_for(void **state) {
    struct error error;
    (void)state;
    int within = enter("");
    assert_no_file(within, TEXT("a"));
    int below = beneath_enter(within, TEXT("a"), &error);
    assert_true(below >= 0);
    assert_no_file(below, TEXT("pipe"));
    close(below);
    close(within);
}

static void a_name_is_one_step(void **state) {
    static char long_name[NAME_MAX + 2];
    struct error error;
    (void)state;
    memset(long_name, 'x', NAME_MAX + 1);
    int within = enter("");
    const struct text names[] = {TEXT(""),
                                 TEXT("."),
                                 TEXT(".."),
                                 TEXT("a/file"),
                                 TEXT("/etc/passwd"),
                                 TEXT("a\0b"),
                                 {long_name, NAME_MAX + 1}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_no_file(within, names[i]);
        assert_int_equal(beneath_enter(within, names[i], &error), -1);
    }
    close(within);
}

static void a_path_begins_at_the_root(void **state) {
    struct error error;
    (void)state;
    assert_int_equal(beneath_folder(TEXT(""), &error), -1);
    assert_int_equal(beneath_folder(TEXT("tmp"), &error), -1);
    assert_int_equal(beneath_folder(TEXT("../tmp"), &error), -1);
    assert_int_equal(beneath_folder(TEXT_NULL, &error), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_opened_to_be_read),
        cmocka_unit_test(slashes_and_dots_of_a_path_are_no_steps),
        cmocka_unit_test(no_step_leads_through_a_symbolic_link),
        cmocka_unit_test(what_is_no_file_is_neither_opened_nor_waited_for),
        cmocka_unit_test(a_name_is_one_step),
        cmocka_unit_test(a_path_begins_at_the_root),
    };
    return cmocka_run_group_tests(tests, make, take_away);
}
