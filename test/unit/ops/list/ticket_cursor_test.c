// SPDX-License-Identifier: GPL-2.0-or-later
// Cursors: back to the same place, and nobody else's.
#include "ops/list/ticket_cursor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct text of = {"status=1:1", 10}, secret = {"salt", 4};
static char written[2048];

static void write_cursor(struct ticket_place place) {
    struct buffer cursor = buffer_new(sizeof written);
    assert_true(ticket_cursor_write(&place, of, secret, &cursor));
    memcpy(written, cursor.data, cursor.length + 1);
    buffer_free(&cursor);
}

static bool read_cursor(const char *cursor, struct text under, struct text with, struct ticket_place *place) {
    static struct arena arena;
    struct error error = {0};
    arena_free(&arena);
    arena = arena_new(1 << 20);
    bool good = ticket_cursor_read(text_of(cursor), under, with, &arena, place, &error);
    if (!good) assert_int_equal(error.code, ERROR_BAD_REQUEST);
    return good;
}

static void a_place_comes_back(void **state) {
    (void)state;
    const struct ticket_place places[] = {
        {true, false, TEXT("2025-03-07 15:30:00"), 17, false},
        {true, true, TEXT_NULL, INT64_MAX, false},
        {true, false, TEXT(""), 1, false},
        {true, false, TEXT("a b\xC3\xBF>>"), 3, false},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct ticket_place place;
        write_cursor(places[i]);
        assert_int_equal(strspn(written, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                         strlen(written));
        assert_true(read_cursor(written, of, secret, &place));
        assert_int_equal(place.id, places[i].id);
        assert_int_equal(place.is_null, places[i].is_null);
        if (!place.is_null) assert_true(text_equal(place.value, places[i].value));
    }
}

static void what_is_written_can_be_read_however_long(void **state) {
    (void)state;
    static char value[2 * TICKET_CURSOR_MAX];
    memset(value, 'x', sizeof value);
    size_t written_once = 0;
    for (size_t length = TICKET_CURSOR_MAX - 64; length <= TICKET_CURSOR_MAX + 64; length++) {
        const struct ticket_place place = {true, false, {value, length}, 17, false};
        struct ticket_place again;
        struct buffer cursor = buffer_new(sizeof written);
        if (ticket_cursor_write(&place, of, secret, &cursor)) {
            memcpy(written, cursor.data, cursor.length + 1);
            assert_true(read_cursor(written, of, secret, &again));
            assert_int_equal(again.value.length, length);
            written_once++;
        }
        buffer_free(&cursor);
    }
    assert_in_range(written_once, 48, 64);
}

static void any_other_is_refused(void **state) {
    (void)state;
    struct ticket_place place;
    write_cursor((struct ticket_place){true, false, TEXT("2025-03-07 15:30:00"), 17, false});
    assert_false(read_cursor(written, TEXT("status=1:2"), secret, &place));
    assert_false(read_cursor(written, of, TEXT("other"), &place));
    for (size_t i = 0; written[i]; i++) {
        char was = written[i];
        written[i] = was == 'A' ? 'B' : 'A';
        // The last digit has bits that stand for nothing.
        if (written[i + 1] && read_cursor(written, of, secret, &place)) fail_msg("digit %zu was changed", i);
        written[i] = was;
    }
    for (size_t length = strlen(written); length-- > 0;) {
        written[length] = '\0';
        assert_false(read_cursor(written, of, secret, &place));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_comes_back),
        cmocka_unit_test(what_is_written_can_be_read_however_long),
        cmocka_unit_test(any_other_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
