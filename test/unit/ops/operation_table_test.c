// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of the operation table hold together, and the web servers' files hand over what is done here.
#include "base/buffer.h"
#include "ops/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FILE_MAX (1 << 20)

static size_t parameters_of(const struct operation *row) {
    size_t count = 0;
    while (row->parameters && row->parameters[count].name) count++;
    return count;
}

static bool has_parameter(const struct operation *row, const char *name) {
    for (size_t i = 0; i < parameters_of(row); i++)
        if (strcmp(row->parameters[i].name, name) == 0) return true;
    return false;
}

static bool is_line(const char *help) {
    return help && *help && !strchr(help, '\n') && help[strlen(help) - 1] != '.';
}

static void each_row_says_what_the_documentation_needs(void **state) {
    (void)state;
    for (size_t i = 0; i < operation_count; i++) {
        const struct operation *row = &operations[i];
        if (!is_line(row->help)) fail_msg("%s: its help is no line without a full stop", row->name);
        for (size_t k = 0; k < parameters_of(row); k++)
            if (!is_line(row->parameters[k].help))
                fail_msg("%s: the help of %s", row->name, row->parameters[k].name);
        assert_true(row->method < METHOD_OTHER && row->method != METHOD_HEAD);
        if (row->with_head) assert_int_equal(row->method, METHOD_GET);
        if (row->method == METHOD_GET) assert_false(row->writes || row->max_body);
        // What is waited for, and what says who may do what, is the primary's.
        if (row->from_replica)
            assert_true(row->method == METHOD_GET && row->scope != SCOPE_NONE &&
                        row->subject.kind != SUBJECT_LANES);
        if (row->media_types) assert_true(row->max_body);
        assert_true((row->subject.kind == SUBJECT_NONE || row->subject.kind == SUBJECT_LANES) ==
                    !row->subject.parameter);
        if (row->subject.parameter) assert_true(has_parameter(row, row->subject.parameter));
    }
}

// The pattern's parameters and those of the row that are in the path are the same, in the same order.
static void each_parameter_of_a_path_is_described(void **state) {
    (void)state;
    for (size_t i = 0; i < operation_count; i++) {
        const struct operation *row = &operations[i];
        size_t described = 0;
        for (const char *at = row->path; (at = strchr(at, '{')); at++, described++) {
            struct text name = {at + 1, strcspn(at, "}") - 1};
            if (described == parameters_of(row) ||
                !text_equal(name, text_of(row->parameters[described].name)) ||
                row->parameters[described].place != IN_PATH)
                fail_msg("%s: {%.*s} is not described", row->name, (int)name.length, name.data);
        }
        assert_true(described <= ROUTE_PARAMETERS_MAX);
        for (; described < parameters_of(row); described++)
            assert_int_equal(row->parameters[described].place, IN_QUERY);
    }
}

// A path of the row, with 7 for each parameter.
static void sample(const char *pattern, char path[256]) {
    while (*pattern) {
        *path++ = *pattern == '{' ? '7' : *pattern;
        pattern += *pattern == '{' ? strcspn(pattern, "}") + 1 : 1;
    }
    *path = '\0';
}

static void each_row_is_found_by_its_own_path(void **state) {
    (void)state;
    static struct route route;
    char path[256];
    for (size_t i = 0; i < operation_count; i++) {
        sample(operations[i].path, path);
        route_find(operations, operation_count, operations[i].method, text_of(path), &route);
        if (route.operation != &operations[i])
            fail_msg("%s is taken by %s", path, route.operation ? route.operation->name : "nobody");
        for (size_t k = 0; k < i; k++) assert_string_not_equal(operations[k].name, operations[i].name);
    }
}

// As a regular expression for a web server, which decodes the path, encoded slashes too, before it compares.
static void alternative_of(const char *pattern, char alternative[256]) {
    size_t used = 0;
    for (pattern++; *pattern; pattern++) {
        if (*pattern == '{') {
            pattern += strcspn(pattern, "}");
            used += (size_t)snprintf(alternative + used, 256 - used, ".+");
        } else {
            used +=
                (size_t)snprintf(alternative + used, 256 - used, *pattern == '.' ? "\\." : "%c", *pattern);
        }
    }
}

static struct text pattern_in(const char *name, const char *before, const char *after, struct buffer *file) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", WEB_SERVER_FOLDER, name);
    FILE *stream = fopen(path, "r");
    assert_non_null(stream);
    char *room = buffer_reserve(file, FILE_MAX / 2);
    file->length = fread(room, 1, FILE_MAX / 2, stream);
    fclose(stream);
    ptrdiff_t start = text_find(buffer_text(file), text_of(before), 0);
    assert_true(start >= 0);
    start += (ptrdiff_t)strlen(before);
    ptrdiff_t end = text_find(buffer_text(file), text_of(after), (size_t)start);
    assert_true(end >= 0);
    return (struct text){file->data + start, (size_t)(end - start)};
}

// Takes `alternative` out of the list, parted by bars.
static bool strike(char *list, const char *alternative) {
    size_t length = strlen(alternative);
    for (char *at = list; at; at = strchr(at, '|'), at = at ? at + 1 : NULL) {
        if (strncmp(at, alternative, length) != 0 || (at[length] && at[length] != '|')) continue;
        memset(at, '-', length);
        return true;
    }
    return false;
}

static void assert_handed_over(const char *file, struct text pattern, const char *further) {
    char list[8192], alternative[256];
    assert_true(pattern.length < sizeof list);
    memcpy(list, pattern.data, pattern.length);
    list[pattern.length] = '\0';
    for (size_t i = 0; i < operation_count; i++) {
        if (!operations[i].handle) continue;
        alternative_of(operations[i].path, alternative);
        bool repeated = false;
        for (size_t k = 0; k < i; k++)
            repeated = repeated || strcmp(operations[k].path, operations[i].path) == 0;
        if (!repeated && !strike(list, alternative))
            fail_msg("%s does not hand %s over: its list needs %s", file, operations[i].name, alternative);
    }
    for (const char *at = further; *at; at += strlen(at) + 1) assert_true(strike(list, at));
    if (list[strspn(list, "-|")]) fail_msg("%s hands over what is no operation's: %s", file, list);
}

static void nginx_hands_over_what_is_done_here_and_nothing_else(void **state) {
    (void)state;
    struct buffer file = buffer_new(FILE_MAX);
    assert_handed_over(
        "nginx/snippet.conf",
        pattern_in("snippet.conf", "rewrite \"^(?:/.*)?/api/(?:http\\.php/)?(?:", ")$\" ", &file),
        "health\0ready\0");
    buffer_free(&file);
}

static void apache_hands_over_what_is_done_here_and_nothing_else(void **state) {
    (void)state;
    struct buffer file = buffer_new(FILE_MAX);
    assert_handed_over(
        "nginx/apache.conf",
        pattern_in("apache.conf", "<LocationMatch \"^(/[^/]+)*/api(/http\\.php)?/(", ")$\">", &file), "");
    buffer_free(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_says_what_the_documentation_needs),
        cmocka_unit_test(each_parameter_of_a_path_is_described),
        cmocka_unit_test(each_row_is_found_by_its_own_path),
        cmocka_unit_test(nginx_hands_over_what_is_done_here_and_nothing_else),
        cmocka_unit_test(apache_hands_over_what_is_done_here_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
