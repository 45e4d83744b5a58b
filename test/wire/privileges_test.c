// SPDX-License-Identifier: GPL-2.0-or-later
// Names of users and groups: none, or nobody could look.
#include "pool/privileges.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

static struct error error;

static void who_is_not_there_is_not_there(void **state) {
    (void)state;
    uid_t uid;
    gid_t gid;
    assert_true(privileges_user("root", &uid, &gid, &error));
    assert_false(privileges_user("no-such-user", &uid, NULL, &error));
    assert_string_equal(error.message, "there is no user no-such-user");
    assert_false(privileges_group("no-such-group", &gid, &error));
    assert_string_equal(error.message, "there is no group no-such-group");
}

static void root_is_not_said_to_be_missing_when_descriptors_ran_out(void **state) {
    (void)state;
    uid_t uid;
    gid_t gid;
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    int next = open("/dev/null", O_RDONLY);
    none = before;
    none.rlim_cur = (rlim_t)next + 1;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    bool user = privileges_user("root", &uid, NULL, &error);
    struct error first = error;
    bool group = privileges_group("root", &gid, &error);
    setrlimit(RLIMIT_NOFILE, &before);
    close(next);
    if (user || group) skip(); // a name service that keeps a connection of its own
    assert_string_equal(first.message, "user root cannot be looked up: Too many open files");
    assert_string_equal(error.message, "group root cannot be looked up: Too many open files");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_not_there_is_not_there),
        cmocka_unit_test(root_is_not_said_to_be_missing_when_descriptors_ran_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
