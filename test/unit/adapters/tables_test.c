// SPDX-License-Identifier: GPL-2.0-or-later
// The tables of the adapters hold together: what they call is there, and the web server's lines send their
// paths here.
#include "adapters/adapted.h"
#include "base/buffer.h"
#include "ops/adapter.h"
#include "ops/route.h"

#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define LINE_MAX_BYTES 1024

typedef void each_row(const struct adapter *adapter, const struct operation *row);

static void for_each(each_row *check) {
    for (size_t i = 0; i < ADAPTER_COUNT; i++)
        for (size_t k = 0; k < adapters[i].count; k++) check(&adapters[i], &adapters[i].rows[k]);
}

static const struct operation *operation_of(const char *name) {
    for (size_t i = 0; i < operation_count; i++)
        if (strcmp(operations[i].name, name) == 0) return &operations[i];
    return NULL;
}

static bool takes(const struct operation *operation, const char *name) {
    const struct operation_parameter *parameter = operation->parameters;
    for (; parameter && parameter->name; parameter++)
        if (strcmp(parameter->name, name) == 0) return true;
    return false;
}

static void check_row(const struct adapter *adapter, const struct operation *row) {
    size_t described = 0;
    assert_true(strncmp(row->name, adapter->name, strlen(adapter->name)) == 0);
    assert_true(row->help && *row->help && row->help[strlen(row->help) - 1] != '.');
    assert_non_null(row->handle);
    assert_non_null(row->adapted);
    assert_true(!row->of_php && !row->for_clients);
    assert_true(row->writes == (row->handle == adapted_write));
    for (const char *at = row->path; (at = strchr(at, '{')); at++, described++)
        assert_int_equal(row->parameters[described].place, IN_PATH);
}

static void each_row_says_what_dispatch_needs(void **state) {
    (void)state;
    for_each(check_row);
}

// A call's name for a parameter, where the operation has none of it: "times" is read by whatever tells times.
static void check_calls(const struct adapter *adapter, const struct operation *row) {
    const struct adapted_call *call = row->adapted->calls;
    size_t count = 0;
    (void)adapter;
    for (; call && call->operation; call++, count++) {
        const struct operation *operation = operation_of(call->operation);
        if (!operation) fail_msg("%s calls %s, which is no operation", row->name, call->operation);
        const struct adapted_parameter *query = call->query;
        for (; query && query->ours; query++)
            if (query->theirs && !takes(operation, query->ours))
                fail_msg("%s: %s has no parameter %s", row->name, call->operation, query->ours);
        if (call->body && !operation->max_body) fail_msg("%s: %s takes no body", row->name, call->operation);
    }
    assert_true(count <= ADAPTED_CALLS_MAX);
}

static void each_call_is_of_an_operation_that_takes_it(void **state) {
    (void)state;
    for_each(check_calls);
}

// A path of the row, with 7 for each parameter.
static void sample(const char *pattern, char path[256]) {
    while (*pattern) {
        *path++ = *pattern == '{' ? '7' : *pattern;
        pattern += *pattern == '{' ? strcspn(pattern, "}") + 1 : 1;
    }
    *path = '\0';
}

static void check_route(const struct adapter *adapter, const struct operation *row) {
    static struct route route;
    char path[256];
    sample(row->path, path);
    route_find(adapter->rows, adapter->count, row->method, text_of(path), &route);
    if (route.operation != row)
        fail_msg("%s is taken by %s", path, route.operation ? route.operation->name : "nobody");
}

static void each_row_is_found_by_its_own_path(void **state) {
    (void)state;
    for_each(check_route);
}

// ---- the web server's lines

// The line of the adapter, as a POSIX expression.
static void pattern_of(const char *name, char pattern[LINE_MAX_BYTES]) {
    char line[LINE_MAX_BYTES], title[64];
    bool behind_title = false;
    FILE *file = fopen(WEB_SERVER_FOLDER "/adapters.conf", "r");
    assert_non_null(file);
    snprintf(title, sizeof title, "# [adapters] %s\n", name);
    *pattern = '\0';
    while (!*pattern && fgets(line, sizeof line, file)) {
        char *begin = strchr(line, '"'), *end = begin ? strchr(begin + 1, '"') : NULL;
        if (behind_title && end) {
            *end = '\0';
            for (char *from = begin + 1, *to = pattern; (*to = *from);) {
                bool is_group = strncmp(from, "(?:", 3) == 0;
                to++;
                from += is_group ? 3 : 1;
            }
        }
        behind_title = strcmp(line, title) == 0;
    }
    fclose(file);
    assert_true(*pattern);
}

static bool is_sent(const char *pattern, const char *path) {
    regex_t expression;
    char whole[300];
    snprintf(whole, sizeof whole, "/api%s", path);
    assert_int_equal(regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB), 0);
    bool fits = regexec(&expression, whole, 0, NULL, 0) == 0;
    regfree(&expression);
    return fits;
}

// Where ours have the path, too, our own line sends it.
static bool is_ours(const struct operation *row, const char *path) {
    static struct route route;
    route_find(operations, operation_count, row->method, text_of(path), &route);
    return route.operation != NULL;
}

static void check_line(const struct adapter *adapter, const struct operation *row) {
    char pattern[LINE_MAX_BYTES], path[256];
    pattern_of(adapter->name, pattern);
    sample(row->path, path);
    if (!is_ours(row, path) && !is_sent(pattern, path))
        fail_msg("nginx/adapters.conf does not send %s here", path);
}

static void nginx_sends_each_path_here_where_its_line_is_switched_on(void **state) {
    (void)state;
    for_each(check_line);
}

static void nginx_sends_nothing_else(void **state) {
    (void)state;
    static const char *const others[] = {
        "/tickets-search.phpx",   "/tickets-other.php/7.json", "/http.php",
        "/api-plusx/health.json", "/tickets.jsonx/7",          "/tickets.json/7/8",
        "/auth/oauth2",           "/tickets-get.php",          "/tickets.json"};
    for (size_t i = 0; i < ADAPTER_COUNT; i++) {
        char pattern[LINE_MAX_BYTES];
        pattern_of(adapters[i].name, pattern);
        for (size_t k = 0; k < sizeof others / sizeof *others; k++)
            if (is_sent(pattern, others[k])) fail_msg("%s: %s", adapters[i].name, others[k]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_says_what_dispatch_needs),
        cmocka_unit_test(each_call_is_of_an_operation_that_takes_it),
        cmocka_unit_test(each_row_is_found_by_its_own_path),
        cmocka_unit_test(nginx_sends_each_path_here_where_its_line_is_switched_on),
        cmocka_unit_test(nginx_sends_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
