// SPDX-License-Identifier: GPL-2.0-or-later
// The fast ways of reading: a usual ticket in one question, an unusual one by the complete statement, a list
// part by part. What they answer is what the complete statements answer.
#include "desk.h"
#include "ops/operations.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// A row is a template of which a test changes a column or two.
#pragma GCC diagnostic ignored "-Woverride-init"

// The columns of STATEMENT_USUAL_TICKET and STATEMENT_STREAM_OF_STAFF.
enum {
    U_KIND = 0,
    U_ID = 1,
    U_NUMBER = 2,
    U_STATUS = 3,
    U_DEPARTMENT = 4,
    U_TOPIC = 5,
    U_SOURCE = 6,
    U_CREATED = 7,
    U_DUE = 9,
    U_OWNER = 12,
    U_OWNER_NAME = 13,
    U_OWNER_ADDRESS = 14,
    U_THREAD = 23,
    U_LAST_MESSAGE = 24,
    U_ANSWER = 26,
    U_SORT = 27,
    U_FIELD = 28,
    U_FORM_SORT = 29,
    U_FORM = 30,
    U_VALUE = 31,
    U_VALUE_ID = 32,
    U_PHONE = 33,
    U_ENTRY = 34,
    U_PARENT = 35,
    U_ENTRY_THREAD = 36,
    U_TYPE = 37,
    U_POSTER = 38,
    U_ENTRY_SOURCE = 39,
    U_BODY = 41,
    U_FORMAT = 42,
    U_FLAGS = 43,
    U_ENTRY_CREATED = 44,
    U_UPDATED = 45,
    U_EDITOR = 46,
    U_USER = 50,
    U_USER_NAME = 51,
    U_ATTACHMENT = 52,
    U_INLINE = 53,
    U_STATUS_ROW = 54,
    U_STATUS_NAME,
    U_DEPT_ROW,
    U_DEPT_NAME,
    U_DEPT_PARENT,
    U_PARENT_ROW,
    U_PARENT_NAME,
    U_PARENT_PARENT,
    U_TOPIC_ROW,
    U_TOPIC_NAME,
    U_TOPIC_PARENT,
    U_TOPIC2,
    U_TOPIC2_NAME,
    U_TOPIC2_PARENT,
    U_AGENT_FORMAT,
    U_CLIENT_FORMAT,
    U_NEEDS_SLA,
    U_TRANSLATION,
    U_PRIORITY,
    U_PRIORITY_NAME,
    L_ADDRESS = 54,
    L_EDITOR,
    L_CHUNK,
    L_BYTES,
};

#define TICKET                                                                                               \
    [U_KIND] = "0", [U_ID] = "7", [U_NUMBER] = "700007", [U_STATUS] = "1", [U_DEPARTMENT] = "4",             \
    [U_TOPIC] = "2", [U_SOURCE] = "API", [U_CREATED] = "2024-03-05 09:15:00",                                \
    [U_DUE] = "2024-03-06 00:00:00", [U_OWNER] = "1", [U_OWNER_NAME] = "Dr. Jane Q. Doe",                    \
    [U_OWNER_ADDRESS] = "Jane@Example.ORG"
#define NAMES                                                                                                \
    [U_STATUS_ROW] = "1", [U_STATUS_NAME] = "Open", [U_DEPT_ROW] = "4", [U_DEPT_NAME] = "Night Shift",       \
    [U_DEPT_PARENT] = "1", [U_PARENT_ROW] = "1", [U_PARENT_NAME] = "Support", [U_TOPIC_ROW] = "2",           \
    [U_TOPIC_NAME] = "Feedback", [U_TOPIC_PARENT] = "1", [U_TOPIC2] = "1", [U_TOPIC2_NAME] = "Allgemein",    \
    [U_TOPIC2_PARENT] = "0", [U_AGENT_FORMAT] = "lastfirst", [U_NEEDS_SLA] = "0"
#define ANSWER(kind, name, value)                                                                            \
    [U_KIND] = kind, [U_ID] = "7", [U_ANSWER] = name, [U_SORT] = "1", [U_FIELD] = "20", [U_FORM_SORT] = "1", \
    [U_FORM] = "5", [U_VALUE] = value
#define ENTRY(id)                                                                                            \
    [U_KIND] = "3", [U_ID] = "7", [U_THREAD] = "9", [U_ENTRY] = id, [U_PARENT] = "0",                        \
    [U_ENTRY_THREAD] = "9", [U_TYPE] = "M", [U_POSTER] = "Jane", [U_ENTRY_SOURCE] = "API",                   \
    [U_FORMAT] = "html", [U_FLAGS] = "65", [U_ENTRY_CREATED] = "2024-03-05 09:15:00",                        \
    [U_UPDATED] = "0000-00-00 00:00:00"
#define HEAD                                                                                                 \
    {TICKET, NAMES}, {ANSWER("1", "subject", "a & <b>")},                                                    \
        {ANSWER("1", "Priority", "Normal"), [U_VALUE_ID] = "2", [U_PRIORITY] = "2",                          \
         [U_PRIORITY_NAME] = "Normal"},                                                                      \
    {                                                                                                        \
        ANSWER("2", "phone", "3185558634X12"), [U_PHONE] = "us"                                              \
    }

static struct desk desk;
static struct subject seven = {SUBJECT_TICKET, {"700007", 6}, 7};

#define OPEN(...)                                                                                            \
    static const struct fake_answer answers[] = {__VA_ARGS__};                                               \
    desk_open(&desk, answers, sizeof answers / sizeof *answers);                                             \
    desk.parameter_name = "ticketNumber";                                                                    \
    desk.parameter_value = "700007";                                                                         \
    desk.context.subject = &seven

static void assert_answers(const char *part) {
    if (!strstr(desk.answered, part)) fail_msg("%s is not in %s", part, desk.answered);
}

static void a_usual_ticket_is_one_question_and_the_same_answer(void **state) {
    (void)state;
    static const fake_row usual[] = {
        HEAD,
        {ENTRY("70"), [U_BODY] = "<p>x</p>", [U_ATTACHMENT] = "3", [U_INLINE] = "0"},
        {ENTRY("70"), [U_BODY] = "<p>x</p>", [U_ATTACHMENT] = "4", [U_INLINE] = "1"},
        {ENTRY("70"), [U_BODY] = "<p>x</p>", [U_ATTACHMENT] = "5", [U_INLINE] = "0"}};
    static const fake_row complete[] = {{[T_ID] = "7",
                                         [T_NUMBER] = "700007",
                                         [T_STATUS] = "1",
                                         [T_DEPARTMENT] = "4",
                                         [T_TOPIC] = "2",
                                         [T_SOURCE] = "API",
                                         [T_CREATED] = "2024-03-05 09:15:00",
                                         [T_DUE] = "2024-03-06 00:00:00",
                                         [T_OWNER] = "1",
                                         [T_OWNER_NAME] = "Dr. Jane Q. Doe",
                                         [T_OWNER_ADDRESS] = "Jane@Example.ORG",
                                         [T_PHONE] = "us 3185558634X12",
                                         [T_SUBJECT] = "a & <b>",
                                         [T_PRIORITY] = "#2",
                                         [E_ID] = "70",
                                         [E_PARENT] = "0",
                                         [E_THREAD] = "9",
                                         [E_TYPE] = "M",
                                         [E_POSTER] = "Jane",
                                         [E_SOURCE] = "API",
                                         [E_BODY] = "<p>x</p>",
                                         [E_FORMAT] = "html",
                                         [E_FLAGS] = "65",
                                         [E_CREATED] = "2024-03-05 09:15:00",
                                         [E_UPDATED] = "0000-00-00 00:00:00",
                                         [E_ATTACHMENTS] = "2"}};
    OPEN(DESK_HELP_DESK, {STATEMENT_USUAL_TICKET, usual, 7}, {STATEMENT_TICKET_BY_NUMBER, complete, 1});
    static char first[DESK_ANSWER_MAX];
    assert_true(desk_run(&desk, ticket_info));
    assert_int_equal(desk.db.call_count, 1);
    memcpy(first, desk.answered, desk.length + 1);
    desk.context.subject = NULL;
    assert_true(desk_run(&desk, ticket_info));
    assert_int_equal(desk.db.call_count, 3);
    assert_string_equal(first, desk.answered);
}

static void entries_come_by_time_and_id_in_whatever_order_they_are_read(void **state) {
    (void)state;
    static const fake_row usual[] = {
        HEAD,
        {ENTRY("72"), [U_BODY] = "two"},
        {ENTRY("71"), [U_BODY] = "one"},
        {ENTRY("69"), [U_BODY] = "three", [U_ENTRY_CREATED] = "2024-03-05 09:15:01"}};
    OPEN({STATEMENT_USUAL_TICKET, usual, 7});
    assert_true(desk_run(&desk, ticket_info));
    const char *one = strstr(desk.answered, "\"body\":\"one\""),
               *two = strstr(desk.answered, "\"body\":\"two\"");
    assert_true(one && two && one < two && two < strstr(desk.answered, "\"body\":\"three\""));
}

static void the_answer_whose_field_sorts_last_counts(void **state) {
    (void)state;
    static const fake_row usual[] = {{TICKET, NAMES},
                                     {ANSWER("1", "subject", "last"), [U_SORT] = "9"},
                                     {ANSWER("1", "subject", "first"), [U_SORT] = "2"},
                                     {ANSWER("1", "priority", "loose")},
                                     {ANSWER("2", "phone", "111"), [U_FORM_SORT] = "2", [U_PHONE] = "us"},
                                     {ANSWER("2", "phone", "5551234"), [U_FORM_SORT] = "1", [U_PHONE] = "us"},
                                     {ENTRY("70"), [U_BODY] = "x"}};
    OPEN({STATEMENT_USUAL_TICKET, usual, 7});
    assert_true(desk_run(&desk, ticket_info));
    assert_answers("\"subject\":\"last\"");
    assert_answers("\"priority\":\"loose\"");
    assert_answers("\"user_phone\":\"555-1234\"");
}

static void an_unusual_ticket_is_read_by_the_complete_statement(void **state) {
    (void)state;
    static const fake_row rows[][5] = {
        {{TICKET, NAMES}, {ENTRY("70"), [U_BODY] = "x", [U_EDITOR] = "3"}},
        {{TICKET, NAMES}, {ENTRY("70"), [U_BODY] = ""}},
        {{TICKET, NAMES}, {ENTRY("70"), [U_BODY] = "  "}},
        {{TICKET, NAMES}, {ENTRY("70"), [U_BODY] = "<IFRAME src='x'></IFRAME>"}},
        {{TICKET, NAMES}, {ENTRY("70"), [U_BODY] = "x", [U_USER] = "4", [U_USER_NAME] = ""}},
        {{TICKET, NAMES}, {ENTRY("70"), [U_BODY] = "x", [U_TRANSLATION] = "1"}},
        {{TICKET, NAMES, [U_TRANSLATION] = "5"}, {ENTRY("70"), [U_BODY] = "x"}},
        {{TICKET, NAMES, [U_NEEDS_SLA] = "1"}, {ENTRY("70"), [U_BODY] = "x"}},
        {{TICKET, NAMES, [U_PARENT_PARENT] = "8"}, {ENTRY("70"), [U_BODY] = "x"}},
        {{TICKET, NAMES, [U_STATUS_ROW] = NULL}, {ENTRY("70"), [U_BODY] = "x"}},
        {{TICKET, NAMES}, {ENTRY("70"), [U_BODY] = "x", [U_THREAD] = NULL}},
        {{TICKET, NAMES}, {ENTRY("70"), [U_BODY] = "x", [U_THREAD] = "10"}},
        {{TICKET, NAMES}, {ANSWER("1", NULL, NULL)}}, // cut off
    };
    static const fake_row complete[] = {{[T_ID] = "7", [T_NUMBER] = "complete", [T_STATUS] = "1"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static fake_row given[3];
        struct fake_answer answers[] = {DESK_HELP_DESK,
                                        {STATEMENT_USUAL_TICKET, (const fake_row *)given, 3},
                                        {STATEMENT_TICKET_BY_NUMBER, complete, 1}};
        memcpy(given, rows[i], 2 * sizeof given[0]);
        static const fake_row further = {ENTRY("71"), [U_BODY] = "y"};
        memcpy(given[2], further, sizeof further);
        if (i == sizeof rows / sizeof *rows - 1) answers[1].count = 2;
        desk_open(&desk, answers, 3);
        desk.parameter_name = "ticketNumber";
        desk.parameter_value = "700007";
        desk.context.subject = &seven;
        assert_true(desk_run(&desk, ticket_info));
        if (desk.db.call_count != 3) fail_msg("row %zu took %zu questions", i, desk.db.call_count);
        assert_answers("\"ticket_number\":\"complete\"");
    }
}

static void a_failing_database_is_no_unusual_ticket(void **state) {
    (void)state;
    OPEN(DESK_HELP_DESK);
    desk.db.fail_at = 1;
    desk.db.fail_code = ERROR_RETRYABLE;
    assert_false(desk_run(&desk, ticket_info));
    assert_int_equal(desk.error.code, ERROR_RETRYABLE);
    assert_int_equal(desk.db.call_count, 1);
}

static void what_the_key_s_question_did_not_find_is_404_at_once(void **state) {
    (void)state;
    struct subject nothing = {SUBJECT_TICKET, TEXT("700007"), 0};
    OPEN(DESK_HELP_DESK);
    desk.context.subject = &nothing;
    assert_false(desk_run(&desk, ticket_info));
    assert_string_equal(desk.error.message, "Ticket not found");
    desk.parameter_name = "staffUserName";
    assert_false(desk_run(&desk, staff_tickets));
    assert_int_equal(desk.error.code, ERROR_NOT_FOUND);
    desk.parameter_name = "clientUserMail";
    assert_false(desk_run(&desk, client_tickets));
    assert_int_equal(desk.error.code, ERROR_NOT_FOUND);
    assert_int_equal(desk.db.call_count, 0);
}

// A list knows the fields from the help desk's rows.
#define ANSWERED(kind, field, value)                                                                         \
    [U_KIND] = kind, [U_ID] = "7", [U_FIELD] = field, [U_FORM_SORT] = "1", [U_FORM] = "5", [U_VALUE] = value
#define SECOND(kind) [U_KIND] = kind, [U_ID] = "8"

static void a_list_is_put_together_part_by_part(void **state) {
    (void)state;
    static const fake_row list[] = {
        {TICKET, [U_FIELD] = "20", [U_FORM_SORT] = "1", [U_FORM] = "5", [U_VALUE] = "first"},
        {ANSWERED("0", "22", "Normal"), [U_VALUE_ID] = "2"},
        {ANSWERED("2", "3", "3185558634X12")},
        {ENTRY("70"), [U_BODY] = "<p>x</p>", [L_EDITOR] = "Ed"},
        {ENTRY("71"), [U_BODY] = "", [U_ATTACHMENT] = "6", [U_INLINE] = "1", [L_CHUNK] = "0",
         [L_BYTES] = "second "},
        {ENTRY("71"), [U_BODY] = "", [U_ATTACHMENT] = "5", [U_INLINE] = "1", [L_CHUNK] = "1",
         [L_BYTES] = "of first; "},
        {ENTRY("71"), [U_BODY] = "", [U_ATTACHMENT] = "5", [U_INLINE] = "1", [L_CHUNK] = "0",
         [L_BYTES] = "first "},
        {ENTRY("71"), [U_BODY] = "", [U_ATTACHMENT] = "9", [U_INLINE] = "0"},
        {ENTRY("60"), [U_BODY] = "of a second thread", [U_THREAD] = "10"},
        {SECOND("0"), [U_NUMBER] = "800008", [U_STATUS] = "3"},
        {SECOND("2")},
        {SECOND("3")}};
    struct subject agent = {SUBJECT_STAFF, TEXT("jsmith"), 3};
    OPEN(DESK_HELP_DESK, {STATEMENT_STREAM_OF_STAFF, list, 12});
    desk.parameter_name = "staffUserName";
    desk.context.subject = &agent;
    assert_true(desk_run(&desk, staff_tickets));
    assert_int_equal(desk.db.call_count, 2);
    const struct fake_call *stream = fake_last(&desk.db, STATEMENT_STREAM_OF_STAFF);
    assert_string_equal(stream->values[0], "20,22,3");
    assert_string_equal(stream->values[2], "3");
    assert_answers("\"subject\":\"first\"");
    assert_answers("\"priority\":\"Normal\"");
    assert_answers("\"user_phone\":\"(318) 555-8634 x12\"");
    assert_answers("\"editor\":\"Ed\"");
    assert_answers("\"message\":{\"body\":\"first of first; second \"");
    assert_answers("{\"has_attachments\":1}");
    assert_null(strstr(desk.answered, "of a second thread"));
    assert_answers("\"ticket_number\":\"800008\"");
    assert_answers("\"thread_entries\":[]}],\"status_code\":\"0\"");
}

static void a_clients_phone_is_read_with_the_help_desk(void **state) {
    (void)state;
    static fake_row help_desk[DESK_ROWS + 1];
    static const fake_row list[] = {
        {TICKET}, {ENTRY("70"), [U_BODY] = "<p>x</p>"}, {SECOND("0")}, {SECOND("3")}};
    struct subject client = {SUBJECT_USER, TEXT("jane@example.org"), 1};
    memcpy(help_desk, desk_rows, sizeof desk_rows);
    help_desk[DESK_ROWS][0] = "phone";
    help_desk[DESK_ROWS][4] = "us";
    help_desk[DESK_ROWS][6] = "3185558634X12";
    OPEN({STATEMENT_CLIENT_DESK, help_desk, DESK_ROWS + 1}, {STATEMENT_STREAM_OF_USER, list, 4});
    desk.parameter_name = "clientUserMail";
    desk.context.subject = &client;
    assert_true(desk_run(&desk, client_tickets));
    assert_int_equal(desk.db.call_count, 2);
    assert_string_equal(fake_last(&desk.db, STATEMENT_CLIENT_DESK)->values[0], "1");
    assert_answers("\"user_phone\":\"(318) 555-8634 x12\"");
}

static void rows_out_of_order_are_no_answer(void **state) {
    (void)state;
    static const fake_row lists[][4] = {
        {{TICKET}, {ENTRY("71"), [U_BODY] = "x"}, {ENTRY("70"), [U_BODY] = "x"}},
        {{TICKET}, {ENTRY("70"), [U_BODY] = "x", [U_ENTRY_CREATED] = "2025"}, {ENTRY("71"), [U_BODY] = "x"}},
        {{ENTRY("70"), [U_BODY] = "x"}, {TICKET}, {ENTRY("71"), [U_BODY] = "x"}},
        {{TICKET}, {ENTRY("70"), [U_BODY] = "x"}, {[U_KIND] = "0", [U_ID] = "6"}},
    };
    struct subject agent = {SUBJECT_STAFF, TEXT("jsmith"), 3};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const struct fake_answer answers[] = {DESK_HELP_DESK, {STATEMENT_STREAM_OF_STAFF, lists[i], 3}};
        desk_open(&desk, answers, 2);
        desk.parameter_name = "staffUserName";
        desk.parameter_value = "jsmith";
        desk.context.subject = &agent;
        assert_false(desk_run(&desk, staff_tickets));
        assert_int_equal(desk.error.code, ERROR_INTERNAL);
    }
}

static void a_server_that_refuses_to_stream_sorts(void **state) {
    (void)state;
    static const fake_row sorted[] = {{[T_ID] = "7", [T_NUMBER] = "sorted", [T_STATUS] = "1"}};
    struct subject agent = {SUBJECT_STAFF, TEXT("jsmith"), 3};
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKETS_OF_STAFF, sorted, 1});
    desk.parameter_name = "staffUserName";
    desk.context.subject = &agent;
    desk.db.fail_at = 2; // the help desk is the first
    desk.db.fail_code = ERROR_INTERNAL;
    assert_true(desk_run(&desk, staff_tickets));
    assert_answers("\"ticket_number\":\"sorted\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_usual_ticket_is_one_question_and_the_same_answer),
        cmocka_unit_test(entries_come_by_time_and_id_in_whatever_order_they_are_read),
        cmocka_unit_test(the_answer_whose_field_sorts_last_counts),
        cmocka_unit_test(an_unusual_ticket_is_read_by_the_complete_statement),
        cmocka_unit_test(a_failing_database_is_no_unusual_ticket),
        cmocka_unit_test(what_the_key_s_question_did_not_find_is_404_at_once),
        cmocka_unit_test(a_list_is_put_together_part_by_part),
        cmocka_unit_test(a_clients_phone_is_read_with_the_help_desk),
        cmocka_unit_test(rows_out_of_order_are_no_answer),
        cmocka_unit_test(a_server_that_refuses_to_stream_sorts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
