// SPDX-License-Identifier: GPL-2.0-or-later
// What agents do to tickets: who may, what is refused before anything is written, and that each action is
// written whole or not at all.
#include "desk.h"
#include "locked_ticket.h"
#include "ops/operations.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ALL_RIGHTS                                                                                           \
    "{\"ticket.reply\":1,\"ticket.close\":1,\"ticket.assign\":1,\"ticket.release\":1,\"ticket.transfer\":1," \
    "\"ticket.refer\":1,\"ticket.delete\":1}"
#define MOST_ROUND_TRIPS 12 // aside from files and mail

// The rows of STATEMENT_ACT_PARTIES beside the help desk's.
static const fake_row parties[] = {
    {DESK_ROW_OF_SETTING("schema_signature", "5fb92bef17f3b603659e024c01cc7a59")},
    {[DESK_KIND] = "actor",
     [ACT_AGENT_ID] = "5",
     [ACT_AGENT_IS_ACTIVE] = "1",
     [ACT_AGENT_IS_AVAILABLE] = "1",
     [ACT_AGENT_DEPARTMENT] = "1",
     [ACT_AGENT_USERNAME] = "basem",
     [ACT_AGENT_FIRST_NAME] = "Basem",
     [ACT_AGENT_LAST_NAME] = "Deiaa",
     [ACT_AGENT_EMAIL] = "basem@example.com",
     [ACT_AGENT_PERMISSIONS] = "{\"visibility.agents\":1,\"visibility.departments\":1}",
     [ACT_AGENT_DEPARTMENTS] = "1"},
    {[DESK_KIND] = "staff",
     [ACT_AGENT_ID] = "6",
     [ACT_AGENT_IS_ACTIVE] = "1",
     [ACT_AGENT_IS_AVAILABLE] = "1",
     [ACT_AGENT_DEPARTMENT] = "1",
     [ACT_AGENT_USERNAME] = "oneil",
     [ACT_AGENT_FIRST_NAME] = "Siobh\xc3\xa1n",
     [ACT_AGENT_LAST_NAME] = "O'Neil",
     [ACT_AGENT_EMAIL] = "oneil@example.com",
     [ACT_AGENT_DEPARTMENTS] = "4"},
    {[DESK_KIND] = "team",
     [ACT_TEAM_ID] = "2",
     [ACT_TEAM_FLAGS] = "1",
     [ACT_TEAM_AVAILABLE] = "1",
     [ACT_TEAM_MEMBERS] = "1",
     [ACT_TEAM_NAME] = "Cables"},
    {[DESK_KIND] = "dept",
     [DESK_DEPARTMENT_ID] = "9",
     [DESK_DEPARTMENT_FLAGS] = "4",
     [DESK_DEPARTMENT_NAME] = "Sales",
     [DESK_DEPARTMENT_SLA] = "3"},
};
#define PARTIES (sizeof parties / sizeof *parties)
#define ACTOR   1

#define AGENT_ROW                                                                                            \
    [L_KIND] = "agent", [LOCK_AGENT + RIGHTS_AGENT] = "5", [LOCK_AGENT + RIGHTS_IS_ACTIVE] = "1",            \
    [LOCK_AGENT + RIGHTS_IS_AVAILABLE] = "1", [LOCK_AGENT + RIGHTS_IS_OF_DEPARTMENT] = "1",                  \
    [LOCK_AGENT + RIGHTS_SEES_DEPARTMENT] = "1", [LOCK_AGENT + RIGHTS_ROLE] = ALL_RIGHTS
#define REFERRAL_ROW(type, id)                                                                               \
    [L_KIND] = "referral", [LOCK_REFERRAL + LOCK_REFERRAL_TYPE] = type,                                      \
    [LOCK_REFERRAL + LOCK_REFERRAL_OBJECT] = id

static const fake_row open_ticket[] = {{LOCKED("1", "0", "0")}, {AGENT_ROW}, {REFERRAL_ROW("E", "2")}};
static const fake_row closed_ticket[] = {{LOCKED("3", "1", "0")}, {AGENT_ROW}, {REFERRAL_ROW("E", "2")}};
static const fake_row shown[] = {{[OBJECT_ID] = "2", [OBJECT_NUMBER] = "404709"}};
static const fake_row shown_with_version[] = {{[OBJECT_ID] = "2",
                                               [OBJECT_NUMBER] = "404709",
                                               [OBJECT_VERSION + VERSION_TICKET] = "2",
                                               [OBJECT_VERSION + VERSION_NUMBER] = "404709"}};
static const fake_row one_version[] = {{[VERSION_TICKET] = "2", [VERSION_NUMBER] = "404709"}};

static struct desk desk;
static fake_row desk_with_parties[DESK_ROWS + 1 + PARTIES];
static fake_row locked[3];
static struct subject subject = {.kind = SUBJECT_TICKET, .name = TEXT("404709"), .id = 2};

static const struct action {
    const char *name;
    operation_handler *handle;
    const char *body;
    const fake_row *ticket;
} actions[] = {
    {"note", ticket_note, "{\"note\":\"seen\",\"title\":\"Call\"}", open_ticket},
    {"note that closes", ticket_note, "{\"note\":\"done\",\"status\":3}", open_ticket},
    {"reply", ticket_reply_to, "{\"response\":\"On it\"}", open_ticket},
    {"close", ticket_set_status, "{\"status\":3,\"comments\":\"done\"}", open_ticket},
    {"reopen", ticket_set_status, "{\"state\":\"open\",\"comments\":\"again\"}", closed_ticket},
    {"assign", ticket_assign, "{\"staff\":6,\"refer\":true,\"comments\":\"yours\"}", open_ticket},
    {"assign to a team", ticket_assign, "{\"team\":2,\"comments\":\"yours\"}", open_ticket},
    {"assign a closed one", ticket_assign, "{\"staff\":6,\"comments\":\"again\"}", closed_ticket},
    {"release", ticket_release, "{\"comments\":\"free\"}", open_ticket},
    {"transfer", ticket_transfer, "{\"department\":\"Sales\",\"comments\":\"for you\"}", open_ticket},
    {"transfer a closed one", ticket_transfer, "{\"department\":9,\"refer\":1}", closed_ticket},
    {"refer", ticket_refer, "{\"staff\":6,\"comments\":\"look\"}", open_ticket},
    {"end of a referral", ticket_refer_end, "{\"team\":2}", open_ticket},
    {"delete", ticket_delete, "", open_ticket},
};
#define ACTIONS (sizeof actions / sizeof *actions)

static const char *confirmed;

// The number is the path's, and of a deletion the query's, too.
static struct text parameter(const struct operation_context *context, const char *name) {
    (void)context;
    if (strcmp(name, "number") == 0) return TEXT("404709");
    return strcmp(name, "confirm") == 0 ? text_of(confirmed) : TEXT_NULL;
}

static void open_desk(const fake_row *ticket) {
    static struct fake_answer answers[6];
    size_t count = DESK_ROWS;
    memcpy(desk_with_parties, desk_rows, DESK_ROWS * sizeof *desk_rows);
    memcpy(desk_with_parties[count++], desk_times[0], sizeof *desk_times);
    memcpy(desk_with_parties[count], parties, sizeof parties);
    memcpy(locked, ticket, sizeof locked);
    answers[0] = (struct fake_answer){STATEMENT_ACT_PARTIES, desk_with_parties, count + PARTIES};
    answers[1] = (struct fake_answer){STATEMENT_TICKET_LOCK, locked, 3};
    answers[2] = (struct fake_answer){STATEMENT_TICKET_OBJECT, shown, 1};
    answers[3] = (struct fake_answer){STATEMENT_TICKET_VERSION, one_version, 1};
    answers[4] = (struct fake_answer){STATEMENT_VERSIONED_TICKET, shown_with_version, 1};
    answers[5] = (struct fake_answer){STATEMENT_TICKET_LOCK_WITH_FILES, locked, 3};
    desk_open(&desk, answers, 6);
    desk.principal.rules = (struct key_rules){.staff_id = 5};
    desk.principal.scopes = SCOPES_NAMED;
    desk.context.subject = &subject;
    desk.context.parameter = parameter;
    confirmed = "404709";
}

static bool ask(const struct action *action, const char *body) {
    desk.context.body = text_of(body);
    return desk_run(&desk, action->handle);
}

static const struct action *action_of(const char *name) {
    for (size_t i = 0; i < ACTIONS; i++)
        if (strcmp(actions[i].name, name) == 0) return &actions[i];
    fail_msg("no action %s", name);
    return NULL;
}

static bool act(const struct action *action) {
    return ask(action, action->body);
}

static void each_action_is_done_within_its_round_trips(void **state) {
    (void)state;
    for (size_t i = 0; i < ACTIONS; i++) {
        open_desk(actions[i].ticket);
        if (!act(&actions[i])) fail_msg("%s: %s", actions[i].name, desk.error.message);
        assert_int_equal(desk.db.calls[desk.db.call_count - 1].what, FAKE_COMMIT);
        // The key is looked up before.
        if (desk.db.call_count + 1 > MOST_ROUND_TRIPS)
            fail_msg("%s takes %zu round trips", actions[i].name, desk.db.call_count + 1);
    }
}

static void a_failure_at_any_statement_of_any_action_leaves_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < ACTIONS; i++) {
        open_desk(actions[i].ticket);
        desk.settings.mail_enabled = true;
        assert_true(act(&actions[i]));
        size_t calls = desk.db.call_count;
        for (size_t at = 1; at <= calls; at++) {
            open_desk(actions[i].ticket);
            desk.settings.mail_enabled = true;
            desk.db.fail_at = at;
            desk.db.fail_code = ERROR_UNAVAILABLE;
            if (act(&actions[i])) fail_msg("%s succeeds without its call %zu", actions[i].name, at);
            assert_int_equal(desk.error.code, ERROR_UNAVAILABLE);
            assert_int_equal(desk.length, 0);
            assert_false(desk.db.in_transaction);
            if (at < calls) assert_int_equal(fake_count(&desk.db, FAKE_COMMIT), 0);
        }
    }
}

static void a_rehearsal_commits_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < ACTIONS; i++) {
        open_desk(actions[i].ticket);
        char body[600];
        snprintf(body, sizeof body, "{\"dry_run\":true%s%s", *actions[i].body ? "," : "}",
                 *actions[i].body ? actions[i].body + 1 : "");
        if (!ask(&actions[i], body)) fail_msg("%s: %s", actions[i].name, desk.error.message);
        assert_int_equal(fake_count(&desk.db, FAKE_COMMIT), 0);
        assert_int_equal(fake_count(&desk.db, FAKE_ROLLBACK), 1);
        assert_non_null(strstr(desk.answered, "\"dry_run\":true"));
    }
}

static void assert_refused(const struct action *action, const char *body, enum error_code code) {
    open_desk(action->ticket);
    assert_false(ask(action, body));
    if (desk.error.code != code) fail_msg("%s, %s: %s", action->name, body, desk.error.message);
    assert_int_equal(fake_count(&desk.db, FAKE_EXECUTE), 0);
}

static void a_body_that_is_none_is_refused_by_each(void **state) {
    (void)state;
    for (size_t i = 0; i < ACTIONS; i++) {
        assert_refused(&actions[i], "[]", ERROR_BAD_REQUEST);
        assert_refused(&actions[i], "\"x\"", ERROR_BAD_REQUEST);
        assert_refused(&actions[i], "{", ERROR_BAD_REQUEST);
        assert_refused(&actions[i], "{\"comments\":\"\xff\"}", ERROR_BAD_REQUEST);
        assert_refused(&actions[i], "{\"staffUserName\":\"a\\u0000b\"}", ERROR_BAD_REQUEST);
        assert_refused(&actions[i], "{\"comments\":\"a\",\"comments\":\"b\"}", ERROR_BAD_REQUEST);
        assert_refused(&actions[i], "{\"comment\":\"a\"}", ERROR_UNPROCESSABLE);
        assert_string_equal(desk.error.field, "comment");
        assert_refused(&actions[i], "{\"format\":\"markdown\"}", ERROR_UNPROCESSABLE);
        assert_refused(&actions[i], "{\"dry_run\":\"perhaps\"}", ERROR_BAD_REQUEST);
        assert_refused(&actions[i], "{\"staffUserName\":[1]}", ERROR_BAD_REQUEST);
    }
}

// ---- who acts

static void nobody_acts_with_a_key_that_may_not(void **state) {
    (void)state;
    const struct action *note = action_of("note");
    open_desk(open_ticket);
    desk.principal.rules = (struct key_rules){0};
    assert_false(act(note));
    assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
    assert_string_equal(desk.error.field, "staffUserName");
    assert_false(ask(note, "{\"note\":\"x\",\"staffUserName\":\"basem\"}"));
    assert_int_equal(desk.error.code, ERROR_DENIED);
    assert_int_equal(desk.db.call_count, 0);
}

static void a_key_that_may_names_the_agent_in_the_body_or_by_a_header(void **state) {
    (void)state;
    const struct action *note = action_of("note");
    open_desk(open_ticket);
    desk.principal.rules = (struct key_rules){.any_staff = true};
    assert_true(ask(note, "{\"note\":\"x\",\"staffUserName\":\"basem\"}"));
    assert_string_equal(fake_last(&desk.db, STATEMENT_ACT_PARTIES)->values[3], "basem");
    open_desk(open_ticket);
    desk.principal.rules = (struct key_rules){.any_staff = true};
    desk.context.acting_as = TEXT("basem");
    assert_true(ask(note, "{\"note\":\"x\"}"));
    assert_string_equal(fake_last(&desk.db, STATEMENT_ACT_PARTIES)->values[3], "basem");
    assert_false(ask(note, "{\"note\":\"x\",\"staffUserName\":\"other\"}"));
    assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
}

static void a_key_with_an_agent_of_its_own_acts_as_no_other(void **state) {
    (void)state;
    const struct action *note = action_of("note");
    open_desk(open_ticket);
    assert_true(ask(note, "{\"note\":\"x\",\"staffUserName\":\"BASEM\"}"));
    assert_string_equal(fake_last(&desk.db, STATEMENT_ACT_PARTIES)->values[2], "5");
    open_desk(open_ticket);
    assert_false(ask(note, "{\"note\":\"x\",\"staffUserName\":\"oneil\"}"));
    assert_int_equal(desk.error.code, ERROR_DENIED);
    assert_int_equal(fake_count(&desk.db, FAKE_BEGIN), 0);
}

static void the_system_acts_without_a_role_and_signs_as_itself(void **state) {
    (void)state;
    open_desk(open_ticket);
    desk.principal.rules = (struct key_rules){.is_system = true};
    assert_true(act(action_of("close")));
    const struct fake_call *event = fake_last(&desk.db, STATEMENT_EVENT_INSERT);
    assert_string_equal(event->values[EVENT_VALUE_USERNAME], "SYSTEM");
    assert_string_equal(event->values[EVENT_VALUE_UID], "NULL");
    const struct fake_call *save = fake_last(&desk.db, STATEMENT_TICKET_SAVE);
    assert_string_equal(save->values[SAVE_VALUE_STAFF], "3");
}

static void whoever_may_not_see_the_ticket_does_not_learn_that_it_is_there(void **state) {
    (void)state;
    for (size_t i = 0; i < ACTIONS; i++) {
        open_desk(actions[i].ticket);
        locked[1][LOCK_AGENT + RIGHTS_SEES_DEPARTMENT] = "0";
        assert_false(act(&actions[i]));
        assert_int_equal(desk.error.code, ERROR_NOT_FOUND);
        assert_int_equal(fake_count(&desk.db, FAKE_EXECUTE), 0);
    }
}

static void a_role_without_the_right_is_named_what_it_lacks(void **state) {
    (void)state;
    static const char *const named[][2] = {
        {"close", "ticket.close"},
        {"reopen", "ticket.close"},
        {"assign", "ticket.assign"},
        {"release", "ticket.release"},
        {"refer", "ticket.refer"},
        {"transfer", "ticket.transfer"},
        {"delete", "ticket.delete"},
        {"reply", "ticket.reply"},
        {"end of a referral", "ticket.refer"},
        {"note that closes", "ticket.close"},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        const struct action *action = action_of(named[i][0]);
        open_desk(action->ticket);
        locked[1][LOCK_AGENT + RIGHTS_ROLE] = "{}";
        assert_false(act(action));
        assert_int_equal(desk.error.code, ERROR_DENIED);
        assert_non_null(strstr(desk.error.message, named[i][1]));
        assert_int_equal(fake_count(&desk.db, FAKE_EXECUTE), 0);
    }
}

// ---- what the ticket has to be

static void a_ticket_that_changed_meanwhile_is_412_with_its_version(void **state) {
    (void)state;
    const struct action *note = action_of("note");
    open_desk(open_ticket);
    desk.context.wanted_versions = TEXT("\"0123456789abcdef.01234567\"");
    assert_false(act(note));
    assert_int_equal(desk.error.code, ERROR_CHANGED);
    assert_int_equal(strlen(desk.error.version), 16);
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"other\", W/\"%s.0a\"", desk.error.version);
    open_desk(open_ticket);
    desk.context.wanted_versions = text_of(wanted);
    assert_true(act(note));
}

static void another_agents_lock_is_heeded_where_it_is_asked_for(void **state) {
    (void)state;
    const struct action *close = action_of("close");
    open_desk(open_ticket);
    locked[0][LOCK_TICKET + LOCKED_LOCK] = "9";
    locked[0][LOCK_TICKET + LOCKED_LOCK_HOLDER] = "6";
    assert_true(act(close));
    assert_false(ask(close, "{\"status\":3,\"heed_lock\":true}"));
    assert_int_equal(desk.error.code, ERROR_CONFLICT);
    locked[0][LOCK_TICKET + LOCKED_LOCK_HOLDER] = "5"; // his own
    assert_true(ask(close, "{\"status\":3,\"heed_lock\":true}"));
}

static void a_ticket_that_cannot_be_closed_is_a_conflict(void **state) {
    (void)state;
    const struct action *close = action_of("close");
    open_desk(open_ticket);
    locked[0][L_TASKS] = "2";
    assert_false(act(close));
    assert_int_equal(desk.error.code, ERROR_CONFLICT);
    assert_string_equal(desk.error.field, "tasks");
    open_desk(open_ticket);
    locked[0][L_MISSING] = "1";
    assert_false(act(close));
    assert_string_equal(desk.error.field, "fields");
}

static void closing_gives_the_ticket_to_who_closes_and_refers_it_to_who_had_it(void **state) {
    (void)state;
    open_desk(open_ticket);
    assert_true(act(action_of("close")));
    const struct fake_call *save = fake_last(&desk.db, STATEMENT_TICKET_SAVE);
    assert_string_equal(save->values[SAVE_VALUE_STAFF], "5");
    const struct fake_call *referral = fake_last(&desk.db, STATEMENT_REFERRAL_INSERT);
    assert_string_equal(referral->values[REFERRAL_VALUE_OBJECT], "3");
    assert_string_equal(referral->values[REFERRAL_VALUE_TYPE], "S");
}

static void an_assignment_takes_the_referral_back(void **state) {
    (void)state;
    open_desk(open_ticket);
    assert_true(act(action_of("assign to a team")));
    const struct fake_call *gone = fake_last(&desk.db, STATEMENT_REFERRAL_DELETE);
    assert_string_equal(gone->values[REFERRAL_VALUE_OBJECT], "2");
    assert_string_equal(gone->values[REFERRAL_VALUE_TYPE], "E");
    open_desk(open_ticket);
    assert_true(act(action_of("assign")));
    assert_null(fake_last(&desk.db, STATEMENT_REFERRAL_DELETE));
    assert_string_equal(fake_last(&desk.db, STATEMENT_EVENT_INSERT)->values[EVENT_VALUE_DATA],
                        "{\"staff\":[6,\"Siobh\\u00e1n O'Neil\"]}");
}

static void a_deletion_wants_the_number_twice(void **state) {
    (void)state;
    const struct action *delete = action_of("delete");
    open_desk(open_ticket);
    confirmed = "404708";
    assert_false(act(delete));
    assert_int_equal(desk.error.code, ERROR_UNPROCESSABLE);
    assert_int_equal(desk.db.call_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_action_is_done_within_its_round_trips),
        cmocka_unit_test(a_failure_at_any_statement_of_any_action_leaves_nothing),
        cmocka_unit_test(a_rehearsal_commits_nothing),
        cmocka_unit_test(a_body_that_is_none_is_refused_by_each),
        cmocka_unit_test(nobody_acts_with_a_key_that_may_not),
        cmocka_unit_test(a_key_that_may_names_the_agent_in_the_body_or_by_a_header),
        cmocka_unit_test(a_key_with_an_agent_of_its_own_acts_as_no_other),
        cmocka_unit_test(the_system_acts_without_a_role_and_signs_as_itself),
        cmocka_unit_test(whoever_may_not_see_the_ticket_does_not_learn_that_it_is_there),
        cmocka_unit_test(a_role_without_the_right_is_named_what_it_lacks),
        cmocka_unit_test(a_ticket_that_changed_meanwhile_is_412_with_its_version),
        cmocka_unit_test(another_agents_lock_is_heeded_where_it_is_asked_for),
        cmocka_unit_test(a_ticket_that_cannot_be_closed_is_a_conflict),
        cmocka_unit_test(closing_gives_the_ticket_to_who_closes_and_refers_it_to_who_had_it),
        cmocka_unit_test(an_assignment_takes_the_referral_back),
        cmocka_unit_test(a_deletion_wants_the_number_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
