// SPDX-License-Identifier: GPL-2.0-or-later
// JSON of a column inside an answer: the same values, and nothing else than JSON.
#include "json/copy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char written[4096];
static size_t length;

static bool sink(void *context, const char *bytes, size_t count) {
    (void)context;
    memcpy(written + length, bytes, count);
    length += count;
    return true;
}

static void assert_copied(const char *from, const char *to) {
    static struct output output;
    struct json_writer writer;
    length = 0;
    output_init(&output, sink, NULL);
    json_writer_init(&writer, &output);
    json_open_array(&writer);
    json_copy(&writer, text_of(from));
    json_integer(&writer, 1);
    json_close_array(&writer);
    assert_true(output_flush(&output));
    written[length] = '\0';
    assert_string_equal(written, to);
}

static void values_stay_what_they_are(void **state) {
    (void)state;
    assert_copied("{\"a\":[1,-2,2.5,true,false,null,\"x\\\"y\"],\"\\u00e9\\\"\":{}}",
                  "[{\"a\":[1,-2,2.5,true,false,null,\"x\\\"y\"],\"\\u00e9\\\"\":{}},1]");
    assert_copied("12345678901234567890", "[1.2345678901234567e+19,1]");
}

static void what_is_no_json_is_null(void **state) {
    (void)state;
    assert_copied("{broken", "[null,1]");
    assert_copied("", "[null,1]");
    assert_copied(NULL, "[null,1]");
    assert_copied("1e999", "[null,1]");
}

static void what_lies_too_deep_is_null(void **state) {
    (void)state;
    char deep[129] = "";
    for (int i = 0; i < 60; i++) strcat(deep, "[");
    for (int i = 0; i < 60; i++) strcat(deep, "]");
    assert_copied(deep, "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[null]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],1]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stay_what_they_are),
        cmocka_unit_test(what_is_no_json_is_null),
        cmocka_unit_test(what_lies_too_deep_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
