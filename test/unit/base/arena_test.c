// SPDX-License-Identifier: GPL-2.0-or-later
// An arena: its ceiling holds for all that it has, and what was made elsewhere ends with it.
#include "base/arena.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

#include <cmocka.h>

static struct buffer made_of(size_t length) {
    struct buffer buffer = buffer_new(1 << 20);
    for (size_t i = 0; i < length; i++) buffer_add_char(&buffer, (char)('a' + i % 26));
    return buffer;
}

static void a_buffer_is_kept_without_a_copy_and_is_empty_then(void **state) {
    (void)state;
    struct arena arena = arena_new(1 << 20);
    struct buffer buffer = made_of(100000);
    struct text kept = arena_keep(&arena, &buffer);
    assert_int_equal(100000, kept.length);
    assert_int_equal('b', kept.data[1]);
    assert_int_equal('\0', kept.data[100000]);
    assert_int_equal(0, buffer.length);
    buffer_add_string(&buffer, "again");
    assert_int_equal('a', kept.data[0]);
    buffer_free(&buffer);
    arena_free(&arena);
    assert_int_equal(0, arena.used);
}

static void what_is_kept_counts(void **state) {
    (void)state;
    struct arena arena = arena_new(150000);
    struct buffer first = made_of(100000), second = made_of(100000);
    assert_non_null(arena_keep(&arena, &first).data);
    assert_false(arena.failed);
    assert_null(arena_keep(&arena, &second).data);
    assert_true(arena.failed);
    assert_int_equal(0, second.length);
    arena_free(&arena);
    assert_false(arena.failed);
}

static void an_empty_buffer_is_an_empty_text(void **state) {
    (void)state;
    struct arena arena = arena_new(1 << 20);
    struct buffer buffer = buffer_new(10);
    struct text kept = arena_keep(&arena, &buffer);
    assert_non_null(kept.data);
    assert_int_equal(0, kept.length);
    arena_free(&arena);
}

static void a_number_is_its_digits(void **state) {
    (void)state;
    struct arena arena = arena_new(1 << 20);
    assert_string_equal("-9223372036854775808", arena_integer(&arena, INT64_MIN).data);
    assert_string_equal("0", arena_integer(&arena, 0).data);
    arena_free(&arena);
}

#ifdef __SANITIZE_ADDRESS__
static void a_sanitizer_sees_who_writes_past_a_piece(void **state) {
    (void)state;
    struct arena arena = arena_new(4 << 20);
    for (size_t size = 1; size < 20000; size += size < 40 ? 1 : 997) {
        char *piece = arena_take(&arena, size);
        assert_null(__asan_region_is_poisoned(piece, size));
        assert_true(__asan_address_is_poisoned(piece + size));
    }
    arena_free(&arena);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_buffer_is_kept_without_a_copy_and_is_empty_then),
        cmocka_unit_test(what_is_kept_counts),
        cmocka_unit_test(an_empty_buffer_is_an_empty_text),
        cmocka_unit_test(a_number_is_its_digits),
#ifdef __SANITIZE_ADDRESS__
        cmocka_unit_test(a_sanitizer_sees_who_writes_past_a_piece),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
