// SPDX-License-Identifier: GPL-2.0-or-later
// JSON comes out byte for byte as PHP's json_encode() writes it.
#include "json/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_quoted(struct text text, const char *expected) {
    struct buffer out = buffer_new(4096);
    json_quote(text, &out);
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static void escapes_as_php(void **state) {
    (void)state;
    assert_quoted(TEXT("a/b\"c\\d"), "\"a\\/b\\\"c\\\\d\"");
    assert_quoted(TEXT("\b\f\n\r\t\x01\x1F\x7F"), "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\"");
    assert_quoted(TEXT("\0"), "\"\\u0000\"");
    assert_quoted(TEXT("é中\xF0\x9F\x9A\x80"), "\"\\u00e9\\u4e2d\\ud83d\\ude80\"");
    assert_quoted(TEXT("<>&'"), "\"<>&'\"");
    assert_quoted(TEXT(""), "\"\"");
    assert_quoted(TEXT_NULL, "null");
}

static void puts_a_replacement_for_bytes_that_are_no_utf8(void **state) {
    (void)state;
    assert_quoted(TEXT("a\xFF"
                       "b"),
                  "\"a\\ufffdb\"");
    assert_quoted(TEXT("\xE4\xB8"), "\"\\ufffd\\ufffd\"");
}

struct taken {
    char bytes[1 << 20];
    size_t length;
    size_t calls;
    size_t fails_from; // call
};

static bool take(void *context, const char *bytes, size_t length) {
    struct taken *taken = context;
    if (++taken->calls >= taken->fails_from) return false;
    memcpy(taken->bytes + taken->length, bytes, length);
    taken->length += length;
    return true;
}

static void places_commas(void **state) {
    (void)state;
    static struct taken taken;
    struct output output;
    struct json_writer json;
    taken = (struct taken){.fails_from = 99};
    output_init(&output, take, &taken);
    json_writer_init(&json, &output);
    json_open_object(&json);
    json_integer_member(&json, "i", -7);
    json_name(&json, "list");
    json_open_array(&json);
    json_open_array(&json);
    json_close_array(&json);
    json_null(&json);
    json_boolean(&json, true);
    json_open_object(&json);
    json_close_object(&json);
    json_close_array(&json);
    json_text_member(&json, "s", TEXT("x"));
    json_close_object(&json);
    assert_true(output_flush(&output));
    taken.bytes[taken.length] = '\0';
    assert_string_equal(taken.bytes, "{\"i\":-7,\"list\":[[],null,true,{}],\"s\":\"x\"}");
}

static void hands_on_in_blocks_and_stops_when_the_sink_does(void **state) {
    (void)state;
    static struct taken taken;
    struct output output;
    struct json_writer json;
    taken = (struct taken){.fails_from = 3};
    output_init(&output, take, &taken);
    json_writer_init(&json, &output);
    json_open_array(&json);
    for (int i = 0; i < 100000; i++) json_integer(&json, i);
    assert_true(output.failed);
    assert_int_equal(output.handed_on, 2 * OUTPUT_BLOCK);
    assert_int_equal(taken.length, 2 * OUTPUT_BLOCK);
    assert_int_equal(taken.calls, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_as_php),
        cmocka_unit_test(puts_a_replacement_for_bytes_that_are_no_utf8),
        cmocka_unit_test(places_commas),
        cmocka_unit_test(hands_on_in_blocks_and_stops_when_the_sink_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
