// SPDX-License-Identifier: GPL-2.0-or-later
// The paths of another API, spoken beside ours: where they are switched on, and nowhere else.
#include "base/error.h"
#include "client.h"
#include "pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define JSON "application/json; charset=UTF-8"

static struct pool on, off;

static int start(void **state) {
    (void)state;
    pool_start(&on, "workers = 1", "[adapters]\npr5019 = yes\nwildcard = yes");
    pool_start(&off, "workers = 1", "[fallback]\nphp = \"@osticket\"");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    return pool_stop(&on) | pool_stop(&off);
}

static struct reply ask(struct pool *pool, const char *method, const char *uri) {
    static const char *const headers[] = {"OSTICKET_FCGI_HANDS_ON", "1", NULL};
    return client_ask(pool->socket, method, uri, headers, TEXT_NULL);
}

static void expect(struct reply reply, int status, const char *type, const char *body) {
    char value[256] = "";
    assert_true(reply.ended);
    assert_int_equal(reply_status(&reply), status);
    if (!reply_header(&reply, "Content-Type", value, sizeof value)) value[0] = '\0';
    assert_string_equal(value, type);
    assert_string_equal(reply_body(&reply), body);
    reply_free(&reply);
}

static void a_path_of_its_own_is_answered(void **state) {
    (void)state;
    expect(ask(&on, "GET", "/api/peer.php?unknown=1"), 200, JSON, "{\"by\":\"adapter\"}");
    expect(ask(&on, "GET", "/api/http.php/peer.php"), 200, JSON, "{\"by\":\"adapter\"}");
}

static void a_path_that_ours_have_is_its_own_by_the_query_alone(void **state) {
    (void)state;
    expect(ask(&on, "GET", "/api/value?value=x"), 200, "text/plain; charset=UTF-8", "x");
    expect(ask(&on, "GET", "/api/value?mine=x"), 200, JSON, "{\"by\":\"adapter\"}");
}

static void failures_have_its_form_and_its_statuses(void **state) {
    (void)state;
    char uri[64], value[64] = "";
    snprintf(uri, sizeof uri, "/api/peer-fail.php?code=%d", (int)ERROR_NOT_FOUND);
    expect(ask(&on, "GET", uri), 400, JSON, "{\"oops\":\"told to \\\"fail\\\"\\/\\u00e4\"}");
    struct reply reply = ask(&on, "POST", "/api/peer.php");
    assert_true(reply_header(&reply, "Allow", value, sizeof value));
    assert_string_equal(value, "GET");
    expect(reply, 405, JSON, "{\"oops\":\"This path takes other methods\"}");
}

static void an_answer_can_be_without_content(void **state) {
    (void)state;
    expect(ask(&on, "GET", "/api/peer.php?nothing=1"), 204, "", "");
}

static void everything_answers_behind_wildcard_too(void **state) {
    (void)state;
    expect(ask(&on, "GET", "/api/wildcard/value?value=x"), 200, "text/plain; charset=UTF-8", "x");
    expect(ask(&on, "GET", "/api/wildcard/peer.php"), 200, JSON, "{\"by\":\"adapter\"}");
    expect(ask(&on, "GET", "/api/wildcardvalue?value=x"), 400, "text/html; charset=UTF-8",
           "URL not supported");
}

static void switched_off_its_paths_are_as_they_were(void **state) {
    (void)state;
    static const char *const uris[] = {"/api/peer.php", "/api/wildcard/value?value=x"};
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
        char value[64] = "";
        struct reply reply = ask(&off, "GET", uris[i]);
        assert_true(reply_header(&reply, "X-Accel-Redirect", value, sizeof value));
        assert_string_equal(value, "@osticket");
        reply_free(&reply);
    }
    expect(ask(&off, "GET", "/api/value?mine=x"), 200, "text/plain; charset=UTF-8", "(none)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_of_its_own_is_answered),
        cmocka_unit_test(a_path_that_ours_have_is_its_own_by_the_query_alone),
        cmocka_unit_test(failures_have_its_form_and_its_statuses),
        cmocka_unit_test(an_answer_can_be_without_content),
        cmocka_unit_test(everything_answers_behind_wildcard_too),
        cmocka_unit_test(switched_off_its_paths_are_as_they_were),
    };
    return cmocka_run_group_tests(tests, start, tear_down);
}
