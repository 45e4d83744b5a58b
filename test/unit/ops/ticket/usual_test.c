// SPDX-License-Identifier: GPL-2.0-or-later
// The fast ways of reading: a usual ticket in one question, an unusual one by the complete statement, a
// list's tickets before its entries. What they answer is what the complete statements answer.
#include "desk.h"
#include "ops/operations.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// A row is a template of which a test changes a column or two.
#pragma GCC diagnostic ignored "-Woverride-init"

// The columns of STATEMENT_USUAL_TICKET.
enum {
    U_KIND = USUAL_KIND,
    U_ID = USUAL_TICKET + SHOWN_TICKET_ID,
    U_NUMBER = USUAL_TICKET + SHOWN_TICKET_NUMBER,
    U_STATUS = USUAL_TICKET + SHOWN_TICKET_STATUS,
    U_DEPARTMENT = USUAL_TICKET + SHOWN_TICKET_DEPARTMENT,
    U_TOPIC = USUAL_TICKET + SHOWN_TICKET_TOPIC,
    U_SOURCE = USUAL_TICKET + SHOWN_TICKET_SOURCE,
    U_CREATED = USUAL_TICKET + SHOWN_TICKET_CREATED,
    U_DUE = USUAL_TICKET + SHOWN_TICKET_DUE,
    U_OWNER = USUAL_TICKET + SHOWN_TICKET_OWNER,
    U_OWNER_NAME = USUAL_TICKET + SHOWN_TICKET_OWNER_NAME,
    U_OWNER_ADDRESS = USUAL_TICKET + SHOWN_TICKET_OWNER_ADDRESS,
    U_THREAD = USUAL_THREAD,
    U_LAST_MESSAGE = USUAL_LAST_MESSAGE,
    U_ANSWER = USUAL_FIELD_NAME,
    U_SORT = USUAL_FIELD_SORT,
    U_FIELD = USUAL_ANSWER + FIELD_ANSWER_FIELD,
    U_FORM_SORT = USUAL_ANSWER + FIELD_ANSWER_FORM_SORT,
    U_FORM = USUAL_ANSWER + FIELD_ANSWER_FORM,
    U_VALUE = USUAL_ANSWER + FIELD_ANSWER_VALUE,
    U_VALUE_ID = USUAL_ANSWER + FIELD_ANSWER_VALUE_ID,
    U_PHONE = USUAL_PHONE_FORMAT,
    U_ENTRY = USUAL_ENTRY + SHOWN_ENTRY_ID,
    U_PARENT = USUAL_ENTRY + SHOWN_ENTRY_PARENT,
    U_ENTRY_THREAD = USUAL_ENTRY + SHOWN_ENTRY_THREAD,
    U_TYPE = USUAL_ENTRY + SHOWN_ENTRY_TYPE,
    U_POSTER = USUAL_ENTRY + SHOWN_ENTRY_POSTER,
    U_ENTRY_SOURCE = USUAL_ENTRY + SHOWN_ENTRY_SOURCE,
    U_BODY = USUAL_ENTRY + SHOWN_ENTRY_BODY,
    U_FORMAT = USUAL_ENTRY + SHOWN_ENTRY_FORMAT,
    U_FLAGS = USUAL_ENTRY + SHOWN_ENTRY_FLAGS,
    U_ENTRY_CREATED = USUAL_ENTRY + SHOWN_ENTRY_CREATED,
    U_UPDATED = USUAL_ENTRY + SHOWN_ENTRY_UPDATED,
    U_EDITOR = USUAL_ENTRY + SHOWN_ENTRY_EDITOR,
    U_USER = USUAL_ENTRY + SHOWN_ENTRY_USER,
    U_USER_NAME = USUAL_ENTRY + SHOWN_ENTRY_USER_NAME,
    U_ATTACHMENT = USUAL_ATTACHMENT,
    U_INLINE = USUAL_ATTACHMENT_INLINE,
    U_STATUS_ROW = USUAL_STATUS,
    U_STATUS_NAME = USUAL_STATUS_NAME,
    U_DEPT_ROW = USUAL_DEPARTMENT + USUAL_NODE_ID,
    U_DEPT_NAME = USUAL_DEPARTMENT + USUAL_NODE_NAME,
    U_DEPT_PARENT = USUAL_DEPARTMENT + USUAL_NODE_PARENT,
    U_PARENT_ROW = USUAL_PARENT_DEPARTMENT + USUAL_NODE_ID,
    U_PARENT_NAME = USUAL_PARENT_DEPARTMENT + USUAL_NODE_NAME,
    U_PARENT_PARENT = USUAL_PARENT_DEPARTMENT + USUAL_NODE_PARENT,
    U_TOPIC_ROW = USUAL_TOPIC + USUAL_NODE_ID,
    U_TOPIC_NAME = USUAL_TOPIC + USUAL_NODE_NAME,
    U_TOPIC_PARENT = USUAL_TOPIC + USUAL_NODE_PARENT,
    U_TOPIC2 = USUAL_PARENT_TOPIC + USUAL_NODE_ID,
    U_TOPIC2_NAME = USUAL_PARENT_TOPIC + USUAL_NODE_NAME,
    U_TOPIC2_PARENT = USUAL_PARENT_TOPIC + USUAL_NODE_PARENT,
    U_AGENT_FORMAT = USUAL_AGENT_NAME_FORMAT,
    U_CLIENT_FORMAT = USUAL_CLIENT_NAME_FORMAT,
    U_NEEDS_SLA = USUAL_NEEDS_SLA,
    U_TRANSLATION = USUAL_TRANSLATION,
    U_PRIORITY = USUAL_PRIORITY,
    U_PRIORITY_DESCRIPTION = USUAL_PRIORITY_DESCRIPTION,
    U_PRIORITY_NAME = USUAL_PRIORITY_NAME,
    U_PRIORITY_COLOR = USUAL_PRIORITY_COLOR,
    U_PRIORITY_URGENCY = USUAL_PRIORITY_URGENCY,
    U_PRIORITY_PUBLIC = USUAL_PRIORITY_IS_PUBLIC,
};

// The columns of STATEMENT_TICKETS_OF_STAFF, and of STATEMENT_ENTRIES_OF_STAFF.
enum {
    L_ID = LISTED_TICKET + SHOWN_TICKET_ID,
    L_NUMBER = LISTED_TICKET + SHOWN_TICKET_NUMBER,
    L_STATUS = LISTED_TICKET + SHOWN_TICKET_STATUS,
    L_CREATED = LISTED_TICKET + SHOWN_TICKET_CREATED,
    L_DUE = LISTED_TICKET + SHOWN_TICKET_DUE,
    L_OWNER = LISTED_TICKET + SHOWN_TICKET_OWNER,
    L_OWNER_NAME = LISTED_TICKET + SHOWN_TICKET_OWNER_NAME,
    L_SLA = LISTED_SLA + SHOWN_SLA_FLAGS,
    L_SLA_HOURS = LISTED_SLA + SHOWN_SLA_GRACE,
    L_FIELD = LISTED_ANSWER + FIELD_ANSWER_FIELD,
    L_FORM_SORT = LISTED_ANSWER + FIELD_ANSWER_FORM_SORT,
    L_FORM = LISTED_ANSWER + FIELD_ANSWER_FORM,
    L_VALUE = LISTED_ANSWER + FIELD_ANSWER_VALUE,
    L_VALUE_ID = LISTED_ANSWER + FIELD_ANSWER_VALUE_ID,
    L_PHONE_FIELD = LISTED_OWNER_ANSWER + FIELD_ANSWER_FIELD,
    L_PHONE_SORT = LISTED_OWNER_ANSWER + FIELD_ANSWER_FORM_SORT,
    L_PHONE_FORM = LISTED_OWNER_ANSWER + FIELD_ANSWER_FORM,
    L_PHONE = LISTED_OWNER_ANSWER + FIELD_ANSWER_VALUE,
    M_ID = LISTED_ENTRY_TICKET,
    M_THREAD = LISTED_ENTRY_THREAD,
    M_LAST_MESSAGE = LISTED_ENTRY_LAST_MESSAGE,
    M_LAST_RESPONSE = LISTED_ENTRY_LAST_RESPONSE,
    M_ENTRY = LISTED_ENTRY + SHOWN_ENTRY_ID,
    M_PARENT = LISTED_ENTRY + SHOWN_ENTRY_PARENT,
    M_ENTRY_THREAD = LISTED_ENTRY + SHOWN_ENTRY_THREAD,
    M_TYPE = LISTED_ENTRY + SHOWN_ENTRY_TYPE,
    M_POSTER = LISTED_ENTRY + SHOWN_ENTRY_POSTER,
    M_BODY = LISTED_ENTRY + SHOWN_ENTRY_BODY,
    M_FORMAT = LISTED_ENTRY + SHOWN_ENTRY_FORMAT,
    M_FLAGS = LISTED_ENTRY + SHOWN_ENTRY_FLAGS,
    M_CREATED = LISTED_ENTRY + SHOWN_ENTRY_CREATED,
    M_UPDATED = LISTED_ENTRY + SHOWN_ENTRY_UPDATED,
    M_ATTACHMENT = LISTED_ENTRY_ATTACHMENT,
    M_INLINE = LISTED_ENTRY_ATTACHMENT_INLINE,
    M_ADDRESS = LISTED_ENTRY_USER_ADDRESS,
    M_EDITOR = LISTED_ENTRY_EDITOR,
    M_CHUNK = LISTED_ENTRY_CHUNK_ID,
    M_BYTES = LISTED_ENTRY_CHUNK,
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
        {ANSWER("1", "Priority", "Normal"),   [U_VALUE_ID] = "2",           [U_PRIORITY] = "2",              \
         [U_PRIORITY_DESCRIPTION] = "Normal", [U_PRIORITY_NAME] = "normal", [U_PRIORITY_COLOR] = "#FFFFF0",  \
         [U_PRIORITY_URGENCY] = "3",          [U_PRIORITY_PUBLIC] = "1"},                                    \
    {                                                                                                        \
        ANSWER("2", "phone", "3185558634X12"), [U_PHONE] = "us"                                              \
    }

static struct desk desk;
static struct subject seven = {.kind = SUBJECT_TICKET, .name = {"700007", 6}, .id = 7};

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

static void a_usual_ticket_has_phps_object_of_its_priority_where_that_is_wanted(void **state) {
    (void)state;
    static const fake_row usual[] = {HEAD, {ENTRY("70"), [U_BODY] = "x"}};
    OPEN({STATEMENT_USUAL_TICKET, usual, 5});
    desk.settings.shape = SHAPE_CURRENT;
    desk.settings.priority_object = true;
    assert_true(desk_run(&desk, ticket_info));
    assert_answers(
        "\"priority\":{\"ht\":{\"priority_id\":2,\"priority\":\"normal\",\"priority_desc\":\"Normal\","
        "\"priority_color\":\"#FFFFF0\",\"priority_urgency\":3,\"ispublic\":1},\"dirty\":[],"
        "\"__new__\":false,\"__deleted__\":false,\"__deferred__\":[]},\"department\"");
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
        struct fake_answer answers[] = {{STATEMENT_USUAL_TICKET, (const fake_row *)given, 3},
                                        {STATEMENT_TICKET_BY_NUMBER, complete, 1},
                                        DESK_HELP_DESK};
        memcpy(given, rows[i], 2 * sizeof given[0]);
        static const fake_row further = {ENTRY("71"), [U_BODY] = "y"};
        memcpy(given[2], further, sizeof further);
        if (i == sizeof rows / sizeof *rows - 1) answers[0].count = 2;
        desk_open(&desk, answers, sizeof answers / sizeof *answers);
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
    struct subject nothing = {.kind = SUBJECT_TICKET, .name = TEXT("700007"), .id = 0};
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

// A list: its tickets with an answer a row, then its entries.
#define LISTED(id, number) [LISTED_ID] = id, [L_ID] = id, [L_NUMBER] = number, [L_STATUS] = "1"
#define ANSWERED(field, value)                                                                               \
    [L_OWNER] = "1", [L_OWNER_NAME] = "Jane", [L_FIELD] = field, [L_FORM_SORT] = "1", [L_FORM] = "5",        \
    [L_VALUE] = value
#define LISTED_ENTRY(ticket, id)                                                                             \
    [M_ID] = ticket, [M_THREAD] = "9", [M_ENTRY] = id, [M_TYPE] = "M", [M_POSTER] = "Jane",                  \
    [M_FORMAT] = "html", [M_CREATED] = "2024-03-05 09:15:00"
#define LIST_OF_STAFF(tickets, entries)                                                                      \
    {STATEMENT_TICKETS_OF_STAFF, tickets, sizeof tickets / sizeof *tickets}, {                               \
        STATEMENT_ENTRIES_OF_STAFF, entries, sizeof entries / sizeof *entries                                \
    }

static struct subject agent = {.kind = SUBJECT_STAFF, .name = TEXT("jsmith"), .id = 3};

static void ask_for_the_agents_tickets(void) {
    desk.parameter_name = "staffUserName";
    desk.parameter_value = "jsmith";
    desk.context.subject = &agent;
}

static void a_list_is_read_tickets_first(void **state) {
    (void)state;
    static const fake_row tickets[] = {
        {LISTED("7", "700007"), ANSWERED("20", "first"), [L_PHONE_FIELD] = "3", [L_PHONE] = "3185558634X12"},
        {LISTED("7", "700007"),
         ANSWERED("22", "Normal"), [L_VALUE_ID] = "2", [L_PHONE_FIELD] = "3", [L_PHONE] = "3185558634X12"},
        {LISTED("8", "800008")}};
    static const fake_row entries[] = {
        {LISTED_ENTRY("7", "70"), [M_BODY] = "<p>x</p>", [M_EDITOR] = "Ed", [M_LAST_MESSAGE] = "2024"},
        {LISTED_ENTRY("7", "71"), [M_BODY] = "", [M_ATTACHMENT] = "6", [M_INLINE] = "1", [M_CHUNK] = "0",
         [M_BYTES] = "second "},
        {LISTED_ENTRY("7", "71"), [M_BODY] = "", [M_ATTACHMENT] = "5", [M_INLINE] = "1", [M_CHUNK] = "1",
         [M_BYTES] = "of first; "},
        {LISTED_ENTRY("7", "71"), [M_BODY] = "", [M_ATTACHMENT] = "5", [M_INLINE] = "1", [M_CHUNK] = "0",
         [M_BYTES] = "first "},
        {LISTED_ENTRY("7", "71"), [M_BODY] = "", [M_ATTACHMENT] = "9", [M_INLINE] = "0"},
        {LISTED_ENTRY("7", "60"), [M_BODY] = "of a second thread", [M_THREAD] = "10"},
        {[M_ID] = "8"}};
    OPEN(DESK_HELP_DESK, LIST_OF_STAFF(tickets, entries));
    ask_for_the_agents_tickets();
    assert_true(desk_run(&desk, staff_tickets));
    assert_int_equal(desk.db.call_count, 3);
    const struct fake_call *asked = fake_last(&desk.db, STATEMENT_TICKETS_OF_STAFF);
    assert_string_equal(asked->values[0], "3");
    assert_string_equal(asked->values[1], "20,22");
    assert_string_equal(asked->values[2], "3");
    assert_answers("\"subject\":\"first\"");
    assert_answers("\"priority\":\"Normal\"");
    assert_answers("\"user_phone\":\"(318) 555-8634 x12\"");
    assert_answers("\"last_message_timestamp\":\"2024\"");
    assert_answers("\"editor\":\"Ed\"");
    assert_answers("\"message\":{\"body\":\"first of first; second \"");
    assert_answers("{\"has_attachments\":1}");
    assert_null(strstr(desk.answered, "of a second thread"));
    assert_answers("\"ticket_number\":\"800008\"");
    assert_answers("\"thread_entries\":[]}],\"status_code\":\"0\"");
}

static void what_came_or_went_while_a_list_was_read_is_left_out(void **state) {
    (void)state;
    static const fake_row tickets[] = {
        {LISTED("5", "gone-1")}, {LISTED("7", "stayed")}, {LISTED("9", "gone-2")}};
    static const fake_row entries[] = {{LISTED_ENTRY("4", "40"), [M_BODY] = "came"},
                                       {LISTED_ENTRY("7", "70"), [M_BODY] = "here"},
                                       {LISTED_ENTRY("8", "80"), [M_BODY] = "came"},
                                       {LISTED_ENTRY("8", "81"), [M_BODY] = "came"}};
    OPEN(DESK_HELP_DESK, LIST_OF_STAFF(tickets, entries));
    ask_for_the_agents_tickets();
    assert_true(desk_run(&desk, staff_tickets));
    assert_answers("\"ticket_number\":\"stayed\"");
    assert_answers("\"body\":\"here\"");
    assert_null(strstr(desk.answered, "gone"));
    assert_null(strstr(desk.answered, "came"));
}

static void a_due_date_by_an_sla_takes_one_question_more(void **state) {
    (void)state;
    static const fake_row reckoned[] = {
        {LISTED("7", "700007"), [L_CREATED] = "2024-03-05 09:15:00", [L_SLA] = "1", [L_SLA_HOURS] = "24"}};
    static const fake_row known[] = {{LISTED("7", "700007"), [L_DUE] = "2024-03-07 00:00:00", [L_SLA] = "1"}};
    static const fake_row entries[] = {{LISTED_ENTRY("7", "70"), [M_BODY] = "x"}};
    OPEN(DESK_HELP_DESK, LIST_OF_STAFF(reckoned, entries));
    ask_for_the_agents_tickets();
    assert_true(desk_run(&desk, staff_tickets));
    assert_answers("\"due_timestamp\":\"2024-03-06 09:15:00\"");
    assert_int_equal(desk.db.call_count, 4);
    const struct fake_answer more[] = {DESK_HELP_DESK, LIST_OF_STAFF(known, entries)};
    desk_open(&desk, more, sizeof more / sizeof *more);
    ask_for_the_agents_tickets();
    assert_true(desk_run(&desk, staff_tickets));
    assert_answers("\"due_timestamp\":\"2024-03-07 00:00:00\"");
    assert_int_equal(desk.db.call_count, 3);
}

static void a_clients_phone_is_read_with_the_help_desk(void **state) {
    (void)state;
    static fake_row help_desk[DESK_ROWS + 4];
    static const fake_row phones[] = {{[DESK_KIND] = "answer",
                                       [DESK_ANSWER_FIELD] = "3",
                                       [DESK_ANSWER_FORM_SORT] = "2",
                                       [DESK_ANSWER_FORM] = "1",
                                       [DESK_ANSWER_VALUE] = "111"},
                                      {[DESK_KIND] = "answer",
                                       [DESK_ANSWER_FIELD] = "3",
                                       [DESK_ANSWER_FORM_SORT] = "1",
                                       [DESK_ANSWER_FORM] = "5",
                                       [DESK_ANSWER_VALUE] = "3185558634X12"},
                                      {[DESK_KIND] = "answer",
                                       [DESK_ANSWER_FIELD] = "3",
                                       [DESK_ANSWER_FORM_SORT] = "1",
                                       [DESK_ANSWER_FORM] = "6",
                                       [DESK_ANSWER_VALUE] = "222"},
                                      {[DESK_KIND] = "answer",
                                       [DESK_ANSWER_FIELD] = "20",
                                       [DESK_ANSWER_FORM_SORT] = "0",
                                       [DESK_ANSWER_FORM] = "1",
                                       [DESK_ANSWER_VALUE] = "no phone"}};
    static const fake_row tickets[] = {{LISTED("7", "700007"), ANSWERED("20", "first")}};
    static const fake_row entries[] = {{LISTED_ENTRY("7", "70"), [M_BODY] = "<p>x</p>"}};
    struct subject client = {.kind = SUBJECT_USER, .name = TEXT("jane@example.org"), .id = 1};
    memcpy(help_desk, phones, sizeof phones); // before the fields are known
    memcpy(help_desk + 4, desk_rows, sizeof desk_rows);
    OPEN({STATEMENT_CLIENT_DESK, help_desk, DESK_ROWS + 4}, {STATEMENT_TICKETS_OF_USER, tickets, 1},
         {STATEMENT_ENTRIES_OF_USER, entries, 1});
    desk.parameter_name = "clientUserMail";
    desk.context.subject = &client;
    assert_true(desk_run(&desk, client_tickets));
    assert_int_equal(desk.db.call_count, 3);
    assert_string_equal(fake_last(&desk.db, STATEMENT_CLIENT_DESK)->values[0], "1");
    assert_string_equal(fake_last(&desk.db, STATEMENT_TICKETS_OF_USER)->values[1], "1");
    assert_answers("\"user_phone\":\"(318) 555-8634 x12\"");
}

static void rows_out_of_order_are_no_answer(void **state) {
    (void)state;
    static const fake_row tickets[] = {{LISTED("6", "6")}, {LISTED("7", "7")}};
    static const fake_row backwards[] = {{LISTED("7", "7")}, {LISTED("6", "6")}};
    static const fake_row in_order[] = {{LISTED_ENTRY("6", "60"), [M_BODY] = "x"},
                                        {LISTED_ENTRY("7", "70"), [M_BODY] = "x"}};
    static const fake_row entries[][2] = {
        {{LISTED_ENTRY("7", "71"), [M_BODY] = "x"}, {LISTED_ENTRY("7", "70"), [M_BODY] = "x"}},
        {{LISTED_ENTRY("7", "70"), [M_BODY] = "x", [M_CREATED] = "2025"},
         {LISTED_ENTRY("7", "71"), [M_BODY] = "x"}},
        {{LISTED_ENTRY("7", "70"), [M_BODY] = "x"}, {LISTED_ENTRY("6", "71"), [M_BODY] = "x"}},
    };
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        const struct fake_answer answers[] = {DESK_HELP_DESK,
                                              {STATEMENT_TICKETS_OF_STAFF, tickets, 2},
                                              {STATEMENT_ENTRIES_OF_STAFF, entries[i], 2}};
        desk_open(&desk, answers, sizeof answers / sizeof *answers);
        ask_for_the_agents_tickets();
        assert_false(desk_run(&desk, staff_tickets));
        assert_int_equal(desk.error.code, ERROR_INTERNAL);
    }
    static const fake_row sorted[] = {{[T_ID] = "7", [T_NUMBER] = "sorted", [T_STATUS] = "1"}};
    OPEN(DESK_HELP_DESK, LIST_OF_STAFF(backwards, in_order), {STATEMENT_SORTED_OF_STAFF, sorted, 1});
    ask_for_the_agents_tickets();
    assert_true(desk_run(&desk, staff_tickets)); // nothing was written by then
    assert_answers("\"ticket_number\":\"sorted\"");
}

static void a_server_that_refuses_the_list_at_once_sorts(void **state) {
    (void)state;
    static const fake_row tickets[] = {{LISTED("7", "700007")}};
    static const fake_row sorted[] = {{[T_ID] = "7", [T_NUMBER] = "sorted", [T_STATUS] = "1"}};
    for (size_t refused = 2; refused <= 3; refused++) { // the help desk is the first
        OPEN(DESK_HELP_DESK, {STATEMENT_TICKETS_OF_STAFF, tickets, 1},
             {STATEMENT_SORTED_OF_STAFF, sorted, 1});
        ask_for_the_agents_tickets();
        desk.db.fail_at = refused;
        desk.db.fail_code = ERROR_INTERNAL;
        assert_true(desk_run(&desk, staff_tickets));
        assert_answers("\"ticket_number\":\"sorted\"");
    }
}

static void a_list_too_long_to_be_kept_is_sorted(void **state) {
    (void)state;
    enum { MUCH = 70 << 20 };
    static fake_row tickets[] = {{LISTED("7", "700007"), ANSWERED("20", NULL)}};
    static const fake_row entries[] = {{LISTED_ENTRY("7", "70"), [M_BODY] = "x"}};
    static const fake_row sorted[] = {{[T_ID] = "7", [T_NUMBER] = "sorted", [T_STATUS] = "1"}};
    char *subject = malloc(MUCH + 1);
    memset(subject, 'x', MUCH);
    subject[MUCH] = '\0';
    tickets[0][L_VALUE] = subject;
    OPEN(DESK_HELP_DESK, LIST_OF_STAFF(tickets, entries), {STATEMENT_SORTED_OF_STAFF, sorted, 1});
    ask_for_the_agents_tickets();
    bool done = desk_run(&desk, staff_tickets);
    free(subject);
    assert_true(done);
    assert_answers("\"ticket_number\":\"sorted\"");
}

static void a_database_that_is_away_is_no_reason_to_sort(void **state) {
    (void)state;
    static const fake_row tickets[] = {{LISTED("7", "700007")}};
    for (size_t lost = 2; lost <= 3; lost++) {
        OPEN(DESK_HELP_DESK, {STATEMENT_TICKETS_OF_STAFF, tickets, 1});
        ask_for_the_agents_tickets();
        desk.db.fail_at = lost;
        desk.db.fail_code = ERROR_RETRYABLE;
        assert_false(desk_run(&desk, staff_tickets));
        assert_int_equal(desk.error.code, ERROR_RETRYABLE);
        assert_int_equal(desk.db.call_count, lost);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_usual_ticket_is_one_question_and_the_same_answer),
        cmocka_unit_test(a_usual_ticket_has_phps_object_of_its_priority_where_that_is_wanted),
        cmocka_unit_test(entries_come_by_time_and_id_in_whatever_order_they_are_read),
        cmocka_unit_test(the_answer_whose_field_sorts_last_counts),
        cmocka_unit_test(an_unusual_ticket_is_read_by_the_complete_statement),
        cmocka_unit_test(a_failing_database_is_no_unusual_ticket),
        cmocka_unit_test(what_the_key_s_question_did_not_find_is_404_at_once),
        cmocka_unit_test(a_list_is_read_tickets_first),
        cmocka_unit_test(what_came_or_went_while_a_list_was_read_is_left_out),
        cmocka_unit_test(a_due_date_by_an_sla_takes_one_question_more),
        cmocka_unit_test(a_clients_phone_is_read_with_the_help_desk),
        cmocka_unit_test(rows_out_of_order_are_no_answer),
        cmocka_unit_test(a_server_that_refuses_the_list_at_once_sorts),
        cmocka_unit_test(a_list_too_long_to_be_kept_is_sorted),
        cmocka_unit_test(a_database_that_is_away_is_no_reason_to_sort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
