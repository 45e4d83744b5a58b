// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of a request: department, status, priority, SLA, assignee, number. spec: creating.md C.3, C.2.
#include "desk.h"
#include "ops/create/resolve.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct desk desk;
static struct create_draft draft;
static struct create_decision decision;
static struct error error;

#define ASSIGNEE(kind, id, available, first, last, username)                                                 \
    {                                                                                                        \
        [ASSIGNEE_KIND] = kind, [ASSIGNEE_ID] = id, [ASSIGNEE_IS_AVAILABLE] = available,                     \
        [ASSIGNEE_FIRST_NAME] = first, [ASSIGNEE_LAST_NAME] = last, [ASSIGNEE_USERNAME] = username           \
    }
static const fake_row people[] = {
    ASSIGNEE("staff", "3", "1", "Basem", "Deiaa", "basem"),
    ASSIGNEE("staff", "4", "0", "Gone", "Fishing", "gone"),
    ASSIGNEE("team", "1", "1", "Level I", NULL, NULL),
    ASSIGNEE("team", "2", "0", "Off", NULL, NULL),
};
static const struct fake_answer answers[] = {{STATEMENT_CREATE_ASSIGNEES, people, 4}};

static struct config_row config[] = {
    {TEXT("default_dept_id"), TEXT("1")},
    {TEXT("default_priority_id"), TEXT("2")},
    {TEXT("default_sla_id"), TEXT("1")},
    {TEXT("ticket_sequence_id"), TEXT("7")},
    {TEXT("ticket_number_format"), TEXT("TK-####")},
};
static struct node departments[] = {{.id = 1, .name = TEXT("Support")}, {.id = 3, .name = TEXT("Night")}};
static struct node topics[] = {{.id = 5, .name = TEXT("Machines")}};
static struct ticket_status statuses[] = {
    {1, TEXT("Open"), TEXT_NULL, TEXT("open"), TEXT("{}"), true},
    {3, TEXT("Closed"), TEXT_NULL, TEXT("closed"), TEXT("{}"), true},
    {4, TEXT("Archived"), TEXT_NULL, TEXT("archived"), TEXT("{}"), true},
    {6, TEXT("Waiting"), TEXT_NULL, TEXT("open"), TEXT("{}"), true}};
static struct ticket_priority priorities[] = {{.id = 2, .description = TEXT("Normal")},
                                              {.id = 4, .description = TEXT("Emergency")}};
static struct department_row department_rows[] = {{1, 0, true}, {3, 2, true}};
static struct sla_row slas[] = {
    {1, 1, 18, 0, TEXT("Default")}, {2, 1, 4, 0, TEXT("Gold")}, {9, 0, 4, 0, TEXT("Off")}};
static struct sequence_row sequences[] = {{7, TEXT("0")}, {8, TEXT("*")}};
static struct mailbox_row mailboxes[] = {{.id = 1, .address = TEXT("support@example.com")}};

static struct form_field fields[] = {
    {.id = 20, .flags = 1, .type = TEXT("text"), .name = TEXT("subject")},
    {.id = 22, .flags = 1, .type = TEXT("priority"), .name = TEXT("priority")},
    {.id = 23, .flags = 5, .type = TEXT("text"), .name = TEXT("solution")}, // must be there before closing
};
static struct form form = {.id = 2, .type = 'T', .fields = fields, .field_count = 3};
static struct answer_value values[3];

static int set_up(void **state) {
    (void)state;
    desk_open(&desk, answers, 1);
    memset(&draft, 0, sizeof draft);
    draft.context = &desk.context;
    draft.arena = arena_new(1 << 20);
    draft.help_desk = (struct help_desk){.config = config,
                                         .config_count = 5,
                                         .departments = {departments, 2},
                                         .topics = {topics, 1},
                                         .statuses = statuses,
                                         .status_count = 4,
                                         .priorities = priorities,
                                         .priority_count = 2,
                                         .zone_name = TEXT("UTC"),
                                         .january = TEXT("2026-01-15 12:00:00"),
                                         .january_utc = TEXT("2026-01-15 12:00:00"),
                                         .july = TEXT("2026-07-15 12:00:00"),
                                         .july_utc = TEXT("2026-07-15 12:00:00"),
                                         .now = TEXT("2026-11-24 12:00:00")};
    draft.desk.departments = department_rows;
    draft.desk.department_count = 2;
    draft.desk.slas = slas;
    draft.desk.sla_count = 3;
    draft.desk.sequences = sequences;
    draft.desk.sequence_count = 2;
    draft.desk.mailboxes = mailboxes;
    draft.desk.mailbox_count = 1;
    draft.desk.user = (struct user_row){.id = 1, .name = TEXT("Jane"), .address = TEXT("jane@example.org")};
    values[0] =
        (struct answer_value){&fields[0], true, TEXT("Hello"), false, false, 0, TEXT("Hello"), TEXT("Hello")};
    values[1] = (struct answer_value){.field = &fields[1], .stored = true};
    values[2] = (struct answer_value){&fields[2], true, TEXT("x"), false, false, 0, TEXT("x"), TEXT("x")};
    draft.ticket_answers = (struct form_answers){&form, values, 3};
    draft.wishes = (struct create_wishes){.autorespond = true, .alert = true};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(&draft.arena);
    return 0;
}

static void resolve(void) {
    error_clear(&error);
    assert_true(create_resolve(&draft, &decision, &error));
}

static void have_topic(void) {
    draft.desk.topic = (struct topic_row){.id = 5, .active = true, .flags = 2};
    draft.desk.topic_requested = true;
}

static void the_help_desk_s_defaults_fill_what_nobody_says(void **state) {
    (void)state;
    resolve();
    assert_int_equal(decision.department_id, 1);
    assert_int_equal(decision.status_id, 1);
    assert_int_equal(decision.sla_id, 1);
    assert_string_equal(decision.due.data, "2026-11-25 06:00:00");
    assert_int_equal(decision.number.sequence_id, 7);
    assert_string_equal(decision.number.format.data, "TK-####");
    assert_false(decision.status_changed);
    assert_int_equal(values[1].value_id, 2);
    assert_string_equal(values[1].value.data, "Normal");
    assert_string_equal(values[1].cdata.data, "2");
    assert_int_equal(desk.db.call_count, 0); // nobody to look up
}

static void a_mailbox_leads_into_no_department_that_is_switched_off(void **state) {
    (void)state;
    draft.request.internal.email_id = mailboxes[0].id;
    mailboxes[0].department_id = 3;
    departments[1].flags = DEPARTMENT_FLAG_ACTIVE;
    resolve();
    assert_int_equal(decision.department_id, 3);
    departments[1].flags = 0;
    resolve();
    assert_int_equal(decision.department_id, 1);
    mailboxes[0].department_id = 0;
    draft.wishes.department_id = 3; // a filter's
    resolve();
    assert_int_equal(decision.department_id, 1);
}

static void a_topic_s_sla_comes_before_the_department_s(void **state) {
    (void)state;
    have_topic();
    draft.desk.topic.department_id = 3;
    resolve();
    assert_int_equal(decision.department_id, 3);
    assert_int_equal(decision.sla_id, 2);
    draft.desk.topic.sla_id = 1;
    resolve();
    assert_int_equal(decision.sla_id, 1);
    draft.wishes.sla_id = 2;
    resolve();
    assert_int_equal(decision.sla_id, 2);
}

static void an_unknown_sla_leaves_none_and_one_switched_off_no_due_date(void **state) {
    (void)state;
    draft.wishes.sla_id = 77;
    resolve();
    assert_int_equal(decision.sla_id, 0);
    assert_true(text_is_null(decision.due));
    draft.wishes.sla_id = 9;
    resolve();
    assert_int_equal(decision.sla_id, 9);
    assert_true(text_is_null(decision.due));
}

static void a_wished_priority_stands_known_or_not(void **state) {
    (void)state;
    draft.wishes.has_priority = true;
    draft.wishes.priority_id = 99;
    resolve();
    assert_true(text_is_null(values[1].value));
    assert_true(values[1].has_value_id);
    assert_int_equal(values[1].value_id, 99);
    assert_string_equal(values[1].cdata.data, "");
}

static void the_id_of_a_loose_priority_is_kept_without_its_name(void **state) {
    (void)state;
    draft.wishes.has_priority = draft.wishes.priority_is_loose = true;
    draft.wishes.priority_id = 4;
    resolve();
    assert_true(text_is_null(values[1].value));
    assert_int_equal(values[1].value_id, 4);
    assert_string_equal(values[1].cdata.data, "");
}

// PHP reads the form once more when it saves it, whatever priorityId, a filter or the topic say.
static void a_priority_of_the_form_comes_before_a_wished_one(void **state) {
    (void)state;
    values[1].value = TEXT("Emergency");
    values[1].has_value_id = true;
    values[1].value_id = 4;
    values[1].cdata = TEXT("4");
    draft.wishes.has_priority = true;
    draft.wishes.priority_id = 2;
    resolve();
    assert_string_equal(values[1].value.data, "Emergency");
    assert_int_equal(values[1].value_id, 4);
    assert_string_equal(values[1].cdata.data, "4");
}

static void a_priority_that_there_is_not_keeps_the_name_away_but_not_the_default(void **state) {
    (void)state;
    values[1].unknown = true;
    resolve();
    assert_true(text_is_null(values[1].value));
    assert_true(values[1].has_value_id);
    assert_int_equal(values[1].value_id, 2);
    assert_string_equal(values[1].cdata.data, "2");
}

static void a_topic_fills_priority_and_subject(void **state) {
    (void)state;
    have_topic();
    draft.desk.topic.priority_id = 4;
    resolve();
    assert_string_equal(values[1].value.data, "Emergency");
}

static void a_ticket_is_closed_only_when_all_answers_are_there(void **state) {
    (void)state;
    draft.wishes.status_id = 3;
    resolve();
    assert_true(decision.closed);
    assert_true(decision.status_changed);
    values[2].value = TEXT_NULL;
    assert_false(create_resolve(&draft, &decision, &error));
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
    draft.wishes.status_id = 4;
    resolve();
    assert_int_equal(decision.status_id, 1); // archived is nothing that a new ticket can be
    draft.wishes.status_id = 6;
    resolve();
    assert_int_equal(decision.status_id, 6);
    assert_true(decision.status_changed);
}

static void only_who_is_at_work_gets_the_ticket(void **state) {
    (void)state;
    have_topic();
    draft.desk.topic.staff_id = 3;
    draft.desk.topic.team_id = 1;
    resolve();
    assert_int_equal(decision.staff_id, 3); // of a topic's two the agent
    assert_int_equal(decision.team_id, 0);
    draft.desk.topic.staff_id = 4;
    resolve();
    assert_int_equal(decision.staff_id, 0);
    draft.wishes.staff_id = 3;
    resolve();
    assert_int_equal(decision.staff_id, 3);
    assert_int_equal(decision.team_id, 1); // a filter's agent beside a topic's team
    assert_false(decision.alert_team);
}

static void an_organization_s_manager_comes_last(void **state) {
    (void)state;
    draft.desk.user.organization_id = 1;
    draft.desk.user.organization_status = 4;
    draft.desk.user.organization_manager = TEXT("s3");
    resolve();
    assert_int_equal(decision.staff_id, 3);
    draft.desk.user.organization_manager = TEXT("t1");
    resolve();
    assert_int_equal(decision.team_id, 1);
    assert_true(decision.alert_team);
    draft.desk.user.organization_status = 1;
    resolve();
    assert_int_equal(decision.team_id, 0);
}

static void a_closed_ticket_goes_to_nobody(void **state) {
    (void)state;
    draft.wishes.status_id = 3;
    draft.wishes.staff_id = 3;
    resolve();
    assert_int_equal(decision.staff_id, 0);
}

static void an_agent_s_name_that_is_none_is_refused(void **state) {
    (void)state;
    draft.request.internal.assignee = TEXT("nobody");
    assert_false(create_resolve(&draft, &decision, &error));
    assert_int_equal(error.code, ERROR_UNPROCESSABLE);
    draft.request.internal.assignee = TEXT("BASEM");
    resolve();
    assert_int_equal(decision.staff_id, 3);
}

static void a_topic_may_number_its_tickets_itself(void **state) {
    (void)state;
    have_topic();
    draft.desk.topic.flags = 3;
    draft.desk.topic.sequence_id = 8;
    resolve();
    assert_int_equal(decision.number.sequence_id, 8);
    assert_string_equal(decision.number.padding.data, "*");
    assert_string_equal(decision.number.format.data, "######");
    draft.desk.topic.sequence_id = 99;
    resolve();
    assert_int_equal(decision.number.sequence_id, 0); // a sequence that is gone: random numbers
}

static void nobody_answers_himself(void **state) {
    (void)state;
    resolve();
    assert_true(decision.autorespond);
    draft.desk.user.address = TEXT("Support@example.com");
    resolve();
    assert_false(decision.autorespond);
    draft.desk.user.address = TEXT("jane@example.org");
    have_topic();
    draft.desk.topic.no_autoresponse = true;
    resolve();
    assert_false(decision.autorespond);
}

#define TEST_CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_CASE(the_help_desk_s_defaults_fill_what_nobody_says),
        TEST_CASE(a_mailbox_leads_into_no_department_that_is_switched_off),
        TEST_CASE(a_topic_s_sla_comes_before_the_department_s),
        TEST_CASE(an_unknown_sla_leaves_none_and_one_switched_off_no_due_date),
        TEST_CASE(a_wished_priority_stands_known_or_not),
        TEST_CASE(the_id_of_a_loose_priority_is_kept_without_its_name),
        TEST_CASE(a_priority_of_the_form_comes_before_a_wished_one),
        TEST_CASE(a_priority_that_there_is_not_keeps_the_name_away_but_not_the_default),
        TEST_CASE(a_topic_fills_priority_and_subject),
        TEST_CASE(a_ticket_is_closed_only_when_all_answers_are_there),
        TEST_CASE(only_who_is_at_work_gets_the_ticket),
        TEST_CASE(an_organization_s_manager_comes_last),
        TEST_CASE(a_closed_ticket_goes_to_nobody),
        TEST_CASE(an_agent_s_name_that_is_none_is_refused),
        TEST_CASE(a_topic_may_number_its_tickets_itself),
        TEST_CASE(nobody_answers_himself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
