// SPDX-License-Identifier: GPL-2.0-or-later
// Translations by the hash of their tag.
#include "store/phrases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// The last 16 digits of md5("dept.name.3") and md5("topic.name.12").
#define HASH_OF_DEPARTMENT_3 "869bffaff4a07fef"
#define HASH_OF_TOPIC_12     "59bfe740cd051b9c"

static void assert_found(const struct phrase_list *list, const char *tag, int64_t id, const char *expected) {
    struct text found;
    assert_true(phrase_find(list, tag, id, &found));
    if (expected)
        assert_string_equal(found.data, expected);
    else
        assert_null(found.data);
}

static void a_name_is_found_by_its_tag_and_id(void **state) {
    (void)state;
    struct arena arena = arena_new(1 << 20);
    struct phrase_list list = {0};
    assert_found(&list, "dept.name", 3, NULL);
    phrase_list_add(&list, TEXT(HASH_OF_TOPIC_12), TEXT("Reparatur"), &arena);
    phrase_list_add(&list, TEXT(HASH_OF_DEPARTMENT_3), TEXT("Werkstatt"), &arena);
    assert_found(&list, "dept.name", 3, "Werkstatt");
    assert_found(&list, "topic.name", 12, "Reparatur");
    assert_found(&list, "topic.name", 3, NULL);
    arena_free(&arena);
}

static void of_several_the_first_counts(void **state) {
    (void)state;
    struct arena arena = arena_new(1 << 20);
    struct phrase_list list = {0};
    phrase_list_add(&list, TEXT(HASH_OF_DEPARTMENT_3), TEXT("first"), &arena);
    phrase_list_add(&list, TEXT(HASH_OF_DEPARTMENT_3), TEXT("second"), &arena);
    assert_found(&list, "dept.name", 3, "first");
    arena_free(&arena);
}

static void an_empty_translation_is_one(void **state) {
    (void)state;
    struct arena arena = arena_new(1 << 20);
    struct phrase_list list = {0};
    phrase_list_add(&list, TEXT(HASH_OF_DEPARTMENT_3), TEXT(""), &arena);
    assert_found(&list, "dept.name", 3, "");
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_found_by_its_tag_and_id),
        cmocka_unit_test(of_several_the_first_counts),
        cmocka_unit_test(an_empty_translation_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
