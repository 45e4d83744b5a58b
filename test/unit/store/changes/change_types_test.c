// SPDX-License-Identifier: GPL-2.0-or-later
// What events and entries are as changes, and of which of them another ticket's number is kept.
#include "store/changes/change_types.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void an_event_and_an_entry_are_known_by_what_the_table_calls_them(void **state) {
    (void)state;
    assert_string_equal("ticket.merged", change_type_name(change_type_of_event(TEXT("merged"))));
    assert_int_equal(CHANGE_NONE, change_type_of_event(TEXT("viewed")));
    assert_int_equal(CHANGE_NONE, change_type_of_event(TEXT("M")));
    assert_int_equal(CHANGE_REPLY, change_type_of_entry(TEXT("R"), false));
    assert_int_equal(CHANGE_ENTRY_EDITED, change_type_of_entry(TEXT("R"), true));
    assert_int_equal(CHANGE_NONE, change_type_of_entry(TEXT("X"), true));
    assert_int_equal(CHANGE_NONE, change_type_of_entry(TEXT(""), false));
    assert_null(change_type_name(CHANGE_NONE));
}

static void three_events_name_another_ticket(void **state) {
    int count = 0;
    (void)state;
    for (enum change_type type = CHANGE_CREATED; type <= CHANGE_NONE; type++)
        count += change_type_names_another(type);
    assert_int_equal(3, count);
    assert_true(change_type_names_another(change_type_of_event(TEXT("merged"))));
    assert_true(change_type_names_another(change_type_of_event(TEXT("linked"))));
    assert_true(change_type_names_another(change_type_of_event(TEXT("unlinked"))));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_and_an_entry_are_known_by_what_the_table_calls_them),
        cmocka_unit_test(three_events_name_another_ticket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
