// SPDX-License-Identifier: GPL-2.0-or-later
// What a request becomes and what an answer looks like.
#include "base/clock.h"
#include "base/error.h"
#include "client.h"
#include "pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct pool pool;

static int start(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1\nmax_body = 1M",
               "[api]\ntrusted_proxies = 192.0.2.0/24\n[fallback]\nphp = \"@osticket\"");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    return pool_stop(&pool);
}

static struct reply get(const char *uri) {
    return client_ask(pool.socket, "GET", uri, NULL, TEXT_NULL);
}

static void expect(struct reply reply, int status, const char *type, const char *body) {
    char value[128] = "";
    assert_true(reply.ended);
    assert_int_equal(reply_status(&reply), status);
    assert_true(reply_header(&reply, "Content-Type", value, sizeof value));
    assert_string_equal(value, type);
    assert_string_equal(reply_body(&reply), body);
    assert_true(reply_header(&reply, "Cache-Control", value, sizeof value));
    assert_string_equal(value, "no-store");
    assert_true(reply_header(&reply, "Content-Length", value, sizeof value));
    assert_int_equal(atoi(value), strlen(body));
    reply_free(&reply);
}

#define PLAIN "text/plain; charset=UTF-8"
#define JSON  "application/json; charset=UTF-8"
#define HTML  "text/html; charset=UTF-8"

static void both_url_forms_reach_the_operation(void **state) {
    (void)state;
    expect(get("/api/value?value=x"), 200, PLAIN, "x");
    expect(get("/api/http.php/value?value=x"), 200, PLAIN, "x");
    expect(get("/api/val%75e?value=x"), 200, PLAIN, "x");
}

static void other_paths_and_methods_are_not_supported(void **state) {
    (void)state;
    const char *const paths[] = {"/api/nothing",   "/api/value%00", "/api/value%0a",
                                 "/api%2fvalue",   "/api/%2fvalue", "/api/x/../value",
                                 "/api/VALUE",     "/api/value/",   "/api/val%2575e",
                                 "/value",         "/api",          "",
                                 "/api/%2e/value", "/apivalue",     "/api/http.phpvalue",
                                 "/api/value%7f",  "/api/value%",   "*"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        expect(get(paths[i]), 400, HTML, "URL not supported");
    const char *const methods[] = {"HEAD", "OPTIONS", "PUT", "DELETE", "POST", "get", "PATCH", ""};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        expect(client_ask(pool.socket, methods[i], "/api/value?_method=GET", NULL, TEXT_NULL), 400, HTML,
               "URL not supported");
}

// A base URL that ends in a slash makes one before the prefix.
static void a_run_of_slashes_counts_once_as_under_php(void **state) {
    (void)state;
    const char *const paths[] = {"/api//value?value=once", "/api///value?value=once",
                                 "//api/value?value=once", "///api//http.php//value?value=once"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) expect(get(paths[i]), 200, PLAIN, "once");
    expect(get("//api/%2fvalue"), 400, HTML, "URL not supported");
    expect(get("/api/value//"), 400, HTML, "URL not supported");
}

static void the_route_is_checked_before_the_key(void **state) {
    (void)state;
    const char *const headers[] = {"HTTP_X_API_KEY", "wrong", NULL};
    expect(client_ask(pool.socket, "GET", "/api/nothing", headers, TEXT_NULL), 400, HTML,
           "URL not supported");
}

static void a_missing_wrong_or_doubled_key_is_unauthorized(void **state) {
    (void)state;
    char longish[400];
    memset(longish, 'A', sizeof longish - 1);
    longish[sizeof longish - 1] = '\0';
    const char *const keys[] = {"",           "wrong",       GOOD_KEY ", x", GOOD_KEY ",",
                                "," GOOD_KEY, GOOD_KEY " x", GOOD_KEY "\n",  "\xff",
                                longish};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *const headers[] = {"HTTP_X_API_KEY", keys[i], NULL};
        expect(client_ask(pool.socket, "GET", "/api/value", headers, TEXT_NULL), 401, PLAIN,
               "Valid API key required");
    }
    const char *const unequal[][5] = {{"HTTP_X_API_KEY", GOOD_KEY, "HTTP_X_API_KEY", "wrong", NULL},
                                      {"HTTP_X_API_KEY", "wrong", "HTTP_X_API_KEY", GOOD_KEY, NULL},
                                      {"HTTP_X_API_KEY", GOOD_KEY, "HTTP_X_API_KEY", "", NULL}};
    for (size_t i = 0; i < sizeof unequal / sizeof *unequal; i++)
        expect(client_ask(pool.socket, "GET", "/api/value", unequal[i], TEXT_NULL), 401, PLAIN,
               "Valid API key required");
    expect(get("/api/locked"), 401, PLAIN, "API key not authorized");
}

static void a_key_sent_twice_is_that_key(void **state) {
    (void)state;
    const char *const equal[][7] = {
        {"HTTP_X_API_KEY", GOOD_KEY, "HTTP_X_API_KEY", GOOD_KEY, NULL},
        {"HTTP_X_API_KEY", GOOD_KEY, "HTTP_X_API_KEY", GOOD_KEY, "HTTP_X_API_KEY", GOOD_KEY, NULL},
        {"HTTP_X_API_KEY", GOOD_KEY ", " GOOD_KEY, NULL},
        {"HTTP_X_API_KEY", GOOD_KEY "," GOOD_KEY " , " GOOD_KEY, NULL}};
    for (size_t i = 0; i < sizeof equal / sizeof *equal; i++)
        expect(client_ask(pool.socket, "GET", "/api/value?value=x", equal[i], TEXT_NULL), 200, PLAIN, "x");
}

static void query_parameters_are_decoded_as_php_does(void **state) {
    (void)state;
    expect(get("/api/value?value=a+b%2Bc%20d"), 200, PLAIN, "a b+c d");
    expect(get("/api/value?value=1&value=2"), 200, PLAIN, "2");
    expect(get("/api/value?value[]=1"), 200, PLAIN, "(none)");
    expect(get("/api/value?valu=1"), 200, PLAIN, "(none)");
    expect(get("/api/value?value"), 200, PLAIN, "");
    expect(get("/api/value?value=%zz%"), 200, PLAIN, "%zz%");
    expect(get("/api/value?value=%C3%A4%2525"), 200, PLAIN, "\xc3\xa4%25");
}

static void unusable_query_parameters_are_bad_requests(void **state) {
    (void)state;
    expect(get("/api/value?value=%ff"), 400, PLAIN, "A query parameter is not UTF-8");
    expect(get("/api/value?value=%00"), 400, PLAIN, "A query parameter contains a control character");
    expect(get("/api/value?value=1%0a"), 400, PLAIN, "A query parameter contains a control character");
    char uri[10000] = "/api/value?";
    for (int i = 0; i < 65; i++) strcat(uri, "a=1&");
    expect(get(uri), 400, PLAIN, "More than 64 query parameters");
    strcpy(uri, "/api/value?value=");
    memset(uri + strlen(uri), 'x', 9000);
    expect(get(uri), 400, PLAIN, "The query is longer than 8192 bytes");
}

static void a_body_comes_back_whole(void **state) {
    (void)state;
    char *body = malloc(1 << 20);
    assert_non_null(body);
    for (size_t i = 0; i < 1 << 20; i++) body[i] = (char)(i * 7 % 251);
    struct reply reply = client_ask(pool.socket, "POST", "/api/echo", NULL, (struct text){body, 1 << 20});
    assert_true(reply.ended);
    assert_int_equal(reply_status(&reply), 201);
    const char *echoed = reply_body(&reply);
    assert_int_equal(reply.out.data + reply.out.length - echoed, 1 << 20);
    assert_memory_equal(echoed, body, 1 << 20);
    reply_free(&reply);
    free(body);
    expect(client_ask(pool.socket, "POST", "/api/echo", NULL, TEXT("")), 201, JSON, "");
    expect(client_ask(pool.socket, "POST", "/api/echo", NULL, TEXT_NULL), 201, JSON, "");
}

static void a_lying_content_length_is_a_clear_4xx(void **state) {
    (void)state;
    static const struct {
        const char *length;
        int status;
        const char *text;
    } lies[] = {
        {"4", 400, "The request body is not as long as its Content-Length says"},
        {"6", 400, "The request body is not as long as its Content-Length says"},
        {"0", 400, "The request body is not as long as its Content-Length says"},
        {"-1", 400, "Content-Length is not a number"},
        {"+5", 400, "Content-Length is not a number"},
        {"5x", 400, "Content-Length is not a number"},
        {" 5", 400, "Content-Length is not a number"},
        {"0x5", 400, "Content-Length is not a number"},
        {"1048577", 413, "The request body is larger than 1048576 bytes"},
        {"99999999999999999999999", 413, "The request body is larger than 1048576 bytes"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        const char *const headers[] = {"CONTENT_LENGTH", lies[i].length, NULL};
        expect(client_ask(pool.socket, "POST", "/api/echo", headers, TEXT("hello")), lies[i].status, PLAIN,
               lies[i].text);
    }
}

static struct reply fail_with(enum error_code code, const char *more) {
    char uri[64];
    snprintf(uri, sizeof uri, "/api/fail?code=%d%s", (int)code, more);
    return get(uri);
}

static void each_error_has_its_status(void **state) {
    (void)state;
    const char *text = "told to \"fail\"/ä";
    expect(fail_with(ERROR_BAD_REQUEST, ""), 400, PLAIN, text);
    expect(fail_with(ERROR_DENIED, ""), 403, PLAIN, text);
    expect(fail_with(ERROR_NOT_FOUND, ""), 404, PLAIN, text);
    expect(fail_with(ERROR_CONFLICT, ""), 409, PLAIN, text);
    expect(fail_with(ERROR_TOO_LARGE, ""), 413, PLAIN, text);
    expect(fail_with(ERROR_UNPROCESSABLE, ""), 422, PLAIN, text);
}

static void an_envelope_is_json_as_php_writes_it(void **state) {
    (void)state;
    expect(fail_with(ERROR_NOT_FOUND, "&envelope=1"), 404, JSON,
           "{\"tickets\":[],\"status_code\":\"FAILURE\",\"status_msg\":\"told to \\\"fail\\\"\\/\\u00e4\"}");
}

static void a_database_that_is_away_asks_to_come_again(void **state) {
    (void)state;
    const char *const headers[] = {"HTTP_X_API_KEY", "AWAY", NULL};
    struct reply reply = client_ask(pool.socket, "GET", "/api/value", headers, TEXT_NULL);
    char value[32];
    assert_int_equal(reply_status(&reply), 503);
    assert_true(reply_header(&reply, "Retry-After", value, sizeof value));
    assert_string_equal(value, "5");
    reply_free(&reply);
}

static void an_unknown_outcome_does_not_invite_to_send_again(void **state) {
    (void)state;
    struct reply reply = fail_with(ERROR_UNKNOWN, "");
    char value[32];
    assert_int_equal(reply_status(&reply), 503);
    assert_false(reply_header(&reply, "Retry-After", value, sizeof value));
    assert_non_null(strstr(reply_body(&reply), "unknown"));
    reply_free(&reply);
}

static void internals_stay_inside(void **state) {
    (void)state;
    const char *const headers[] = {"HTTP_X_REQUEST_ID", "find.me_1-2", NULL};
    char uri[64];
    snprintf(uri, sizeof uri, "/api/fail?code=%d&bytes=1000", (int)ERROR_INTERNAL);
    expect(client_ask(pool.socket, "GET", uri, headers, TEXT_NULL), 500, PLAIN,
           "Internal error, noted under request id find.me_1-2");
    assert_true(pool_logged(&pool, "id=find.me_1-2 client=192.0.2.1 key=…D339 operation=fail status=500", 1));
    assert_true(pool_logged(&pool, "error=\"told to 'fail'/ä: secret detail\"", 1));
}

static void a_request_id_is_passed_on_or_made(void **state) {
    (void)state;
    const char *const sent[] = {"HTTP_X_REQUEST_ID", "abc.DEF_1-2", NULL};
    const char *const wrong[] = {"HTTP_X_REQUEST_ID", "a b", NULL};
    char value[128];
    struct reply reply = client_ask(pool.socket, "GET", "/api/value", sent, TEXT_NULL);
    assert_true(reply_header(&reply, "X-Request-Id", value, sizeof value));
    assert_string_equal(value, "abc.DEF_1-2");
    reply_free(&reply);
    reply = client_ask(pool.socket, "GET", "/api/value", wrong, TEXT_NULL);
    assert_true(reply_header(&reply, "X-Request-Id", value, sizeof value));
    assert_int_equal(strlen(value), 16);
    assert_int_equal(strspn(value, "0123456789abcdef"), 16);
    reply_free(&reply);
}

static void no_two_requests_get_the_same_id(void **state) {
    (void)state;
    enum { ASKED = 70 }; // more than the server gets from the kernel at once
    static char ids[ASKED][64];
    for (int i = 0; i < ASKED; i++) {
        struct reply reply = get("/api/value");
        assert_true(reply_header(&reply, "X-Request-Id", ids[i], sizeof ids[i]));
        for (int j = 0; j < i; j++) assert_string_not_equal(ids[i], ids[j]);
        reply_free(&reply);
    }
}

static void the_client_is_taken_from_trusted_proxies(void **state) {
    (void)state;
    const char *const one[] = {"HTTP_X_FORWARDED_FOR", "10.0.0.9, 192.0.2.7", NULL};
    const char *const two[] = {"HTTP_X_FORWARDED_FOR", "10.0.0.1", "HTTP_X_FORWARDED_FOR", "10.0.0.2", NULL};
    expect(client_ask(pool.socket, "GET", "/api/client", one, TEXT_NULL), 200, PLAIN, "10.0.0.9");
    expect(client_ask(pool.socket, "GET", "/api/client", two, TEXT_NULL), 200, PLAIN, "10.0.0.2");
    expect(get("/api/client"), 200, PLAIN, "192.0.2.1");
}

static const char *const hands_on[] = {"OSTICKET_FCGI_HANDS_ON", "1", NULL};

// Apache and others would answer 200 with nothing in it.
static void a_web_server_that_does_not_say_so_is_handed_nothing(void **state) {
    (void)state;
    expect(client_ask(pool.socket, "POST", "/api/tickets.json", NULL, TEXT("{}")), 501, PLAIN,
           "This server does not do php itself");
    expect(client_ask(pool.socket, "POST", "/api/nothing", NULL, TEXT("{}")), 400, HTML, "URL not supported");
}

static void a_route_that_is_not_ours_is_php_s_key_or_not(void **state) {
    (void)state;
    char value[64];
    const char *const without_key[] = {"HTTP_X_API_KEY", "", "OSTICKET_FCGI_HANDS_ON", "1", NULL};
    const char *const uris[] = {"/api/nothing", "/api/auth/oauth2?code=1", "/support/api/http.php/x",
                                "/api/value/7"};
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
        struct reply reply = client_ask(pool.socket, "GET", uris[i], without_key, TEXT_NULL);
        assert_true(reply_header(&reply, "X-Accel-Redirect", value, sizeof value));
        reply_free(&reply);
    }
    expect(client_ask(pool.socket, "GET", "/scp/tickets.php", without_key, TEXT_NULL), 400, HTML,
           "URL not supported");
}

static void a_folder_may_stand_in_front_of_the_prefix(void **state) {
    (void)state;
    const char *const uris[] = {"/support/api/value?value=x", "/support/api/http.php/value?value=x",
                                "/a/b%20c/d//api/value?value=x", "/api.old/api/value?value=x"};
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) expect(get(uris[i]), 200, PLAIN, "x");
    expect(get("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/api/value?value=x"), 400, HTML,
           "URL not supported");
    expect(get("/api/x/api/value?value=x"), 400, HTML, "URL not supported");
    expect(get("support/api/value?value=x"), 400, HTML, "URL not supported");
}

// As Apache sends it.
static void the_end_of_no_body_may_come_late(void **state) {
    (void)state;
    struct buffer bytes = buffer_new(1 << 16), params = buffer_new(1 << 12);
    struct reply reply;
    int descriptor = client_connect(pool.socket);
    param_add(&params, "REQUEST_METHOD", "GET");
    param_add(&params, "REQUEST_URI", "/api/value?value=x");
    param_add(&params, "QUERY_STRING", "value=x");
    param_add(&params, "REMOTE_ADDR", "192.0.2.1");
    param_add(&params, "HTTP_X_API_KEY", GOOD_KEY);
    record_begin(&bytes, 1, 0);
    record_stream(&bytes, RECORD_PARAMS, buffer_text(&params));
    record_stream_end(&bytes, RECORD_PARAMS);
    assert_true(client_send(descriptor, &bytes));
    usleep(200000);
    buffer_clear(&bytes);
    record_stream_end(&bytes, RECORD_STDIN);
    assert_true(client_send(descriptor, &bytes));
    client_read(descriptor, &reply);
    close(descriptor);
    buffer_free(&bytes);
    buffer_free(&params);
    expect(reply, 200, PLAIN, "x");
}

static void a_client_whose_address_cannot_be_told_has_no_key(void **state) {
    (void)state;
    char many[9001];
    memset(many, ',', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    memcpy(many, "192.0.2.7", 9);
    const char *const unknown[] = {"HTTP_X_FORWARDED_FOR", "10.0.0.9, unknown", NULL};
    const char *const too_long[] = {"HTTP_X_FORWARDED_FOR", many, NULL};
    const char *const with_port[] = {"HTTP_X_FORWARDED_FOR", "10.0.0.9, 10.0.0.8:4711", NULL};
    const char *text = "API key not found/active or source IP not authorized";
    expect(client_ask(pool.socket, "GET", "/api/client", unknown, TEXT_NULL), 401, PLAIN, text);
    expect(client_ask(pool.socket, "GET", "/api/client", too_long, TEXT_NULL), 401, PLAIN, text);
    expect(client_ask(pool.socket, "GET", "/api/client", with_port, TEXT_NULL), 200, PLAIN, "10.0.0.8");
}

static void what_is_not_native_is_php_s_turn_after_the_key_check(void **state) {
    (void)state;
    char value[64];
    struct reply reply = client_ask(pool.socket, "POST", "/api/tickets%2Ejson", hands_on, TEXT("{}"));
    assert_true(reply.ended);
    assert_true(reply_header(&reply, "X-Accel-Redirect", value, sizeof value));
    assert_string_equal(value, "@osticket");
    assert_string_equal(reply_body(&reply), "");
    reply_free(&reply);
    reply = client_ask(pool.socket, "POST", "/api/unsure", hands_on, TEXT_NULL);
    assert_true(reply_header(&reply, "X-Accel-Redirect", value, sizeof value));
    reply_free(&reply);
    const char *const headers[] = {"HTTP_X_API_KEY", "wrong", NULL};
    expect(client_ask(pool.socket, "POST", "/api/tickets.json", headers, TEXT("{}")), 401, PLAIN,
           "Valid API key required");
}

static void an_idempotency_key_reaches_the_operation(void **state) {
    (void)state;
    const char *const one[] = {"HTTP_IDEMPOTENCY_KEY", "a-1", NULL};
    const char *const two[] = {"HTTP_IDEMPOTENCY_KEY", "a-1", "HTTP_IDEMPOTENCY_KEY", "a-1", NULL};
    expect(client_ask(pool.socket, "POST", "/api/key", NULL, TEXT_NULL), 200, PLAIN, "none");
    expect(client_ask(pool.socket, "POST", "/api/key", one, TEXT_NULL), 200, PLAIN, "[a-1]");
    expect(client_ask(pool.socket, "POST", "/api/key", two, TEXT_NULL), 200, PLAIN, "[]");
}

// PHP would not heed the key, and do it twice.
static void a_request_with_an_idempotency_key_is_not_handed_to_php(void **state) {
    (void)state;
    char value[64];
    const char *const headers[] = {"HTTP_IDEMPOTENCY_KEY", "a-1", "OSTICKET_FCGI_HANDS_ON", "1", NULL};
    expect(client_ask(pool.socket, "POST", "/api/unsure", headers, TEXT_NULL), 501, PLAIN,
           "a plugin is active");
    struct reply reply = client_ask(pool.socket, "POST", "/api/unsure", hands_on, TEXT_NULL);
    assert_true(reply_header(&reply, "X-Accel-Redirect", value, sizeof value));
    reply_free(&reply);
    reply = client_ask(pool.socket, "POST", "/api/tickets.json", headers, TEXT_NULL);
    assert_true(reply_header(&reply, "X-Accel-Redirect", value, sizeof value));
    reply_free(&reply);
}

static void a_read_is_tried_twice_and_a_rolled_back_write_three_times(void **state) {
    (void)state;
    expect(get("/api/flaky?times=1"), 200, PLAIN, "half an answer attempts: 2");
    struct reply reply = get("/api/flaky?times=2");
    assert_int_equal(reply_status(&reply), 503);
    reply_free(&reply);
    expect(get("/api/flaky?times=0"), 200, PLAIN, "half an answer attempts: 3");
    expect(client_ask(pool.socket, "POST", "/api/flaky?times=2", NULL, TEXT_NULL), 200, PLAIN,
           "half an answer attempts: 3");
    const char *const headers[] = {"HTTP_X_API_KEY", "LOST", NULL};
    expect(client_ask(pool.socket, "GET", "/api/value", headers, TEXT_NULL), 200, PLAIN, "(none)");
}

static void a_long_answer_streams_whole(void **state) {
    (void)state;
    struct reply reply = get("/api/stream?bytes=10000000");
    char value[32];
    assert_true(reply.ended);
    assert_int_equal(reply_status(&reply), 200);
    assert_false(reply_header(&reply, "Content-Length", value, sizeof value));
    const char *body = reply_body(&reply);
    assert_int_equal(reply.out.data + reply.out.length - body, 10000000);
    for (size_t i = 0; i < 10000000; i += 999) assert_int_equal(body[i], 'a' + (int)(i % 26));
    reply_free(&reply);
}

// How often the process has called write(2); -1 when that cannot be told.
static long writes_of(int process) {
    char path[64], line[128];
    long count = -1;
    snprintf(path, sizeof path, "/proc/%d/io", process);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file) && sscanf(line, "syscw: %ld", &count) != 1) continue;
    if (file) fclose(file);
    return count;
}

static void an_answer_and_its_end_are_one_write(void **state) {
    (void)state;
    enum { ASKED = 8 };
    struct reply reply = get("/api/process");
    int process = atoi(reply_body(&reply));
    reply_free(&reply);
    long before = writes_of(process);
    if (before < 0 || getenv("WIRE_WRAPPER")) skip(); // valgrind writes on its own
    for (int i = 0; i < ASKED; i++) expect(get("/api/value?value=x"), 200, PLAIN, "x");
    // One more a request goes to the log, and that of the request before may have come late.
    assert_true(writes_of(process) - before <= 2 * ASKED + 1);
}

static void a_client_that_stays_connected_holds_nobody(void **state) {
    (void)state;
    enum { CLIENTS = 4 };
    int descriptors[CLIENTS];
    int64_t begun = clock_monotonic_ms();
    for (int i = 0; i < CLIENTS; i++) {
        struct buffer request = buffer_new(1 << 16);
        struct reply reply;
        request_add(&request, "GET", "/api/value?value=x", NULL, TEXT_NULL);
        descriptors[i] = client_connect(pool.socket);
        assert_true(descriptors[i] >= 0 && client_send(descriptors[i], &request));
        client_read(descriptors[i], &reply);
        expect(reply, 200, PLAIN, "x");
        buffer_free(&request);
    }
    // libfcgi waits for two seconds for each to hang up; the last one's answer comes before its wait.
    assert_true(clock_monotonic_ms() - begun < 2000 * (CLIENTS - 1));
    for (int i = 0; i < CLIENTS; i++) close(descriptors[i]);
}

static void a_client_that_is_still_sending_gets_its_answer(void **state) {
    (void)state;
    static char body[1 << 20];
    const char *const headers[] = {"HTTP_X_API_KEY", "wrong", NULL};
    struct buffer request = buffer_new(2 << 20);
    struct reply reply;
    request_add(&request, "POST", "/api/echo", headers, (struct text){body, sizeof body});
    int descriptor = client_connect(pool.socket);
    assert_true(descriptor >= 0 && client_send(descriptor, &request));
    client_read(descriptor, &reply);
    expect(reply, 401, PLAIN, "Valid API key required");
    close(descriptor);
    buffer_free(&request);
}

static void a_failure_before_the_first_block_is_a_proper_error(void **state) {
    (void)state;
    expect(fail_with(ERROR_NOT_FOUND, "&bytes=60000"), 404, PLAIN, "told to \"fail\"/ä");
}

static void a_failure_after_the_first_block_breaks_the_connection_off(void **state) {
    (void)state;
    struct reply reply = fail_with(ERROR_NOT_FOUND, "&bytes=100000");
    assert_int_equal(reply_status(&reply), 200);
    assert_false(reply.ended);
    assert_true(reply.closed);
    reply_free(&reply);
    expect(get("/api/value?value=alive"), 200, PLAIN, "alive");
}

static void a_log_line_says_who_what_and_how_long(void **state) {
    (void)state;
    const char *const headers[] = {"HTTP_X_REQUEST_ID", "logged", NULL};
    expect(client_ask(pool.socket, "GET", "/api/value?value=secret", headers, TEXT_NULL), 200, PLAIN,
           "secret");
    assert_true(
        pool_logged(&pool, "request id=logged client=192.0.2.1 key=…D339 operation=value status=200 ms=", 1));
    assert_true(pool_logged(&pool, " round_trips=1 bytes=6\n", 1));
    assert_int_equal(pool_count(&pool, GOOD_KEY), 0);
    assert_int_equal(pool_count(&pool, "secret\n"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_url_forms_reach_the_operation),
        cmocka_unit_test(other_paths_and_methods_are_not_supported),
        cmocka_unit_test(a_run_of_slashes_counts_once_as_under_php),
        cmocka_unit_test(the_route_is_checked_before_the_key),
        cmocka_unit_test(a_missing_wrong_or_doubled_key_is_unauthorized),
        cmocka_unit_test(a_key_sent_twice_is_that_key),
        cmocka_unit_test(query_parameters_are_decoded_as_php_does),
        cmocka_unit_test(unusable_query_parameters_are_bad_requests),
        cmocka_unit_test(a_body_comes_back_whole),
        cmocka_unit_test(a_lying_content_length_is_a_clear_4xx),
        cmocka_unit_test(each_error_has_its_status),
        cmocka_unit_test(an_envelope_is_json_as_php_writes_it),
        cmocka_unit_test(a_database_that_is_away_asks_to_come_again),
        cmocka_unit_test(an_unknown_outcome_does_not_invite_to_send_again),
        cmocka_unit_test(internals_stay_inside),
        cmocka_unit_test(a_request_id_is_passed_on_or_made),
        cmocka_unit_test(no_two_requests_get_the_same_id),
        cmocka_unit_test(the_client_is_taken_from_trusted_proxies),
        cmocka_unit_test(a_web_server_that_does_not_say_so_is_handed_nothing),
        cmocka_unit_test(a_route_that_is_not_ours_is_php_s_key_or_not),
        cmocka_unit_test(a_folder_may_stand_in_front_of_the_prefix),
        cmocka_unit_test(the_end_of_no_body_may_come_late),
        cmocka_unit_test(a_client_whose_address_cannot_be_told_has_no_key),
        cmocka_unit_test(what_is_not_native_is_php_s_turn_after_the_key_check),
        cmocka_unit_test(an_idempotency_key_reaches_the_operation),
        cmocka_unit_test(a_request_with_an_idempotency_key_is_not_handed_to_php),
        cmocka_unit_test(a_read_is_tried_twice_and_a_rolled_back_write_three_times),
        cmocka_unit_test(a_long_answer_streams_whole),
        cmocka_unit_test(an_answer_and_its_end_are_one_write),
        cmocka_unit_test(a_client_that_stays_connected_holds_nobody),
        cmocka_unit_test(a_client_that_is_still_sending_gets_its_answer),
        cmocka_unit_test(a_failure_before_the_first_block_is_a_proper_error),
        cmocka_unit_test(a_failure_after_the_first_block_breaks_the_connection_off),
        cmocka_unit_test(a_log_line_says_who_what_and_how_long),
    };
    return cmocka_run_group_tests(tests, start, tear_down);
}
