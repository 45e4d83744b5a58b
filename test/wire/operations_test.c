// SPDX-License-Identifier: GPL-2.0-or-later
// What a row of the operation table means to a client: methods, paths with parameters, bodies, errors. Paths
// that PHP has as well answer as they always did: exchange_test.c.
#include "base/error.h"
#include "client.h"
#include "pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PLAIN "text/plain; charset=UTF-8"
#define JSON  "application/json; charset=UTF-8"

static struct pool pool;

static int start(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1\nmax_body = 1M",
               "[cors]\norigins = https://desk.example.org\n[fallback]\nphp = \"@osticket\"");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    return pool_stop(&pool);
}

// All of it under a web server that takes X-Accel-Redirect: what is PHP's turn shows in that header.
static struct reply ask(const char *method, const char *uri, const char *type, struct text body) {
    const char *const headers[] = {"OSTICKET_FCGI_HANDS_ON", "1", type ? "CONTENT_TYPE" : NULL, type, NULL};
    return client_ask(pool.socket, method, uri, headers, body);
}

static void assert_header(const struct reply *reply, const char *name, const char *wanted) {
    char value[256] = "";
    if (!reply_header(reply, name, value, sizeof value)) value[0] = '\0';
    assert_string_equal(value, wanted);
}

static void expect(struct reply reply, int status, const char *type, const char *body) {
    assert_true(reply.ended);
    assert_int_equal(reply_status(&reply), status);
    assert_header(&reply, "Content-Type", type);
    assert_string_equal(reply_body(&reply), body);
    reply_free(&reply);
}

static struct reply get(const char *uri) {
    return ask("GET", uri, NULL, TEXT_NULL);
}

static void expect_failure(struct reply reply, int status, const char *word, const char *text) {
    char body[512];
    snprintf(body, sizeof body,
             "{\"status_code\":\"FAILURE\",\"error\":\"%s\",\"status_msg\":\"%s\",\"errors\":{}}", word,
             text);
    expect(reply, status, JSON, body);
}

static void a_parameter_of_the_path_reaches_the_operation(void **state) {
    (void)state;
    expect(get("/api/tickets/77.json"), 200, PLAIN, "number=77 subject 1:0");
    expect(get("/support/api/http.php//tickets/7%2f7%2Ejson"), 200, PLAIN, "number=7/7 subject 1:0");
    expect(get("/api/tickets/7%252f7.json"), 200, PLAIN, "number=7%2f7 subject 1:0");
    expect(get("/api/tickets/77/entries/8.json"), 200, JSON, "number=77 id=8 subject 1:0");
}

static void the_query_does_not_speak_for_the_path(void **state) {
    (void)state;
    expect(get("/api/tickets/77.json?number=78"), 422, JSON,
           "{\"status_code\":\"FAILURE\",\"error\":\"invalid\",\"status_msg\":\"There is no parameter "
           "number: there is "
           "none at all\",\"errors\":{\"number\":\"There is no parameter number: there is none at all\"}}");
    // PHP's paths take whatever comes.
    expect(get("/api/value?number=78&number[]=1&value=5"), 200, PLAIN, "5");
}

static void a_version_that_is_known_is_not_sent_again(void **state) {
    (void)state;
    const char *const headers[] = {"HTTP_IF_NONE_MATCH", "\"v1\"", NULL};
    struct reply reply = ask("GET", "/api/versioned", NULL, TEXT_NULL);
    assert_header(&reply, "ETag", "\"v1\"");
    assert_header(&reply, "Cache-Control", "private, no-cache");
    assert_string_equal(reply_body(&reply), "the first");
    reply_free(&reply);
    reply = client_ask(pool.socket, "GET", "/api/versioned", headers, TEXT_NULL);
    assert_int_equal(reply_status(&reply), 304);
    assert_header(&reply, "ETag", "\"v1\"");
    assert_string_equal(reply_body(&reply), "");
    reply_free(&reply);
}

static void a_name_of_several_things_lists_them(void **state) {
    (void)state;
    expect(get("/api/several"), 409, JSON,
           "{\"status_code\":\"FAILURE\",\"error\":\"ambiguous\",\"status_msg\":\"two\",\"errors\":{},"
           "\"ids\":[7,18]}");
}

static void what_the_path_names_is_looked_up_with_the_key(void **state) {
    (void)state;
    expect(get("/api/tickets/310042.json"), 200, PLAIN, "number=310042 subject 1:17");
    expect(get("/api/tickets/id:18.json"), 200, PLAIN, "number=id:18 subject 1:18");
    expect(get("/api/tickets/id%3A18.json"), 200, PLAIN, "number=id:18 subject 1:18");
    expect(get("/api/tickets/id:0.json"), 200, PLAIN, "number=id:0 subject 1:0");
    expect(get("/api/tickets/id:x.json"), 200, PLAIN, "number=id:x subject 1:0");
}

static void another_method_is_405_with_allow_whatever_the_key(void **state) {
    (void)state;
    const char *const methods[] = {"POST", "PUT", "DELETE", "OPTIONS", "get", "PROPFIND"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        const char *const headers[] = {"HTTP_X_API_KEY", i % 2 ? "wrong" : "", "OSTICKET_FCGI_HANDS_ON", "1",
                                       NULL};
        struct reply reply = client_ask(pool.socket, methods[i], "/api/tickets/77.json", headers, TEXT_NULL);
        assert_header(&reply, "Allow", "GET, HEAD, PATCH");
        expect_failure(reply, 405, "method", "This path takes other methods");
    }
    struct reply reply = get("/api/people/anna");
    assert_header(&reply, "Allow", "PUT");
    reply_free(&reply);
}

static void another_method_on_a_path_of_php_is_php_s_turn(void **state) {
    (void)state;
    const char *const methods[] = {"DELETE", "PUT", "OPTIONS"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        struct reply reply = ask(methods[i], "/api/tickets.json", NULL, TEXT_NULL);
        assert_header(&reply, "X-Accel-Redirect", "@osticket");
        reply_free(&reply);
    }
    expect(get("/api/tickets.json"), 200, PLAIN, "subject 0:0"); // one of our own beside it
}

static void a_path_of_nobody_is_php_s_turn(void **state) {
    (void)state;
    const char *const uris[] = {"/api/tickets/77/x/entries/8.json", "/api/tickets/77.xml", "/api/people",
                                "/api/tickets/77/../78.json"};
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
        struct reply reply = get(uris[i]);
        assert_header(&reply, "X-Accel-Redirect", "@osticket");
        reply_free(&reply);
    }
}

// Ours, and so no question to PHP.
static void a_parameter_that_cannot_be_read_is_a_clear_400(void **state) {
    (void)state;
    static const struct {
        const char *uri, *text;
    } cases[] = {
        {"/api/tickets/7%00.json", "The number in the path contains a control character"},
        {"/api/tickets/7%0a.json", "The number in the path contains a control character"},
        {"/api/tickets/%ff.json", "The number in the path is not UTF-8"},
        {"/api/tickets/7%.json", "The number in the path has a % without two hexadecimal digits"},
        {"/api/tickets/%2e%2e.json", "The number in the path is . or .."},
        {"/api/tickets/...json", "The number in the path is . or .."},
        {"/api/tickets/77/entries/8%2f9.json", "The id in the path is not a positive integer"},
        {"/api/people/a%2fb/stream.json", "The name in the path contains a slash"},
    };
    char longish[2000] = "/api/people/", *end = longish + 12;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_failure(get(cases[i].uri), 400, "malformed", cases[i].text);
    memset(end, 'a', 1000);
    strcpy(end + 1000, "/stream.json");
    expect_failure(get(longish), 400, "malformed", "The name in the path is too long");
    const char *const wrong[] = {"HTTP_X_API_KEY", "wrong", NULL};
    expect_failure(client_ask(pool.socket, "GET", cases[0].uri, wrong, TEXT_NULL), 401, "key",
                   "Valid API key required");
}

static void errors_of_our_own_paths_are_json(void **state) {
    (void)state;
    char uri[128];
    for (int envelope = 0; envelope < 2; envelope++) {
        snprintf(uri, sizeof uri, "/api/people/a/fail.json?code=%d&envelope=%d", ERROR_NOT_FOUND, envelope);
        expect_failure(get(uri), 404, "not_found", "told to \\\"fail\\\"\\/\\u00e4");
        expect(ask("HEAD", uri, NULL, TEXT_NULL), 404, JSON, "");
    }
}

static void head_is_get_without_the_body(void **state) {
    (void)state;
    struct reply reply = ask("HEAD", "/api/tickets/310042.json", NULL, TEXT_NULL);
    assert_header(&reply, "Content-Length", "26");
    expect(reply, 200, PLAIN, "");
    reply = ask("HEAD", "/api/people/anna/stream.json?bytes=5000000", NULL, TEXT_NULL);
    assert_header(&reply, "Content-Length", "");
    expect(reply, 200, PLAIN, "");
    reply = ask("HEAD", "/api/tickets/77/entries/8.json", NULL, TEXT_NULL); // its row does not say so
    assert_header(&reply, "Allow", "GET, DELETE");
    expect(reply, 405, JSON, "");
}

static void a_body_of_another_type_is_415(void **state) {
    (void)state;
    const char *uri = "/api/tickets/77.json", *form = "application/x-www-form-urlencoded";
    const char *const good[] = {"application/json", "Application/JSON; charset=utf-8",
                                "application/merge-patch+json", NULL};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        expect(ask("PATCH", uri, good[i], TEXT("{}")), 201, JSON, "{}");
    expect_failure(ask("PATCH", uri, form, TEXT("a=1")), 415, "type",
                   "The body's Content-Type has to be application\\/json, application\\/merge-patch+json");
    expect(ask("PATCH", uri, form, TEXT_NULL), 201, JSON, "");
}

static void a_body_over_the_row_s_ceiling_is_413(void **state) {
    (void)state;
    char body[102];
    memset(body, ' ', sizeof body);
    struct reply reply = ask("PATCH", "/api/tickets/77.json", NULL, (struct text){body, 100});
    assert_int_equal(reply_status(&reply), 201);
    reply_free(&reply);
    expect_failure(ask("PATCH", "/api/tickets/77.json", NULL, (struct text){body, 101}), 413, "too_large",
                   "The request body is larger than 100 bytes");
}

static void an_idempotency_key_is_bound_to_path_and_query_as_sent(void **state) {
    (void)state;
    expect(ask("DELETE", "/support/api/tickets/7%2D7/entries/8.json?reason=a+b", NULL, TEXT_NULL), 200, PLAIN,
           "/tickets/7%2D7/entries/8.json?reason=a+b");
}

static void a_preflight_tells_the_methods_of_the_path(void **state) {
    (void)state;
    static const struct {
        const char *uri, *methods;
    } cases[] = {
        {"/api/tickets/77.json", "GET, HEAD, PATCH"},
        {"/api/people/anna", "PUT"},
        {"/api/tickets.json", "GET, HEAD, POST, PUT, PATCH, DELETE"}, // PHP's too, which may take any
        {"/api/nothing", "GET, HEAD, POST, PUT, PATCH, DELETE"},
    };
    const char *const page[] = {"HTTP_ORIGIN", "https://desk.example.org",
                                "HTTP_ACCESS_CONTROL_REQUEST_METHOD", "PATCH", NULL};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply reply = client_ask(pool.socket, "OPTIONS", cases[i].uri, page, TEXT_NULL);
        assert_int_equal(reply_status(&reply), 204);
        assert_header(&reply, "Access-Control-Allow-Methods", cases[i].methods);
        reply_free(&reply);
    }
}

static void the_log_names_the_operation_not_the_path(void **state) {
    (void)state;
    struct reply reply = get("/api/tickets/private/entries/8.json");
    reply_free(&reply);
    assert_true(pool_logged(&pool, "operation=entry", 1));
    assert_int_equal(pool_count(&pool, "private"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parameter_of_the_path_reaches_the_operation),
        cmocka_unit_test(the_query_does_not_speak_for_the_path),
        cmocka_unit_test(a_version_that_is_known_is_not_sent_again),
        cmocka_unit_test(a_name_of_several_things_lists_them),
        cmocka_unit_test(what_the_path_names_is_looked_up_with_the_key),
        cmocka_unit_test(another_method_is_405_with_allow_whatever_the_key),
        cmocka_unit_test(another_method_on_a_path_of_php_is_php_s_turn),
        cmocka_unit_test(a_path_of_nobody_is_php_s_turn),
        cmocka_unit_test(a_parameter_that_cannot_be_read_is_a_clear_400),
        cmocka_unit_test(errors_of_our_own_paths_are_json),
        cmocka_unit_test(head_is_get_without_the_body),
        cmocka_unit_test(a_body_of_another_type_is_415),
        cmocka_unit_test(a_body_over_the_row_s_ceiling_is_413),
        cmocka_unit_test(an_idempotency_key_is_bound_to_path_and_query_as_sent),
        cmocka_unit_test(a_preflight_tells_the_methods_of_the_path),
        cmocka_unit_test(the_log_names_the_operation_not_the_path),
    };
    return cmocka_run_group_tests(tests, start, tear_down);
}
