// SPDX-License-Identifier: GPL-2.0-or-later
// Guards that a webhook is told as JSON, whatever its row holds.
#include "ops/webhook/answer.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool take(void *context, const char *bytes, size_t length) {
    buffer_add(context, bytes, length);
    return true;
}

static void check_departments(const char *departments, const char *expected) {
    struct buffer told = buffer_new(4096);
    struct output output;
    struct json_writer json;
    struct webhook webhook = {.id = 1, .departments = text_of(departments), .failing = -1};
    output_init(&output, take, &told);
    json_writer_init(&json, &output);
    webhook_write(&json, &webhook, TEXT_NULL);
    assert_true(output_flush(&output));
    if (!strstr(told.data, expected)) fail_msg("%s is not in %s", expected, told.data);
    buffer_free(&told);
}

static void departments_are_numbers_alone(void **state) {
    (void)state;
    check_departments("1,2", "\"department\":[1,2]");
    check_departments("", "\"department\":null");
    check_departments("1,Sales,2", "\"department\":[1,2]");
    check_departments("Sales", "\"department\":[]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(departments_are_numbers_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
