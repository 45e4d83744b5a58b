// SPDX-License-Identifier: GPL-2.0-or-later
// Guards that a request with an Idempotency-Key is worked on once: what is asked of the database, in which
// order, and what becomes of the lock.
#include "desk.h"
#include "ops/entry/incoming_file.h"
#include "ops/idempotency.h"
#include "store/statements.h"
#include "store/transaction.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct desk desk;
static size_t worked;
static enum error_code refusal;

static bool work(struct operation_context *context, struct answer *answer, struct error *error) {
    worked++;
    if (refusal) return error_set(error, refusal, "refused");
    if (!transaction_begin(context->db, error) ||
        !idempotency_remember(context, ANSWER_TEXT, true, TEXT("100042"), error) ||
        !transaction_commit(context->db, error))
        return false;
    answer->created = true;
    output_add_text(answer->output, TEXT("100042"));
    return true;
}

static const struct operation create = {
    .name = "create", .path = "/tickets.json", .of_php = true, .writes = true, .handle = work};
static const struct operation other = {
    .name = "reply", .path = "/tickets/reply.json", .of_php = true, .writes = true, .handle = work};
static const struct operation forgetful = {.name = "read", .path = "/tickets", .handle = work};
static const struct operation removal = {.name = "removal",
                                         .method = METHOD_DELETE,
                                         .path = "/tickets/{number}.json",
                                         .writes = true,
                                         .handle = work};
static const struct operation change = {.name = "change",
                                        .method = METHOD_PATCH,
                                        .path = "/tickets/{number}.json",
                                        .writes = true,
                                        .handle = work};
static const struct operation *operation;

static bool run_operation(struct operation_context *context, struct answer *answer, struct error *error) {
    return idempotency_run(operation, context, answer, error);
}

static const fake_row taken[] = {{"0"}};
static const fake_row free_lock[] = {{"1"}};
static fake_row record[1];

// Row by row: lock, record or none.
static struct fake_answer script[] = {{STATEMENT_IDEMPOTENCY_LOCK, free_lock, 1},
                                      {STATEMENT_IDEMPOTENCY_FIND, record, 0},
                                      {STATEMENT_IDEMPOTENCY_TABLE, free_lock, 1}};

static int open_desk(void **state) {
    (void)state;
    desk_open(&desk, script, 3);
    desk.settings.mail_enabled = true;
    desk.principal.key_id = 7;
    desk.context.idempotency_key = TEXT("a-1");
    desk.context.body = TEXT("{\"a\":1}");
    script[0].rows = free_lock;
    script[1].count = 0;
    script[2].rows = free_lock;
    operation = &create;
    worked = 0;
    refusal = ERROR_NONE;
    return 0;
}

static void remember(const char *digest, const char *expired) {
    const fake_row row = {[IDEMPOTENCY_REQUEST] = digest,
                          [IDEMPOTENCY_IS_JSON] = "0",
                          [IDEMPOTENCY_IS_CREATED] = "1",
                          [IDEMPOTENCY_ANSWER] = "100041",
                          [IDEMPOTENCY_IS_EXPIRED] = expired};
    memcpy(record[0], row, sizeof row);
    script[1].count = 1;
}

static const struct fake_call *call_at(size_t index) {
    assert_true(index < desk.db.call_count);
    return &desk.db.calls[index];
}

static char digest_of_last[65];

static void work_once(void) {
    assert_true(desk_run(&desk, run_operation));
    strcpy(digest_of_last,
           fake_last(&desk.db, STATEMENT_IDEMPOTENCY_INSERT)->values[IDEMPOTENCY_VALUE_REQUEST]);
}

static void the_record_is_written_inside_the_transaction(void **state) {
    (void)state;
    assert_true(desk_run(&desk, run_operation));
    assert_string_equal(desk.answered, "100042");
    assert_true(desk.answer.created);
    assert_int_equal(call_at(0)->statement, STATEMENT_IDEMPOTENCY_LOCK);
    assert_string_equal(call_at(0)->values[IDEMPOTENCY_VALUE_API_KEY], "7");
    assert_string_equal(call_at(0)->values[IDEMPOTENCY_VALUE_KEY], "a-1");
    assert_int_equal(call_at(1)->statement, STATEMENT_IDEMPOTENCY_FIND);
    assert_int_equal(call_at(2)->what, FAKE_BEGIN);
    assert_int_equal(call_at(3)->statement, STATEMENT_IDEMPOTENCY_INSERT);
    assert_int_equal(strlen(call_at(3)->values[IDEMPOTENCY_VALUE_REQUEST]), 64);
    assert_string_equal(call_at(3)->values[IDEMPOTENCY_VALUE_IS_JSON], "0");
    assert_string_equal(call_at(3)->values[IDEMPOTENCY_VALUE_IS_CREATED], "1");
    assert_string_equal(call_at(3)->values[IDEMPOTENCY_VALUE_ANSWER], "100042");
    assert_int_equal(call_at(4)->what, FAKE_COMMIT);
    assert_int_equal(call_at(5)->statement, STATEMENT_IDEMPOTENCY_UNLOCK);
    assert_int_equal(desk.db.call_count, 6);
}

static void the_same_request_gets_the_same_answer(void **state) {
    (void)state;
    work_once();
    remember(digest_of_last, "0");
    assert_true(desk_run(&desk, run_operation));
    assert_int_equal(worked, 1);
    assert_string_equal(desk.answered, "100041");
    assert_true(desk.answer.created);
    assert_int_equal(desk.answer.kind, ANSWER_TEXT);
    assert_int_equal(call_at(desk.db.call_count - 1)->statement, STATEMENT_IDEMPOTENCY_UNLOCK);
}

static void another_body_or_path_is_unprocessable(void **state) {
    (void)state;
    work_once();
    remember(digest_of_last, "0");
    desk.context.body = TEXT("{\"a\":2}");
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
    desk.context.body = TEXT("{\"a\":1}");
    operation = &other;
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
    assert_int_equal(worked, 1);
    assert_int_equal(call_at(desk.db.call_count - 1)->statement, STATEMENT_IDEMPOTENCY_UNLOCK);
}

// Names, types and bytes of files that came beside the body count, in their order.
static void other_files_beside_the_body_are_unprocessable(void **state) {
    (void)state;
    struct incoming_file items[] = {{TEXT("a"), TEXT("text/plain"), TEXT("one")},
                                    {TEXT("b"), TEXT("text/plain"), TEXT("two")}};
    struct incoming_files files = {items, 2};
    desk.context.files = &files;
    work_once();
    remember(digest_of_last, "0");
    assert_true(desk_run(&desk, run_operation));
    const struct incoming_file before = items[1];
    const struct incoming_file others[] = {{TEXT("c"), TEXT("text/plain"), TEXT("two")},
                                           {TEXT("b"), TEXT("text/html"), TEXT("two")},
                                           {TEXT("b"), TEXT("text/plain"), TEXT("twp")},
                                           {TEXT("bt"), TEXT("ext/plain"), TEXT("two")}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        items[1] = others[i];
        assert_false(desk_run(&desk, run_operation));
        assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
    }
    items[1] = before;
    assert_true(desk_run(&desk, run_operation));
    files.count = 1;
    assert_false(desk_run(&desk, run_operation));
    desk.context.files = NULL;
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(worked, 1);
}

// A path with parameters is another request for each of their values, and so is each query.
static void another_path_or_query_of_an_operation_is_unprocessable(void **state) {
    (void)state;
    operation = &removal;
    desk.context.asked = TEXT("/tickets/17.json?confirm=17");
    work_once();
    remember(digest_of_last, "0");
    assert_true(desk_run(&desk, run_operation));
    const char *const others[] = {"/tickets/18.json?confirm=17", "/tickets/17.json?confirm=18",
                                  "/tickets/17.json"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        desk.context.asked = text_of(others[i]);
        assert_false(desk_run(&desk, run_operation));
        assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
    }
    desk.context.asked = TEXT("/tickets/17.json?confirm=17");
    desk.context.acting_as = TEXT("basem"); // another agent would be told that he had done it
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
    desk.context.acting_as = TEXT_NULL;
    operation = &change;
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
    assert_int_equal(worked, 1);
}

static void what_is_under_way_is_a_conflict(void **state) {
    (void)state;
    script[0].rows = taken;
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.error.code, ERROR_CONFLICT);
    assert_int_equal(worked, 0);
    assert_int_equal(desk.db.call_count, 1); // and the other's lock is left alone
}

static void an_expired_record_makes_room(void **state) {
    (void)state;
    remember("0000000000000000000000000000000000000000000000000000000000000000", "1");
    assert_true(desk_run(&desk, run_operation));
    assert_int_equal(worked, 1);
    assert_string_equal(desk.answered, "100042");
    assert_int_equal(call_at(2)->statement, STATEMENT_IDEMPOTENCY_DELETE);
}

static void refusals_are_not_remembered(void **state) {
    (void)state;
    refusal = ERROR_BAD_REQUEST;
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.error.code, ERROR_BAD_REQUEST);
    assert_null(fake_last(&desk.db, STATEMENT_IDEMPOTENCY_INSERT));
    assert_non_null(fake_last(&desk.db, STATEMENT_IDEMPOTENCY_UNLOCK));
}

// The next attempt would take the lock a second time on the same connection.
static void a_deadlock_gives_the_lock_back(void **state) {
    (void)state;
    refusal = ERROR_RETRYABLE;
    assert_false(desk_run(&desk, run_operation));
    assert_non_null(fake_last(&desk.db, STATEMENT_IDEMPOTENCY_UNLOCK));
}

static void a_lost_link_is_not_asked_for_its_lock(void **state) {
    (void)state;
    refusal = ERROR_UNKNOWN;
    assert_false(desk_run(&desk, run_operation));
    assert_null(fake_last(&desk.db, STATEMENT_IDEMPOTENCY_UNLOCK));
}

static void a_failing_record_fails_the_request(void **state) {
    (void)state;
    desk.db.fail_at = 4;
    desk.db.fail_code = ERROR_INTERNAL;
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.error.code, ERROR_INTERNAL);
    assert_int_equal(fake_count(&desk.db, FAKE_COMMIT), 0);
    assert_int_equal(desk.length, 0);
}

static void without_the_table_nothing_is_done(void **state) {
    (void)state;
    script[2].rows = taken; // "0"
    desk.db.fail_at = 2;
    desk.db.fail_code = ERROR_INTERNAL;
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.error.code, ERROR_BAD_REQUEST);
    assert_non_null(strstr(desk.error.message, "administrator"));
    assert_int_equal(worked, 0);
    assert_non_null(fake_last(&desk.db, STATEMENT_IDEMPOTENCY_UNLOCK));
}

static void without_a_key_nothing_is_asked(void **state) {
    (void)state;
    desk.context.idempotency_key = TEXT_NULL;
    assert_true(desk_run(&desk, run_operation));
    assert_int_equal(desk.db.call_count, 2); // begin, commit
    desk.context.idempotency_key = TEXT("a-1");
    operation = &forgetful;
    assert_true(desk_run(&desk, run_operation));
    assert_null(fake_last(&desk.db, STATEMENT_IDEMPOTENCY_LOCK));
}

static void a_key_is_visible_ascii_and_not_too_long(void **state) {
    static char longest[IDEMPOTENCY_KEY_MAX + 1];
    static const char *const bad[] = {"", "a b", "a\tb", "\303\244", "a\x7f", " a", "a, a"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        desk.context.idempotency_key = text_of(bad[i]);
        assert_false(desk_run(&desk, run_operation));
        assert_int_equal(desk.error.code, ERROR_BAD_REQUEST);
    }
    memset(longest, 'k', sizeof longest);
    desk.context.idempotency_key = (struct text){longest, sizeof longest};
    assert_false(desk_run(&desk, run_operation));
    assert_int_equal(desk.db.call_count, 0);
    desk.context.idempotency_key.length--;
    assert_true(desk_run(&desk, run_operation));
    assert_true(idempotency_lets_go(&create, TEXT_NULL));
    assert_false(idempotency_lets_go(&create, TEXT("k")));
    assert_true(idempotency_lets_go(&forgetful, TEXT("k")));
}

static void where_no_mailer_runs_the_operation_tidies_up(void **state) {
    (void)state;
    assert_true(desk_run(&desk, run_operation));
    assert_null(fake_last(&desk.db, STATEMENT_IDEMPOTENCY_PURGE));
    desk.settings.mail_enabled = false;
    assert_true(desk_run(&desk, run_operation));
    assert_string_equal(fake_last(&desk.db, STATEMENT_IDEMPOTENCY_PURGE)->values[0], "10");
}

int main(void) {
#define TEST_OF(function) cmocka_unit_test_setup(function, open_desk)
    const struct CMUnitTest tests[] = {
        TEST_OF(the_record_is_written_inside_the_transaction),
        TEST_OF(the_same_request_gets_the_same_answer),
        TEST_OF(another_body_or_path_is_unprocessable),
        TEST_OF(other_files_beside_the_body_are_unprocessable),
        TEST_OF(another_path_or_query_of_an_operation_is_unprocessable),
        TEST_OF(what_is_under_way_is_a_conflict),
        TEST_OF(an_expired_record_makes_room),
        TEST_OF(refusals_are_not_remembered),
        TEST_OF(a_deadlock_gives_the_lock_back),
        TEST_OF(a_lost_link_is_not_asked_for_its_lock),
        TEST_OF(a_failing_record_fails_the_request),
        TEST_OF(without_the_table_nothing_is_done),
        TEST_OF(without_a_key_nothing_is_asked),
        TEST_OF(a_key_is_visible_ascii_and_not_too_long),
        TEST_OF(where_no_mailer_runs_the_operation_tidies_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
