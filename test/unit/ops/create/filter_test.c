// SPDX-License-Identifier: GPL-2.0-or-later
// Guards who may not create tickets, what filters make of one, and what is left to PHP. spec: creating.md
// B.5, B.6, H.
#include "desk.h"
#include "ops/create/filter.h"
#include "ops/create/limit.h"
#include "ops/create/native.h"
#include "ops/native_version.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct desk desk;
static struct create_draft draft;
static struct error error;

static struct node departments[] = {{.id = 1, .flags = 4, .name = {"Support", 7}},
                                    {.id = 3, .flags = 4, .name = {"Maintenance", 11}},
                                    {.id = 5, .flags = 8, .name = {"Archived", 8}}};
static struct node topics[] = {{.id = 10, .flags = 2}, {.id = 11, .flags = 0}};
static struct config_row config[] = {{{"schema_signature", 16}, {"5fb92bef17f3b603659e024c01cc7a59", 32}},
                                     {{"max_open_tickets", 16}, {"0", 1}},
                                     {{"default_storage_bk", 18}, {"D", 1}},
                                     {{"system_language", 15}, {"en_US", 5}}};
static struct field_row user_fields[] = {{.id = 1, .type = {"text", 4}, .name = {"email", 5}},
                                         {.id = 2, .type = {"text", 4}, .name = {"name", 4}},
                                         {.id = 3, .type = {"phone", 5}, .name = {"phone", 5}}};
static struct form_field ticket_fields[] = {{.id = 20, .name = {"subject", 7}},
                                            {.id = 22, .name = {"priority", 8}}};
static struct answer_value ticket_values[2];

// Stored answers of the user and the organization.
#define ANSWER(id, name, type, configuration, value)                                                         \
    {                                                                                                        \
        [FORM_ANSWER_FIELD] = id, [FORM_ANSWER_NAME] = name, [FORM_ANSWER_TYPE] = type,                      \
        [FORM_ANSWER_CONFIGURATION] = configuration, [FORM_ANSWER_VALUE] = value                             \
    }
static const fake_row answers[] = {
    ANSWER("40", "name", "text", NULL, "Example Ltd"),
    ANSWER("3", "phone", "phone", "{\"format\":\"us\"}", "3185558634X123"),
    ANSWER("33", "tier", "choices", "{}", "{\"g\":\"Gold\",\"s\":\"Silver\"}"),
    ANSWER("34", "vip", "bool", NULL, "1"),
    ANSWER("36", "since", "datetime", "{\"time\":false}", "2026-11-24 12:00:00 UTC"),
    ANSWER("40", "name", "text", NULL, "not this one"),
};
static const fake_row no_instance[] = {{[PLUGIN_INSTANCES] = "0", [PLUGIN_INSTANCES_ON] = "0"}};
static const struct fake_answer script[] = {{STATEMENT_PARTY_ANSWERS, answers, 6},
                                            {STATEMENT_PLUGIN_INSTANCES, no_instance, 1}};
static struct plugin_row plugins[] = {{1, {"LDAP", 4}, {"plugins/auth-ldap", 17}},
                                      {2, {"Chat", 4}, {"plugins/auth-2fa.phar", 21}}};

static int open_draft(void **state) {
    (void)state;
    desk_open(&desk, script, 2);
    memset(&draft, 0, sizeof draft);
    error_clear(&error);
    draft.context = &desk.context;
    draft.arena = arena_new(1 << 24);
    draft.work = (struct work){.db = &desk.db, .arena = &draft.arena, .help_desk = &draft.help_desk};
    config[1].value = TEXT("0");
    config[2].value = TEXT("D");
    draft.help_desk = (struct help_desk){
        .departments = {departments, 3}, .topics = {topics, 2}, .config = config, .config_count = 4};
    draft.request.source = TEXT("API");
    draft.request.email = TEXT("jane@example.org");
    draft.request.name = TEXT("Jane Doe");
    draft.request.message = TEXT("  Something broke");
    draft.request.has_message = true;
    draft.wishes.autorespond = draft.wishes.alert = true;
    ticket_values[0] = (struct answer_value){.field = &ticket_fields[0], .shown = {"New one", 7}};
    ticket_values[1] = (struct answer_value){.field = &ticket_fields[1], .shown = {"", 0}};
    draft.ticket_answers = (struct form_answers){.values = ticket_values, .count = 2};
    draft.desk.user_form = (struct form_row){.fields = user_fields, .field_count = 3};
    return 0;
}

static int close_draft(void **state) {
    (void)state;
    arena_free(&draft.arena);
    return 0;
}

static void know_user(void) {
    draft.desk.user = (struct user_row){.id = 1,
                                        .name = TEXT("Jane of the files"),
                                        .address = TEXT("jane@default.example"),
                                        .organization_id = 2,
                                        .organization_name = TEXT("Example Ltd")};
}

// A filter with rules and actions of terminated texts, ended by NULL.
static struct filter_row *filter(const char *name, const char *const rules[][3],
                                 const char *const actions[][2]) {
    struct filter_row *row =
        arena_append(&draft.arena, &draft.desk.filters, &draft.desk.filter_count, sizeof *row);
    assert_non_null(row);
    row->name = text_of(name);
    row->target = TEXT("Any");
    for (size_t i = 0; rules[i][0]; i++) {
        struct filter_rule_row *rule =
            arena_append(&draft.arena, &row->rules, &row->rule_count, sizeof *rule);
        *rule =
            (struct filter_rule_row){text_of(rules[i][0]), text_of(rules[i][1]), text_of(rules[i][2]), true};
    }
    for (size_t i = 0; actions[i][0]; i++) {
        struct filter_action_row *action =
            arena_append(&draft.arena, &row->actions, &row->action_count, sizeof *action);
        *action = (struct filter_action_row){text_of(actions[i][0]), text_of(actions[i][1])};
    }
    return row;
}

static const char *const anybody[][3] = {{"email", "contains", "@"}, {NULL}};
static const char *const nobody[][3] = {{"email", "equal", "nobody"}, {NULL}};

static bool apply(void) {
    return ticket_filters_apply(&draft, &error);
}

static bool has_matched(const char *what, const char *how, const char *value) {
    const char *const rules[][3] = {{what, how, value}, {NULL}};
    draft.desk.filters = NULL;
    draft.desk.filter_count = 0;
    filter("one", rules, (const char *const[][2]){{"noresp", "[]"}, {NULL}});
    assert_true(apply());
    return draft.action_count == 1;
}

static void a_banned_address_is_refused_before_any_filter(void **state) {
    (void)state;
    filter("all", anybody, (const char *const[][2]){{"dept", "{\"dept_id\":3}"}, {NULL}});
    draft.desk.banned = true;
    assert_false(apply());
    assert_int_equal(error.code, ERROR_DENIED);
    assert_string_equal(error.message, "Unable to create new ticket :Ticket denied: jane@example.org\n\n"
                                       "This help desk is for use by authorized users only");
    const struct fake_call *call = fake_last(&desk.db, STATEMENT_SYSLOG_INSERT);
    assert_non_null(call);
    assert_string_equal(call->values[SYSLOG_VALUE_TYPE], "Warning");
    assert_string_equal(call->values[SYSLOG_VALUE_TITLE], "Ticket denied");
    assert_string_equal(call->values[SYSLOG_VALUE_LOG],
                        "Ticket rejected (jane@example.org) by filter \"SYSTEM BAN LIST\"");
    assert_string_equal(call->values[SYSLOG_VALUE_IP_ADDRESS], "192.0.2.9");
    assert_int_equal(draft.wishes.department_id, 0);
}

// The answer has the request's address, the log the one that was looked at.
static void a_filter_rejects_with_its_name_in_the_log(void **state) {
    (void)state;
    know_user();
    filter("F<i>50</i><script>x()</script>", anybody, (const char *const[][2]){{"reject", "[]"}, {NULL}});
    assert_false(apply());
    assert_int_equal(error.code, ERROR_DENIED);
    assert_non_null(strstr(error.message, "Ticket denied: jane@example.org\n"));
    assert_string_equal(fake_last(&desk.db, STATEMENT_SYSLOG_INSERT)->values[SYSLOG_VALUE_LOG],
                        "Ticket rejected (jane@default.example) by filter \"F<i>50</i>\"");
}

static void rules_see_the_request(void **state) {
    (void)state;
    assert_true(has_matched("email", "equal", "JANE@example.org"));
    assert_true(has_matched("name", "equal", "Jane Doe"));
    assert_true(has_matched("body", "starts", "  something")); // this one is not trimmed
    assert_true(has_matched("field.20", "equal", "new one"));
    assert_false(has_matched("subject", "contains", "new")); // fields go by their number alone
    assert_true(has_matched("field.22", "equal", ""));
    assert_false(has_matched("reply-to", "contains", "@"));
    assert_true(has_matched("addressee", "dn_contain", "x"));
}

// As long as a mail's To and Cc may be.
static void rules_see_every_addressee(void **state) {
    enum { MANY = 1000 };
    static struct input members[MANY][2], people[MANY];
    char name[101];
    (void)state;
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (size_t i = 0; i < MANY; i++) {
        bool last = i == MANY - 1;
        members[i][0] = (struct input){.kind = INPUT_TEXT, .name = TEXT("name"), .text = text_of(name)};
        members[i][1] = (struct input){.kind = INPUT_TEXT,
                                       .name = TEXT("email"),
                                       .text = last ? TEXT("last@quay.example") : TEXT("jo@quay.example")};
        people[i] = (struct input){.kind = INPUT_MAP, .members = members[i], .count = 2};
    }
    struct input recipients = {
        .kind = INPUT_LIST, .name = TEXT("recipients"), .members = people, .count = MANY};
    draft.request.fields = (struct input){.kind = INPUT_MAP, .members = &recipients, .count = 1};
    draft.request.by_mail = true;
    assert_true(has_matched("addressee", "contains", "jo@quay.example"));
    assert_true(has_matched("addressee", "ends", "last@quay.example"));
}

static void rules_see_the_known_user_as_he_is_stored(void **state) {
    (void)state;
    know_user();
    assert_true(has_matched("email", "equal", "jane@default.example"));
    assert_true(has_matched("name", "equal", "Jane of the files"));
    assert_true(has_matched("field.1", "equal", "jane@default.example"));
    assert_true(has_matched("field.2", "equal", "Jane of the files"));
    assert_null(fake_last(&desk.db, STATEMENT_PARTY_ANSWERS));
    assert_true(has_matched("field.3", "equal", "(318) 555-8634 x123"));
    assert_true(has_matched("field.33", "equal", "Gold, Silver"));
    assert_true(has_matched("field.34", "equal", "no")); // as PHP's filters see a stored switch
    assert_true(has_matched("field.36", "equal", "11/24/26"));
    assert_true(has_matched("field.40", "equal", "Example Ltd"));
    const struct fake_call *call = fake_last(&desk.db, STATEMENT_PARTY_ANSWERS);
    assert_string_equal(call->values[0], "2");
    assert_string_equal(call->values[1], "1");
}

static void rules_see_a_new_user_as_he_introduces_himself(void **state) {
    static struct form_field fields[] = {{.id = 2, .name = {"name", 4}}, {.id = 3, .name = {"phone", 5}}};
    static struct answer_value values[] = {{.field = &fields[0], .shown = {"Jane D.", 7}},
                                           {.field = &fields[1], .shown = {"555-1234", 8}}};
    (void)state;
    draft.user_answers = (struct form_answers){.values = values, .count = 2};
    assert_true(has_matched("name", "equal", "Jane D."));
    assert_true(has_matched("field.3", "equal", "555-1234"));
    assert_int_equal(desk.db.call_count, 0);
    draft.desk.user.organization_id = 2; // by his domain
    assert_true(has_matched("field.40", "equal", "Example Ltd"));
}

static void all_rules_or_one_of_them(void **state) {
    static const char *const rules[][3] = {
        {"email", "starts", "jane"}, {"name", "equal", "John"}, {"body", "contains", "broke"}, {NULL}};
    static const char *const no_rules[][3] = {{NULL}};
    static const char *const actions[][2] = {{"noresp", "[]"}, {NULL}};
    (void)state;
    struct filter_row *row = filter("any", rules, actions);
    assert_true(apply());
    assert_int_equal(draft.action_count, 1);
    row->match_all = true;
    assert_true(apply());
    assert_int_equal(draft.action_count, 0);
    row->rules[1].how = TEXT("not_equal");
    assert_true(apply());
    assert_int_equal(draft.action_count, 1);
    draft.desk.filter_count = 0;
    draft.desk.filters = NULL;
    filter("none", no_rules, actions)->match_all = true;
    assert_true(apply());
    assert_int_equal(draft.action_count, 0);
}

static void switched_off_rules_count_as_in_php(void **state) {
    (void)state;
    filter("any", anybody, (const char *const[][2]){{"noresp", "[]"}, {NULL}})->rules[0].active = false;
    assert_true(apply());
    assert_false(draft.wishes.autorespond);
}

static void every_action_leaves_its_wish(void **state) {
    (void)state;
    filter("all", anybody,
           (const char *const[][2]){{"dept", "{\"dept_id\":3}"},
                                    {"topic", "{\"topic_id\":\"10\"}"},
                                    {"pri", "{\"priority\":\"4\"}"},
                                    {"sla", "{\"sla_id\":7}"},
                                    {"team", "{\"team_id\":8}"},
                                    {"agent", "{\"staff_id\":9}"},
                                    {"status", "{\"status_id\":6}"},
                                    {"canned", "{\"canned_id\":2}"},
                                    {"noresp", "[]"},
                                    {"email", "{\"recipients\":\"%{user}\"}"},
                                    {NULL}});
    assert_true(apply());
    assert_int_equal(draft.wishes.department_id, 3);
    assert_int_equal(draft.wishes.topic_id, 10);
    assert_int_equal(draft.wishes.priority_id, 4);
    assert_true(draft.wishes.has_priority);
    assert_int_equal(draft.wishes.sla_id, 7);
    assert_int_equal(draft.wishes.team_id, 8);
    assert_int_equal(draft.wishes.staff_id, 9);
    assert_int_equal(draft.wishes.status_id, 6);
    assert_int_equal(draft.wishes.canned_id, 2);
    assert_false(draft.wishes.autorespond);
    assert_true(draft.wishes.alert);
    assert_int_equal(draft.action_count, 10);
    assert_true(text_equal(draft.actions[9].type, TEXT("email")));
    assert_true(text_equal(draft.actions[9].filter_name, TEXT("all")));
}

static void departments_and_topics_that_are_off_are_not_taken(void **state) {
    (void)state;
    draft.wishes.department_id = 1;
    filter("all", anybody,
           (const char *const[][2]){{"dept", "{\"dept_id\":5}"},
                                    {"dept", "{\"dept_id\":99}"},
                                    {"topic", "{\"topic_id\":11}"},
                                    {"sla", "{}"},
                                    {"pri", "[]"},
                                    {NULL}});
    assert_true(apply());
    assert_int_equal(draft.wishes.department_id, 1);
    assert_int_equal(draft.wishes.topic_id, 0);
    assert_int_equal(draft.wishes.sla_id, 0);
    assert_false(draft.wishes.has_priority);
}

static void filters_follow_each_other_until_one_stops(void **state) {
    (void)state;
    filter("first", anybody, (const char *const[][2]){{"sla", "{\"sla_id\":1}"}, {NULL}});
    filter("not", nobody, (const char *const[][2]){{"sla", "{\"sla_id\":2}"}, {NULL}})->stop_on_match = true;
    filter("second", anybody, (const char *const[][2]){{"sla", "{\"sla_id\":3}"}, {NULL}})->stop_on_match =
        true;
    filter("third", anybody, (const char *const[][2]){{"reject", "[]"}, {NULL}});
    assert_true(apply());
    assert_int_equal(draft.wishes.sla_id, 3);
    assert_int_equal(draft.action_count, 2);
}

// What one filter chose does not change what the next one sees.
static void filters_see_what_the_request_said(void **state) {
    static const char *const topic[][3] = {{"topicId", "equal", "10"}, {NULL}};
    (void)state;
    filter("first", anybody, (const char *const[][2]){{"topic", "{\"topic_id\":10}"}, {NULL}});
    filter("second", topic, (const char *const[][2]){{"sla", "{\"sla_id\":3}"}, {NULL}});
    assert_true(apply());
    assert_int_equal(draft.wishes.sla_id, 0);
    assert_int_equal(draft.action_count, 1);
    assert_true(ticket_filters_match_again(&draft, &error));
    assert_int_equal(draft.action_count, 2); // but what is told of afterwards
}

static void what_is_told_of_afterwards_sees_the_priority_that_was_settled(void **state) {
    static const char *const normal[][3] = {{"field.22", "equal", "Normal"}, {NULL}};
    (void)state;
    filter("F", normal, (const char *const[][2]){{"pri", "{\"priority\":4}"}, {NULL}});
    assert_true(apply());
    assert_int_equal(draft.wishes.priority_id, 0);
    assert_int_equal(draft.action_count, 0);
    ticket_values[1].shown = TEXT("Normal");
    assert_true(ticket_filters_match_again(&draft, &error));
    assert_int_equal(draft.action_count, 1);
    assert_int_equal(draft.wishes.priority_id, 0);
}

static void filters_of_other_sources_are_left_out(void **state) {
    (void)state;
    struct filter_row *row = filter("F", anybody, (const char *const[][2]){{"noresp", "[]"}, {NULL}});
    static const struct {
        const char *target, *source;
        int64_t filter_email, email;
        bool concerned;
    } rows[] = {{"Any", "API", 0, 0, true},     {"API", "api", 0, 0, true},
                {"Email", "API", 0, 0, false},  {"Web", "API", 0, 0, false},
                {"Web", "staff", 0, 0, true},   {"Email", "Email", 0, 2, true},
                {"Email", "Email", 2, 2, true}, {"Email", "Email", 1, 2, false},
                {"Any", "API", 1, 0, true},     {"Any", "Email", 1, 2, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        row->target = text_of(rows[i].target);
        row->email_id = rows[i].filter_email;
        if (ticket_filter_concerns(row, text_of(rows[i].source), rows[i].email) != rows[i].concerned)
            fail_msg("row %zu should be %d", i, rows[i].concerned);
    }
    (void)state;
}

static void reply_to_is_heeded_only_where_internal_fields_are(void **state) {
    static struct input members[] = {
        {.kind = INPUT_TEXT, .name = {"email", 5}, .text = {"jane@example.org", 16}},
        {.kind = INPUT_TEXT, .name = {"reply-to", 8}, .text = {"other@example.org", 17}},
        {.kind = INPUT_TEXT, .name = {"reply-to-name", 13}, .text = {"Other", 5}}};
    static const char *const other[][3] = {{"email", "equal", "other@example.org"}, {NULL}};
    (void)state;
    draft.request.fields = (struct input){.kind = INPUT_MAP, .members = members, .count = 3};
    filter("F", anybody, (const char *const[][2]){{"sla", "{\"sla_id\":1}"}, {"replyto", "[]"}, {NULL}});
    assert_true(apply());
    assert_true(text_equal(draft.request.email, TEXT("jane@example.org")));
    desk.settings.allow_internal_fields = true;
    filter("G", other, (const char *const[][2]){{"team", "{\"team_id\":1}"}, {NULL}});
    // The desk is read anew, and with it the filters: the fake database has none.
    assert_true(apply());
    assert_true(text_equal(draft.request.email, TEXT("other@example.org")));
    assert_true(text_equal(draft.request.name, TEXT("Other")));
    assert_true(text_equal(members[0].text, TEXT("other@example.org")));
    assert_int_equal(draft.wishes.sla_id, 1);
    assert_non_null(fake_last(&desk.db, STATEMENT_CREATE_DESK_WHOLE));
}

static void a_reply_to_that_no_column_holds_is_refused(void **state) {
    char address[300];
    struct input members[] = {
        {.kind = INPUT_TEXT, .name = TEXT("email"), .text = TEXT("jane@example.org")},
        {.kind = INPUT_TEXT, .name = TEXT("reply-to"), .text = {address, sizeof address}}};
    (void)state;
    memset(address, 'a', sizeof address);
    address[100] = '@';
    draft.request.fields = (struct input){.kind = INPUT_MAP, .members = members, .count = 2};
    desk.settings.allow_internal_fields = true;
    filter("F", anybody, (const char *const[][2]){{"replyto", "[]"}, {NULL}});
    assert_false(apply());
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
    assert_string_equal(error.message, "Unable to create new ticket :user\nIncomplete client information");
}

static void as_many_open_tickets_as_allowed_are_enough(void **state) {
    (void)state;
    know_user();
    draft.desk.user.open_tickets = 3;
    assert_true(create_check_limit(&draft, &error));
    config[1].value = TEXT("4");
    assert_true(create_check_limit(&draft, &error));
    config[1].value = TEXT("3");
    draft.request.source = TEXT("Staff");
    assert_true(create_check_limit(&draft, &error));
    draft.request.source = TEXT("API");
    assert_int_equal(desk.db.call_count, 0);
    assert_false(create_check_limit(&draft, &error));
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
    assert_string_equal(error.message, "Unable to create new ticket :err\n"
                                       "You've reached the maximum open tickets allowed.");
    const struct fake_call *call = fake_last(&desk.db, STATEMENT_SYSLOG_INSERT);
    assert_string_equal(call->values[SYSLOG_VALUE_TITLE], "Ticket denied - jane@default.example");
    assert_string_equal(call->values[SYSLOG_VALUE_LOG],
                        "Max open tickets (3) reached for jane@default.example");
    draft.desk.user.id = 0;
    assert_true(create_check_limit(&draft, &error));
}

static void expect_php(const char *reason) {
    error_clear(&error);
    assert_false(create_check_native(&draft, &error));
    assert_int_equal(error.code, ERROR_NOT_NATIVE);
    if (!strstr(error.message, reason)) fail_msg("\"%s\" does not say \"%s\"", error.message, reason);
}

static void what_only_php_can_do_is_left_to_php(void **state) {
    (void)state;
    assert_true(create_check_native(&draft, &error));
    draft.help_desk.plugins = plugins;
    draft.help_desk.plugin_count = 2;
    assert_true(create_check_native(&draft, &error));
    plugins[1].install_path = TEXT("plugins/chat.phar");
    expect_php("plugin \"Chat\"");
    desk.settings.ignored_plugins = "other, chat";
    assert_true(create_check_native(&draft, &error));
    desk.settings.ignored_plugins = "";
    draft.help_desk.plugin_count = 0;
    desk.db.call_count = 0;
    config[0].value = TEXT("0123456789abcdef0123456789abcdef");
    error_clear(&error);
    assert_false(native_version_check(&draft.help_desk, &error)); // before the desk is read
    assert_int_equal(error.code, ERROR_NOT_NATIVE);
    config[0].value = TEXT("5fb92bef17f3b603659e024c01cc7a59");
    assert_int_equal(desk.db.call_count, 0);
}

static void files_outside_the_database_are_left_to_php(void **state) {
    static char longest[65001];
    (void)state;
    config[2].value = TEXT("F");
    assert_true(create_check_native(&draft, &error));
    draft.request.files.count = 1;
    expect_php("files");
    draft.request.files.count = 0;
    memset(longest, 'x', sizeof longest);
    draft.request.message = (struct text){longest, sizeof longest};
    expect_php("files");
    draft.request.message = TEXT("<img src=\"data:image/png;base64,AAAA\">");
    assert_true(create_check_native(&draft, &error));
    draft.request.message_is_html = true;
    expect_php("files");
    config[2].value = TEXT("D");
    assert_true(create_check_native(&draft, &error));
}

static void unknown_fields_and_filters_are_left_to_php(void **state) {
    static struct field_row fields[] = {
        {.id = 90, .type = {"signature-pad", 13}, .label = {"Sign here", 9}, .name = {"pad", 3}}};
    static struct form_row form = {.fields = fields, .field_count = 1};
    static const char *const property[][3] = {{"field.20.77", "equal", "x"}, {NULL}};
    (void)state;
    draft.desk.user_form = form;
    expect_php("\"signature-pad\"");
    draft.desk.user.id = 1; // his form is not asked
    assert_true(create_check_native(&draft, &error));
    draft.desk.topic_forms = &form;
    draft.desk.topic_form_count = 1;
    expect_php("\"Sign here\"");
    draft.desk.topic_form_count = 0;
    struct filter_row *row = filter("F50", anybody, (const char *const[][2]){{"webhook", "{}"}, {NULL}});
    expect_php("the ticket filter \"F50\" has the action \"webhook\"");
    row->target = TEXT("Email");
    assert_true(create_check_native(&draft, &error));
    row = filter("F51", property, (const char *const[][2]){{"noresp", "[]"}, {NULL}});
    expect_php("a rule about \"field.20.77\"");
    row->rules[0].what = TEXT("field.20");
    assert_true(create_check_native(&draft, &error));
    row->rules[0].how = TEXT("before");
    expect_php("the operator \"before\"");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_draft, close_draft)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_banned_address_is_refused_before_any_filter),
        TEST(a_filter_rejects_with_its_name_in_the_log),
        TEST(rules_see_the_request),
        TEST(rules_see_every_addressee),
        TEST(rules_see_the_known_user_as_he_is_stored),
        TEST(rules_see_a_new_user_as_he_introduces_himself),
        TEST(all_rules_or_one_of_them),
        TEST(switched_off_rules_count_as_in_php),
        TEST(every_action_leaves_its_wish),
        TEST(departments_and_topics_that_are_off_are_not_taken),
        TEST(filters_follow_each_other_until_one_stops),
        TEST(filters_see_what_the_request_said),
        TEST(what_is_told_of_afterwards_sees_the_priority_that_was_settled),
        TEST(filters_of_other_sources_are_left_out),
        TEST(reply_to_is_heeded_only_where_internal_fields_are),
        TEST(a_reply_to_that_no_column_holds_is_refused),
        TEST(as_many_open_tickets_as_allowed_are_enough),
        TEST(what_only_php_can_do_is_left_to_php),
        TEST(files_outside_the_database_are_left_to_php),
        TEST(unknown_fields_and_filters_are_left_to_php),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
