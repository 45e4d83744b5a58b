// SPDX-License-Identifier: GPL-2.0-or-later
// Guards which changes a webhook asks for.
#include "hooks/wanted.h"
#include "store/webhook/webhooks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct webhook any = {
    .types = TEXT(""), .departments = TEXT(""), .from_event = 10, .from_entry = 20};

static struct change change_of(enum change_type type, int64_t id, int64_t department) {
    return (struct change){.lane = type < CHANGE_MESSAGE ? LANE_EVENTS : LANE_ENTRIES,
                           .type = type,
                           .id = id,
                           .department_id = department};
}

static bool asks(const struct webhook *webhook, enum change_type type, int64_t id, int64_t department) {
    const struct change change = change_of(type, id, department);
    return webhook_asks_for(webhook, &change);
}

static void what_was_written_before_it_is_not_told(void **state) {
    (void)state;
    assert_false(asks(&any, CHANGE_CLOSED, 10, 1));
    assert_true(asks(&any, CHANGE_CLOSED, 11, 1));
    assert_false(asks(&any, CHANGE_REPLY, 20, 1));
    assert_true(asks(&any, CHANGE_REPLY, 21, 1));
    assert_false(asks(&any, CHANGE_NONE, 99, 1));
}

static void types_are_whole_words(void **state) {
    struct webhook webhook = any;
    (void)state;
    webhook.types = TEXT("ticket.closed,entry.note");
    webhook.private_entries = true;
    assert_true(asks(&webhook, CHANGE_CLOSED, 99, 1));
    assert_true(asks(&webhook, CHANGE_NOTE, 99, 1));
    assert_false(asks(&webhook, CHANGE_CREATED, 99, 1));
    webhook.types = TEXT("ticket.closed.more");
    assert_false(asks(&webhook, CHANGE_CLOSED, 99, 1));
}

static void departments_are_whole_numbers(void **state) {
    struct webhook webhook = any;
    (void)state;
    webhook.departments = TEXT("1,42");
    assert_true(asks(&webhook, CHANGE_CLOSED, 99, 1));
    assert_true(asks(&webhook, CHANGE_CLOSED, 99, 42));
    assert_false(asks(&webhook, CHANGE_CLOSED, 99, 4));
    assert_false(asks(&webhook, CHANGE_CLOSED, 99, 0));
}

static void internal_notes_are_told_only_where_they_are_asked_for(void **state) {
    struct webhook webhook = any;
    struct change note = change_of(CHANGE_NOTE, 99, 1), edited = change_of(CHANGE_ENTRY_EDITED, 99, 1);
    (void)state;
    note.is_note = edited.is_note = true;
    assert_false(webhook_asks_for(&webhook, &note));
    assert_false(webhook_asks_for(&webhook, &edited));
    webhook.private_entries = true;
    assert_true(webhook_asks_for(&webhook, &note));
    assert_true(webhook_asks_for(&webhook, &edited));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_before_it_is_not_told),
        cmocka_unit_test(types_are_whole_words),
        cmocka_unit_test(departments_are_whole_numbers),
        cmocka_unit_test(internal_notes_are_told_only_where_they_are_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
