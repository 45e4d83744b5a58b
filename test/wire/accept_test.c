// SPDX-License-Identifier: GPL-2.0-or-later
// Which Accept asks for a profile. RFC 9110, 12.5.1.
#include "serve/accept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void asks(const char *accept, bool wanted) {
    if (accept_asks_for(text_of(accept), "ticket") != wanted) fail_msg("%s", accept ? accept : "none");
}

static void the_profile_is_named_in_many_ways(void **state) {
    (void)state;
    asks("application/json; profile=ticket", true);
    asks("application/json;profile=\"ticket\"", true);
    asks("APPLICATION/JSON ; PROFILE=ticket ; q=0.5", true);
    asks("text/plain, application/json;q=1;profile=ticket", true);
    asks("text/x;a=\"b,c\\\",\", application/json; charset=utf-8; profile=ticket, */*", true);
}

static void anything_else_is_answered_as_ever(void **state) {
    (void)state;
    asks(NULL, false);
    asks("", false);
    asks("*/*", false);
    asks("application/json", false);
    asks("application/json; profile=tickets", false);
    asks("application/json; profile=", false);
    asks("application/json; profile=\"ticket", false);
    asks("application/json; profile=ticket; q=0.0", false);
    asks("application/json, text/plain; profile=ticket", false);
    asks("text/plain; x=\"application/json; profile=ticket\"", false);
    asks(",;,;;,=,\"", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_profile_is_named_in_many_ways),
        cmocka_unit_test(anything_else_is_answered_as_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
