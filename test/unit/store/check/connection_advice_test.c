// SPDX-License-Identifier: GPL-2.0-or-later
// A database that does not let us in: each reason has its own mend.
#include "store/check/connection_advice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *advice_for(const char *detail) {
    struct error error = {.code = ERROR_UNAVAILABLE};
    snprintf(error.detail, sizeof error.detail, "%s", detail);
    return connection_advice(&error);
}

static void each_reason_names_the_setting_to_change(void **state) {
    (void)state;
    assert_non_null(
        strstr(advice_for("127.0.0.1 port 3306: 1045 Access denied for user 'u'@'h'"), "password"));
    assert_non_null(strstr(advice_for("h port 3306: 1049 Unknown database 'x'"), "[database] name"));
    assert_non_null(strstr(advice_for("h port 3306: 2003 Can't connect"), "start the database server"));
    assert_non_null(
        strstr(advice_for("localhost/run/x.sock port 0: 2002 Can't connect"), "[database] socket"));
    assert_non_null(strstr(advice_for("nowhere port 3306: 2005 Unknown host"), "resolved"));
    assert_non_null(strstr(advice_for("h port 3306: 2026 TLS error"), "tls_ca"));
}

static void an_unknown_reason_still_gets_an_advice(void **state) {
    (void)state;
    assert_non_null(strstr(advice_for(""), "ost-config.php"));
    assert_non_null(strstr(advice_for("h port 3306: 4999 what"), "ost-config.php"));
    assert_non_null(strstr(advice_for("a port of call"), "ost-config.php"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_names_the_setting_to_change),
        cmocka_unit_test(an_unknown_reason_still_gets_an_advice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
