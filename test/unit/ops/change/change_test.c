// SPDX-License-Identifier: GPL-2.0-or-later
// The frame of a change: what it writes for whom, in which order, and that it writes all or nothing.
#include "ops/change/change.h"

#include "desk.h"
#include "locked_ticket.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const fake_row open_ticket[] = {{LOCKED("1", "1", "0")}};
static fake_row lost_department[] = {{LOCKED("1", "1", "0")}};
static const fake_row lost_status[] = {{LOCKED("9", "1", "0")}};
static const struct staff agent = {
    .id = 5, .username = TEXT("basem"), .first_name = TEXT("B"), .last_name = TEXT("D")};
static struct desk desk;
static struct change change;

// What an operation of the test does, and what it saw.
struct planned {
    struct thread_entry entry;
    int64_t status_id;
    bool saves, refuses;
    size_t calls_in_decide, calls_in_mail;
    int64_t department_id;
};

static bool decide(struct change *c, void *own, struct error *error) {
    struct planned *operation = own;
    operation->calls_in_decide = desk.db.call_count;
    operation->department_id = c->ticket.state.department_id;
    c->saves = operation->saves;
    if (operation->refuses) return error_set(error, ERROR_CONFLICT, "refused");
    return !operation->status_id || change_set_status(c, operation->status_id, 0, error);
}

static bool queue_mail(struct change *c, void *own, struct error *error) {
    struct planned *operation = own;
    (void)c;
    (void)error;
    operation->calls_in_mail = desk.db.call_count;
    return true;
}

static bool tell(struct change *c, void *own, struct outcome *outcome, struct error *error) {
    (void)own;
    (void)error;
    outcome->kind = ANSWER_JSON;
    outcome->created = true;
    outcome->text = c->ticket.number;
    return true;
}

static const struct change_steps steps = {.decide = decide, .mail = queue_mail, .answer = tell};
static struct planned operation;
static struct actor actor;

// An operation's handler: one note, by `actor`.
static bool handle(struct operation_context *context, struct answer *answer, struct error *error) {
    change_open(&change, context);
    change.ticket_id = 2;
    bool done = help_desk_load(context->db, &change.arena, &change.help_desk, error);
    change.actor = actor.kind == ACTOR_AGENT ? actor_agent(&agent, &change.help_desk, &change.arena) : actor;
    operation.entry.row = (struct new_entry){.type = "N", .source = TEXT(""), .title = TEXT("Call")};
    done = done && thread_entry_make(&change.work, TEXT("called her"), ENTRY_TEXT, &operation.entry, error) &&
           change_add_entry(&change, &change.actor, &operation.entry, error) &&
           change_run(&change, &steps, &operation, answer, error);
    change_close(&change);
    return done;
}

static bool run(struct actor by, const fake_row *ticket) {
    static struct fake_answer answers[3];
    answers[0] = (struct fake_answer){STATEMENT_HELP_DESK, desk_rows, DESK_ROWS};
    answers[1] = (struct fake_answer){STATEMENT_TICKET_LOCK, ticket, 1};
    desk_open(&desk, answers, 2);
    desk.settings.mail_enabled = true;
    actor = by;
    return desk_run(&desk, handle);
}

static void setup(struct planned as) {
    operation = as;
}

static const char *value(unsigned statement, size_t column) {
    const struct fake_call *call = fake_last(&desk.db, statement);
    assert_non_null(call);
    return call->values[column];
}

static size_t place_of(unsigned statement) {
    const struct fake_call *call = fake_last(&desk.db, statement);
    assert_non_null(call);
    return (size_t)(call - desk.db.calls);
}

// staff_id, user_id, flags and poster of the entry that was written.
static void assert_signed(const char *staff_id, const char *user_id, const char *flags, const char *poster) {
    assert_string_equal(value(STATEMENT_ENTRY_INSERT, ENTRY_VALUE_STAFF), staff_id);
    assert_string_equal(value(STATEMENT_ENTRY_INSERT, ENTRY_VALUE_USER), user_id);
    assert_string_equal(value(STATEMENT_ENTRY_INSERT, ENTRY_VALUE_FLAGS), flags);
    assert_string_equal(value(STATEMENT_ENTRY_INSERT, ENTRY_VALUE_POSTER), poster);
}

static void an_agent_signs_and_search_finds_it(void **state) {
    (void)state;
    setup((struct planned){0});
    assert_true(run((struct actor){.kind = ACTOR_AGENT}, open_ticket));
    assert_signed("5", "0", "0", "D, B");
    assert_string_equal(value(STATEMENT_SEARCH_REPLACE, SEARCH_VALUE_OBJECT_TYPE), "H");
    assert_string_equal(value(STATEMENT_SEARCH_REPLACE, SEARCH_VALUE_TITLE), "Call");
}

static void a_client_signs_and_search_finds_it(void **state) {
    (void)state;
    setup((struct planned){0});
    assert_true(run(actor_user(8, TEXT("Anna"), TEXT("a@quay.example")), open_ticket));
    assert_signed("0", "8", "0", "Anna");
    assert_string_equal(value(STATEMENT_SEARCH_REPLACE, SEARCH_VALUE_OBJECT_TYPE), "H");
}

static void what_the_system_writes_is_not_searched_for(void **state) {
    (void)state;
    setup((struct planned){0});
    assert_true(run(actor_system(), open_ticket));
    assert_signed("0", "0", "128", "SYSTEM");
    assert_null(fake_last(&desk.db, STATEMENT_SEARCH_REPLACE));
}

static void without_a_change_of_the_ticket_its_row_is_untouched(void **state) {
    (void)state;
    setup((struct planned){0});
    assert_true(run((struct actor){.kind = ACTOR_AGENT}, open_ticket));
    assert_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE));
    assert_null(fake_last(&desk.db, STATEMENT_THREAD_RESPONDED));
    assert_null(fake_last(&desk.db, STATEMENT_EVENT_INSERT));
}

static void the_event_is_the_actor_s(void **state) {
    (void)state;
    setup((struct planned){.status_id = 3});
    assert_true(run(actor_user(8, TEXT("Anna"), TEXT("a@quay.example")), open_ticket));
    static const char *const expected[] = {
        "9", "closed", "3", "0", "1", "2", "{\"status\":[3,\"Closed\"]}", "a@quay.example", "8", "U"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(value(STATEMENT_EVENT_INSERT, i), expected[i]);
    setup((struct planned){.status_id = 3});
    assert_true(run(actor_system(), open_ticket));
    assert_string_equal(value(STATEMENT_EVENT_INSERT, EVENT_VALUE_USERNAME), "SYSTEM");
    assert_string_equal(value(STATEMENT_EVENT_INSERT, EVENT_VALUE_UID), "NULL");
    assert_string_equal(value(STATEMENT_EVENT_INSERT, EVENT_VALUE_UID_TYPE), "S");
}

static void the_order_is_lock_decide_entry_ticket_search_event_mail_commit(void **state) {
    (void)state;
    setup((struct planned){.status_id = 3});
    assert_true(run((struct actor){.kind = ACTOR_AGENT}, open_ticket));
    assert_int_equal(operation.calls_in_decide, place_of(STATEMENT_TICKET_LOCK) + 1);
    assert_true(place_of(STATEMENT_ENTRY_INSERT) < place_of(STATEMENT_TICKET_SAVE));
    assert_true(place_of(STATEMENT_TICKET_SAVE) < place_of(STATEMENT_SEARCH_REPLACE_ROWS));
    assert_true(place_of(STATEMENT_SEARCH_REPLACE_ROWS) < place_of(STATEMENT_EVENT_INSERT));
    assert_true(place_of(STATEMENT_EVENT_INSERT) < operation.calls_in_mail);
    assert_int_equal(desk.db.calls[desk.db.call_count - 1].what, FAKE_COMMIT);
    assert_true(desk.answer.created);
    assert_string_equal(desk.answered, "404709");
}

static void a_refusal_writes_nothing(void **state) {
    (void)state;
    setup((struct planned){.refuses = true});
    assert_false(run((struct actor){.kind = ACTOR_AGENT}, open_ticket));
    assert_int_equal(desk.error.code, ERROR_CONFLICT);
    assert_int_equal(fake_count(&desk.db, FAKE_EXECUTE), 0);
    assert_int_equal(fake_count(&desk.db, FAKE_COMMIT), 0);
    assert_int_equal(desk.db.calls[desk.db.call_count - 1].what, FAKE_ROLLBACK);
    assert_int_equal(desk.length, 0);
}

static void a_ticket_without_its_status_is_not_found(void **state) {
    (void)state;
    setup((struct planned){0});
    assert_false(run((struct actor){.kind = ACTOR_AGENT}, lost_status));
    assert_int_equal(desk.error.code, ERROR_NOT_FOUND);
    assert_string_equal(desk.error.message, "the ticket has no valid status");
}

static void a_department_that_is_gone_is_forgotten_before_anything_is_decided(void **state) {
    (void)state;
    setup((struct planned){.saves = true});
    lost_department[0][L_DEPARTMENT] = "77";
    assert_true(run((struct actor){.kind = ACTOR_AGENT}, lost_department));
    assert_int_equal(operation.department_id, 0);
    assert_string_equal(value(STATEMENT_TICKET_SAVE, SAVE_VALUE_DEPARTMENT), "0");
}

static void a_failure_at_any_place_rolls_back(void **state) {
    (void)state;
    setup((struct planned){.status_id = 3});
    assert_true(run((struct actor){.kind = ACTOR_AGENT}, open_ticket));
    size_t calls = desk.db.call_count;
    for (size_t at = 2; at <= calls; at++) {
        static struct fake_answer answers[2];
        answers[0] = (struct fake_answer){STATEMENT_HELP_DESK, desk_rows, DESK_ROWS};
        answers[1] = (struct fake_answer){STATEMENT_TICKET_LOCK, open_ticket, 1};
        setup((struct planned){.status_id = 3});
        desk_open(&desk, answers, 2);
        desk.db.fail_at = at;
        desk.db.fail_code = ERROR_UNAVAILABLE;
        assert_false(desk_run(&desk, handle));
        assert_int_equal(desk.error.code, ERROR_UNAVAILABLE);
        assert_int_equal(desk.length, 0);
        assert_false(desk.db.in_transaction);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_agent_signs_and_search_finds_it),
        cmocka_unit_test(a_client_signs_and_search_finds_it),
        cmocka_unit_test(what_the_system_writes_is_not_searched_for),
        cmocka_unit_test(without_a_change_of_the_ticket_its_row_is_untouched),
        cmocka_unit_test(the_event_is_the_actor_s),
        cmocka_unit_test(the_order_is_lock_decide_entry_ticket_search_event_mail_commit),
        cmocka_unit_test(a_refusal_writes_nothing),
        cmocka_unit_test(a_ticket_without_its_status_is_not_found),
        cmocka_unit_test(a_department_that_is_gone_is_forgotten_before_anything_is_decided),
        cmocka_unit_test(a_failure_at_any_place_rolls_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
