// SPDX-License-Identifier: GPL-2.0-or-later
// Names that are typed in lose tags and emoji, and nothing that only looks like these.
#include "ops/directory/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_name(const char *typed, const char *kept) {
    struct arena arena = arena_new(1 << 16);
    struct text name = directory_name(text_of(typed), &arena);
    assert_int_equal(name.length, strlen(kept));
    assert_memory_equal(name.data, kept, name.length);
    arena_free(&arena);
}

static void tags_go(void **state) {
    (void)state;
    assert_name("Mia <b>x</b>", "Mia x");
    assert_name("<script>a</script><!-- b -->", "a");
    assert_name(" <i> ", "");
}

static void what_is_no_tag_stays(void **state) {
    (void)state;
    assert_name("a < b > c", "a < b > c");
    assert_name("<3 Anna", "<3 Anna");
    assert_name("less <than", "less <than");
    assert_name("<", "<");
    assert_name("", "");
}

static void emoji_go_and_letters_stay(void **state) {
    (void)state;
    assert_name("Mia \360\237\230\200", "Mia");
    assert_name("\360\237\232\200\360\237\232\200", "");
    assert_name("\360\240\256\267\351\207\216 \302\256", "\360\240\256\267\351\207\216 \302\256"); // 𠮷野 ®
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_go),
        cmocka_unit_test(what_is_no_tag_stays),
        cmocka_unit_test(emoji_go_and_letters_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
