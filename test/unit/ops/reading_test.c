// SPDX-License-Identifier: GPL-2.0-or-later
// ticketInfo, staffTickets, clientTickets, tickets: what they ask the database, answer, and refuse.
#include "desk.h"
#include "ops/operations.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

// A ticket's columns but its id and its owner's address; an entry's but its id.
#define TICKET_REST                                                                                          \
    [T_NUMBER] = "700007", [T_STATUS] = "1", [T_DEPARTMENT] = "4", [T_TOPIC] = "2", [T_SOURCE] = "API",      \
    [T_CREATED] = "2024-03-05 09:15:00", [T_DUE] = "2024-03-06 00:00:00", [T_OWNER] = "1",                   \
    [T_OWNER_NAME] = "Dr. Jane Q. Doe", [T_PHONE] = "us 3185558634X12", [T_SUBJECT] = "a & <b>",             \
    [T_PRIORITY] = "#2"
#define ENTRY_REST                                                                                           \
    [E_PARENT] = "0", [E_THREAD] = "9", [E_TYPE] = "M", [E_POSTER] = "Jane", [E_SOURCE] = "API",             \
    [E_BODY] = "<p>x</p>", [E_FORMAT] = "html", [E_FLAGS] = "65", [E_CREATED] = "2024-03-05 09:15:00",       \
    [E_UPDATED] = "0000-00-00 00:00:00", [E_ATTACHMENTS] = "2"

#define TICKET(id) [T_ID] = id, [T_OWNER_ADDRESS] = "Jane@Example.ORG", TICKET_REST
#define ENTRY(id)  [E_ID] = id, ENTRY_REST

static const fake_row one_ticket[] = {{TICKET("7"), ENTRY("70")}};
static const fake_row bare_ticket[] = {{TICKET("7")}};
static struct desk desk;

#define OPEN(...)                                                                                            \
    static const struct fake_answer answers[] = {__VA_ARGS__};                                               \
    desk_open(&desk, answers, sizeof answers / sizeof *answers)

static void ask(const char *name, const char *value) {
    desk.parameter_name = name;
    desk.parameter_value = value;
}

static void assert_fails(operation_handler *handle, enum error_code code, const char *message) {
    assert_false(desk_run(&desk, handle));
    assert_int_equal(desk.error.code, code);
    assert_string_equal(desk.error.message, message);
}

static void assert_answers(const char *part) {
    if (!strstr(desk.answered, part)) fail_msg("%s is not in %s", part, desk.answered);
}

static void a_missing_parameter_is_422_before_the_database_is_asked(void **state) {
    (void)state;
    OPEN(DESK_HELP_DESK);
    assert_fails(ticket_info, ERROR_UNPROCESSABLE, "missing ticketNumber parameter ");
    assert_fails(staff_tickets, ERROR_UNPROCESSABLE, "missing staffUserName parameter ");
    assert_fails(client_tickets, ERROR_UNPROCESSABLE, "missing clientUserMail parameter ");
    ask("ticketNumber", "");
    assert_fails(ticket_info, ERROR_UNPROCESSABLE, "missing ticketNumber parameter ");
    ask("ticketNumber", "0");
    assert_fails(ticket_info, ERROR_UNPROCESSABLE, "missing ticketNumber parameter ");
    assert_int_equal(desk.db.call_count, 0);
}

static void ticket_info_asks_twice_whatever_it_finds(void **state) {
    (void)state;
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, one_ticket, 1});
    ask("ticketNumber", "ABC-5");
    assert_true(desk_run(&desk, ticket_info));
    assert_int_equal(desk.db.call_count, 2);
    assert_string_equal(fake_last(&desk.db, STATEMENT_TICKET_BY_NUMBER)->values[SORTED_VALUE_KEY], "ABC-5");
}

static void an_unknown_number_is_404_in_phps_words(void **state) {
    (void)state;
    OPEN(DESK_HELP_DESK);
    ask("ticketNumber", "999999");
    assert_fails(ticket_info, ERROR_NOT_FOUND, "Ticket not found");
    assert_null(desk.error.envelope);
    ask("ticketNumber", "abc");
    assert_fails(ticket_info, ERROR_NOT_FOUND, "Invalid ticket number");
    ask("ticketNumber", " 1e3 ");
    assert_fails(ticket_info, ERROR_NOT_FOUND, "Ticket not found");
}

static void a_ticket_in_the_documented_shape(void **state) {
    (void)state;
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, one_ticket, 1});
    ask("ticketNumber", "700007");
    assert_true(desk_run(&desk, ticket_info));
    assert_answers(
        "{\"ticket\":{\"ticket_number\":\"700007\",\"subject\":\"a & <b>\",\"ticket_status\":\"Open\","
        "\"statusId\":1,\"priority\":\"Normal\",\"department\":\"Support \\/ Night Shift\"");
    assert_answers("\"user_name\":\"Jane Doe\",\"user_email\":{\"address\":\"Jane@Example.ORG\"},"
                   "\"user_phone\":\"(318) 555-8634 x12\"");
    assert_answers("\"due_timestamp\":\"2024-03-06 00:00:00\",\"close_timestamp\":null,"
                   "\"help_topic\":\"Allgemein \\/ Feedback\"");
    assert_answers("\"assigned_to\":[],\"thread_entries\":[{\"model\":{\"id\":70,");
    assert_answers("\"annotations\":{\"has_attachments\":2}}]},\"status_code\":\"0\"");
    assert_null(strstr(desk.answered, "\"status\":"));
}

static void a_ticket_in_the_current_shape(void **state) {
    (void)state;
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, one_ticket, 1});
    desk.settings.shape = SHAPE_CURRENT;
    ask("ticketNumber", "700007");
    assert_true(desk_run(&desk, ticket_info));
    assert_answers("\"user_email\":{\"email\":\"Jane@Example.ORG\",\"address\":\"\\\"Dr. Jane Q. Doe\\\" "
                   "<Jane@Example.ORG>\"}");
    assert_answers(
        "\"thread_entries\":[{\"id\":70,\"pid\":0,\"thread_id\":9,\"staff_id\":null,\"user_id\":null,"
        "\"type\":\"M\"");
    assert_null(strstr(desk.answered, "annotations"));
}

static void a_priority_is_phps_object_where_that_is_wanted(void **state) {
    (void)state;
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, one_ticket, 1});
    desk.settings.shape = SHAPE_CURRENT;
    desk.settings.priority_object = true;
    ask("ticketNumber", "700007");
    assert_true(desk_run(&desk, ticket_info));
    assert_answers(
        "\"priority\":{\"ht\":{\"priority_id\":2,\"priority\":\"normal\",\"priority_desc\":\"Normal\","
        "\"priority_color\":\"#FFFFF0\",\"priority_urgency\":3,\"ispublic\":1},\"dirty\":[],"
        "\"__new__\":false,\"__deleted__\":false,\"__deferred__\":[]},\"department\"");
}

// As PHP: an answer that chose no row is its text, one that chose a row that is gone is null.
static void a_priority_without_a_row_is_no_object(void **state) {
    (void)state;
    static fake_row rows[1];
    memcpy(rows, one_ticket, sizeof rows);
    rows[0][T_PRIORITY] = "=Emergency";
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, rows, 1});
    desk.settings.shape = SHAPE_CURRENT;
    desk.settings.priority_object = true;
    ask("ticketNumber", "700007");
    assert_true(desk_run(&desk, ticket_info));
    assert_answers("\"priority\":\"Emergency\",");
    rows[0][T_PRIORITY] = "#77";
    assert_true(desk_run(&desk, ticket_info));
    assert_answers("\"priority\":null,");
}

static void an_owner_called_0_goes_by_his_address(void **state) {
    (void)state;
    static fake_row row[1];
    memcpy(row, one_ticket, sizeof row);
    row[0][T_OWNER_NAME] = "0";
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, row, 1});
    ask("ticketNumber", "700007");
    assert_true(desk_run(&desk, ticket_info));
    assert_answers("\"user_name\":\"Jane\"");
}

static void a_body_of_a_format_that_nobody_knows_is_shown_as_it_is(void **state) {
    (void)state;
    static const char *const bodies[][2] = {{" *a* <b>\n\n\n\n", "\"body\":\" *a* <b>\\n\\n\\n\\n\""},
                                            {" \n", "\"body\":\"\""},
                                            {"0 ", "\"body\":\"\""}};
    for (size_t i = 0; i < 3; i++) {
        static fake_row row[1];
        memcpy(row, one_ticket, sizeof row);
        row[0][E_FORMAT] = "markdown";
        row[0][E_BODY] = bodies[i][0];
        OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, row, 1});
        ask("ticketNumber", "700007");
        assert_true(desk_run(&desk, ticket_info));
        assert_answers(bodies[i][1]);
    }
}

static void what_cannot_be_filled_is_null(void **state) {
    (void)state;
    static const fake_row orphan[] = {{[T_ID] = "7",
                                       [T_NUMBER] = "1",
                                       [T_STATUS] = "99",
                                       [T_DEPARTMENT] = "88",
                                       [T_TOPIC] = "77",
                                       [T_SOURCE] = "Web",
                                       [T_CREATED] = "2024-03-05 09:15:00"}};
    static const fake_row client[] = {{[USER_ID] = "5"}};
    OPEN({STATEMENT_CLIENT_DESK, desk_rows, DESK_ROWS}, {STATEMENT_SORTED_OF_USER, orphan, 1},
         {STATEMENT_USER_BY_ADDRESS, client, 1});
    ask("clientUserMail", "jane@example.org");
    assert_true(desk_run(&desk, client_tickets));
    assert_answers("\"ticket_status\":null,\"statusId\":null,\"priority\":null,\"department\":null,");
    assert_answers("\"user_name\":null,\"user_email\":null,\"user_phone\":null");
    assert_answers("\"help_topic\":null");
    assert_answers(
        "\"status\":null,\"thread_entries\":[]}],\"status_code\":\"0\",\"status_msg\":\"success\"}");
}

static void a_ticket_without_status_row_is_null_in_ticket_info(void **state) {
    (void)state;
    static const fake_row orphan[] = {{[T_ID] = "7", [T_NUMBER] = "1", [T_STATUS] = "99"}};
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, orphan, 1});
    ask("ticketNumber", "1");
    assert_true(desk_run(&desk, ticket_info));
    assert_string_equal(desk.answered,
                        "{\"ticket\":null,\"status_code\":\"0\",\"status_msg\":\"ticket details "
                        "retrieved successfully\"}");
}

static void an_owner_without_address_has_an_empty_one(void **state) {
    (void)state;
    static const fake_row nobody[] = {{[T_ID] = "7", TICKET_REST}};
    OPEN(DESK_HELP_DESK, {STATEMENT_TICKET_BY_NUMBER, nobody, 1});
    ask("ticketNumber", "700007");
    assert_true(desk_run(&desk, ticket_info));
    assert_answers("\"user_email\":{\"address\":\"\"}");
}

static void rows_of_one_ticket_become_one_ticket(void **state) {
    (void)state;
    static const fake_row rows[] = {
        {TICKET("7"), ENTRY("70")}, {TICKET("7"), ENTRY("71")}, {TICKET("8"), ENTRY("80")}};
    static const fake_row staff[] = {{[STAFF_ROW_ID] = "2", [STAFF_ROW_STAFF + STAFF_USERNAME] = "jane"}};
    OPEN(DESK_HELP_DESK, {STATEMENT_SORTED_OF_STAFF, rows, 3}, {STATEMENT_STAFF_BY_USERNAME, staff, 1});
    ask("staffUserName", "JANE");
    assert_true(desk_run(&desk, staff_tickets));
    size_t tickets = 0, entries = 0;
    for (const char *p = desk.answered; (p = strstr(p, "\"ticket_number\"")); p++) tickets++;
    for (const char *p = desk.answered; (p = strstr(p, "\"model\"")); p++) entries++;
    assert_int_equal(tickets, 2);
    assert_int_equal(entries, 3);
    assert_int_equal(desk.db.call_count, 4);
}

static void unknown_agents_and_clients_are_404_in_the_envelope(void **state) {
    (void)state;
    OPEN(DESK_HELP_DESK);
    ask("staffUserName", "nobody");
    assert_fails(staff_tickets, ERROR_NOT_FOUND, "there is no agent with this user name");
    assert_string_equal(desk.error.envelope, "tickets");
    ask("clientUserMail", "nobody@example.org");
    assert_fails(client_tickets, ERROR_NOT_FOUND, "there is no user with this e-mail address");
    assert_string_equal(desk.error.envelope, "tickets");
}

static void notes_are_asked_for_only_where_they_may_be_shown(void **state) {
    (void)state;
    static const fake_row person[] = {{[STAFF_ROW_ID] = "5"}}, user[] = {{[USER_ID] = "5"}};
    OPEN(DESK_HELP_DESK, {STATEMENT_USER_BY_ADDRESS, user, 1}, {STATEMENT_STAFF_BY_USERNAME, person, 1},
         {STATEMENT_TICKET_BY_NUMBER, bare_ticket, 1});
    ask("clientUserMail", "jane@example.org");
    assert_true(desk_run(&desk, client_tickets));
    assert_string_equal(fake_last(&desk.db, STATEMENT_SORTED_OF_USER)->values[SORTED_VALUE_NOTES], "M");
    desk.settings.notes |= NOTES_IN_CLIENT_TICKETS;
    assert_true(desk_run(&desk, client_tickets));
    assert_string_equal(fake_last(&desk.db, STATEMENT_SORTED_OF_USER)->values[SORTED_VALUE_NOTES], "N");
    ask("staffUserName", "jane");
    assert_true(desk_run(&desk, staff_tickets));
    assert_string_equal(fake_last(&desk.db, STATEMENT_SORTED_OF_STAFF)->values[SORTED_VALUE_NOTES], "N");
    ask("ticketNumber", "700007");
    assert_true(desk_run(&desk, ticket_info));
    assert_string_equal(fake_last(&desk.db, STATEMENT_TICKET_BY_NUMBER)->values[SORTED_VALUE_NOTES], "N");
    desk.settings.notes = NOTES_IN_CLIENT_TICKETS;
    assert_true(desk_run(&desk, ticket_info));
    assert_string_equal(fake_last(&desk.db, STATEMENT_TICKET_BY_NUMBER)->values[SORTED_VALUE_NOTES], "M");
    ask("staffUserName", "jane");
    assert_true(desk_run(&desk, staff_tickets));
    assert_string_equal(fake_last(&desk.db, STATEMENT_SORTED_OF_STAFF)->values[SORTED_VALUE_NOTES], "M");
}

static void a_list_that_breaks_off_is_no_success(void **state) {
    (void)state;
    static const fake_row rows[] = {{TICKET("7"), ENTRY("70")}, {TICKET("8"), ENTRY("80")}};
    static const fake_row staff[] = {{[STAFF_ROW_ID] = "2", [STAFF_ROW_STAFF + STAFF_USERNAME] = "jane"}};
    OPEN(DESK_HELP_DESK, {STATEMENT_SORTED_OF_STAFF, rows, 2}, {STATEMENT_STAFF_BY_USERNAME, staff, 1});
    ask("staffUserName", "jane");
    desk.db.fail_at = 4;
    desk.db.fail_row = 2;
    desk.db.fail_code = ERROR_RETRYABLE;
    assert_fails(staff_tickets, ERROR_RETRYABLE, "the database is not available");
    assert_int_equal(desk.output.handed_on, 0);
}

static void every_database_failure_travels_up(void **state) {
    (void)state;
    static const fake_row staff[] = {{[STAFF_ROW_ID] = "2", [STAFF_ROW_STAFF + STAFF_USERNAME] = "jane"}};
    OPEN(DESK_HELP_DESK, {STATEMENT_SORTED_OF_STAFF, one_ticket, 1}, {STATEMENT_STAFF_BY_USERNAME, staff, 1});
    ask("staffUserName", "jane");
    for (size_t call = 1; call <= 4; call++) {
        desk.db.call_count = 0;
        desk.db.fail_at = call;
        desk.db.fail_code = ERROR_UNAVAILABLE;
        assert_fails(staff_tickets, ERROR_UNAVAILABLE, "the database is not available");
    }
}

static void the_short_list_has_five_pairs_a_ticket(void **state) {
    (void)state;
    static const fake_row rows[] = {{[TICKET_SUMMARY_NUMBER] = "ABC/1",
                                     [TICKET_SUMMARY_CREATED] = "2024-03-05 09:15:00",
                                     [TICKET_SUMMARY_UPDATED] = "2024-03-06 09:15:00"}};
    OPEN({STATEMENT_TICKET_LIST, rows, 1});
    assert_true(desk_run(&desk, ticket_list));
    assert_string_equal(desk.answered, "[[[\"number\",\"ABC\\/1\"],[\"created\",\"2024-03-05 09:15:00\"],"
                                       "[\"updated\",\"2024-03-06 09:15:00\"],[\"closed\",null],"
                                       "[\"href\",\"\\/api\\/tickets\\/ABC\\/1\"]]]");
    desk_open(&desk, NULL, 0);
    assert_true(desk_run(&desk, ticket_list));
    assert_string_equal(desk.answered, "[]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_parameter_is_422_before_the_database_is_asked),
        cmocka_unit_test(ticket_info_asks_twice_whatever_it_finds),
        cmocka_unit_test(an_unknown_number_is_404_in_phps_words),
        cmocka_unit_test(a_ticket_in_the_documented_shape),
        cmocka_unit_test(a_ticket_in_the_current_shape),
        cmocka_unit_test(a_priority_is_phps_object_where_that_is_wanted),
        cmocka_unit_test(a_priority_without_a_row_is_no_object),
        cmocka_unit_test(an_owner_called_0_goes_by_his_address),
        cmocka_unit_test(a_body_of_a_format_that_nobody_knows_is_shown_as_it_is),
        cmocka_unit_test(what_cannot_be_filled_is_null),
        cmocka_unit_test(a_ticket_without_status_row_is_null_in_ticket_info),
        cmocka_unit_test(an_owner_without_address_has_an_empty_one),
        cmocka_unit_test(rows_of_one_ticket_become_one_ticket),
        cmocka_unit_test(unknown_agents_and_clients_are_404_in_the_envelope),
        cmocka_unit_test(notes_are_asked_for_only_where_they_may_be_shown),
        cmocka_unit_test(a_list_that_breaks_off_is_no_success),
        cmocka_unit_test(every_database_failure_travels_up),
        cmocka_unit_test(the_short_list_has_five_pairs_a_ticket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
