// SPDX-License-Identifier: GPL-2.0-or-later
// What the history tells of an edited answer: values as they are stored, and JSON that fits its column.
#include "ops/edit/answer_event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct answer_edit edit_of(struct ticket_form_field *from, const char *type, struct text old,
                                  struct text new) {
    *from = (struct ticket_form_field){.id = 22, .type = text_of(type), .value = old};
    return (struct answer_edit){.from = from, .to = {.value = new}};
}

// Of several edits that are told together, of which there is one.
static struct text told_together(const struct answer_edit *edit, struct arena *arena) {
    struct ticket_form_field field = *edit->from;
    struct answer_edit one = *edit;
    one.from = &field;
    const struct answer_edits edits = {.fields = {.items = &field, .count = 1}, .items = &one, .count = 1};
    return answer_event_of_all(TEXT(""), &edits, arena);
}

static void assert_data(const struct answer_edit *edit, bool together, const char *expected) {
    struct arena arena = arena_new(1 << 20);
    struct text data = together ? told_together(edit, &arena) : answer_event_data(edit, &arena);
    assert_int_equal(data.length, strlen(expected));
    assert_memory_equal(data.data, expected, data.length);
    arena_free(&arena);
}

static void old_and_new_stand_twice_as_in_php(void **state) {
    (void)state;
    struct ticket_form_field from;
    struct answer_edit edit = edit_of(&from, "text", TEXT("a/b"), TEXT("\303\251"));
    assert_data(&edit, false,
                "{\"0\":\"a\\/b\",\"1\":\"\\u00e9\",\"fields\":{\"22\":[\"a\\/b\",\"\\u00e9\"]}}");
    assert_data(&edit, true, "{\"fields\":{\"22\":[\"a\\/b\",\"\\u00e9\"]}}");
}

static void each_type_has_a_nothing_of_its_own(void **state) {
    (void)state;
    struct ticket_form_field from;
    struct answer_edit edit = edit_of(&from, "text", TEXT_NULL, TEXT("x"));
    assert_data(&edit, true, "{\"fields\":{\"22\":[null,\"x\"]}}");
    edit = edit_of(&from, "datetime", TEXT_NULL, TEXT("2026-05-06 00:00:00 CEST"));
    assert_data(&edit, true, "{\"fields\":{\"22\":[0,\"2026-05-06 00:00:00 CEST\"]}}");
    edit = edit_of(&from, "bool", TEXT_NULL, TEXT("1"));
    assert_data(&edit, true, "{\"fields\":{\"22\":[\"0\",\"1\"]}}");
}

static void a_priority_has_its_id(void **state) {
    (void)state;
    struct ticket_form_field from;
    struct answer_edit edit = edit_of(&from, "priority", TEXT("Normal"), TEXT("Low"));
    from.has_value_id = edit.to.has_value_id = true;
    from.value_id = 2;
    edit.to.value_id = 1;
    assert_data(&edit, true, "{\"fields\":{\"22\":[[\"Normal\",2],[\"Low\",1]]}}");
}

static void a_memo_is_told_without_tags_and_in_its_beginning_but_by_the_page(void **state) {
    (void)state;
    char story[2000] = "<p>";
    struct ticket_form_field from;
    struct arena arena = arena_new(1 << 20);
    for (int i = 0; i < 80; i++) strcat(story, "word ");
    struct answer_edit edit = edit_of(&from, "memo", TEXT("<b>old</b> &amp; gone"), text_of(story));
    struct text data = answer_event_data(&edit, &arena);
    assert_true(text_find(data, TEXT("{\"22\":[\"old & gone\",\"word word "), 0) > 0);
    assert_true(text_find(data, TEXT("word word ...\"]}}"), 0) > 0);
    assert_true(data.length < 520);
    edit.from = &from, from.value = TEXT_NULL;
    assert_true(text_starts_with(answer_event_data(&edit, &arena), TEXT("{\"0\":\"\",\"1\":\"word word ")));
    data = told_together(&edit, &arena);
    assert_true(text_starts_with(data, TEXT("{\"fields\":{\"22\":[null,\"<p>word word ")));
    assert_true(text_find(data, TEXT("..."), 0) < 0);
    arena_free(&arena);
}

static void whatever_the_values_are_the_json_fits_its_column_whole(void **state) {
    (void)state;
    static char wide[60001];
    struct ticket_form_field from;
    struct arena arena = arena_new(16 << 20);
    for (size_t i = 0; i < 60000; i += 4)
        memcpy(wide + i, "\360\237\230\200", 4); // twelve bytes of JSON each
    struct answer_edit edit = edit_of(&from, "text", text_of(wide), text_of(wide));
    struct text data = answer_event_data(&edit, &arena);
    assert_true(data.length > 50 && data.length <= 1024);
    assert_memory_equal(data.data + data.length - 4, "\"]}}", 4);
    arena_free(&arena);
}

static void one_event_tells_of_columns_and_of_fields_in_the_order_of_the_forms(void **state) {
    (void)state;
    struct arena arena = arena_new(1 << 20);
    struct ticket_form_field fields[] = {{.id = 20, .type = TEXT("text"), .value = TEXT("a")},
                                         {.id = 21, .type = TEXT("text"), .value = TEXT("b")},
                                         {.id = 22, .type = TEXT("text"), .value = TEXT("c")}};
    struct answer_edit items[] = {{.from = &fields[2], .to = {.value = TEXT("z")}},
                                  {.from = &fields[0], .to = {.value = TEXT("x")}}};
    struct answer_edits edits = {.fields = {.items = fields, .count = 3}, .items = items, .count = 2};
    struct text data = answer_event_of_all(TEXT("\"topic_id\":[1,\"2\"]"), &edits, &arena);
    assert_true(text_equal(
        data, TEXT("{\"topic_id\":[1,\"2\"],\"fields\":{\"20\":[\"a\",\"x\"],\"22\":[\"c\",\"z\"]}}")));
    edits.count = 0;
    assert_true(text_equal(answer_event_of_all(TEXT("\"source\":[\"Web\",\"Phone\"]"), &edits, &arena),
                           TEXT("{\"source\":[\"Web\",\"Phone\"]}")));
    assert_true(text_is_null(answer_event_of_all(TEXT(""), &edits, &arena)));
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(old_and_new_stand_twice_as_in_php),
        cmocka_unit_test(each_type_has_a_nothing_of_its_own),
        cmocka_unit_test(a_priority_has_its_id),
        cmocka_unit_test(a_memo_is_told_without_tags_and_in_its_beginning_but_by_the_page),
        cmocka_unit_test(whatever_the_values_are_the_json_fits_its_column_whole),
        cmocka_unit_test(one_event_tells_of_columns_and_of_fields_in_the_order_of_the_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
