// SPDX-License-Identifier: GPL-2.0-or-later
// JSON comes out byte for byte as PHP's json_encode() writes it.
#include "json/writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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

// Eight bytes at a time or one: every byte at every place.
static void writes_a_byte_alike_wherever_it_stands(void **state) {
    (void)state;
    static const char around[] = "abcdefghijklmnopq";
    for (int byte = 0; byte < 256; byte++) {
        struct buffer alone = buffer_new(100);
        json_quote((struct text){(char[]){(char)byte}, 1}, &alone);
        for (size_t at = 0; at <= 17; at++) {
            char in[18], expected[100];
            memcpy(in, around, at);
            in[at] = (char)byte;
            memcpy(in + at + 1, around + at, 17 - at);
            snprintf(expected, sizeof expected, "\"%.*s%.*s%s\"", (int)at, around, (int)alone.length - 2,
                     alone.data + 1, around + at);
            assert_quoted((struct text){in, 18}, expected);
        }
        buffer_free(&alone);
    }
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

static void a_string_goes_on_in_the_next_block(void **state) {
    (void)state;
    static struct taken taken;
    static char string[3 * OUTPUT_BLOCK];
    memset(string, 'x', sizeof string);
    string[OUTPUT_BLOCK - 2] = '"'; // its escape lies on both sides of the end
    for (size_t before = 0; before < 3; before++) {
        struct output output;
        struct json_writer json;
        taken = (struct taken){.fails_from = 99};
        output_init(&output, take, &taken);
        json_writer_init(&json, &output);
        json_string_part(&json, (struct text){string, before});
        json_string_part(&json, (struct text){string, sizeof string});
        assert_true(output_flush(&output));
        assert_int_equal(taken.length, before + sizeof string + 1);
        assert_memory_equal(taken.bytes + before + OUTPUT_BLOCK - 3, "x\\\"x", 4);
        assert_int_equal(strspn(taken.bytes + before + OUTPUT_BLOCK, "x"), sizeof string - OUTPUT_BLOCK + 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_as_php),
        cmocka_unit_test(puts_a_replacement_for_bytes_that_are_no_utf8),
        cmocka_unit_test(writes_a_byte_alike_wherever_it_stands),
        cmocka_unit_test(a_string_goes_on_in_the_next_block),
        cmocka_unit_test(places_commas),
        cmocka_unit_test(hands_on_in_blocks_and_stops_when_the_sink_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
