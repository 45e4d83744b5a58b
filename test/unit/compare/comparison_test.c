// SPDX-License-Identifier: GPL-2.0-or-later
// Which differences of two answers are explained, by what, and which are not.
#include "compare/comparison.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define JSON_TYPE "application/json; charset=UTF-8"
#define INFO      "/tickets/ticketInfo?ticketNumber=7"
#define STAFF     "/tickets/staffTickets?staffUserName=x"
#define CLIENT    "/tickets/clientTickets?clientUserMail=x"

#define END       ",\"status_code\":\"0\",\"status_msg\":\"success\"}"
#define TICKET(x) "{\"ticket\":" x END
#define LIST(x)   "{\"tickets\":[" x "]" END
#define FAILURE   "{\"tickets\":[],\"status_code\":\"FAILURE\",\"status_msg\":\"Call to a member function\"}"
#define REFUSAL   "{\"tickets\":[],\"status_code\":\"FAILURE\",\"status_msg\":\"unknown\"}"
#define PRIORITY  "{\"ht\":{\"priority_id\":2,\"priority_desc\":\"Normal\"},\"dirty\":[]}"

static struct comparison result;

static struct compared_answer answer(int status, const char *body) {
    return (struct compared_answer){status, TEXT(JSON_TYPE), text_of(body)};
}

static void compare(const char *path, int status, const char *php, int our_status, const char *ours) {
    struct compared_answer left = answer(status, php), right = answer(our_status, ours);
    comparison_make(text_of(path), &left, &right, &result);
}

static size_t met(void) {
    size_t count = 0;
    for (size_t i = 0; i < DEPARTURE_COUNT; i++) count += result.met[i];
    return count;
}

static void assert_departs(enum departure departure) {
    if (result.unknown) fail_msg("unknown: %s: %s, %s", result.where, result.php, result.ours);
    assert_int_equal(met(), 1);
    assert_true(result.met[departure]);
}

static void assert_unknown(const char *where, const char *php, const char *ours) {
    assert_true(result.unknown > 0);
    assert_string_equal(result.where, where);
    assert_string_equal(result.php, php);
    assert_string_equal(result.ours, ours);
}

static void equal_bytes_depart_in_nothing(void **state) {
    (void)state;
    compare(INFO, 200, TICKET("{\"subject\":\"a\"}"), 200, TICKET("{\"subject\":\"a\"}"));
    assert_int_equal(met() + result.unknown, 0);
    compare(INFO, 404, "Ticket not found", 404, "Ticket not found");
    assert_int_equal(met() + result.unknown, 0);
}

static void a_difference_that_nothing_explains_is_named_with_its_place(void **state) {
    (void)state;
    compare(INFO, 200, TICKET("{\"subject\":\"a\"}"), 200, TICKET("{\"subject\":\"b\"}"));
    assert_unknown("ticket.subject", "\"a\"", "\"b\"");
    compare(INFO, 200, TICKET("{\"statusId\":1}"), 200, TICKET("{\"statusId\":\"1\"}"));
    assert_unknown("ticket.statusId", "1", "\"1\"");
    compare(INFO, 200, TICKET("{\"a\":1}"), 200, TICKET("{}"));
    assert_unknown("ticket.a", "1", "nothing");
    compare(INFO, 200, TICKET("{}"), 200, TICKET("{\"status\":\"Open\"}"));
    assert_unknown("ticket.status", "nothing", "\"Open\"");
    compare(INFO, 200, TICKET("{\"a\":1,\"b\":2}"), 200, TICKET("{\"b\":2,\"a\":1}"));
    assert_unknown("ticket.(order of members)", "an object of 2", "an object of 2");
    compare(INFO, 200, TICKET("{\"assigned_to\":[1,2]}"), 200, TICKET("{\"assigned_to\":[1,3]}"));
    assert_unknown("ticket.assigned_to[1]", "2", "3");
    compare(STAFF, 200, LIST("{\"ticket_number\":\"7\",\"thread_entries\":[{\"id\":3,\"body\":\"x\"}]}"), 200,
            LIST("{\"ticket_number\":\"7\",\"thread_entries\":[{\"id\":3,\"body\":\"y\"}]}"));
    assert_unknown("tickets[7].thread_entries[3].body", "\"x\"", "\"y\"");
    compare(INFO, 200, "x", 404, "x");
    assert_unknown("status", "200", "404");
}

static void equal_contents_in_other_bytes_are_a_difference(void **state) {
    (void)state;
    compare(INFO, 200, TICKET("{\"a\":\"\\u00e4\"}"), 200, TICKET("{\"a\":\"\xc3\xa4\"}"));
    assert_int_equal(result.unknown, 1);
    assert_string_equal(result.where, "bytes at 16");
    compare(INFO, 200, TICKET("{}"), 200, TICKET("{ }"));
    assert_int_equal(result.unknown, 1);
    struct compared_answer left = answer(200, "x"), right = answer(200, "x");
    right.type = TEXT("text/html");
    comparison_make(TEXT(INFO), &left, &right, &result);
    assert_unknown("type", JSON_TYPE, "text/html");
    right.type = TEXT("Application/JSON;charset=utf-8");
    comparison_make(TEXT(INFO), &left, &right, &result);
    assert_int_equal(result.unknown, 0);
}

static void shapes_are_told_in_both_directions(void **state) {
    (void)state;
    static const char bare[] = TICKET("{\"thread_entries\":[{\"id\":3,\"body\":\"x\"}]}");
    static const char wrapped[] = TICKET("{\"thread_entries\":[{\"model\":{\"id\":3,\"body\":\"x\"},"
                                         "\"annotations\":{\"has_attachments\":0}}]}");
    static const char both[] = TICKET("{\"user_email\":{\"email\":\"a@b\",\"address\":\"A <a@b>\"}}");
    static const char one[] = TICKET("{\"user_email\":{\"address\":\"a@b\"}}");
    compare(INFO, 200, bare, 200, wrapped);
    assert_departs(DEPARTURE_SHAPE_CURRENT);
    compare(INFO, 200, wrapped, 200, bare);
    assert_departs(DEPARTURE_SHAPE_DOCUMENTED);
    compare(INFO, 200, both, 200, one);
    assert_departs(DEPARTURE_SHAPE_CURRENT);
    compare(INFO, 200, one, 200, both);
    assert_departs(DEPARTURE_SHAPE_DOCUMENTED);
    compare(INFO, 200, both, 200, TICKET("{\"user_email\":{\"address\":\"c@d\"}}"));
    assert_true(result.unknown > 0);
}

static void within_another_shape_a_difference_is_still_found(void **state) {
    (void)state;
    compare(INFO, 200, TICKET("{\"thread_entries\":[{\"id\":3,\"body\":\"x\"}]}"), 200,
            TICKET("{\"thread_entries\":[{\"model\":{\"id\":3,\"body\":\"y\"},\"annotations\":{}}]}"));
    assert_unknown("ticket.thread_entries[3].body", "\"x\"", "\"y\"");
}

static void a_priority_may_be_an_object_of_the_same_description(void **state) {
    (void)state;
    compare(INFO, 200, TICKET("{\"priority\":" PRIORITY "}"), 200, TICKET("{\"priority\":\"Normal\"}"));
    assert_departs(DEPARTURE_PRIORITY_OBJECT);
    compare(INFO, 200, TICKET("{\"priority\":\"Normal\"}"), 200, TICKET("{\"priority\":" PRIORITY "}"));
    assert_departs(DEPARTURE_PRIORITY_TEXT);
    compare(INFO, 200, TICKET("{\"priority\":" PRIORITY "}"), 200, TICKET("{\"priority\":\"High\"}"));
    assert_unknown("ticket.priority", "an object of 2", "\"High\"");
}

static void an_editor_is_a_row_of_the_same_name(void **state) {
    (void)state;
#define ENTRY(editor) TICKET("{\"thread_entries\":[{\"id\":3,\"editor\":" editor "}]}")
    compare(INFO, 200, ENTRY("{\"ht\":{\"firstname\":\"Bo\",\"lastname\":\"Li\",\"passwd\":\"$2a\"}}"), 200,
            ENTRY("\"Bo Li\""));
    assert_departs(DEPARTURE_EDITOR);
    compare(INFO, 200, ENTRY("{\"ht\":{\"firstname\":\"Bo\",\"lastname\":null}}"), 200, ENTRY("\"Bo\""));
    assert_departs(DEPARTURE_EDITOR);
    compare(INFO, 200, ENTRY("{\"ht\":{\"id\":4,\"name\":\"Jo Doe\"}}"), 200, ENTRY("\"Jo Doe\""));
    assert_departs(DEPARTURE_EDITOR);
    compare(INFO, 200, ENTRY("{\"ht\":{\"firstname\":\"Bo\",\"lastname\":\"Li\"}}"), 200, ENTRY("\"Al Li\""));
    assert_int_equal(result.unknown, 1);
    // Whatever it is, a row is never shown: it holds a password hash.
    assert_null(strstr(result.php, "Bo"));
}

static void lists_are_paired_by_number_and_have_one_field_more(void **state) {
    (void)state;
    compare(STAFF, 200, LIST("{\"ticket_number\":\"2\"},{\"ticket_number\":\"1\"}"), 200,
            LIST("{\"ticket_number\":\"1\"},{\"ticket_number\":\"2\"}"));
    assert_departs(DEPARTURE_LIST_ORDER);
    compare(STAFF, 200, LIST("{\"ticket_number\":\"2\"}"), 200,
            LIST("{\"ticket_number\":\"2\",\"status\":\"Open\"}"));
    assert_departs(DEPARTURE_LIST_STATUS);
    compare(STAFF, 200, LIST("{\"ticket_number\":\"2\"}"), 200, LIST("{\"ticket_number\":\"3\"}"));
    assert_int_equal(result.unknown, 2);
    assert_string_equal(result.where, "tickets[2]");
    compare("/tickets", 200, "[[[\"number\",\"1\"]],[[\"number\",\"2\"]]]", 200,
            "[[[\"number\",\"2\"]],[[\"number\",\"1\"]]]");
    assert_departs(DEPARTURE_LIST_ORDER);
    compare("/tickets", 200, "[[[\"number\",\"1\"]]]", 200, "[[[\"number\",\"1\"]],[[\"number\",\"2\"]]]");
    assert_unknown("tickets[2]", "nothing", "an array of 1");
}

static void notes_may_be_left_out_and_nothing_else(void **state) {
    (void)state;
    static const char with[] = LIST(
        "{\"ticket_number\":\"2\",\"thread_entries\":[{\"id\":1,\"type\":\"M\"},{\"id\":2,\"type\":\"N\"}]}");
    static const char without[] =
        LIST("{\"ticket_number\":\"2\",\"thread_entries\":[{\"id\":1,\"type\":\"M\"}]}");
    compare(CLIENT, 200, with, 200, without);
    assert_departs(DEPARTURE_NOTES);
    compare(STAFF, 200, with, 200, without);
    assert_departs(DEPARTURE_NOTES);
    compare(STAFF, 200, without, 200, with);
    assert_unknown("tickets[2].thread_entries[2]", "nothing", "an object of 2");
    compare(CLIENT, 200, LIST("{\"ticket_number\":\"2\",\"thread_entries\":[{\"id\":1,\"type\":\"R\"}]}"),
            200, LIST("{\"ticket_number\":\"2\",\"thread_entries\":[]}"));
    assert_int_equal(result.unknown, 1);
}

static void what_phps_trouble_is_departs_as_a_whole(void **state) {
    (void)state;
    compare(STAFF, 500, FAILURE, 404, REFUSAL);
    assert_departs(DEPARTURE_UNKNOWN_PERSON);
    compare(INFO, 500, FAILURE, 404, REFUSAL);
    assert_unknown("status", "500", "404");
    compare(CLIENT, 500, FAILURE, 200, LIST("{\"ticket_number\":\"2\"}"));
    assert_departs(DEPARTURE_BROKEN_TICKET);
    compare(STAFF, 200, FAILURE, 200, LIST("{\"ticket_number\":\"2\"}"));
    assert_departs(DEPARTURE_BROKEN_TICKET);
    compare(STAFF, 200, LIST(""), 200, LIST("{\"ticket_number\":\"2\",\"ticket_status\":null}"));
    assert_departs(DEPARTURE_BROKEN_TICKET);
    compare(INFO, 404, "Invalid ticket number", 200, TICKET("{}"));
    assert_departs(DEPARTURE_NUMBER_WITH_LETTERS);
    compare(INFO, 404, "Ticket not found", 200, TICKET("{}"));
    assert_int_equal(result.unknown, 1);
    compare(INFO, 200, "", 200, TICKET("{}"));
    assert_departs(DEPARTURE_NO_UTF8);
    compare(INFO, 400, "URL not supported", 200, TICKET("{}"));
    assert_departs(DEPARTURE_NO_CALL);
    compare(INFO, 302, "<html></html>", 200, TICKET("{}"));
    assert_departs(DEPARTURE_FORCE_HTTPS);
}

static void wide_characters_are_question_marks_to_php(void **state) {
    (void)state;
    compare(INFO, 200, TICKET("{\"subject\":\"a ? b\"}"), 200,
            TICKET("{\"subject\":\"a \\ud83d\\ude00 b\"}"));
    assert_departs(DEPARTURE_WIDE_CHARACTERS);
    compare(INFO, 200, TICKET("{\"subject\":\"a ? b\"}"), 200, TICKET("{\"subject\":\"a ! b\"}"));
    assert_int_equal(result.unknown, 1);
    compare(INFO, 200, TICKET("{\"subject\":\"?\"}"), 200, TICKET("{\"subject\":\"\\ud83d\\ude00 b\"}"));
    assert_int_equal(result.unknown, 1);
}

static void an_owner_without_an_address_has_an_at_sign_at_php(void **state) {
    (void)state;
    compare(INFO, 200, TICKET("{\"user_email\":{\"email\":\"@\",\"address\":\"@\"}}"), 200,
            TICKET("{\"user_email\":{\"email\":\"\",\"address\":\"\"}}"));
    assert_departs(DEPARTURE_NO_ADDRESS);
    compare(INFO, 200, TICKET("{\"user_email\":{\"email\":\"@\",\"address\":\"@\"}}"), 200,
            TICKET("{\"user_email\":{\"address\":\"\"}}"));
    assert_int_equal(result.unknown, 0);
    assert_true(result.met[DEPARTURE_NO_ADDRESS] && result.met[DEPARTURE_SHAPE_CURRENT]);
}

static void every_departure_has_its_text(void **state) {
    (void)state;
    for (size_t i = 0; i < DEPARTURE_COUNT; i++)
        assert_true(departures[i].word && departures[i].what && departures[i].setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_bytes_depart_in_nothing),
        cmocka_unit_test(a_difference_that_nothing_explains_is_named_with_its_place),
        cmocka_unit_test(equal_contents_in_other_bytes_are_a_difference),
        cmocka_unit_test(shapes_are_told_in_both_directions),
        cmocka_unit_test(within_another_shape_a_difference_is_still_found),
        cmocka_unit_test(a_priority_may_be_an_object_of_the_same_description),
        cmocka_unit_test(an_editor_is_a_row_of_the_same_name),
        cmocka_unit_test(lists_are_paired_by_number_and_have_one_field_more),
        cmocka_unit_test(notes_may_be_left_out_and_nothing_else),
        cmocka_unit_test(what_phps_trouble_is_departs_as_a_whole),
        cmocka_unit_test(wide_characters_are_question_marks_to_php),
        cmocka_unit_test(an_owner_without_an_address_has_an_at_sign_at_php),
        cmocka_unit_test(every_departure_has_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
