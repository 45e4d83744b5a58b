// SPDX-License-Identifier: GPL-2.0-or-later
// Ranges of bytes as RFC 9110 (14.1.2) has them.
#include "ops/read/byte_range.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_part(const char *header, int64_t first, int64_t length) {
    int64_t got_first = -1, got_length = -1;
    assert_int_equal(byte_range_read(text_of(header), 1000, &got_first, &got_length), BYTE_RANGE_PART);
    assert_int_equal(got_first, first);
    assert_int_equal(got_length, length);
}

static void assert_is(const char *header, int64_t size, enum byte_range wanted) {
    int64_t first, length;
    if (byte_range_read(text_of(header), size, &first, &length) != wanted)
        fail_msg("%s", header ? header : "none");
}

static void a_part_is_cut_at_the_end(void **state) {
    (void)state;
    assert_part("bytes=0-0", 0, 1);
    assert_part("bytes=0-499", 0, 500);
    assert_part("bytes=500-999", 500, 500);
    assert_part("bytes=999-", 999, 1);
    assert_part("bytes=500-9223372036854775807", 500, 500);
    assert_part("bytes=-1", 999, 1);
    assert_part("bytes=-5000", 0, 1000);
}

static void what_lies_behind_the_end_is_beyond(void **state) {
    (void)state;
    assert_is("bytes=1000-", 1000, BYTE_RANGE_BEYOND);
    assert_is("bytes=1000-2000", 1000, BYTE_RANGE_BEYOND);
    assert_is("bytes=-0", 1000, BYTE_RANGE_BEYOND);
    assert_is("bytes=0-", 0, BYTE_RANGE_BEYOND);
    assert_is("bytes=-5", 0, BYTE_RANGE_BEYOND);
}

static void anything_else_is_no_range(void **state) {
    (void)state;
    static const char *const headers[] = {
        "",
        "bytes",
        "bytes=",
        "bytes=5",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=--5",
        "items=0-1",
        "bytes=0-1,3-4",
        "bytes= -",
        "bytes=0x1-",
        "bytes=+1-",
        "bytes=1-+2",
        "bytes=1-2-",
        "bytes=1.0-2",
        "bytes=99999999999999999999-",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        assert_is(headers[i], 1000, BYTE_RANGE_NONE);
    assert_is(NULL, 1000, BYTE_RANGE_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_cut_at_the_end),
        cmocka_unit_test(what_lies_behind_the_end_is_beyond),
        cmocka_unit_test(anything_else_is_no_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
