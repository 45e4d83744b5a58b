// SPDX-License-Identifier: GPL-2.0-or-later
// Tokens of clients: what is read, what counts as signed, and when.
#include "token/token.h"

#include "base/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SECRET TEXT("an-example-of-a-secret-of-at-least-32-characters")
#define NOW    INT64_C(1800000000)

static struct token token_of_anna(void) {
    struct token token = {.key_id = 3,
                          .address = TEXT("anna@quay.example"),
                          .issued = NOW,
                          .expires = NOW + 600,
                          .has_tickets = true,
                          .tickets = {TEXT("310042"), TEXT("A\"\\7é")},
                          .ticket_count = 2,
                          .has_scopes = true,
                          .scopes = SCOPE_READ | SCOPE_FILES};
    return token;
}

static struct buffer written(const struct token *token) {
    struct buffer out = buffer_new(TOKEN_MAX + 1);
    struct error error;
    error_clear(&error);
    assert_true(token_write(token, SECRET, &out, &error));
    return out;
}

static void what_was_written_is_read(void **state) {
    struct token token = token_of_anna(), same;
    struct arena arena = arena_new(1 << 16);
    struct buffer out = written(&token);
    (void)state;
    assert_true(token_read(buffer_text(&out), &arena, &same));
    assert_int_equal(same.key_id, 3);
    assert_true(text_equal(same.address, token.address));
    assert_int_equal(same.user_id, 0);
    assert_int_equal(same.issued, NOW);
    assert_int_equal(same.expires, NOW + 600);
    assert_int_equal(same.ticket_count, 2);
    assert_true(text_equal(same.tickets[1], token.tickets[1]));
    assert_int_equal(same.scopes, SCOPE_READ | SCOPE_FILES);
    buffer_free(&out);
    arena_free(&arena);
}

static void it_counts_as_signed_with_its_secret_and_as_it_was_written_alone(void **state) {
    struct token token = token_of_anna();
    struct buffer out = written(&token);
    (void)state;
    assert_true(token_is_signed(buffer_text(&out), SECRET));
    assert_false(
        token_is_signed(buffer_text(&out), TEXT("another-secret-of-at-least-thirty-two-characters")));
    assert_false(token_is_signed(buffer_text(&out), TEXT("")));
    assert_false(token_is_signed(buffer_text(&out), TEXT_NULL));
    for (size_t i = 0; i < out.length; i++) {
        char kept = out.data[i];
        out.data[i] = kept == 'A' ? 'B' : 'A';
        assert_false(token_is_signed(buffer_text(&out), SECRET));
        out.data[i] = kept;
    }
    for (size_t length = 0; length < out.length; length++)
        assert_false(token_is_signed((struct text){out.data, length}, SECRET));
    buffer_free(&out);
}

static void no_other_algorithm_counts(void **state) {
    // {"alg":"none","kid":"1"} and {"alg":"HS512","kid":"1"} with claims that would do
    static const char *const texts[] = {
        "eyJhbGciOiJub25lIiwia2lkIjoiMSJ9."
        "eyJzdWIiOiJ1c2VyOjEiLCJhdWQiOiJvc3RpY2tldC1mY2dpIiwiaWF0IjoxODAwMDAwMDAwLCJl"
        "eHAiOjE4MDAwMDA2MDB9.",
        "eyJhbGciOiJIUzUxMiIsImtpZCI6IjEifQ."
        "eyJzdWIiOiJ1c2VyOjEiLCJhdWQiOiJvc3RpY2tldC1mY2dpIiwiaWF0IjoxODAwMDAwMDAw"
        "LCJleHAiOjE4MDAwMDA2MDB9.AAAA",
    };
    struct arena arena = arena_new(1 << 16);
    struct token token;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_false(token_read(text_of(texts[i]), &arena, &token));
        assert_int_equal(token.key_id, 0);
        assert_false(token_is_signed(text_of(texts[i]), SECRET));
    }
    arena_free(&arena);
}

static void times_have_bounds(void **state) {
    struct token token = token_of_anna();
    (void)state;
    assert_true(token_is_of_now(&token, NOW, 0));
    assert_true(token_is_of_now(&token, NOW + 599, NOW));
    assert_false(token_is_of_now(&token, NOW + 600, 0));
    assert_false(token_is_of_now(&token, NOW, NOW + 1)); // revoked
    assert_true(token_is_of_now(&token, NOW - TOKEN_AHEAD_MAX, 0));
    assert_false(token_is_of_now(&token, NOW - TOKEN_AHEAD_MAX - 1, 0));
    token.expires = NOW + TOKEN_LIFE_MAX;
    assert_true(token_is_of_now(&token, NOW, 0));
    token.expires = NOW + TOKEN_LIFE_MAX + 1;
    assert_false(token_is_of_now(&token, NOW, 0));
    token.expires = NOW + 600;
    token.not_before = NOW + TOKEN_AHEAD_MAX + 1;
    assert_false(token_is_of_now(&token, NOW, 0));
    token = (struct token){0};
    assert_false(token_is_of_now(&token, NOW, 0));
}

static void one_that_is_too_long_is_neither_written_nor_read(void **state) {
    static char number[TOKEN_NUMBER_MAX + 1];
    struct arena arena = arena_new(1 << 20);
    struct token token = token_of_anna();
    struct buffer out = buffer_new(1 << 16);
    struct error error;
    (void)state;
    memset(number, '7', TOKEN_NUMBER_MAX);
    token.ticket_count = TOKEN_TICKETS_MAX;
    for (size_t i = 0; i < TOKEN_TICKETS_MAX; i++) token.tickets[i] = text_of(number);
    error_clear(&error);
    assert_false(token_write(&token, SECRET, &out, &error));
    for (int i = 0; i < TOKEN_MAX + 1; i++) buffer_add_char(&out, 'A');
    assert_false(token_read(buffer_text(&out), &arena, &token));
    assert_false(token_is_signed(buffer_text(&out), SECRET));
    buffer_free(&out);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(it_counts_as_signed_with_its_secret_and_as_it_was_written_alone),
        cmocka_unit_test(no_other_algorithm_counts),
        cmocka_unit_test(times_have_bounds),
        cmocka_unit_test(one_that_is_too_long_is_neither_written_nor_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
