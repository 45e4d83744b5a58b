// SPDX-License-Identifier: GPL-2.0-or-later
// What a query may hold, by the row of its operation.
#include "ops/parameters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct operation list = {
    .parameters = PARAMETERS(
        {.name = "number", .place = IN_PATH, .kind = PARAMETER_TICKET, .required = true},
        {.name = "limit", .place = IN_QUERY, .kind = PARAMETER_INTEGER, .least = 1, .most = 500},
        {.name = "offset", .place = IN_QUERY, .kind = PARAMETER_INTEGER},
        {.name = "after", .place = IN_QUERY, .kind = PARAMETER_ID},
        {.name = "order", .place = IN_QUERY, .kind = PARAMETER_CHOICE, .members = "asc,desc"},
        {.name = "fields", .place = IN_QUERY, .kind = PARAMETER_LIST, .members = "id,number,status"},
        {.name = "total", .place = IN_QUERY, .kind = PARAMETER_YES_NO},
        {.name = "since", .place = IN_QUERY, .kind = PARAMETER_TIME},
        {.name = "q", .place = IN_QUERY, .kind = PARAMETER_TEXT}),
};
static const struct operation needy = {
    .parameters = PARAMETERS({.name = "q", .place = IN_QUERY, .kind = PARAMETER_TEXT, .required = true}),
};
static const struct operation bare;
static struct error error;

static bool check(const struct operation *operation, const char *name, const char *value) {
    const struct sent_parameter sent[] = {{text_of(name), text_of(value)}};
    error_clear(&error);
    return parameters_check(operation, sent, 1, &error);
}

static void assert_taken(const char *name, const char *value) {
    if (!check(&list, name, value)) fail_msg("%s=%s: %s", name, value, error.message);
}

static void assert_refused(const struct operation *operation, const char *name, const char *value,
                           const char *message) {
    if (check(operation, name, value)) fail_msg("%s=%s was taken", name, value ? value : "[]");
    assert_int_equal(error.code, ERROR_UNPROCESSABLE);
    assert_string_equal(error.message, message);
    assert_string_equal(error.field, name);
}

static void what_fits_is_taken(void **state) {
    (void)state;
    assert_taken("limit", "1");
    assert_taken("limit", "500");
    assert_taken("offset", "0");
    assert_taken("after", "9223372036854775807");
    assert_taken("order", "desc");
    assert_taken("fields", "status,id");
    assert_taken("total", "1");
    assert_taken("since", "-7d");
    assert_taken("q", " ");
    assert_true(parameters_check(&bare, NULL, 0, &error));
}

static void an_unknown_parameter_is_named_with_the_nearest(void **state) {
    (void)state;
    assert_refused(&list, "limt", "1", "There is no parameter limt; the nearest is limit");
    assert_refused(&list, "sincee", "1", "There is no parameter sincee; the nearest is since");
    assert_refused(&bare, "limit", "1", "There is no parameter limit: there is none at all");
    // That of a path is none of the query.
    assert_refused(&list, "number", "7", "There is no parameter number; the nearest is after");
}

static void a_name_of_any_length_is_compared(void **state) {
    (void)state;
    char name[301];
    memset(name, 'x', 300);
    name[300] = '\0';
    assert_false(check(&list, name, "1"));
    assert_int_equal(strlen(error.field), ERROR_FIELD_MAX - 1);
}

static void what_does_not_fit_is_refused(void **state) {
    (void)state;
    static const char *const numbers[] = {
        "0", "501", "-1", "1e3", "", "1.0", "0x1", " 1", "9999999999999999999"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_refused(&list, "limit", numbers[i], "limit has to be a number from 1 to 500");
    assert_refused(&list, "offset", "-1", "offset has to be a number, 0 at least");
    assert_refused(&list, "after", "0", "after has to be a number, 1 at least");
    assert_refused(&list, "order", "down", "order has no down; the nearest is desc");
    assert_refused(&list, "fields", "id,stauts", "fields has no stauts; the nearest is status");
    assert_refused(&list, "fields", "", "fields has no ; the nearest is id");
    assert_refused(&list, "fields", "id,", "fields has no ; the nearest is id");
    assert_refused(&list, "fields", "id, number", "fields has no  number; the nearest is number");
    assert_refused(&list, "total", "yes", "total has to be 1 or 0");
    assert_refused(&list, "since", "yesterday",
                   "since has to be a time as 2026-03-05T10:20:30Z, 2026-03-05 or -7d");
    assert_refused(&list, "q", "", "q is empty");
    assert_refused(&list, "q", NULL, "q cannot be an array");
}

static void a_parameter_is_there_once_and_the_required_ones_are(void **state) {
    (void)state;
    const struct sent_parameter twice[] = {
        {TEXT("q"), TEXT("a")}, {TEXT("total"), TEXT("1")}, {TEXT("q"), TEXT("a")}};
    assert_false(parameters_check(&list, twice, 3, &error));
    assert_string_equal(error.message, "q is there twice");
    assert_false(parameters_check(&needy, NULL, 0, &error));
    assert_string_equal(error.message, "q is missing");
}

static struct text value;
static struct text parameter(const struct operation_context *context, const char *name) {
    (void)context;
    return strcmp(name, "there") == 0 ? value : TEXT_NULL;
}

static void handlers_read_what_was_checked(void **state) {
    (void)state;
    const struct operation_context context = {.parameter = parameter};
    value = TEXT("17");
    assert_int_equal(parameter_integer(&context, "there", 5), 17);
    assert_int_equal(parameter_integer(&context, "absent", 5), 5);
    value = TEXT("desc");
    assert_true(parameter_is(&context, "there", "desc"));
    assert_false(parameter_is(&context, "there", "asc"));
    assert_false(parameter_is(&context, "absent", "asc"));
    value = TEXT("c,a");
    assert_int_equal(parameter_members(&context, "there", "a,b,c", 0), 5);
    assert_int_equal(parameter_members(&context, "absent", "a,b,c", 2), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fits_is_taken),
        cmocka_unit_test(an_unknown_parameter_is_named_with_the_nearest),
        cmocka_unit_test(a_name_of_any_length_is_compared),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(a_parameter_is_there_once_and_the_required_ones_are),
        cmocka_unit_test(handlers_read_what_was_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
