// SPDX-License-Identifier: GPL-2.0-or-later
// What json_parse() takes and what it refuses, with the words that clients see.
#include "json/reader.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_refused(struct text json, const char *message) {
    struct error error = {0};
    struct json_value *root = json_parse(json, &error);
    assert_null(root);
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
    assert_string_equal(error.message, message);
}

static void refuses_what_is_no_json(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "{nope",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "[1,]",
        "{\"a\":1,}",
        "01",
        "1.",
        ".5",
        "+1",
        "- 1",
        "{\"a\" 1}",
        "{a:1}",
        "[1 2]",
        "nul",
        "{\"a\":1",
        "\"open",
        "[]x",
        "{}{}",
        "\"\\x\"",
        "\"\\u12g4\"",
        "// c\n1",
        "\xEF\xBB\xBF{}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_refused(text_of(texts[i]), "Syntax error, malformed JSON");
}

static void refuses_bytes_that_are_no_utf8(void **state) {
    (void)state;
    const char *message = "Malformed UTF-8 characters, possibly incorrectly encoded";
    assert_refused(text_of("{\"a\":\"\xC3\"}"), message);
    assert_refused(text_of("{\"a\":\"\xC0\xAF\"}"), message);
    assert_refused(text_of("{\"a\":\"\xED\xA0\x80\"}"), message);
    assert_refused(text_of("{\"a\":\"\xF5\x80\x80\x80\"}"), message);
}

static void refuses_raw_control_characters(void **state) {
    (void)state;
    assert_refused(text_of("{\"a\":\"x\ny\"}"), "Unexpected control character found");
    assert_refused(TEXT("{\"a\":\"x\0y\"}"), "Unexpected control character found");
}

static void refuses_unpaired_surrogates(void **state) {
    (void)state;
    const char *message = "Single unpaired high surrogate in Unicode escape";
    assert_refused(text_of("{\"a\":\"\\ud800\"}"), message);
    assert_refused(text_of("{\"a\":\"\\udc00\"}"), message);
    assert_refused(text_of("{\"a\":\"\\ud800x\"}"), message);
    assert_refused(text_of("{\"a\":\"\\ud800\\ud800\"}"), message);
}

static void refuses_a_name_that_stands_twice(void **state) {
    (void)state;
    const char *message = "a name stands twice in an object of the JSON body";
    assert_refused(text_of("{\"a\":1,\"a\":2}"), message);
    assert_refused(text_of("{\"x\":[{\"a\":1,\"\\u0061\":null}]}"), message);
}

static void refuses_a_nul_in_a_name(void **state) {
    (void)state;
    assert_refused(text_of("{\"a\\u0000b\":1}"), "a name in the JSON body contains a NUL character");
}

// An unknown name is never an error, whatever number stands there; a known one is the field's to refuse.
static void reads_numbers_of_any_size_as_php_does(void **state) {
    (void)state;
    struct error error = {0};
    struct json_value *root = json_parse(
        text_of("{\"9223372036854775808\":[9223372036854775807,9223372036854775808,-9223372036854775809,"
                "1e999,-1e999,1e-999,[10000000000000000000000000],\"\\\"99999999999999999999\"]}"),
        &error);
    const struct json_value *list = json_member(root, "9223372036854775808");
    assert_non_null(list);
    assert_true(json_value_integer(json_element(list, 0)) == INT64_MAX);
    static const double reals[] = {9223372036854775808.0, -9223372036854775808.0, INFINITY, -INFINITY, 0};
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        assert_int_equal(json_kind(json_element(list, i + 1)), JSON_REAL);
        assert_true(json_value_real(json_element(list, i + 1)) == reals[i]);
    }
    assert_true(json_value_real(json_element(json_element(list, 6), 0)) == 1e25);
    assert_true(text_equal(json_value_digits(json_element(list, 1)), TEXT("9223372036854775808")));
    assert_true(text_equal(json_value_digits(json_element(list, 2)), TEXT("-9223372036854775809")));
    for (size_t i = 3; i < 6; i++) assert_true(text_is_null(json_value_digits(json_element(list, i))));
    assert_true(text_is_null(json_value_digits(json_element(list, 0))));
    assert_true(text_equal(json_value_text(json_element(list, 7)), TEXT("\"99999999999999999999")));
    json_free(&root);
}

static void refuses_nesting_beyond_its_depth(void **state) {
    (void)state;
    static char deep[2 * JSON_DEPTH_MAX + 4];
    memset(deep, '[', JSON_DEPTH_MAX + 1);
    memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
    assert_refused(text_of(deep), "Maximum stack depth exceeded");
    struct error error = {0};
    struct json_value *root = json_parse((struct text){deep + 1, 2 * JSON_DEPTH_MAX}, &error);
    assert_non_null(root);
    json_free(&root);
}

static void reads_every_kind(void **state) {
    (void)state;
    struct error error = {0};
    struct json_value *root = json_parse(text_of(" {\"n\":null,\"t\":true,\"i\":-9223372036854775808,\"r\":1."
                                                 "5e1,\"s\":\"\\u00e9\\ud83d\\ude80\\u0000/\","
                                                 "\"a\":[1,null],\"o\":{\"k\":{}}} "),
                                         &error);
    assert_non_null(root);
    assert_int_equal(json_kind(root), JSON_OBJECT);
    assert_int_equal(json_count(root), 7);
    assert_int_equal(json_kind(json_member(root, "n")), JSON_NULL);
    assert_int_equal(json_kind(json_member(root, "absent")), JSON_ABSENT);
    assert_true(json_value_boolean(json_member(root, "t")));
    assert_true(json_value_integer(json_member(root, "i")) == INT64_MIN);
    assert_true(json_value_real(json_member(root, "r")) == 15.0);
    assert_true(text_equal(json_value_text(json_member(root, "s")), TEXT("\xC3\xA9\xF0\x9F\x9A\x80\0/")));
    assert_int_equal(json_kind(json_element(json_member(root, "a"), 1)), JSON_NULL);
    assert_null(json_element(json_member(root, "a"), 2));
    assert_int_equal(json_kind(json_member(json_member(root, "o"), "k")), JSON_OBJECT);
    json_free(&root);
    assert_null(root);
}

static void walks_members_in_their_order(void **state) {
    (void)state;
    struct error error = {0};
    struct json_value *root = json_parse(text_of("{\"b\":1,\"a\":null,\"c\":3}"), &error);
    const struct json_value *value;
    struct text name;
    void *cursor = NULL;
    char order[4] = "";
    while (json_next_member(root, &cursor, &name, &value)) strncat(order, name.data, 1);
    assert_string_equal(order, "bac");
    json_free(&root);
}

static void getters_do_not_coerce(void **state) {
    (void)state;
    struct error error = {0};
    struct json_value *root = json_parse(text_of("{\"s\":\"12abc\",\"i\":7}"), &error);
    assert_int_equal(json_value_integer(json_member(root, "s")), 0);
    assert_null(json_value_text(json_member(root, "i")).data);
    assert_int_equal(json_count(json_member(root, "i")), 0);
    json_free(&root);
}

static void what_is_true_to_php_is_true(void **state) {
    (void)state;
    struct error error = {0};
    struct json_value *root = json_parse(
        text_of("[true,1,-1,0.5,\"a\",\"0.0\",[0],{\"a\":null},false,null,0,0.0,\"\",\"0\",[],{}]"), &error);
    for (size_t i = 0; i < json_count(root); i++)
        assert_int_equal(i < 8, json_is_true(json_element(root, i)));
    assert_false(json_is_true(json_member(root, "absent")));
    json_free(&root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_no_json),
        cmocka_unit_test(refuses_bytes_that_are_no_utf8),
        cmocka_unit_test(refuses_raw_control_characters),
        cmocka_unit_test(refuses_unpaired_surrogates),
        cmocka_unit_test(refuses_a_name_that_stands_twice),
        cmocka_unit_test(refuses_a_nul_in_a_name),
        cmocka_unit_test(reads_numbers_of_any_size_as_php_does),
        cmocka_unit_test(refuses_nesting_beyond_its_depth),
        cmocka_unit_test(reads_every_kind),
        cmocka_unit_test(walks_members_in_their_order),
        cmocka_unit_test(getters_do_not_coerce),
        cmocka_unit_test(what_is_true_to_php_is_true),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
