// SPDX-License-Identifier: GPL-2.0-or-later
// reply.json: what is refused, what one transaction writes, and that it writes all or nothing.
#include "desk.h"
#include "locked_ticket.h"
#include "ops/operations.h"
#include "store/slots.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// The rows of STATEMENT_REPLY_TARGET beside the help desk's.
static const fake_row found_ticket[] = {{[DESK_KIND] = "ticket", [REPLY_TICKET_ID] = "2"}};
static const fake_row no_ticket[] = {{[DESK_KIND] = "ticket", [REPLY_TICKET_ID] = "0"}};
static const fake_row agent[] = {{[DESK_KIND] = "agent",
                                  [REPLY_AGENT_ID] = "5",
                                  [REPLY_AGENT_STAFF + STAFF_USERNAME] = "basem",
                                  [REPLY_AGENT_STAFF + STAFF_FIRST_NAME] = "Basem",
                                  [REPLY_AGENT_STAFF + STAFF_LAST_NAME] = "Deiaa",
                                  [REPLY_AGENT_STAFF + STAFF_EMAIL] = "basem@example.com",
                                  [REPLY_AGENT_STAFF + STAFF_SIGNATURE] = ""}};
static const fake_row answered[] = {{LOCKED("1", "1", "0")}};
static const fake_row unanswered[] = {{LOCKED("1", "0", "0")}};
static const fake_row incomplete[] = {{LOCKED("1", "1", "1")}};
static const fake_row closed[] = {{LOCKED("3", "1", "0")}};
static const fake_row version = {DESK_ROW_OF_SETTING("schema_signature", "5fb92bef17f3b603659e024c01cc7a59")};
static struct desk desk;

static void open_desk_with(const fake_row *party, const fake_row *by, const fake_row *ticket) {
    static fake_row rows[DESK_ROWS + 4];
    static struct fake_answer answers[3];
    size_t count = DESK_ROWS;
    memcpy(rows, desk_rows, DESK_ROWS * sizeof *rows);
    memcpy(rows[count++], desk_times[0], sizeof *rows);
    memcpy(rows[count++], version, sizeof *rows);
    memcpy(rows[count++], *party, sizeof *rows);
    if (by) memcpy(rows[count++], *by, sizeof *rows);
    answers[0] = (struct fake_answer){STATEMENT_REPLY_TARGET, rows, count};
    answers[1] = (struct fake_answer){STATEMENT_TICKET_LOCK, ticket, ticket ? 1 : 0};
    answers[2] = (struct fake_answer){STATEMENT_TICKET_LOCK_WITH_FILES, ticket, ticket ? 1 : 0};
    desk_open(&desk, answers, 3);
}

static void open_desk(const fake_row *ticket) {
    open_desk_with(found_ticket, agent, ticket);
}

static bool post(const char *body) {
    desk.context.body = text_of(body);
    return desk_run(&desk, ticket_reply);
}

#define BODY(more) "{\"ticketNumber\":\"404709\",\"staffUserName\":\"basem\",\"response\":\"done\"" more "}"

static void assert_refused(const char *body, enum error_code code, const char *message) {
    open_desk(answered);
    assert_false(post(body));
    assert_int_equal(desk.error.code, code);
    assert_string_equal(desk.error.message, message);
    assert_int_equal(desk.db.call_count, 0);
}

static void what_is_missing_is_422_and_named(void **state) {
    (void)state;
    assert_refused("{\"staffUserName\":\"b\",\"response\":\"x\"}", ERROR_UNPROCESSABLE,
                   "missing ticketNumber parameter ");
    assert_refused("{\"ticketNumber\":\"1\",\"response\":\"x\"}", ERROR_UNPROCESSABLE,
                   "missing staffUserName parameter ");
    assert_refused("{\"ticketNumber\":\"1\",\"staffUserName\":\"b\"}", ERROR_UNPROCESSABLE,
                   "missing response parameter ");
    assert_refused("{\"ticketNumber\":null,\"staffUserName\":\"b\",\"response\":\"x\"}", ERROR_UNPROCESSABLE,
                   "missing ticketNumber parameter ");
    assert_refused("{\"ticketNumber\":\"1\",\"staffUserName\":[],\"response\":\"x\"}", ERROR_UNPROCESSABLE,
                   "missing staffUserName parameter ");
    assert_refused("{\"ticketNumber\":\"1\",\"staffUserName\":\"b\",\"response\":\"\"}", ERROR_UNPROCESSABLE,
                   "missing response parameter ");
}

static void a_wrong_type_is_400_and_named(void **state) {
    (void)state;
    assert_refused("{\"ticketNumber\":[1],\"staffUserName\":\"b\",\"response\":\"x\"}", ERROR_BAD_REQUEST,
                   "ticketNumber must be a string");
    assert_refused("{\"ticketNumber\":1.5,\"staffUserName\":\"b\",\"response\":\"x\"}", ERROR_BAD_REQUEST,
                   "ticketNumber must be a string");
    assert_refused("{\"ticketNumber\":\"1\",\"staffUserName\":\"b\",\"response\":{\"a\":1}}",
                   ERROR_BAD_REQUEST, "response must be a string");
    assert_refused("{\"ticketNumber\":\"1\",\"staffUserName\":\"b\",\"response\":\"a\\u0000b\"}",
                   ERROR_BAD_REQUEST, "response contains a NUL character");
    assert_refused(BODY(",\"reply_status_id\":[3]"), ERROR_BAD_REQUEST, "reply_status_id must be a number");
    assert_refused(BODY(",\"emailreply\":{}"), ERROR_BAD_REQUEST, "emailreply must be \"1\" or \"0\"");
    assert_refused(BODY(",\"signature\":true"), ERROR_BAD_REQUEST, "signature must be a string");
    assert_refused(BODY(",\"reply-to\":[\"user\"]"), ERROR_BAD_REQUEST, "reply-to must be a string");
    assert_refused(BODY(",\"ccs\":{\"a\":1}"), ERROR_BAD_REQUEST, "ccs must be a list of ids");
    assert_refused(BODY(",\"attachments\":5"), ERROR_BAD_REQUEST, "attachments must be a list of files");
    assert_refused(BODY(",\"attachments\":[5]"), ERROR_BAD_REQUEST,
                   "attachments: element 0 must be {\"name\": \"data:...\"}");
    assert_refused("[]", ERROR_BAD_REQUEST,
                   "the JSON body must be an object with ticketNumber, staffUserName and response");
    assert_refused("{nope", ERROR_BAD_REQUEST, "Syntax error, malformed JSON");
}

static void unknown_parties_are_404_before_the_transaction(void **state) {
    (void)state;
    open_desk_with(no_ticket, agent, answered);
    assert_false(post(BODY("")));
    assert_int_equal(desk.error.code, ERROR_NOT_FOUND);
    assert_string_equal(desk.error.message, "Ticket not found");
    assert_null(desk.error.envelope);
    open_desk_with(found_ticket, NULL, answered);
    assert_false(post(BODY("")));
    assert_int_equal(desk.error.code, ERROR_NOT_FOUND);
    assert_string_equal(desk.error.envelope, "tickets");
    assert_int_equal(fake_count(&desk.db, FAKE_BEGIN), 0);
}

static void a_json_integer_is_its_decimal_text(void **state) {
    (void)state;
    open_desk(answered);
    assert_true(post("{\"ticketNumber\":404709,\"staffUserName\":\"basem\",\"response\":\"done\"}"));
    assert_string_equal(fake_last(&desk.db, STATEMENT_REPLY_TARGET)->values[0], "404709");
}

static void a_plain_reply_writes_entry_search_and_thread(void **state) {
    (void)state;
    open_desk(answered);
    assert_true(post(BODY(",\"source\":\"forged\",\"title\":\"forged\",\"files\":[{\"id\":1}]")));
    assert_string_equal(desk.answered, "{\"status_code\":\"0\",\"status_msg\":\"success\"}");
    const struct fake_call *entry = fake_last(&desk.db, STATEMENT_ENTRY_INSERT);
    static const char *const expected[] = {"4", "9",    "5",    "0",    "R",         "64",  "Deiaa, Basem",
                                           "",  "NULL", "done", "html", "192.0.2.9", "NULL"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(entry->values[i], expected[i]);
    assert_string_equal(fake_last(&desk.db, STATEMENT_SEARCH_REPLACE)->values[SEARCH_VALUE_CONTENT], "done");
    assert_non_null(fake_last(&desk.db, STATEMENT_THREAD_RESPONDED));
    assert_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE));
    assert_null(fake_last(&desk.db, STATEMENT_ATTACHMENTS_INSERT));
    assert_int_equal(desk.db.calls[desk.db.call_count - 1].what, FAKE_COMMIT);
    assert_true(desk.db.call_count <= 8);
}

static void a_response_without_text_is_not_searched_for(void **state) {
    (void)state;
    static const char *const responses[] = {"<hr>", "<i>0</i>"};
    for (size_t i = 0; i < 2; i++) {
        char body[200];
        snprintf(body, sizeof body, "{\"ticketNumber\":\"1\",\"staffUserName\":\"b\",\"response\":\"%s\"}",
                 responses[i]);
        open_desk(answered);
        assert_true(post(body));
        assert_null(fake_last(&desk.db, STATEMENT_SEARCH_REPLACE));
        open_desk(unanswered);
        assert_true(post(body));
        assert_string_equal(fake_last(&desk.db, STATEMENT_SEARCH_REPLACE)->values[SEARCH_VALUE_OBJECT_TYPE],
                            "T");
    }
}

static void an_image_that_the_body_does_not_show_is_a_file_beside_it(void **state) {
    (void)state;
    static const char *const rows[][2] = {{"<img src=\\\"data:image/png;base64,AAAA\\\">", "1"},
                                          {"<p src=\\\"data:image/png;base64,AAAA\\\">x</p>", "0"}};
    for (size_t i = 0; i < 2; i++) {
        char body[200];
        snprintf(body, sizeof body, "{\"ticketNumber\":\"1\",\"staffUserName\":\"b\",\"response\":\"%s\"}",
                 rows[i][0]);
        open_desk(answered);
        assert_true(post(body));
        assert_int_equal(fake_count(&desk.db, FAKE_COMMIT), 1);
        const struct fake_call *attachment = fake_last(&desk.db, STATEMENT_ATTACHMENTS_INSERT);
        assert_string_equal(attachment->values[1 + ATTACHMENT_VALUE_FILE * SLOT_COUNT],
                            "80"); // the only new file's id
        assert_string_equal(attachment->values[1 + ATTACHMENT_VALUE_IS_INLINE * SLOT_COUNT], rows[i][1]);
        assert_string_equal(attachment->values[1 + ATTACHMENT_VALUES_COUNT * SLOT_COUNT], "1");
    }
}

static void only_pictures_in_a_text_become_files(void **state) {
    (void)state;
    static const char *const sources[] = {"data:image/svg+xml;base64,PHN2Zy8+",
                                          "data:text/html;base64,PGI+",
                                          "data:text/html;image/;base64,PGI+",
                                          "data:,x",
                                          "data:x",
                                          "data:application/pdf;base64,JVBERi0="};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        char body[200];
        snprintf(body, sizeof body,
                 "{\"ticketNumber\":\"1\",\"staffUserName\":\"b\",\"response\":\"x<img src=\\\"%s\\\">\"}",
                 sources[i]);
        open_desk(answered);
        assert_true(post(body));
        if (fake_last(&desk.db, STATEMENT_ATTACHMENTS_INSERT)) fail_msg("%s is attached", sources[i]);
    }
}

static void the_current_shape_has_phps_words(void **state) {
    (void)state;
    open_desk(answered);
    desk.settings.shape = SHAPE_CURRENT;
    assert_true(post(BODY("")));
    assert_string_equal(desk.answered,
                        "{\"status_code\":\"0\",\"status_msg\":\"reply posted successfully\"}");
}

static void line_breaks_of_plain_text_are_kept(void **state) {
    (void)state;
    open_desk(answered);
    assert_true(post("{\"ticketNumber\":\"1\",\"staffUserName\":\"b\",\"response\":\"a < b\\nsecond\"}"));
    assert_string_equal(fake_last(&desk.db, STATEMENT_ENTRY_INSERT)->values[ENTRY_VALUE_BODY],
                        "a &lt; b<br />second");
}

static void the_first_reply_marks_the_ticket_answered(void **state) {
    (void)state;
    open_desk(unanswered);
    assert_true(post(BODY("")));
    const struct fake_call *save = fake_last(&desk.db, STATEMENT_TICKET_SAVE);
    assert_non_null(save);
    assert_string_equal(save->values[SAVE_VALUE_STATUS], "1");
    assert_string_equal(save->values[SAVE_VALUE_IS_ANSWERED], "1");
    assert_string_equal(save->values[SAVE_VALUE_LAST_UPDATE], "2024-03-05 09:15:00");
    assert_null(fake_last(&desk.db, STATEMENT_EVENT_INSERT));
    assert_null(fake_last(&desk.db, STATEMENT_THREAD_RESPONDED));
}

static void agent_team_sla_and_topic_that_are_gone_are_forgotten(void **state) {
    (void)state;
    static const unsigned columns[] = {L_TOPIC, L_STAFF, L_TEAM, L_SLA};
    static fake_row gone[1];
    memcpy(gone, answered, sizeof gone);
    for (size_t i = 0; i < 4; i++) gone[0][columns[i]] = "99";
    gone[0][L_ASSIGNEE] = NULL;
    open_desk(gone);
    assert_true(post(BODY("")));
    const struct fake_call *save = fake_last(&desk.db, STATEMENT_TICKET_SAVE);
    assert_non_null(save);
    for (size_t i = SAVE_VALUE_TOPIC; i <= SAVE_VALUE_SLA; i++) assert_string_equal(save->values[i], "0");
    open_desk(gone);
    assert_true(post(BODY(",\"reply_status_id\":3")));
    assert_null(fake_last(&desk.db, STATEMENT_REFERRAL_INSERT));
    const struct fake_call *event = fake_last(&desk.db, STATEMENT_EVENT_INSERT);
    assert_string_equal(event->values[EVENT_VALUE_STAFF], "0");
    assert_string_equal(event->values[EVENT_VALUE_TEAM], "0");
}

static void closing_sets_times_refers_and_names_the_agent(void **state) {
    (void)state;
    open_desk(answered);
    assert_true(post(BODY(",\"reply_status_id\":\"3\"")));
    const struct fake_call *save = fake_last(&desk.db, STATEMENT_TICKET_SAVE);
    // thread, status, department, topic, staff, team, SLA, overdue, due, est_due, reopened, closed,
    // lastupdate, isanswered, responded now, messaged now, ticket
    static const char *const expected[] = {"9",
                                           "3",
                                           "1",
                                           "2",
                                           "3",
                                           "0",
                                           "0",
                                           "0",
                                           "2099-01-01 00:00:00",
                                           "NULL",
                                           "NULL",
                                           "2026-11-24 12:00:00",
                                           "2026-11-24 12:00:00",
                                           "1",
                                           "1",
                                           "0",
                                           "2"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(save->values[i], expected[i]);
    const struct fake_call *event = fake_last(&desk.db, STATEMENT_EVENT_INSERT);
    assert_string_equal(event->values[EVENT_VALUE_DATA], "{\"status\":[3,\"Closed\"]}");
    assert_string_equal(event->values[EVENT_VALUE_USERNAME], "basem");
    assert_string_equal(event->values[EVENT_VALUE_UID], "5");
    assert_string_equal(event->values[EVENT_VALUE_UID_TYPE], "S");
    assert_string_equal(event->values[EVENT_VALUE_NAME], "closed");
    assert_string_equal(fake_last(&desk.db, STATEMENT_REFERRAL_INSERT)->values[REFERRAL_VALUE_OBJECT], "3");
    // nothing to take back and nothing to delete: nothing is asked of the database
    assert_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE_ANNULLING));
    assert_null(fake_last(&desk.db, STATEMENT_DRAFTS_DELETE));
    assert_true(desk.db.call_count <= 13);
}

static void closing_takes_back_an_older_closing_and_deletes_drafts(void **state) {
    (void)state;
    static fake_row busy[1];
    memcpy(busy, answered, sizeof busy);
    busy[0][L_REFERRED] = busy[0][L_CLOSED_EVENT] = busy[0][L_DRAFTS] = "1";
    open_desk(busy);
    assert_true(post(BODY(",\"reply_status_id\":\"3\"")));
    assert_string_equal(fake_last(&desk.db, STATEMENT_TICKET_LOCK)->values[LOCK_VALUE_DRAFTS], "1");
    assert_non_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE_ANNULLING));
    assert_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE));
    assert_non_null(fake_last(&desk.db, STATEMENT_DRAFTS_DELETE));
    assert_null(fake_last(&desk.db, STATEMENT_REFERRAL_INSERT));
    open_desk(busy);
    assert_true(post(BODY("")));
    assert_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE_ANNULLING));
    assert_null(fake_last(&desk.db, STATEMENT_DRAFTS_DELETE));
}

static void a_ticket_that_may_not_be_closed_stays_open_and_gets_the_reply(void **state) {
    (void)state;
    open_desk(incomplete);
    assert_true(post(BODY(",\"reply_status_id\":3")));
    assert_non_null(fake_last(&desk.db, STATEMENT_ENTRY_INSERT));
    assert_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE));
    assert_null(fake_last(&desk.db, STATEMENT_EVENT_INSERT));
}

static void reopening_clears_the_closing_and_the_assignment(void **state) {
    (void)state;
    open_desk(closed);
    assert_true(post(BODY(",\"reply_status_id\":\"1abc\"")));
    const struct fake_call *save = fake_last(&desk.db, STATEMENT_TICKET_SAVE);
    assert_string_equal(save->values[SAVE_VALUE_STATUS], "1");
    assert_string_equal(save->values[SAVE_VALUE_STAFF], "0"); // the fake says the agent may not take it
    assert_string_equal(save->values[SAVE_VALUE_REOPENED], "2026-11-24 12:00:00");
    assert_string_equal(save->values[SAVE_VALUE_CLOSED], "NULL");
    assert_string_equal(fake_last(&desk.db, STATEMENT_EVENT_INSERT)->values[EVENT_VALUE_NAME], "reopened");
    assert_null(fake_last(&desk.db, STATEMENT_DRAFTS_DELETE));
}

static void other_states_change_nothing(void **state) {
    (void)state;
    open_desk(answered);
    assert_true(post(BODY(",\"reply_status_id\":4")));
    assert_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE));
    open_desk(answered);
    assert_true(post(BODY(",\"reply_status_id\":77")));
    assert_null(fake_last(&desk.db, STATEMENT_TICKET_SAVE));
}

static void a_ticket_that_cannot_be_loaded_is_404_and_nothing_is_written(void **state) {
    (void)state;
    static const fake_row no_status[] = {{LOCKED("99", "1", "0")}};
    open_desk(no_status);
    assert_false(post(BODY("")));
    assert_int_equal(desk.error.code, ERROR_NOT_FOUND);
    assert_int_equal(fake_count(&desk.db, FAKE_EXECUTE), 0);
    assert_int_equal(fake_count(&desk.db, FAKE_ROLLBACK), 1);
    open_desk(NULL);
    assert_false(post(BODY("")));
    assert_string_equal(desk.error.message, "Ticket not found");
    assert_int_equal(fake_count(&desk.db, FAKE_EXECUTE), 0);
}

// Whatever call fails: no success is told, and what was begun is rolled back.
static void a_failure_at_any_step_leaves_nothing(void **state) {
    (void)state;
    open_desk(answered);
    assert_true(post(BODY(",\"reply_status_id\":3,\"attachments\":[{\"a.txt\":\"data:,hello\"}]")));
    size_t steps = desk.db.call_count;
    assert_true(steps > 10);
    for (size_t step = 1; step <= steps; step++) {
        open_desk(answered);
        desk.db.fail_at = step;
        desk.db.fail_code = ERROR_UNAVAILABLE;
        assert_false(post(BODY(",\"reply_status_id\":3,\"attachments\":[{\"a.txt\":\"data:,hello\"}]")));
        assert_int_equal(desk.error.code, ERROR_UNAVAILABLE);
        assert_int_equal(desk.length, 0);
        assert_false(desk.db.in_transaction);
        if (step < steps) assert_int_equal(fake_count(&desk.db, FAKE_COMMIT), 0);
    }
}

static void files_that_are_not_let_in_leave_a_note(void **state) {
    (void)state;
    static const fake_row with_field[] = {
        {[DESK_KIND] = "ticket",
         [REPLY_TICKET_ID] = "2",
         [REPLY_TICKET_MESSAGE_FIELD] = "{\"attachments\":true,\"extensions\":\".txt\",\"size\":4}"}};
    static const char *const refused[][2] = {
        {"{\"x.exe\":\"data:application/x-dosexec;base64,TVo=\"}", "x.exe: File type is not allowed"},
        {"{\"name\":\"x.txt\",\"data\":\"12345\"}", "x.txt: File size is too large"},
        {"{\"x.TXT\":\"data:text/plain;base64,\"}", "x.TXT: Unable to save file"},
        {"{\"a&<b>.exe\":\"data:x/y;base64,TVo=\"}", "a&amp;&lt;b&gt;.exe: File type is not allowed"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char body[512];
        open_desk_with(with_field, agent, answered);
        snprintf(body, sizeof body, BODY(",\"attachments\":[%s]"), refused[i][0]);
        assert_true(post(body));
        const struct fake_call *notes = fake_last(&desk.db, STATEMENT_SYSTEM_NOTES_INSERT);
        assert_non_null(notes);
        assert_string_equal(notes->values[NOTE_VALUE_TITLE], "File Import Error");
        assert_string_equal(notes->values[NOTE_VALUES_COUNT], refused[i][1]);
        assert_string_equal(notes->values[NOTE_VALUES_COUNT + SLOT_COUNT], "1");
        // What has no bytes is a row without an owner, as in PHP.
        assert_int_equal(fake_last(&desk.db, STATEMENT_FILES_INSERT) != NULL, i == 2);
    }
}

// The form of older help desks has no text of extensions, and PHP restricts nothing then.
static void groups_of_types_restrict_only_beside_a_text_of_extensions(void **state) {
    (void)state;
    static const char *const configurations[][2] = {
        {"{\"attachments\":true,\"mimetypes\":{\"image\":\"Images\"}}", "1"},
        {"{\"attachments\":true,\"mimetypes\":{\"image\":\"Images\"},\"extensions\":null}", "1"},
        {"{\"attachments\":true,\"mimetypes\":{\"image\":\"Images\"},\"extensions\":\"\"}", ""}};
    for (size_t i = 0; i < 3; i++) {
        static fake_row with_field[1];
        memcpy(with_field[0],
               ((const fake_row){[DESK_KIND] = "ticket",
                                 [REPLY_TICKET_ID] = "2",
                                 [REPLY_TICKET_MESSAGE_FIELD] = configurations[i][0]}),
               sizeof with_field[0]);
        open_desk_with(with_field, agent, answered);
        assert_true(post(BODY(",\"attachments\":[{\"a.exe\":\"data:x/y;base64,TVo=\"}]")));
        assert_int_equal(fake_last(&desk.db, STATEMENT_FILES_INSERT) != NULL, configurations[i][1][0] == '1');
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_missing_is_422_and_named),
        cmocka_unit_test(a_wrong_type_is_400_and_named),
        cmocka_unit_test(unknown_parties_are_404_before_the_transaction),
        cmocka_unit_test(a_json_integer_is_its_decimal_text),
        cmocka_unit_test(a_plain_reply_writes_entry_search_and_thread),
        cmocka_unit_test(a_response_without_text_is_not_searched_for),
        cmocka_unit_test(an_image_that_the_body_does_not_show_is_a_file_beside_it),
        cmocka_unit_test(only_pictures_in_a_text_become_files),
        cmocka_unit_test(the_current_shape_has_phps_words),
        cmocka_unit_test(line_breaks_of_plain_text_are_kept),
        cmocka_unit_test(the_first_reply_marks_the_ticket_answered),
        cmocka_unit_test(agent_team_sla_and_topic_that_are_gone_are_forgotten),
        cmocka_unit_test(closing_sets_times_refers_and_names_the_agent),
        cmocka_unit_test(closing_takes_back_an_older_closing_and_deletes_drafts),
        cmocka_unit_test(a_ticket_that_may_not_be_closed_stays_open_and_gets_the_reply),
        cmocka_unit_test(reopening_clears_the_closing_and_the_assignment),
        cmocka_unit_test(other_states_change_nothing),
        cmocka_unit_test(a_ticket_that_cannot_be_loaded_is_404_and_nothing_is_written),
        cmocka_unit_test(a_failure_at_any_step_leaves_nothing),
        cmocka_unit_test(files_that_are_not_let_in_leave_a_note),
        cmocka_unit_test(groups_of_types_restrict_only_beside_a_text_of_extensions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
