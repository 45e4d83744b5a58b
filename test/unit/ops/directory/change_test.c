// SPDX-License-Identifier: GPL-2.0-or-later
// What agents do to users and organizations: who may, and that each change is written whole or not at all.
#include "desk.h"
#include "ops/operations.h"
#include "store/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define RIGHTS                                                                                               \
    "{\"user.create\":1,\"user.edit\":1,\"user.delete\":1,\"org.create\":1,\"org.edit\":1,\"org.delete\":1}"

static const fake_row setting = {DESK_ROW_OF_SETTING("schema_signature", "5fb92bef17f3b603659e024c01cc7a59")};
static const fake_row dns = {DESK_ROW_OF_SETTING("verify_email_addrs", "0")};
static const fake_row manager = {[DESK_KIND] = "staff", [ACT_AGENT_ID] = "1", [ACT_AGENT_USERNAME] = "mina"};
static const fake_row may = {[DESK_KIND] = "actor",
                             [ACT_AGENT_ID] = "5",
                             [ACT_AGENT_IS_ACTIVE] = "1",
                             [ACT_AGENT_USERNAME] = "basem",
                             [ACT_AGENT_PERMISSIONS] = RIGHTS};
static const fake_row may_not = {[DESK_KIND] = "actor",
                                 [ACT_AGENT_ID] = "5",
                                 [ACT_AGENT_IS_ACTIVE] = "1",
                                 [ACT_AGENT_USERNAME] = "basem",
                                 [ACT_AGENT_PERMISSIONS] = "{\"user.dir\":1}"};

static const fake_row user[] = {{[USER_OBJECT_ID] = "9",
                                 [USER_OBJECT_NAME] = "Anna",
                                 [USER_OBJECT_ADDRESS] = "anna@quay.example",
                                 [USER_OBJECT_ADDRESSES] = "anna@quay.example",
                                 [USER_OBJECT_STATUS] = "1",
                                 [USER_OBJECT_ORGANIZATION] = "3"}};
static const fake_row user_item[] = {{[USER_ITEM_KIND] = "item",
                                      [USER_ITEM + USER_OBJECT_ID] = "9",
                                      [USER_ITEM + USER_OBJECT_NAME] = "Anna",
                                      [USER_ITEM + USER_OBJECT_ADDRESS] = "anna@quay.example",
                                      [USER_ITEM + USER_OBJECT_ADDRESSES] = "anna@quay.example",
                                      [USER_ITEM + USER_OBJECT_STATUS] = "1",
                                      [USER_ITEM + USER_OBJECT_ORGANIZATION] = "3"}};
static const fake_row organization_item[] = {
    {[ORGANIZATION_ITEM_KIND] = "item",
     [ORGANIZATION_ITEM + ORGANIZATION_OBJECT_ID] = "9",
     [ORGANIZATION_ITEM + ORGANIZATION_OBJECT_NAME] = "Quay",
     [ORGANIZATION_ITEM + ORGANIZATION_OBJECT_DOMAIN] = "quay.example",
     [ORGANIZATION_ITEM + ORGANIZATION_OBJECT_STATUS] = "8"}};
static const fake_row user_id[] = {{[LOCKED_USER] = "9"}};
static const fake_row organization_id[] = {{[LOCKED_ORGANIZATION] = "9"}};
static const fake_row fields[] = {{[FORM_FIELD_KIND] = "field",
                                   [FORM_FIELD_ID] = "4",
                                   [FORM_FIELD_ENTRY] = "51",
                                   [FORM_FIELD_FLAGS] = "12289",
                                   [FORM_FIELD_TYPE] = "text",
                                   [FORM_FIELD_LABEL] = "Notes",
                                   [FORM_FIELD_NAME] = "notes",
                                   [FORM_FIELD_FORM_TYPE] = "U"},
                                  {[FORM_FIELD_KIND] = "column", [FORM_FIELD_COLUMN_NAME] = "notes"}};
static const fake_row form[] = {
    {[CREATE_KIND] = "form", [CREATE_FORM_ID] = "1", [CREATE_FORM_TYPE] = "U"},
    {[CREATE_KIND] = "field",
     [CREATE_FIELD_ID] = "2",
     [CREATE_FIELD_FORM] = "1",
     [CREATE_FIELD_FLAGS] = "12291",
     [CREATE_FIELD_TYPE] = "text",
     [CREATE_FIELD_LABEL] = "Name",
     [CREATE_FIELD_NAME] = "name"},
};
static const fake_row one[] = {{"1"}};

static const struct change {
    const char *name;
    operation_handler *handle;
    const char *body;
} changes[] = {
    {"new user", user_create, "{\"email\":\"bo@quay.example\",\"name\":\"Bo\"}"},
    {"new user of an organization", user_create,
     "{\"email\":\"bo@quay.example\",\"name\":\"Bo\",\"organization\":9}"},
    {"edit", user_edit,
     "{\"name\":\"Anna L\",\"email\":\"a@quay.example\",\"fields\":{\"notes\":\"x\"},\"organization\":null}"},
    {"user's deletion", user_remove, ""},
    {"new organization", organization_create,
     "{\"name\":\"Pier\",\"manager\":\"s1\",\"fields\":{\"notes\":\"x\"}}"},
    {"edit of an organization", organization_edit, "{\"name\":\"Pier\",\"fields\":{\"notes\":\"x\"}}"},
    {"organization's deletion", organization_remove, ""},
    {"member", organization_member_add, "{\"user\":9}"},
};
#define CHANGES (sizeof changes / sizeof *changes)

static struct desk desk;
static fake_row desk_with_actor[DESK_ROWS + 5];

static struct text parameter(const struct operation_context *context, const char *name) {
    (void)context;
    return strcmp(name, "id") == 0 ? TEXT("9") : TEXT_NULL;
}

static void open_desk(const fake_row *actor) {
    static struct fake_answer answers[13];
    size_t count = DESK_ROWS, next = 0;
    memcpy(desk_with_actor, desk_rows, DESK_ROWS * sizeof *desk_rows);
    memcpy(desk_with_actor[count++], desk_times[0], sizeof *desk_times);
    memcpy(desk_with_actor[count++], setting, sizeof setting);
    memcpy(desk_with_actor[count++], dns, sizeof dns);
    memcpy(desk_with_actor[count++], *actor, sizeof *actor);
    memcpy(desk_with_actor[count++], manager, sizeof manager);
    answers[next++] = (struct fake_answer){STATEMENT_ACT_PARTIES, desk_with_actor, count};
    answers[next++] = (struct fake_answer){STATEMENT_USER_OBJECT, user, 1};
    answers[next++] = (struct fake_answer){STATEMENT_USER_ITEM, user_item, 1};
    answers[next++] = (struct fake_answer){STATEMENT_ORGANIZATION_ITEM, organization_item, 1};
    answers[next++] = (struct fake_answer){STATEMENT_USER_LOCK, user_id, 1};
    answers[next++] = (struct fake_answer){STATEMENT_ORGANIZATION_LOCK, organization_id, 1};
    answers[next++] = (struct fake_answer){STATEMENT_FORM_FIELDS_AND_COLUMNS_OF_USER, fields, 2};
    answers[next++] = (struct fake_answer){STATEMENT_FORM_FIELDS_AND_COLUMNS_OF_ORGANIZATION, fields, 2};
    answers[next++] = (struct fake_answer){STATEMENT_CREATE_DESK_WHOLE, form, 2};
    answers[next++] = (struct fake_answer){STATEMENT_CDATA_TABLE, one, 1};
    desk_open(&desk, answers, next);
    desk.principal.rules = (struct key_rules){.staff_id = 5};
    desk.principal.scopes = SCOPES_NAMED;
    desk.context.parameter = parameter;
}

static bool run(const struct change *change, const char *body) {
    desk.context.body = text_of(body);
    return desk_run(&desk, change->handle);
}

static void each_change_is_done(void **state) {
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        open_desk(&may);
        if (!run(&changes[i], changes[i].body)) fail_msg("%s: %s", changes[i].name, desk.error.message);
        assert_int_equal(desk.db.calls[desk.db.call_count - 1].what, FAKE_COMMIT);
    }
}

static void a_failure_at_any_statement_of_any_change_leaves_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        open_desk(&may);
        assert_true(run(&changes[i], changes[i].body));
        size_t calls = desk.db.call_count;
        assert_true(calls > 5);
        for (size_t at = 1; at <= calls; at++) {
            open_desk(&may);
            desk.db.fail_at = at;
            desk.db.fail_code = ERROR_UNAVAILABLE;
            if (run(&changes[i], changes[i].body))
                fail_msg("%s succeeds without its call %zu", changes[i].name, at);
            assert_int_equal(desk.error.code, ERROR_UNAVAILABLE);
            assert_int_equal(desk.length, 0);
            assert_false(desk.db.in_transaction);
            if (at < calls) assert_int_equal(fake_count(&desk.db, FAKE_COMMIT), 0);
        }
    }
}

static void a_rehearsal_commits_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        char body[600];
        snprintf(body, sizeof body, "{\"dry_run\":true%s%s", *changes[i].body ? "," : "}",
                 *changes[i].body ? changes[i].body + 1 : "");
        open_desk(&may);
        if (!run(&changes[i], body)) fail_msg("%s: %s", changes[i].name, desk.error.message);
        assert_int_equal(fake_count(&desk.db, FAKE_COMMIT), 0);
        assert_int_equal(fake_count(&desk.db, FAKE_ROLLBACK), 1);
        assert_non_null(strstr(desk.answered, "\"dry_run\":true"));
    }
}

static void an_agent_without_the_permission_is_refused_before_anything_is_written(void **state) {
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        open_desk(&may_not);
        assert_false(run(&changes[i], changes[i].body));
        if (desk.error.code != ERROR_DENIED) fail_msg("%s: %s", changes[i].name, desk.error.message);
        assert_int_equal(fake_count(&desk.db, FAKE_BEGIN), 0);
    }
}

static void a_client_s_key_is_refused_without_a_look(void **state) {
    (void)state;
    static operation_handler *const reads[] = {user_list, user_show, organization_list, organization_show,
                                               organization_users};
    for (int view = KEY_VIEW_USER; view <= KEY_VIEW_NOTHING; view++)
        for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
            open_desk(&may);
            desk.principal.has_rules = true;
            desk.principal.rules = (struct key_rules){.view = (enum key_view)view, .view_id = 9};
            desk.context.body = TEXT("");
            assert_false(desk_run(&desk, reads[i]));
            assert_int_equal(desk.error.code, ERROR_SCOPE);
            assert_int_equal(desk.db.call_count, 0);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_is_done),
        cmocka_unit_test(a_failure_at_any_statement_of_any_change_leaves_nothing),
        cmocka_unit_test(a_rehearsal_commits_nothing),
        cmocka_unit_test(an_agent_without_the_permission_is_refused_before_anything_is_written),
        cmocka_unit_test(a_client_s_key_is_refused_without_a_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
