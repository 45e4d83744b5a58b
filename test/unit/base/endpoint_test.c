// SPDX-License-Identifier: GPL-2.0-or-later
// HOST:PORT taken apart.
#include "base/endpoint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_split(const char *text, const char *host, const char *port) {
    struct endpoint endpoint;
    if (!endpoint_split(text, &endpoint)) fail_msg("%s is no endpoint", text);
    assert_string_equal(endpoint.host, host);
    assert_string_equal(endpoint.port, port);
}

static void host_and_port_are_split_at_the_last_colon(void **state) {
    (void)state;
    assert_split("127.0.0.1:9000", "127.0.0.1", "9000");
    assert_split("php.example:9000", "php.example", "9000");
    assert_split("*:80", "*", "80");
    assert_split("::1:80", "::1", "80");
}

static void brackets_are_no_part_of_the_host(void **state) {
    (void)state;
    assert_split("[::1]:9153", "::1", "9153");
    assert_split("[::1:9153", "[::1", "9153"); // who looks at the host refuses it
}

static void what_has_no_host_or_no_port_is_refused(void **state) {
    char longest[ENDPOINT_HOST_MAX + 3];
    struct endpoint endpoint;
    (void)state;
    assert_false(endpoint_split("", &endpoint));
    assert_false(endpoint_split("localhost", &endpoint));
    assert_false(endpoint_split(":80", &endpoint));
    assert_false(endpoint_split("[]:80", &endpoint));
    memset(longest, 'a', sizeof longest);
    strcpy(longest + ENDPOINT_HOST_MAX - 1, ":80");
    assert_true(endpoint_split(longest, &endpoint));
    strcpy(longest + ENDPOINT_HOST_MAX, ":8");
    assert_false(endpoint_split(longest, &endpoint));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(host_and_port_are_split_at_the_last_colon),
        cmocka_unit_test(brackets_are_no_part_of_the_host),
        cmocka_unit_test(what_has_no_host_or_no_port_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
