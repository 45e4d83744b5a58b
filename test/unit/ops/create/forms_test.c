// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what is told when something is wrong with a new ticket's forms, to the letter and in its order.
#include "ops/create/forms.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static struct create_draft draft;
static struct operation_context context;
static struct error error;

// osTicket's forms as installed, and two of a help topic.
static struct field_row user_fields[] = {
    {.id = 1,
     .flags = 489395,
     .type = {"text", 4},
     .label = {"Email Address", 13},
     .name = {"email", 5},
     .configuration = {"{\"size\":40,\"length\":64,\"validator\":\"email\"}", 43}},
    {.id = 2,
     .flags = 489395,
     .type = {"text", 4},
     .label = {"Full Name", 9},
     .name = {"name", 4},
     .configuration = {"{\"size\":40,\"length\":64}", 23}},
    {.id = 3, .flags = 13057, .type = {"phone", 5}, .label = {"Phone Number", 12}, .name = {"phone", 5}},
    {.id = 4,
     .flags = 12289,
     .type = {"memo", 4},
     .label = {"Internal Notes", 14},
     .name = {"notes", 5},
     .configuration = {"{\"rows\":4,\"cols\":40}", 20}},
};
static struct field_row ticket_fields[] = {
    {.id = 20, .flags = 489265, .type = {"text", 4}, .label = {"Issue Summary", 13}, .name = {"subject", 7}},
    {.id = 21,
     .flags = 480547,
     .type = {"thread", 6},
     .label = {"Issue Details", 13},
     .name = {"message", 7}},
    {.id = 22,
     .flags = 274609,
     .type = {"priority", 8},
     .label = {"Priority Level", 14},
     .name = {"priority", 8}},
};
static struct field_row colour_fields[] = {
    {.id = 70, .flags = 227073, .type = {"text", 4}, .label = {"Colour", 6}, .name = {"colour", 6}},
    {.id = 71, .flags = 227073, .type = {"text", 4}, .label = {"Size", 4}, .name = {"size", 4}},
};
static struct field_row number_fields[] = {
    {.id = 80,
     .flags = 227073,
     .type = {"text", 4},
     .label = {"Number", 6},
     .name = {"number", 6},
     .configuration = {"{\"validator\":\"number\"}", 22}},
};
static struct form_row topic_forms[2];
static struct ticket_priority priorities[] = {{.id = 2, .description = {"Normal", 6}},
                                              {.id = 4, .description = {"Emergency", 9}}};

static int end_draft(void **state) {
    (void)state;
    arena_free(&draft.arena);
    return 0;
}

static void begin(const char *json, bool topic) {
    arena_free(&draft.arena);
    memset(&draft, 0, sizeof draft);
    error_clear(&error);
    draft.arena = arena_new((size_t)16 << 20);
    context = (struct operation_context){.in_profile = false};
    draft.context = &context;
    draft.help_desk.priorities = priorities;
    draft.help_desk.priority_count = 2;
    draft.desk.user_form = (struct form_row){1, TEXT("U"), 1, TEXT_NULL, user_fields, 4};
    draft.desk.ticket_form = (struct form_row){
        2, TEXT("T"), topic ? 0 : 1, topic ? TEXT("{\"disable\":[]}") : TEXT_NULL, ticket_fields, 3};
    topic_forms[0] = (struct form_row){50, TEXT("G"), 1, TEXT("{\"disable\":[]}"), colour_fields, 2};
    topic_forms[1] = (struct form_row){51, TEXT("G"), 2, TEXT_NULL, number_fields, 1};
    draft.desk.topic_forms = topic_forms;
    draft.desk.topic_form_count = 2;
    draft.desk.topic_requested = topic;
    draft.desk.topic.active = true;
    if (!create_request_read(text_of(json), CREATE_JSON, true, &draft.arena, &draft.request, &error))
        fail_msg("%s: %s", json, error.message);
}

static bool run(void) {
    return create_fill_forms(&draft, &error) && create_validate(&draft, &error);
}

static void assert_taken(void) {
    if (!run()) fail_msg("should be taken: %s", error.message);
}

static void assert_refused(const char *message) {
    assert_false(run());
    assert_string_equal(error.message, message);
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
}

#define GOOD "\"email\":\"jane@example.org\",\"name\":\"Jane\",\"subject\":\"s\",\"message\":\"m\""

static void answers_of_all_forms_are_there(void **state) {
    (void)state;
    begin("{" GOOD ",\"phone\":\"5551234x9\",\"priority\":4,\"colour\":\"blue\",\"71\":\"XL\",\"number\":5}",
          true);
    assert_taken();
    assert_int_equal(draft.user_answers.count, 4);
    assert_false(draft.user_answers.values[0].stored);
    assert_true(text_equal(draft.user_answers.values[2].value, TEXT("5551234X9")));
    assert_true(text_is_null(draft.user_answers.values[3].value));
    assert_true(text_equal(form_answer_named(&draft.ticket_answers, "subject")->value, TEXT("s")));
    assert_int_equal(form_answer_named(&draft.ticket_answers, "priority")->value_id, 4);
    assert_true(text_equal(form_answer_named(&draft.ticket_answers, "message")->shown, TEXT("m")));
    assert_false(form_answer_named(&draft.ticket_answers, "message")->stored);
    assert_int_equal(draft.ticket_answers.form->id, 2);
    assert_int_equal(draft.ticket_answers.form->type, 'T');
    assert_int_equal(draft.topic_answer_count, 2);
    assert_true(text_equal(draft.topic_answers[0].values[1].value, TEXT("XL")));
    assert_int_equal(draft.topic_answers[1].form->id, 51);
    assert_int_equal(draft.topic_answers[1].form->sort, 2);
}

static void filters_see_the_message_as_it_was_meant(void **state) {
    (void)state;
    begin("{\"email\":\"a@b.c\",\"name\":\"J\",\"subject\":\"s\",\"message\":\"data:text/html,<b>x</b>\"}",
          false);
    assert_taken();
    assert_true(text_equal(form_answer_named(&draft.ticket_answers, "message")->shown, TEXT("<b>x</b>")));
}

static void a_new_user_is_checked_without_details(void **state) {
    static const char *const wrong[] = {
        "{\"name\":\"J\",\"subject\":\"s\",\"message\":\"m\"}",
        "{\"email\":\"a@b.c\",\"subject\":\"s\",\"message\":\"m\"}",
        "{\"email\":\"nonsense\",\"name\":\"J\",\"subject\":\"s\",\"message\":\"m\"}",
        "{\"email\":\"a@b.c, d@e.f\",\"name\":\"J\",\"subject\":\"s\",\"message\":\"m\"}",
        "{\"email\":\"a@localhost\",\"name\":\"J\",\"subject\":\"s\",\"message\":\"m\"}",
        "{\"email\":\"a@b.c\",\"name\":\"=J\",\"subject\":\"s\",\"message\":\"m\"}",
        "{\"email\":\"a@b.c\",\"name\":\"J\",\"phone\":\"12\",\"subject\":\"s\",\"message\":\"m\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        begin(wrong[i], false);
        assert_refused("Unable to create new ticket :user\nIncomplete client information");
    }
}

static void a_known_user_is_not_checked(void **state) {
    (void)state;
    begin("{\"email\":\"jane@example.org\",\"phone\":\"12\",\"subject\":\"s\",\"message\":\"m\"}", false);
    draft.desk.user.id = 5;
    assert_taken();
    assert_int_equal(draft.user_answers.count, 0);
}

static void errors_come_in_their_order(void **state) {
    (void)state;
    begin("{\"x\":1}", false);
    assert_refused("Unable to create new ticket :user\nIncomplete client information\n20\nIssue Summary is a "
                   "required field\n21\nIssue Details is a required field");
    begin("{" GOOD "}", true);
    assert_refused("Unable to create new ticket :0\nColour is a required field\n1\nSize is a required field\n"
                   "2\nNumber is a required field");
    // One error in a topic's form, and the fields of the ticket form are numbered as well.
    begin("{\"email\":\"a@b.c\",\"message\":\"m\",\"colour\":\"c\",\"size\":\"s\",\"number\":\"x\"}", true);
    assert_refused("Unable to create new ticket :user\nIncomplete client information\n0\nIssue Summary is a "
                   "required field\n1\nEnter a Number");
    begin("{\"email\":\"jane@example.org\",\"name\":\"Jane\",\"message\":\"m\"}", false);
    assert_refused("Unable to create new ticket :20\nIssue Summary is a required field");
    begin("{\"email\":\"jane@example.org\",\"name\":\"Jane\",\"subject\":\"s\"}", false);
    assert_refused("Unable to create new ticket :21\nIssue Details is a required field");
}

static void who_is_answered_in_json_hears_each_field_by_its_name(void **state) {
    (void)state;
    begin("{\"email\":\"nobody\",\"colour\":\"c\",\"size\":\"s\",\"number\":\"x\",\"message\":\"m\"}", true);
    context.in_profile = true;
    assert_false(run());
    assert_int_equal(error.code, ERROR_UNPROCESSABLE);
    assert_string_equal(error.fields, "email\nEnter a valid email address\nname\nFull Name is a required "
                                      "field\nsubject\nIssue Summary is a required field\n"
                                      "number\nEnter a Number\n");
}

// PHP's API asks for them all the same.
static void what_the_topic_disables_is_hidden_from_browsers_only(void **state) {
    (void)state;
    begin("{" GOOD ",\"number\":1,\"size\":\"kept\"}", true);
    topic_forms[0].extra = TEXT("{\"disable\":[70,\"71\"]}");
    assert_refused("Unable to create new ticket :0\nColour is a required field");
    assert_true(text_equal(draft.topic_answers[0].values[1].value, TEXT("kept")));
    begin("{" GOOD ",\"source\":\"Web\",\"topicId\":2,\"number\":1}", true);
    topic_forms[0].extra = TEXT("{\"disable\":[70,\"71\"]}");
    draft.desk.ticket_form.extra = TEXT("{\"disable\":[20]}");
    assert_refused("Unable to create new ticket :21\nIssue Details is a required field");
}

static void forms_of_other_topics_do_not_count(void **state) {
    (void)state;
    begin("{" GOOD "}", false);
    assert_taken();
    assert_int_equal(draft.topic_answer_count, 0);
    begin("{" GOOD "}", true);
    draft.desk.topic.active = false;
    assert_taken();
    assert_int_equal(draft.topic_answer_count, 2);
}

static void a_source_has_its_own_demands(void **state) {
    (void)state;
    begin("{" GOOD ",\"source\":\"Phone\"}", false);
    assert_refused("Unable to create new ticket :origin\nInvalid ticket origin given\nerr\nNo fields set up");
    begin("{\"source\":\"\",\"message\":\"m\"}", false);
    assert_refused(
        "Unable to create new ticket :origin\nInvalid ticket origin given\nerr\nNo fields set up\n20\n"
        "Issue Summary is a required field");
    begin("{" GOOD ",\"source\":\"API\"}", false);
    assert_taken();
    begin("{" GOOD ",\"source\":\"aPi\"}", false);
    assert_taken();
    begin("{" GOOD ",\"source\":\"Web\"}", false);
    assert_refused("Unable to create new ticket :topicId\nSelect a Help Topic\nerr\nMissing or invalid data "
                   "\342\200\224 Correct any errors below and try again\n21\n"
                   "Issue Details is a required field");
    begin("{" GOOD ",\"source\":\"Web\",\"topicId\":2}", false);
    assert_refused(
        "Unable to create new ticket :20\nIssue Summary is a required field\n21\nIssue Details is a "
        "required field");
    begin("{" GOOD ",\"source\":\"Email\"}", false);
    assert_refused("Unable to create new ticket :emailId\nUnknown system email\nerr\nMissing or invalid data "
                   "\342\200\224 Correct any errors below and try again");
    begin("{\"email\":\"a@b.c\",\"source\":\"Email\",\"emailId\":1}", false);
    assert_taken();
}

static void a_due_date_lies_ahead(void **state) {
    (void)state;
    begin("{" GOOD ",\"duedate\":\"whenever\"}", false);
    assert_refused("Unable to create new ticket :duedate\nInvalid due date");
    begin("{" GOOD ",\"duedate\":\"2001-01-01\"}", false);
    assert_refused("Unable to create new ticket :duedate\nDue date must be in the future");
    begin("{" GOOD ",\"duedate\":\"2999-01-01 10:00\"}", false);
    assert_taken();
}

static void many_errors_are_all_told(void **state) {
    static struct field_row many[60];
    static char labels[60][70];
    (void)state;
    begin("{" GOOD "}", true);
    for (int i = 0; i < 60; i++) {
        snprintf(labels[i], sizeof labels[i],
                 "%02d A label that is rather long, for people who read with care", i);
        many[i] = (struct field_row){
            .id = 100 + i, .flags = 227073, .type = TEXT("text"), .label = text_of(labels[i])};
    }
    topic_forms[0] = (struct form_row){50, TEXT("G"), 1, TEXT_NULL, many, 60};
    assert_false(run());
    assert_non_null(strstr(error.message,
                           "\n58\n58 A label that is rather long, for people who read with care is a "
                           "required field\n59\n59 A label"));
    for (int i = 0; i < 60; i++)
        many[i].label = TEXT("\303\244"); // and what does not fit is left out as a whole
    topic_forms[0].field_count = 60;
    assert_true(text_is_utf8(text_of(error.message)));
}

static void what_is_no_single_value_is_refused_by_name(void **state) {
    (void)state;
    begin("{" GOOD ",\"colour\":[\"x\"]}", true);
    assert_refused("colour must be a string");
    begin("{" GOOD ",\"colour\":[\"x\"]}", false); // no form asks for it
    assert_taken();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_of_all_forms_are_there),
        cmocka_unit_test(filters_see_the_message_as_it_was_meant),
        cmocka_unit_test(a_new_user_is_checked_without_details),
        cmocka_unit_test(a_known_user_is_not_checked),
        cmocka_unit_test(errors_come_in_their_order),
        cmocka_unit_test(who_is_answered_in_json_hears_each_field_by_its_name),
        cmocka_unit_test(what_the_topic_disables_is_hidden_from_browsers_only),
        cmocka_unit_test(forms_of_other_topics_do_not_count),
        cmocka_unit_test(a_source_has_its_own_demands),
        cmocka_unit_test(a_due_date_lies_ahead),
        cmocka_unit_test(many_errors_are_all_told),
        cmocka_unit_test(what_is_no_single_value_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, end_draft);
}
