// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what a request to create a ticket is taken for, and what is refused with a clear 4xx.
#include "ops/create/request.h"

#include "base/base64.h"
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CEILING ((size_t)512 << 20)

static struct arena arena;
static struct create_request request;
static struct error error;

static bool read_body(struct text body, enum create_format format, bool internal) {
    arena_free(&arena);
    arena = arena_new(CEILING);
    error_clear(&error);
    return create_request_read(body, format, internal, &arena, &request, &error);
}

static void take(enum create_format format, const char *body) {
    if (!read_body(text_of(body), format, false)) fail_msg("%s: %s", body, error.message);
}

static void take_json(const char *body) {
    take(CREATE_JSON, body);
}

static void take_xml(const char *body) {
    take(CREATE_XML, body);
}

static void refuse_json(const char *body, const char *message) {
    if (read_body(text_of(body), CREATE_JSON, false)) fail_msg("should be refused: %s", body);
    assert_string_equal(error.message, message);
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
}

static int end_arena(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_text(struct text text, const char *expected) {
    if (!text_equal(text, text_of(expected)))
        fail_msg("\"%.*s\" should be \"%s\"", (int)text.length, text.data ? text.data : "(null)",
                 expected ? expected : "(null)");
}

static void a_plain_request_is_read(void **state) {
    (void)state;
    take_json("{\"email\":\"jane@example.org\",\"name\":\"Jane Doe\",\"subject\":\"New "
              "one\",\"message\":\"Broken\","
              "\"ip\":\"192.0.2.7\",\"topicId\":11,\"priorityId\":4}");
    assert_text(request.email, "jane@example.org");
    assert_text(request.name, "Jane Doe");
    assert_text(request.source, "API");
    assert_text(request.ip_address, "192.0.2.7");
    assert_text(request.message, "Broken");
    assert_true(request.has_message);
    assert_false(request.message_is_html);
    assert_true(request.alert);
    assert_true(request.autorespond);
    assert_int_equal(request.topic_id, 11);
    assert_true(request.has_priority_id);
    assert_int_equal(request.priority_id, 4);
    assert_int_equal(request.files.count, 0);
    assert_text(input_text(input_member(&request.fields, TEXT("subject"))), "New one");
}

static void the_address_of_a_request_is_taken_as_it_is(void **state) {
    (void)state;
    take_json("{\"ip\":\"None\"}");
    assert_text(request.ip_address, "None");
    take_json("{\"ip\":\"\"}");
    assert_text(request.ip_address, "");
    take_json("{\"ip\":null}");
    assert_text(request.ip_address, NULL);
    take_json("{\"ip\":\"0\"}");
    assert_text(request.ip_address, "0");
    take_json("{\"ip\":\"1234567890123456789012345678901234567890123456789012345678901234567890\"}");
    assert_int_equal(request.ip_address.length, 64);
}

static void a_source_is_taken_as_it_is(void **state) {
    (void)state;
    take_json("{\"source\":null}");
    assert_text(request.source, "API");
    take_json("{\"source\":\"\"}");
    assert_text(request.source, "");
    take_json("{\"source\":\"Phone\"}");
    assert_text(request.source, "Phone");
}

static void a_message_may_be_a_data_url(void **state) {
    static const struct {
        const char *json, *message;
        bool html;
    } rows[] = {
        {"\"plain \\u00a9 \\ud83d\\ude80\"", "plain \302\251 \360\237\232\200", false},
        {"\"data:text/html,MESSAGE <b>HERE</b>\"", "MESSAGE <b>HERE</b>", true},
        {"\"data:text/html;charset=utf-8,caf\303\251\"", "caf\303\251", true},
        {"\"data:text/plain,caf\303\251\"", "caf\303\251", false},
        {"\"data:text/html;charset=utf-8;base64,PGI+Y2Fmw6k8L2I+\"", "<b>caf\303\251</b>", true},
        {"\"data:text/plain;charset=iso-8859-1;base64,Y2Fm6Q==\"", "caf\303\251", false},
        {"\"data:text/plain;charset=iso-8859-1,caf\303\251\"", "caf\303\251", false},
        {"\"data:,a%20b\"", "a%20b", false},
        {"\"data:text/html;charset=utf-8,<a href='/a%20b?x=%2F'>100%</a>\"",
         "<a href='/a%20b?x=%2F'>100%</a>", true},
        {"\"data:text/plain,like '%ad%'\"", "like '%ad%'", false},
        {"\"data: 12/05, ora 10\"", "data: 12/05, ora 10", false},
        {"\"data:12/05, ora 10\"", "data:12/05, ora 10", false},
        {"\"data: text/html, <b>x</b>\"", "data: text/html, <b>x</b>", false},
        {"\"data:TEXT/HTML,x\"", "x", false},
        {"\"data:image/png;base64,aGk=\"", "hi", false},
        {"\"data:text/html\"", "data:text/html", false},
        {"5", "5", false},
        {"\"\"", "", false},
        {"null", "", false},
        {"\"  \"", "  ", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char body[200];
        snprintf(body, sizeof body, "{\"message\":%s}", rows[i].json);
        take_json(body);
        assert_text(request.message, rows[i].message);
        assert_int_equal(request.message_is_html, rows[i].html);
        assert_true(request.has_message);
    }
    take_json("{\"Message\":\"x\"}");
    assert_false(request.has_message);
    refuse_json("{\"message\":\"data:;base64,/w==\"}", "message contains bytes that are no UTF-8");
    refuse_json("{\"message\":\"data:text/plain;charset=utf-8;base64,ww==\"}",
                "message contains bytes that are no UTF-8");
}

static void a_switch_is_yes_or_no_or_refused(void **state) {
    static const struct {
        const char *json;
        bool on;
    } rows[] = {{"true", true},     {"false", false},    {"1", true},          {"0", false},
                {"\"1\"", true},    {"\"0\"", false},    {"\"false\"", false}, {"\"\"", false},
                {"null", false},    {"[]", false},       {"{}", false},        {"\"no\"", false},
                {"\"Off\"", false}, {"\"none\"", false}, {"\"YES\"", true},    {"1.0", true}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char body[100];
        snprintf(body, sizeof body, "{\"alert\":%s}", rows[i].json);
        take_json(body);
        assert_int_equal(request.alert, rows[i].on);
        assert_true(request.autorespond);
    }
    take_xml("<ticket alert='FALSE' autorespond='0'/>");
    assert_false(request.alert);
    assert_false(request.autorespond);
    take_xml("<ticket alert='true'><autorespond>no</autorespond></ticket>");
    assert_true(request.alert);
    assert_false(request.autorespond);
    refuse_json("{\"alert\":2}", "alert must be true or false");
    refuse_json("{\"autorespond\":\"nein\"}", "autorespond must be true or false");
    refuse_json("{\"autorespond\":99999999999999999999}", "autorespond must be true or false");
    assert_false(read_body(TEXT("<ticket><alert>maybe</alert></ticket>"), CREATE_XML, false));
    assert_string_equal(error.message, "alert must be true or false");
}

static void ids_come_as_numbers_or_their_texts(void **state) {
    static const struct {
        const char *json;
        int64_t topic, priority;
        bool has_priority;
    } rows[] = {
        {"11", 11, 11, true},         {"\"11\"", 11, 11, true},
        {"\" 11\"", 11, 11, true},    {"11.0", 11, 11, true},
        {"\"11x\"", 0, 11, true},     {"\"x\"", 0, 0, true},
        {"0", 0, 0, false},           {"\"0\"", 0, 0, false},
        {"-5", 0, -5, true},          {"null", 0, 0, false},
        {"\"\"", 0, 0, false},        {"false", 0, 0, false},
        {"1e30", 0, INT32_MAX, true}, {"\"1e1\"", 10, 10, true},
        {"3.7", 3, 4, true},          {"4294967297", 4294967297, INT32_MAX, true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char body[100];
        snprintf(body, sizeof body, "{\"topicId\":%s,\"priorityId\":%s}", rows[i].json, rows[i].json);
        take_json(body);
        assert_int_equal(request.topic_id, rows[i].topic);
        assert_int_equal(request.has_priority_id, rows[i].has_priority);
        assert_int_equal(request.priority_id, rows[i].priority);
    }
}

static void a_priority_that_is_no_whole_number_is_loose(void **state) {
    static const char *const loose[] = {"\"3x\"", "3.7", "\"3e\"", "\"x\"", "1e30"};
    static const char *const exact[] = {"3", "\" 3\"", "\"3.0\"", "-3", "99", "null", "0"};
    (void)state;
    char body[100];
    for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
        snprintf(body, sizeof body, "{\"priorityId\":%s}", loose[i]);
        take_json(body);
        assert_true(request.priority_is_loose);
    }
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
        snprintf(body, sizeof body, "{\"priorityId\":%s}", exact[i]);
        take_json(body);
        assert_false(request.priority_is_loose);
    }
}

static void a_phone_keeps_its_extension(void **state) {
    static const struct {
        enum create_format format;
        const char *body, *phone;
    } rows[] = {
        {CREATE_JSON, "{\"phone\":\"555-1234 x123\"}", "555-1234 X123"},
        {CREATE_JSON, "{\"phone\":5551234}", "5551234"},
        {CREATE_XML, "<ticket><phone>555-1234x9</phone></ticket>", "555-1234X9"},
        {CREATE_XML, "<ticket><phone ext='7'>5551234567</phone></ticket>", "5551234567X7"},
        {CREATE_XML, "<ticket><phone ext=''>5551234567</phone></ticket>", "5551234567"},
        {CREATE_XML, "<ticket><phone ext='7'/></ticket>", "X7"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        take(rows[i].format, rows[i].body);
        assert_text(input_text(input_member(&request.fields, TEXT("phone"))), rows[i].phone);
    }
}

static void xml_messages(void **state) {
    static const struct {
        const char *xml, *message;
        bool html;
    } rows[] = {
        {"<message>a &amp; b</message>", "a & b", false},
        {"<message/>", "", false},
        {"<message type='text/plain'><![CDATA[xml body]]></message>", "xml body", false},
        {"<message type='Text/HTML'><![CDATA[<b>x</b>]]></message>", "<b>x</b>", true},
        {"<message type='text/html' encoding='iso-8859-1'>caf\303\251</message>", "caf\303\251", true},
        {"<message>data:text/html,x</message>", "data:text/html,x", false},
        {"<message type='text/html'/>", "", true},
        {"<message>one <b>two <i>x</i></b> three</message>", "one two x three", false},
        {"<message type='text/html'><p>Hello</p></message>", "Hello", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char body[200];
        snprintf(body, sizeof body, "<ticket>%s</ticket>", rows[i].xml);
        take_xml(body);
        assert_true(request.has_message);
        assert_text(request.message, rows[i].message);
        assert_int_equal(request.message_is_html, rows[i].html);
    }
    take_xml("<ticket message='m'/>");
    assert_text(request.message, "m");
    take_xml("<ticket/>");
    assert_false(request.has_message);
    take_xml("<other><message>x</message></other>");
    assert_false(request.has_message);
}

static void assert_file(size_t index, const char *name, const char *type, const char *data) {
    assert_true(index < request.files.count);
    assert_text(request.files.items[index].name, name);
    assert_text(request.files.items[index].type, type);
    assert_text(request.files.items[index].data, data);
}

static void both_forms_of_attachments_are_files(void **state) {
    (void)state;
    take_json("{\"attachments\":[{\"file.txt\":\"data:text/plain;charset=utf-8,content\"},"
              "{\"image.png\":\"data:image/png;base64,aGk=\"},"
              "{\"name\":\"n.txt\",\"type\":\"text/csv\",\"data\":\"aGk=\",\"encoding\":\"base64\"},"
              "{\"name\":\"p.txt\",\"data\":\"plain\"},{\"a.txt\":\"bare\"},"
              "{\"b.txt\":\"data:text/plain;charset=utf-8;base64,Y2Fmw6k=\"},{\"c.txt\":\"data:,a%20b\"},"
              "{\"d.txt\":\"data: 12/05, ora 10\"}]}");
    assert_int_equal(request.files.count, 8);
    assert_file(0, "file.txt", "text/plain", "content");
    assert_file(1, "image.png", "image/png", "hi");
    assert_file(2, "n.txt", "text/csv", "hi");
    assert_file(3, "p.txt", "text/plain", "plain");
    assert_file(4, "a.txt", "text/plain", "bare");
    assert_file(5, "b.txt", "text/plain", "caf\303\251");
    assert_file(6, "c.txt", "text/plain", "a%20b");
    assert_file(7, "d.txt", "text/plain", "data: 12/05, ora 10");
    take_json("{\"attachments\":{\"x.txt\":\"data:,1\",\"y.txt\":\"data:,2\"}}");
    assert_int_equal(request.files.count, 2);
    take_json("{\"attachments\":null}");
    assert_int_equal(request.files.count, 0);
    take_json("{\"attachments\":\"\"}");
    assert_int_equal(request.files.count, 0);
}

static void the_bytes_of_a_file_are_its_own_whatever_charset_they_are_labelled_with(void **state) {
    (void)state;
    take_json("{\"attachments\":[{\"a.txt\":\"data:text/plain;charset=iso-8859-1;base64,Y2Fm6Q==\"},"
              "{\"b.csv\":\"data:text/csv;charset=windows-1252;base64,gA==\"},"
              "{\"c.txt\":\"data:text/plain;charset=utf-16;base64,/v8A6Q==\"},"
              "{\"d.txt\":\"data:text/plain;charset=iso-8859-1,caf\303\251\"}]}");
    assert_int_equal(request.files.count, 4);
    assert_file(0, "a.txt", "text/plain", "caf\351");
    assert_file(1, "b.csv", "text/csv", "\200");
    assert_true(text_equal(request.files.items[2].data, TEXT("\376\377\0\351")));
    assert_file(3, "d.txt", "text/plain", "caf\303\251");
}

static void files_of_xml(void **state) {
    (void)state;
    take_xml("<ticket><attachments><file name='a.txt' type='text/plain'><![CDATA[ x ]]></file>"
             "<file name='b.png' type='image/png' encoding='base64'>\n aG\n k= \n</file>"
             "<file name='c' encoding='base64'>iVBORw0KGgo=</file><file name='d'>text</file>"
             "<file name='f' encoding='base64'/>"
             "</attachments></ticket>");
    assert_int_equal(request.files.count, 5);
    assert_file(0, "a.txt", "text/plain", "x");
    assert_file(1, "b.png", "image/png", "hi");
    assert_text(request.files.items[2].type, "image/png");
    assert_file(3, "d", "text/plain", "text");
    assert_int_equal(request.files.items[4].data.length, 0);
    take_xml("<ticket><attachments><file name='a.txt'>x</file></attachments></ticket>");
    assert_file(0, "a.txt", "text/plain", "x");
    take_xml("<ticket><attachments/></ticket>");
    assert_int_equal(request.files.count, 0);
    assert_false(
        read_body(TEXT("<ticket><attachments><file>x</file></attachments></ticket>"), CREATE_XML, false));
    assert_string_equal(error.message, "attachments: element 0 has no file name");
    assert_false(read_body(TEXT("<ticket><attachments>x</attachments></ticket>"), CREATE_XML, false));
    assert_string_equal(error.message, "attachments must hold elements <file>");
}

static void a_wrong_type_is_refused_with_the_fields_name(void **state) {
    static const char *const wrong[] = {"[\"a\"]", "{\"a\":\"b\"}", "[[]]", "[{}]"};
    static const struct {
        const char *name, *message;
    } rows[] = {
        {"subject", "subject must be a string"},
        {"message", "message must be a string"},
        {"name", "name must be a string"},
        {"email", "email must be a string"},
        {"phone", "phone must be a string"},
        {"source", "source must be a string"},
        {"ip", "ip must be a string"},
        {"topicId", "topicId must be a number"},
        {"priorityId", "priorityId must be a number"},
        {"alert", "alert must be true or false"},
        {"autorespond", "autorespond must be true or false"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
            char body[100];
            snprintf(body, sizeof body, "{\"%s\":%s}", rows[i].name, wrong[k]);
            refuse_json(body, rows[i].message);
        }
    refuse_json("{\"subject\":true}", "subject must be a string");
    refuse_json("{\"topicId\":true}", "topicId must be a number");
    refuse_json("{\"priorityId\":true}", "priorityId must be a number");
    refuse_json("{\"message\":true}", "message must be a string");
    refuse_json("{\"message\":false}", "message must be a string");
    refuse_json("{\"attachments\":5}", "attachments must be a list of files");
    refuse_json("{\"attachments\":true}", "attachments must be a list of files");
    refuse_json("{\"attachments\":[5]}", "attachments: element 0 must be {\"name\": \"data:...\"}");
    refuse_json("{\"attachments\":[null]}", "attachments: element 0 must be {\"name\": \"data:...\"}");
    refuse_json("{\"attachments\":[{}]}", "attachments: element 0 must be {\"name\": \"data:...\"}");
    refuse_json("{\"attachments\":[{\"a\":5}]}", "attachments: element 0 must be {\"name\": \"data:...\"}");
    refuse_json("{\"attachments\":[{\"a\":[\"x\"]}]}",
                "attachments: element 0 must be {\"name\": \"data:...\"}");
    refuse_json("{\"attachments\":[{\"\":\"x\"}]}", "attachments: element 0 has no file name");
    assert_false(
        read_body(TEXT("<ticket><subject>a</subject><subject>b</subject></ticket>"), CREATE_XML, false));
    assert_string_equal(error.message, "subject must be a string");
    assert_false(
        read_body(TEXT("<ticket><message>a</message><message>b</message></ticket>"), CREATE_XML, false));
    assert_string_equal(error.message, "message must be a single element");
}

static void unknown_keys_are_no_error_whatever_they_hold(void **state) {
    (void)state;
    take_json("{\"uid\":[1],\"staffId\":{\"a\":1},\"x\":[[[]]],\"colour\":{\"y\":null},\"ccs\":\"z\","
              "\"note\":true}");
    assert_int_equal(request.internal.user_id, 0);
    assert_int_equal(request.internal.copy_user_count, 0);
    take_xml("<ticket><uid>5</uid><x><y z='1'/></x></ticket>");
    assert_int_equal(request.internal.user_id, 0);
}

static void internal_fields_need_the_setting(void **state) {
    (void)state;
    struct text body =
        TEXT("{\"deptId\":2,\"statusId\":\"3\",\"slaId\":1,\"staffId\":4,\"teamId\":5,\"uid\":6,"
             "\"emailId\":7,\"cannedResponseId\":8,\"assignId\":\"s1\",\"assignee\":\"joe\","
             "\"note\":\"n\",\"duedate\":\"2030-01-01\",\"ccs\":[9,\"10\",0]}");
    assert_true(read_body(body, CREATE_JSON, false));
    assert_int_equal(request.internal.department_id, 0);
    assert_text(request.internal.assignee, NULL);
    assert_true(read_body(body, CREATE_JSON, true));
    const struct create_internal *internal = &request.internal;
    assert_int_equal(internal->department_id, 2);
    assert_int_equal(internal->status_id, 3);
    assert_int_equal(internal->sla_id, 1);
    assert_int_equal(internal->staff_id, 4);
    assert_int_equal(internal->team_id, 5);
    assert_int_equal(internal->user_id, 6);
    assert_int_equal(internal->email_id, 7);
    assert_int_equal(internal->canned_id, 8);
    assert_text(internal->assign, "s1");
    assert_text(internal->assignee, "joe");
    assert_text(internal->note, "n");
    assert_text(internal->due_date, "2030-01-01");
    assert_int_equal(internal->copy_user_count, 2);
    assert_int_equal(internal->copy_user_ids[1], 10);
    assert_false(read_body(TEXT("{\"uid\":[1]}"), CREATE_JSON, true));
    assert_string_equal(error.message, "uid must be a number");
    static const char *const departments[] = {"-1", "4294967296", "\"9e14\""};
    for (size_t i = 0; i < sizeof departments / sizeof *departments; i++) {
        char number[50];
        snprintf(number, sizeof number, "{\"deptId\":%s}", departments[i]);
        assert_false(read_body(text_of(number), CREATE_JSON, true));
        assert_string_equal(error.message, "deptId must be the number of a department");
        assert_true(read_body(text_of(number), CREATE_JSON, false));
    }
    assert_true(read_body(TEXT("{\"deptId\":4294967295}"), CREATE_JSON, true));
}

// As PHP: it leaves departments, states and teams to the database, and asks the others to be numeric.
static void internal_ids_that_end_in_letters_count_where_the_database_reads_them(void **state) {
    (void)state;
    assert_true(read_body(TEXT("{\"deptId\":\"3x\",\"statusId\":\"3x\",\"teamId\":\"2x\",\"slaId\":\"2x\","
                               "\"staffId\":\"4x\",\"uid\":\"5x\",\"emailId\":\"6x\"}"),
                          CREATE_JSON, true));
    const struct create_internal *internal = &request.internal;
    assert_int_equal(internal->department_id, 3);
    assert_int_equal(internal->status_id, 3);
    assert_int_equal(internal->team_id, 2);
    assert_int_equal(internal->sla_id, 0);
    assert_int_equal(internal->staff_id, 0);
    assert_int_equal(internal->user_id, 0);
    assert_int_equal(internal->email_id, 0);
    assert_true(read_body(TEXT("{\"deptId\":3.7,\"statusId\":3.7,\"teamId\":\"2.7\"}"), CREATE_JSON, true));
    assert_int_equal(internal->department_id, 4);
    assert_int_equal(internal->status_id, 0);
    assert_int_equal(internal->team_id, 0);
}

static void invalid_utf8_is_refused_in_every_field(void **state) {
    static const char *const names[] = {"email", "name",   "subject", "message",
                                        "ip",    "source", "phone",   "other"};
    static const char *const bytes[] = {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80",
                                        "a\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t k = 0; k < sizeof bytes / sizeof *bytes; k++) {
            char body[100];
            snprintf(body, sizeof body, "{\"%s\":\"%s\"}", names[i], bytes[k]);
            refuse_json(body, "Malformed UTF-8 characters, possibly incorrectly encoded");
            snprintf(body, sizeof body, "{\"%s\":\"x\"}", bytes[k]);
            refuse_json(body, "Malformed UTF-8 characters, possibly incorrectly encoded");
            snprintf(body, sizeof body, "<ticket><%s>%s</%s></ticket>", names[i], bytes[k], names[i]);
            assert_false(read_body(text_of(body), CREATE_XML, false));
            assert_int_equal(error.code, ERROR_BAD_REQUEST);
            snprintf(body, sizeof body, "<ticket %s='%s'/>", names[i], bytes[k]);
            assert_false(read_body(text_of(body), CREATE_XML, false));
            assert_int_equal(error.code, ERROR_BAD_REQUEST);
        }
}

static void ten_thousand_attachments_are_too_many(void **state) {
    (void)state;
    struct buffer body = buffer_new(CEILING);
    buffer_add_string(&body, "{\"attachments\":[");
    for (int i = 0; i < 10000; i++) buffer_add_format(&body, "%s{\"f%d\":\"data:,x\"}", i ? "," : "", i);
    buffer_add_string(&body, "]}");
    assert_false(read_body(buffer_text(&body), CREATE_JSON, false));
    assert_int_equal(error.code, ERROR_TOO_LARGE);
    assert_string_equal(error.message, "attachments: more than 256 files");
    buffer_free(&body);
}

// Memory grows with the body, and not more than fourfold.
static void a_huge_attachment_takes_bounded_memory(void **state) {
    (void)state;
    size_t length = (size_t)24 << 20;
    struct buffer body = buffer_new(CEILING);
    buffer_add_string(&body, "{\"attachments\":[{\"f\":\"data:;base64,");
    char *digits = buffer_reserve(&body, length);
    memset(digits, 'A', length);
    body.length += length;
    buffer_add_string(&body, "\"}]}");
    assert_true(read_body(buffer_text(&body), CREATE_JSON, false));
    assert_int_equal(request.files.items[0].data.length, length / 4 * 3);
    assert_true(arena.used < length * 2);
    arena_free(&arena);
    arena = arena_new(length); // no room for the text and its bytes
    error_clear(&error);
    assert_false(create_request_read(buffer_text(&body), CREATE_JSON, false, &arena, &request, &error));
    assert_int_equal(error.code, ERROR_TOO_LARGE);
    buffer_free(&body);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_request_is_read),
        cmocka_unit_test(the_address_of_a_request_is_taken_as_it_is),
        cmocka_unit_test(a_source_is_taken_as_it_is),
        cmocka_unit_test(a_message_may_be_a_data_url),
        cmocka_unit_test(a_switch_is_yes_or_no_or_refused),
        cmocka_unit_test(ids_come_as_numbers_or_their_texts),
        cmocka_unit_test(a_priority_that_is_no_whole_number_is_loose),
        cmocka_unit_test(a_phone_keeps_its_extension),
        cmocka_unit_test(xml_messages),
        cmocka_unit_test(both_forms_of_attachments_are_files),
        cmocka_unit_test(the_bytes_of_a_file_are_its_own_whatever_charset_they_are_labelled_with),
        cmocka_unit_test(files_of_xml),
        cmocka_unit_test(a_wrong_type_is_refused_with_the_fields_name),
        cmocka_unit_test(unknown_keys_are_no_error_whatever_they_hold),
        cmocka_unit_test(internal_fields_need_the_setting),
        cmocka_unit_test(internal_ids_that_end_in_letters_count_where_the_database_reads_them),
        cmocka_unit_test(invalid_utf8_is_refused_in_every_field),
        cmocka_unit_test(ten_thousand_attachments_are_too_many),
        cmocka_unit_test(a_huge_attachment_takes_bounded_memory),
    };
    return cmocka_run_group_tests(tests, NULL, end_arena);
}
