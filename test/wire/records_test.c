// SPDX-License-Identifier: GPL-2.0-or-later
// Broken records, lying lengths and connections that end anywhere: the pool stays up, and nobody gets half an
// answer.
#include "client.h"
#include "pool.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static struct pool pool;
static struct buffer bytes;

static int start(void **state) {
    (void)state;
    bytes = buffer_new(4u << 20);
    pool_start(&pool, "workers = 1", "");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    buffer_free(&bytes);
    return pool_stop(&pool);
}

static int clear(void **state) {
    (void)state;
    buffer_clear(&bytes);
    return 0;
}

static void assert_alive(void) {
    struct reply reply = client_ask(pool.socket, "GET", "/api/value?value=alive", NULL, TEXT_NULL);
    assert_true(reply.ended);
    assert_string_equal(reply_body(&reply), "alive");
    reply_free(&reply);
}

// Sends `bytes`, tells that no more comes, and returns what came back.
static struct reply exchange(void) {
    struct reply reply;
    int descriptor = client_connect(pool.socket);
    assert_true(descriptor >= 0);
    client_send(descriptor, &bytes);
    shutdown(descriptor, SHUT_WR);
    client_read(descriptor, &reply);
    close(descriptor);
    return reply;
}

// `bytes` is no request: the connection ends without an answer, and the pool lives.
static void assert_no_answer(void) {
    struct reply reply = exchange();
    assert_false(reply.ended);
    assert_true(reply.closed);
    assert_int_equal(reply.out.length, 0);
    reply_free(&reply);
    assert_alive();
}

// The parameters of a good request up to the body, which `length` announces.
static void add_head(const char *length) {
    struct buffer params = buffer_new(4096);
    param_add(&params, "REQUEST_METHOD", "POST");
    param_add(&params, "REQUEST_URI", "/api/echo");
    param_add(&params, "REMOTE_ADDR", "192.0.2.1");
    param_add(&params, "HTTP_X_API_KEY", GOOD_KEY);
    param_add(&params, "CONTENT_LENGTH", length);
    record_begin(&bytes, 1, 0);
    record_stream(&bytes, RECORD_PARAMS, buffer_text(&params));
    record_stream_end(&bytes, RECORD_PARAMS);
    buffer_free(&params);
}

static void a_wrong_version_is_hung_up_on(void **state) {
    (void)state;
    record_add(&bytes, 2, RECORD_BEGIN, 1, "\0\1\0\0\0\0\0\0", 8);
    assert_no_answer();
}

static void noise_is_hung_up_on(void **state) {
    (void)state;
    unsigned seed = 7;
    for (int i = 0; i < 20000; i++) buffer_add_char(&bytes, (char)(rand_r(&seed) >> 7));
    assert_no_answer();
    buffer_clear(&bytes);
    buffer_add_string(&bytes, "GET /api/tickets HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_no_answer();
}

static void an_unknown_role_is_hung_up_on(void **state) {
    (void)state;
    record_begin(&bytes, 9, 0);
    assert_no_answer();
}

static void a_stream_before_the_beginning_is_hung_up_on(void **state) {
    (void)state;
    record_stream(&bytes, RECORD_PARAMS, TEXT("\1\1ab"));
    assert_no_answer();
}

static void a_begin_record_of_the_wrong_size_is_hung_up_on(void **state) {
    (void)state;
    record_add(&bytes, 1, RECORD_BEGIN, 1, "\0\1\0", 3);
    assert_no_answer();
}

static void a_connection_that_ends_anywhere_in_the_request_is_no_request(void **state) {
    (void)state;
    struct buffer whole = buffer_new(1 << 16);
    add_head("5");
    buffer_add_text(&whole, buffer_text(&bytes));
    for (size_t length = 0; length < whole.length; length += 13) {
        buffer_clear(&bytes);
        buffer_add(&bytes, whole.data, length);
        struct reply reply = exchange();
        assert_false(reply.ended);
        assert_int_equal(reply.out.length, 0);
        reply_free(&reply);
    }
    buffer_free(&whole);
    assert_alive();
}

static void parameters_that_stop_within_a_pair_are_no_request(void **state) {
    (void)state;
    record_begin(&bytes, 1, 0);
    record_stream(&bytes, RECORD_PARAMS, TEXT("\16\3REQUEST_METH"));
    record_stream_end(&bytes, RECORD_PARAMS);
    assert_no_answer();
}

static void a_length_of_megabytes_that_never_come_is_no_request(void **state) {
    (void)state;
    record_begin(&bytes, 1, 0);
    record_stream(&bytes, RECORD_PARAMS, TEXT("\x81\0\0\0\x81\0\0\0abc"));
    record_stream_end(&bytes, RECORD_PARAMS);
    assert_no_answer();
}

static void the_largest_length_that_can_be_said_harms_nobody(void **state) {
    (void)state;
    record_begin(&bytes, 1, 0);
    record_stream(&bytes, RECORD_PARAMS,
                  TEXT("\xff\xff\xff\xff\xff\xff\xff\xff"
                       "abc"));
    record_stream_end(&bytes, RECORD_PARAMS);
    struct reply reply = exchange();
    assert_int_equal(reply.out.length, 0);
    reply_free(&reply);
    assert_alive();
}

static void names_and_values_with_four_byte_lengths_are_read(void **state) {
    (void)state;
    char name[300], value[5000];
    memset(name, 'N', sizeof name - 1);
    memset(value, 'v', sizeof value - 1);
    name[sizeof name - 1] = value[sizeof value - 1] = '\0';
    const char *const headers[] = {name, value, NULL};
    struct reply reply = client_ask(pool.socket, "GET", "/api/value?value=x", headers, TEXT_NULL);
    assert_string_equal(reply_body(&reply), "x");
    reply_free(&reply);
}

static void a_request_without_any_parameter_is_answered(void **state) {
    (void)state;
    record_begin(&bytes, 1, 0);
    record_stream_end(&bytes, RECORD_PARAMS);
    record_stream_end(&bytes, RECORD_STDIN);
    struct reply reply = exchange();
    assert_int_equal(reply_status(&reply), 400);
    reply_free(&reply);
}

static void a_body_in_many_small_records_comes_together(void **state) {
    (void)state;
    add_head("1000");
    for (int i = 0; i < 1000; i++) record_stream(&bytes, RECORD_STDIN, TEXT("x"));
    record_stream_end(&bytes, RECORD_STDIN);
    struct reply reply = exchange();
    assert_int_equal(reply_status(&reply), 201);
    assert_int_equal(strlen(reply_body(&reply)), 1000);
    reply_free(&reply);
}

static void a_connection_that_ends_within_the_body_is_not_acted_upon(void **state) {
    (void)state;
    int before = pool_count(&pool, "operation=echo status=499");
    add_head("10");
    record_stream(&bytes, RECORD_STDIN, TEXT("hello"));
    assert_no_answer();
    assert_true(pool_logged(&pool, "operation=echo status=499", before + 1));
}

static void a_request_that_is_called_off_within_the_body_is_not_acted_upon(void **state) {
    (void)state;
    int before = pool_count(&pool, "operation=echo status=499");
    add_head("10");
    record_stream(&bytes, RECORD_STDIN, TEXT("hello"));
    record_add(&bytes, 1, RECORD_ABORT, 1, "", 0);
    assert_no_answer();
    assert_true(pool_logged(&pool, "operation=echo status=499", before + 1));
}

static void records_of_another_request_are_passed_over(void **state) {
    (void)state;
    add_head("5");
    record_add(&bytes, 1, RECORD_STDIN, 7, "other", 5);
    record_stream(&bytes, RECORD_STDIN, TEXT("hello"));
    record_stream_end(&bytes, RECORD_STDIN);
    struct reply reply = exchange();
    assert_int_equal(reply_status(&reply), 201);
    assert_string_equal(reply_body(&reply), "hello");
    reply_free(&reply);
}

static void a_client_that_leaves_in_mid_answer_harms_nobody(void **state) {
    (void)state;
    char some[100];
    int before = pool_count(&pool, "operation=stream status=499");
    request_add(&bytes, "GET", "/api/stream?bytes=50000000", NULL, TEXT_NULL);
    int descriptor = client_connect(pool.socket);
    assert_true(client_send(descriptor, &bytes));
    assert_true(read(descriptor, some, sizeof some) > 0);
    close(descriptor);
    assert_alive();
    assert_true(pool_logged(&pool, "operation=stream status=499", before + 1));
    assert_int_equal(pool_count(&pool, "died"), 0);
}

static void a_connection_without_a_word_is_let_go(void **state) {
    (void)state;
    int descriptor = client_connect(pool.socket);
    assert_true(descriptor >= 0);
    assert_alive();
    close(descriptor);
    assert_int_equal(pool_count(&pool, "died"), 0);
}

#define TEST(name) cmocka_unit_test_setup(name, clear)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_wrong_version_is_hung_up_on),
        TEST(noise_is_hung_up_on),
        TEST(an_unknown_role_is_hung_up_on),
        TEST(a_stream_before_the_beginning_is_hung_up_on),
        TEST(a_begin_record_of_the_wrong_size_is_hung_up_on),
        TEST(a_connection_that_ends_anywhere_in_the_request_is_no_request),
        TEST(parameters_that_stop_within_a_pair_are_no_request),
        TEST(a_length_of_megabytes_that_never_come_is_no_request),
        TEST(names_and_values_with_four_byte_lengths_are_read),
        TEST(a_request_without_any_parameter_is_answered),
        TEST(a_body_in_many_small_records_comes_together),
        TEST(a_connection_that_ends_within_the_body_is_not_acted_upon),
        TEST(a_request_that_is_called_off_within_the_body_is_not_acted_upon),
        TEST(records_of_another_request_are_passed_over),
        TEST(a_client_that_leaves_in_mid_answer_harms_nobody),
        TEST(a_connection_without_a_word_is_let_go),
        TEST(the_largest_length_that_can_be_said_harms_nobody),
    };
    return cmocka_run_group_tests(tests, start, tear_down);
}
