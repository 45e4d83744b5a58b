// SPDX-License-Identifier: GPL-2.0-or-later
// Guards how large a file may be. The table is what osTicket 1.18.1 does with a file of eight bytes, but for
// the rows that say otherwise. spec: creating.md C.8.
#include "ops/entry/attachment_policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TOO_LARGE "File size is too large"

static const struct {
    const char *field, *setting, *refusal;
} cases[] = {
    {"{\"attachments\":true}", "8", NULL},
    {"{\"attachments\":true}", "7", TOO_LARGE},
    {"{\"attachments\":true}", "0", TOO_LARGE},
    {"{\"attachments\":true}", "", TOO_LARGE},
    {"{\"attachments\":true}", "abc", TOO_LARGE}, // PHP compares the texts "8" and "abc"
    {"{\"attachments\":true}", NULL, NULL},       // PHP lets none in
    {NULL, "7", TOO_LARGE},
    {NULL, "1048576", NULL},
    {"{\"size\":null}", "7", TOO_LARGE},
    {"{\"size\":0}", "1048576", TOO_LARGE},
    {"{\"size\":0}", NULL, TOO_LARGE},
    {"{\"size\":\"0\"}", "1048576", TOO_LARGE},
    {"{\"size\":\"\"}", "1048576", TOO_LARGE},
    {"{\"size\":-1}", "1048576", TOO_LARGE},
    {"{\"size\":false}", "1048576", TOO_LARGE},
    {"{\"size\":7}", "1048576", TOO_LARGE},
    {"{\"size\":\" 7\"}", "1048576", TOO_LARGE},
    {"{\"size\":\"7.5\"}", "1048576", TOO_LARGE},
    {"{\"size\":8}", "7", NULL},
    {"{\"size\":\"8\"}", "7", NULL},
    {"{\"size\":\"1e1\"}", "7", NULL},
};

static void a_file_may_be_as_large_as_field_and_help_desk_say(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct config_row row = {TEXT("max_file_size"), text_of(cases[i].setting)};
        struct help_desk help_desk = {.config = &row, .config_count = cases[i].setting ? 1 : 0};
        struct incoming_file file = {
            .name = TEXT("a.txt"), .type = TEXT("text/plain"), .data = TEXT("12345678")};
        struct arena arena = arena_new(1 << 16);
        struct attachment_policy policy;
        attachment_policy_read(text_of(cases[i].field), &help_desk, &arena, &policy);
        const char *refusal = attachment_policy_refusal(&policy, &file);
        if (!refusal != !cases[i].refusal)
            fail_msg("%s, %s: %s", cases[i].field ? cases[i].field : "-",
                     cases[i].setting ? cases[i].setting : "-", refusal ? refusal : "let in");
        if (refusal) assert_string_equal(refusal, cases[i].refusal);
        arena_free(&arena);
    }
}

static void an_empty_file_is_not_too_large(void **state) {
    (void)state;
    struct incoming_file file = {.name = TEXT("a.txt"), .type = TEXT("text/plain"), .data = TEXT("")};
    struct attachment_policy policy = {.enabled = true, .is_limited = true, .max_size = 0};
    assert_string_equal(attachment_policy_refusal(&policy, &file), ATTACHMENT_EMPTY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_may_be_as_large_as_field_and_help_desk_say),
        cmocka_unit_test(an_empty_file_is_not_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
