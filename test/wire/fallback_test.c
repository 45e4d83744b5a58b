// SPDX-License-Identifier: GPL-2.0-or-later
// What is handed to PHP-FPM, what comes back, and every way in which that can fail.
#include "client.h"
#include "fake_php.h"
#include "pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/wire-php.XXXXXX";
static struct pool pool;
static struct fake_php php;

static int start(void **state) {
    (void)state;
    char settings[512];
    if (!mkdtemp(folder)) return -1;
    fake_php_start(&php, folder);
    snprintf(settings, sizeof settings,
             "[cors]\norigins = https://desk.example.org\n"
             "[fallback]\nphp_fpm = %s\nscript = /srv/desk/api/http.php\ntimeout = 12",
             php.path);
    pool_start(&pool, "workers = 2\nmax_body = 16M", settings);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    int code = pool_stop(&pool);
    fake_php_stop(&php);
    rmdir(folder);
    return code;
}

static struct reply post(const char *uri, const char *const *headers, struct text body) {
    return client_ask(pool.socket, "POST", uri, headers, body);
}

static void assert_has(const struct reply *reply, const char *line) {
    if (!strstr(reply_body(reply), line)) fail_msg("no %s in %s", line, reply_body(reply));
}

static void assert_header(const struct reply *reply, const char *name, const char *wanted) {
    char value[256] = "";
    if (!reply_header(reply, name, value, sizeof value)) fail_msg("no header %s", name);
    assert_string_equal(value, wanted);
}

static void an_unknown_route_goes_to_php_unchanged_key_or_not(void **state) {
    (void)state;
    const char *const headers[] = {"HTTP_X_API_KEY", "",  "HTTP_X_TEST", "a  b", "HTTP_PROXY",
                                   "http://evil",    NULL};
    struct reply reply =
        client_ask(pool.socket, "DELETE", "/api//auth%2Foauth2/echo?code=%20a+b", headers, TEXT("a\0b"));
    assert_true(reply.ended);
    assert_int_equal(reply_status(&reply), 201);
    assert_header(&reply, "Status", "201 Created");
    assert_header(&reply, "X-PHP", "yes");
    assert_header(&reply, "Content-type", "text/x");
    const char *const lines[] = {
        "REQUEST_METHOD=DELETE\n",     "REQUEST_URI=/api//auth%2Foauth2/echo?code=%20a+b\n",
        "QUERY_STRING=code=%20a+b\n",  "SCRIPT_FILENAME=/srv/desk/api/http.php\n",
        "SCRIPT_NAME=/api/http.php\n", "PATH_INFO=/auth/oauth2/echo\n",
        "DOCUMENT_ROOT=/srv/desk\n",   "CONTENT_LENGTH=3\n",
        "REMOTE_ADDR=192.0.2.1\n",     "HTTP_X_TEST=a  b\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) assert_has(&reply, lines[i]);
    assert_null(strstr(reply_body(&reply), "HTTP_PROXY"));
    assert_memory_equal(reply.out.data + reply.out.length - 3, "a\0b", 3);
    char value[64];
    assert_false(reply_header(&reply, "Transfer-Encoding", value, sizeof value));
    assert_false(reply_header(&reply, "Connection", value, sizeof value));
    reply_free(&reply);
    assert_true(pool_logged(&pool, "operation=- by=php status=201", 1));
}

static void a_folder_in_front_is_part_of_the_script_s_name(void **state) {
    (void)state;
    struct reply reply = client_ask(pool.socket, "GET", "/support/api/http.php/x/echo", NULL, TEXT_NULL);
    assert_has(&reply, "SCRIPT_NAME=/support/api/http.php\n");
    assert_has(&reply, "PATH_INFO=/x/echo\n");
    reply_free(&reply);
}

static void a_script_beside_http_php_is_asked_itself(void **state) {
    (void)state;
    struct reply reply = post("/api/validate.php/echo", NULL, TEXT("x"));
    assert_has(&reply, "SCRIPT_FILENAME=/srv/desk/api/validate.php\n");
    assert_has(&reply, "SCRIPT_NAME=/api/validate.php\n");
    assert_has(&reply, "PATH_INFO=/echo\n");
    reply_free(&reply);
    reply = post("/api/..%2fx.php/echo", NULL, TEXT("x"));
    assert_has(&reply, "SCRIPT_FILENAME=/srv/desk/api/http.php\n");
    reply_free(&reply);
    reply = post("/api/.x.php/echo", NULL, TEXT("x"));
    assert_has(&reply, "SCRIPT_FILENAME=/srv/desk/api/http.php\n");
    reply_free(&reply);
}

static void what_an_operation_leaves_to_php_takes_its_body_along(void **state) {
    (void)state;
    const char *const wrong[] = {"HTTP_X_API_KEY", "wrong", NULL};
    struct reply reply = post("/api/unsure?/echo", NULL, TEXT("{\"a\":1}"));
    assert_int_equal(reply_status(&reply), 201);
    assert_memory_equal(reply.out.data + reply.out.length - 7, "{\"a\":1}", 7);
    reply_free(&reply);
    reply = post("/api/unsure", wrong, TEXT("{}"));
    assert_int_equal(reply_status(&reply), 401);
    reply_free(&reply);
}

struct sending {
    int descriptor;
    const struct buffer *bytes;
};

static void *send_all(void *context) {
    struct sending *sending = context;
    client_send(sending->descriptor, sending->bytes);
    return NULL;
}

// As nginx does: reads while it sends.
static struct reply post_and_read(const char *uri, struct text body) {
    struct buffer bytes = buffer_new(64 << 20);
    struct reply reply;
    pthread_t thread;
    request_add(&bytes, "POST", uri, NULL, body);
    struct sending sending = {client_connect(pool.socket), &bytes};
    assert_true(sending.descriptor >= 0);
    assert_int_equal(pthread_create(&thread, NULL, send_all, &sending), 0);
    client_read(sending.descriptor, &reply);
    pthread_join(thread, NULL);
    close(sending.descriptor);
    buffer_free(&bytes);
    return reply;
}

static void a_large_body_passes_both_ways_at_once(void **state) {
    (void)state;
    size_t length = 12 << 20;
    char *bytes = malloc(length);
    assert_non_null(bytes);
    memset(bytes, 'x', length);
    struct reply reply = post_and_read("/api/large", (struct text){bytes, length});
    assert_true(reply.ended);
    assert_int_equal(reply.out.length - (size_t)(reply_body(&reply) - reply.out.data), 8 << 20);
    reply_free(&reply);
    reply = post("/api/x/echo", NULL, (struct text){bytes, length});
    assert_int_equal(reply_status(&reply), 201);
    assert_true(reply.out.length > length);
    reply_free(&reply);
    free(bytes);
}

static void an_answer_in_pieces_is_put_together_and_its_notes_are_logged(void **state) {
    (void)state;
    struct reply reply = post("/api/split", NULL, TEXT_NULL);
    assert_header(&reply, "Status", "202 Accepted");
    assert_header(&reply, "Content-type", "text/html");
    assert_string_equal(reply_body(&reply), "in pieces");
    reply_free(&reply);
    assert_true(pool_logged(&pool, "php: PHP Notice: something", 1));
}

static void php_that_answers_without_reading_is_heard(void **state) {
    (void)state;
    size_t length = 8 << 20;
    char *bytes = calloc(1, length);
    assert_non_null(bytes);
    struct reply reply = post("/api/early", NULL, (struct text){bytes, length});
    assert_int_equal(reply_status(&reply), 403);
    assert_string_equal(reply_body(&reply), "no");
    reply_free(&reply);
    free(bytes);
}

static void pages_may_read_what_php_answers(void **state) {
    (void)state;
    const char *const page[] = {"HTTP_ORIGIN", "https://desk.example.org", NULL};
    const char *const other[] = {"HTTP_ORIGIN", "https://evil.example", NULL};
    char value[64];
    struct reply reply = post("/api/x/echo", page, TEXT_NULL);
    assert_header(&reply, "Access-Control-Allow-Origin", "https://desk.example.org");
    assert_header(&reply, "Vary", "Origin");
    assert_true(reply_header(&reply, "X-Request-Id", value, sizeof value));
    reply_free(&reply);
    reply = post("/api/x/echo", other, TEXT_NULL);
    assert_false(reply_header(&reply, "Access-Control-Allow-Origin", value, sizeof value));
    reply_free(&reply);
    reply = post("/api/cors", page, TEXT_NULL); // PHP's own stand, once
    assert_header(&reply, "Access-Control-Allow-Origin", "*");
    assert_header(&reply, "X-Request-Id", "php");
    reply_free(&reply);
}

static void a_preflight_of_an_allowed_page_is_answered_here_whatever_the_route(void **state) {
    (void)state;
    const char *const page[] = {"HTTP_ORIGIN", "https://desk.example.org",
                                "HTTP_ACCESS_CONTROL_REQUEST_METHOD", "PUT", NULL};
    const char *const other[] = {"HTTP_ORIGIN", "https://evil.example", "HTTP_ACCESS_CONTROL_REQUEST_METHOD",
                                 "PUT", NULL};
    const char *const uris[] = {"/api/x/echo", "/api/value", "/api/http.php/tickets.json"};
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
        struct reply reply = client_ask(pool.socket, "OPTIONS", uris[i], page, TEXT_NULL);
        assert_int_equal(reply_status(&reply), 204);
        assert_header(&reply, "Access-Control-Allow-Origin", "https://desk.example.org");
        assert_string_equal(reply_body(&reply), "");
        reply_free(&reply);
    }
    struct reply reply = client_ask(pool.socket, "OPTIONS", "/api/x/echo", other, TEXT_NULL);
    assert_int_equal(reply_status(&reply), 201); // PHP's to answer
    reply_free(&reply);
}

static void php_that_hangs_is_given_up_on(void **state) {
    (void)state;
    struct reply reply = post("/api/silent", NULL, TEXT("x"));
    assert_int_equal(reply_status(&reply), 504);
    assert_string_equal(reply_body(&reply),
                        "No answer in time; it is not known whether the request was carried out");
    reply_free(&reply);
}

static void php_that_breaks_off_is_told_as_unknown(void **state) {
    (void)state;
    char value[64];
    const char *const uris[] = {"/api/gone", "/api/headless", "/api/noise"};
    for (size_t i = 0; i < sizeof uris / sizeof *uris; i++) {
        struct reply reply = post(uris[i], NULL, TEXT("x"));
        assert_int_equal(reply_status(&reply), 502);
        assert_false(reply_header(&reply, "Retry-After", value, sizeof value));
        reply_free(&reply);
    }
}

static void half_an_answer_is_not_taken_for_a_whole_one(void **state) {
    (void)state;
    struct reply reply = post("/api/half", NULL, TEXT("x"));
    assert_false(reply.ended);
    reply_free(&reply);
}

static void a_wrong_length_goes_to_nobody(void **state) {
    (void)state;
    const char *const lengths[] = {"x", "-1", "99999999999", "5"};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const char *const headers[] = {"CONTENT_LENGTH", lengths[i], NULL};
        struct reply reply = post("/api/x/echo", headers, TEXT("abc"));
        assert_int_equal(reply_status(&reply), i == 2 ? 413 : 400);
        reply_free(&reply);
    }
}

static void php_that_is_away_is_said_with_a_hint_when_to_ask_again(void **state) {
    (void)state;
    fake_php_stop(&php);
    struct reply reply = post("/api/x/echo", NULL, TEXT("x"));
    fake_php_start(&php, folder);
    assert_int_equal(reply_status(&reply), 503);
    assert_header(&reply, "Retry-After", "5");
    assert_null(strstr(reply_body(&reply), folder));
    reply_free(&reply);
    reply = post("/api/x/echo", NULL, TEXT("x"));
    assert_int_equal(reply_status(&reply), 201);
    reply_free(&reply);
}

static void what_is_ours_stays_ours(void **state) {
    (void)state;
    struct reply reply = client_ask(pool.socket, "GET", "/api/value?value=x", NULL, TEXT_NULL);
    assert_int_equal(reply_status(&reply), 200);
    assert_string_equal(reply_body(&reply), "x");
    reply_free(&reply);
    reply = client_ask(pool.socket, "GET", "/scp/echo", NULL, TEXT_NULL);
    assert_int_equal(reply_status(&reply), 400);
    reply_free(&reply);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_route_goes_to_php_unchanged_key_or_not),
        cmocka_unit_test(a_folder_in_front_is_part_of_the_script_s_name),
        cmocka_unit_test(a_script_beside_http_php_is_asked_itself),
        cmocka_unit_test(what_an_operation_leaves_to_php_takes_its_body_along),
        cmocka_unit_test(a_large_body_passes_both_ways_at_once),
        cmocka_unit_test(an_answer_in_pieces_is_put_together_and_its_notes_are_logged),
        cmocka_unit_test(php_that_answers_without_reading_is_heard),
        cmocka_unit_test(pages_may_read_what_php_answers),
        cmocka_unit_test(a_preflight_of_an_allowed_page_is_answered_here_whatever_the_route),
        cmocka_unit_test(php_that_hangs_is_given_up_on),
        cmocka_unit_test(php_that_breaks_off_is_told_as_unknown),
        cmocka_unit_test(half_an_answer_is_not_taken_for_a_whole_one),
        cmocka_unit_test(a_wrong_length_goes_to_nobody),
        cmocka_unit_test(php_that_is_away_is_said_with_a_hint_when_to_ask_again),
        cmocka_unit_test(what_is_ours_stays_ours),
    };
    return cmocka_run_group_tests(tests, start, tear_down);
}
