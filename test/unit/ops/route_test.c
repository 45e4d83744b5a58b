// SPDX-License-Identifier: GPL-2.0-or-later
// Which operation a method and a path ask for, and what of the path reaches it.
#include "ops/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NUMBER                                                                                               \
    {                                                                                                        \
        .name = "number", .place = IN_PATH, .kind = PARAMETER_TICKET, .required = true,                      \
        .help = "the ticket's number"                                                                        \
    }
#define ID                                                                                                   \
    { .name = "id", .place = IN_PATH, .kind = PARAMETER_ID, .required = true, .help = "of the entry" }

static const struct operation rows[] = {
    {.name = "ticket", .path = "/tickets/{number}.json", .with_head = true, .parameters = PARAMETERS(NUMBER)},
    {.name = "change",
     .method = METHOD_PATCH,
     .path = "/tickets/{number}.json",
     .parameters = PARAMETERS(NUMBER)},
    {.name = "reply", .method = METHOD_POST, .path = "/tickets/reply.json", .of_php = true},
    {.name = "note",
     .method = METHOD_POST,
     .path = "/tickets/{number}/note.json",
     .parameters = PARAMETERS(NUMBER)},
    {.name = "entry", .path = "/tickets/{number}/entries/{id}.json", .parameters = PARAMETERS(NUMBER, ID)},
    {.name = "attachment",
     .path = "/tickets/{number}/attachments/{id}",
     .parameters = PARAMETERS(NUMBER, ID)},
    {.name = "person",
     .path = "/people/{name}",
     .parameters = PARAMETERS({.name = "name",
                               .place = IN_PATH,
                               .kind = PARAMETER_NAME,
                               .required = true,
                               .help = "the user name"})},
    {.name = "export", .path = "/export/of-{name}.csv"},
    {.name = "create", .method = METHOD_POST, .path = "/tickets.json", .of_php = true},
    {.name = "list", .path = "/tickets.json"},
};

static struct route route;

static const char *find_sized(enum method method, const char *path, size_t length) {
    route_find(rows, sizeof rows / sizeof *rows, method, (struct text){path, length}, &route);
    return route.operation ? route.operation->name : "none";
}

static const char *find(enum method method, const char *path) {
    return find_sized(method, path, strlen(path));
}

static void assert_value(const char *name, const char *value) {
    struct text found = route_value(&route, text_of(name));
    assert_non_null(found.data);
    assert_int_equal(found.length, strlen(value));
    assert_memory_equal(found.data, value, found.length);
}

static void assert_number(const char *path, const char *number) {
    struct error error = {0};
    assert_string_equal(find(METHOD_POST, path), "note");
    assert_true(route_check(&route, &error));
    assert_value("number", number);
}

static void assert_refused(const char *path, const char *message) {
    struct error error = {0};
    assert_string_not_equal(find(METHOD_GET, path), "none");
    assert_false(route_check(&route, &error));
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
    assert_string_equal(error.message, message);
}

static void a_parameter_is_what_stands_between_the_fixed_texts(void **state) {
    (void)state;
    assert_string_equal(find(METHOD_GET, "/tickets/310042.json"), "ticket");
    assert_value("number", "310042");
    assert_string_equal(find(METHOD_GET, "/tickets/310042/entries/991.json"), "entry");
    assert_value("number", "310042");
    assert_value("id", "991");
    assert_string_equal(find(METHOD_GET, "/export/of-anna.csv"), "export");
    assert_value("name", "anna");
    assert_string_equal(find(METHOD_GET, "/tickets/a.json.json"), "ticket");
    assert_value("number", "a.json");
    assert_true(text_is_null(route_value(&route, TEXT("id"))));
    assert_string_equal(find(METHOD_GET, "/tickets.json"), "list");
    assert_true(text_is_null(route_value(&route, TEXT("number"))));
}

static void what_does_not_fit_is_no_operation_s(void **state) {
    (void)state;
    const char *const paths[] = {
        "",
        "/",
        "tickets.json",
        "/tickets",
        "/tickets.json/",
        "/tickets.jsonx",
        "/TICKETS.json",
        "/tickets/.json",
        "/tickets/310042",
        "/tickets/310042.JSON",
        "/tickets/310042/note",
        "/tickets/310042/note.json/",
        "/tickets/310042/note.json/x",
        "/tickets/310042/x/note.json",
        "/tickets/../tickets.json",
        "/tickets/310042/%2e%2e/note.json",
        "/tickets%2f310042.json",
        "/tickets%00.json",
        "/tickets.json%00",
        "/tickets.json%0a",
        "/people/",
        "/people",
        "/export/of-.csv",
        "/export/anna.csv",
        "/1/2/3/4/5/6/7/8/9/10",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (strcmp(find(METHOD_GET, paths[i]), "none") != 0) fail_msg("%s is taken", paths[i]);
        assert_false(route.own);
        assert_int_equal(route.methods, 0);
    }
    route_find(rows, sizeof rows / sizeof *rows, METHOD_GET, TEXT_NULL, &route);
    assert_null(route.operation);
}

static void a_path_without_parameters_wins_whatever_the_method(void **state) {
    (void)state;
    assert_string_equal(find(METHOD_POST, "/tickets/reply.json"), "reply");
    assert_int_equal(route.count, 0);
    assert_string_equal(find(METHOD_GET, "/tickets/reply.json"), "none");
    assert_int_equal(route.methods, 1u << METHOD_POST);
    assert_false(route.own);
}

static void a_known_path_tells_its_methods(void **state) {
    (void)state;
    char list[ROUTE_METHODS_SIZE];
    assert_string_equal(find(METHOD_DELETE, "/tickets/1.json"), "none");
    assert_true(route.own);
    route_methods(route.methods, list);
    assert_string_equal(list, "GET, HEAD, PATCH");
    assert_string_equal(find(METHOD_OTHER, "/people/x"), "none");
    route_methods(route.methods, list);
    assert_string_equal(list, "GET");
    assert_string_equal(find(METHOD_DELETE, "/tickets.json"), "none");
    assert_false(route.own);
    route_methods(~0u, list);
    assert_string_equal(list, "GET, HEAD, POST, PUT, PATCH, DELETE");
    route_methods(0, list);
    assert_string_equal(list, "");
}

static void head_is_get_where_the_row_says_so(void **state) {
    (void)state;
    assert_string_equal(find(METHOD_HEAD, "/tickets/1.json"), "ticket");
    assert_string_equal(find(METHOD_HEAD, "/people/x"), "none");
}

static void methods_are_read_exactly(void **state) {
    (void)state;
    assert_int_equal(route_method("GET"), METHOD_GET);
    assert_int_equal(route_method("DELETE"), METHOD_DELETE);
    assert_int_equal(route_method("get"), METHOD_OTHER);
    assert_int_equal(route_method("OPTIONS"), METHOD_OTHER);
    assert_int_equal(route_method(""), METHOD_OTHER);
    assert_int_equal(route_method(NULL), METHOD_OTHER);
}

static void a_run_of_slashes_is_one(void **state) {
    (void)state;
    assert_number("///tickets//310042///note.json", "310042");
    assert_string_equal(find(METHOD_POST, "/tickets/310042/note.json//"), "none");
}

static void a_parameter_is_decoded_once_after_the_cut(void **state) {
    (void)state;
    assert_number("/tickets/A%2D1/note.json", "A-1");
    assert_number("/tickets/%c3%A4/note.json", "\xc3\xa4");
    assert_number("/tickets/a%2525/note.json", "a%25");
    assert_number("/tickets/a%252f/note.json", "a%2f");
    assert_number("/tickets/a+b/note.json", "a+b");
    assert_number("/tickets/2024%2F17/note.json", "2024/17");
    assert_number("/tickets/id:17/note.json", "id:17");
    assert_number("/tickets/...%20/note.json", "... ");
    assert_number("/tickets/%7bnumber%7D/note.json", "{number}");
}

static void fixed_text_may_be_encoded_too(void **state) {
    (void)state;
    assert_number("/ticket%73/310042/note%2Ejson", "310042");
    assert_string_equal(find(METHOD_GET, "/tickets/310042%2ejson"), "ticket");
    assert_value("number", "310042");
    assert_string_equal(find(METHOD_GET, "/tickets/310042%252ejson"), "none");
}

static void a_parameter_that_cannot_be_one_is_a_bad_request(void **state) {
    (void)state;
    assert_refused("/tickets/1%00.json", "The number in the path contains a control character");
    assert_refused("/tickets/%0a.json", "The number in the path contains a control character");
    assert_refused("/tickets/%7F.json", "The number in the path contains a control character");
    assert_refused("/people/..", "The name in the path is . or ..");
    assert_refused("/people/%2e", "The name in the path is . or ..");
    assert_refused("/people/%2E.", "The name in the path is . or ..");
    assert_refused("/people/a%2fb", "The name in the path contains a slash");
    assert_refused("/people/..%2f..%2fetc", "The name in the path contains a slash");
    assert_refused("/people/%", "The name in the path has a % without two hexadecimal digits");
    assert_refused("/people/a%4", "The name in the path has a % without two hexadecimal digits");
    assert_refused("/people/%zz", "The name in the path has a % without two hexadecimal digits");
    assert_refused("/people/%u0041", "The name in the path has a % without two hexadecimal digits");
    assert_refused("/people/%ff", "The name in the path is not UTF-8");
    assert_refused("/people/%c0%ae", "The name in the path is not UTF-8");
    assert_refused("/people/\xc3", "The name in the path is not UTF-8");
}

static void an_id_is_a_positive_integer(void **state) {
    (void)state;
    struct error error = {0};
    assert_string_equal(find(METHOD_GET, "/tickets/1/entries/9223372036854775807.json"), "entry");
    assert_true(route_check(&route, &error));
    const char *const ids[] = {
        "0", "-1", "+1", "1.0", "0x1", "1e3", "%201", "a", "id:1", "1%2f2", "9223372036854775808"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        char path[128];
        snprintf(path, sizeof path, "/tickets/1/entries/%s.json", ids[i]);
        assert_refused(path, "The id in the path is not a positive integer");
    }
}

static void a_parameter_has_a_ceiling(void **state) {
    (void)state;
    struct error error = {0};
    char path[2048] = "/people/";
    memset(path + 8, 'a', 256);
    assert_string_equal(find_sized(METHOD_GET, path, 8 + 255), "person");
    assert_true(route_check(&route, &error));
    assert_int_equal(route_value(&route, TEXT("name")).length, 255);
    assert_string_equal(find_sized(METHOD_GET, path, 8 + 256), "person");
    assert_true(text_is_null(route_value(&route, TEXT("name"))));
    assert_false(route_check(&route, &error));
    assert_string_equal(error.message, "The name in the path is too long");
    for (size_t i = 0; i < 255; i++) memcpy(path + 8 + 3 * i, "%C3", 3);
    assert_string_equal(find_sized(METHOD_GET, path, 8 + 3 * 254), "person");
    assert_int_equal(route_value(&route, TEXT("name")).length, 254);
}

static void a_path_of_nobody_s_parameters_is_compared_alike(void **state) {
    (void)state;
    assert_true(route_is(TEXT("/health"), "/health"));
    assert_true(route_is(TEXT("//he%61lth"), "/health"));
    assert_false(route_is(TEXT("/health/"), "/health"));
    assert_false(route_is(TEXT_NULL, "/health"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parameter_is_what_stands_between_the_fixed_texts),
        cmocka_unit_test(what_does_not_fit_is_no_operation_s),
        cmocka_unit_test(a_path_without_parameters_wins_whatever_the_method),
        cmocka_unit_test(a_known_path_tells_its_methods),
        cmocka_unit_test(head_is_get_where_the_row_says_so),
        cmocka_unit_test(methods_are_read_exactly),
        cmocka_unit_test(a_run_of_slashes_is_one),
        cmocka_unit_test(a_parameter_is_decoded_once_after_the_cut),
        cmocka_unit_test(fixed_text_may_be_encoded_too),
        cmocka_unit_test(a_parameter_that_cannot_be_one_is_a_bad_request),
        cmocka_unit_test(an_id_is_a_positive_integer),
        cmocka_unit_test(a_parameter_has_a_ceiling),
        cmocka_unit_test(a_path_of_nobody_s_parameters_is_compared_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
