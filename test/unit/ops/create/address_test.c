// SPDX-License-Identifier: GPL-2.0-or-later
// Guards which addresses DNS is asked about, and that only its definite no makes an error, in its place.
#include "dns/mail_domain.h"
#include "ops/create/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct create_draft draft;
static struct error error;
static struct operation_settings settings = {.resolver = "192.0.2.53"};
static struct operation_context context = {.settings = &settings};
static char asked[256]; // the domains in their order

// Stands in for DNS: "no.*" takes no mail, "unsure.*" is not known.
void mail_domains_look_up(const char *server, struct mail_domain *domains, size_t count, int timeout_ms) {
    assert_string_equal(server, "192.0.2.53");
    assert_true(timeout_ms < 1000);
    for (size_t i = 0; i < count; i++) {
        struct text name = domains[i].name;
        size_t used = strlen(asked);
        snprintf(asked + used, sizeof asked - used, "%.*s ", (int)name.length, name.data);
        domains[i].state = text_starts_with(name, TEXT("no."))       ? MAIL_DOMAIN_TAKES_NONE
                           : text_starts_with(name, TEXT("unsure.")) ? MAIL_DOMAIN_UNKNOWN
                                                                     : MAIL_DOMAIN_TAKES_MAIL;
    }
}

static struct config_row config[] = {{{"verify_email_addrs", 18}, {"1", 1}}};
static struct form_field fields[] = {
    {.id = 20, .type = {"text", 4}, .name = {"subject", 7}},
    {.id = 60,
     .type = {"text", 4},
     .name = {"backup", 6},
     .configuration = {"{\"validator\":\"email\"}", 21}},
    {.id = 61,
     .type = {"text", 4},
     .name = {"boss", 4},
     .configuration = {"{\"validator\":\"email\",\"validator-error\":\"Whose?\"}", 48}},
    {.id = 62, .type = {"text", 4}, .name = {"room", 4}},
};
static struct answer_value values[4];

static int open_draft(void **state) {
    (void)state;
    memset(&draft, 0, sizeof draft);
    error_clear(&error);
    asked[0] = '\0';
    draft.context = &context;
    draft.arena = arena_new(1 << 20);
    draft.request.source = TEXT("API");
    draft.request.email = TEXT("jane@no.example");
    draft.help_desk = (struct help_desk){.config = config, .config_count = 1};
    config[0].value = TEXT("1");
    for (size_t i = 0; i < 4; i++) values[i] = (struct answer_value){.field = &fields[i], .shown = TEXT("")};
    draft.ticket_answers = (struct form_answers){.values = values, .count = 4};
    return 0;
}

static int close_draft(void **state) {
    (void)state;
    arena_free(&draft.arena);
    return 0;
}

static void check(const char *domains, size_t user_errors, size_t ticket_errors) {
    assert_true(create_check_address(&draft, &error));
    assert_string_equal(asked, domains);
    assert_int_equal(draft.user_errors.count, user_errors);
    assert_int_equal(draft.ticket_errors.count, ticket_errors);
}

static void a_domain_that_takes_no_mail_is_an_error_of_the_user(void **state) {
    (void)state;
    check("no.example ", 1, 0);
}

static void what_is_not_known_is_let_through(void **state) {
    (void)state;
    draft.request.email = TEXT("jane@unsure.example");
    check("unsure.example ", 0, 0);
}

static void addresses_are_verified_unless_switched_off(void **state) {
    (void)state;
    config[0].value = TEXT("0");
    check("", 0, 0);
    draft.help_desk.config_count = 0; // no row: on
    check("no.example ", 1, 0);
}

static void nobody_is_asked_about_whom_the_help_desk_knows(void **state) {
    (void)state;
    draft.desk.user.id = 1;
    check("", 0, 0);
}

static void nobody_is_asked_where_the_answer_changes_nothing(void **state) {
    (void)state;
    assert_true(form_errors_add(&draft.user_errors, &draft.arena, TEXT("2"), TEXT("Full Name is required")));
    check("", 1, 0);
    draft.request.source = TEXT("Email");
    draft.user_errors.count = 0;
    check("", 0, 0);
}

static void each_domain_is_asked_about_once(void **state) {
    (void)state;
    draft.request.email = TEXT("jane@good.example");
    values[1].shown = TEXT("backup@GOOD.example");
    values[2].shown = TEXT("boss@other.example");
    values[3].shown = TEXT("room@no.example"); // a field without the validator
    check("good.example other.example ", 0, 0);
}

static void errors_stand_in_the_order_of_the_fields(void **state) {
    (void)state;
    draft.desk.user.id = 1;
    values[1].shown = TEXT("backup@no.example");
    values[2].shown = TEXT("boss@no.other");
    assert_true(form_errors_add(&draft.ticket_errors, &draft.arena, TEXT("20"), TEXT("first")));
    assert_true(form_errors_add(&draft.ticket_errors, &draft.arena, TEXT("62"), TEXT("last")));
    check("no.example no.other ", 0, 4);
    const char *const expected[][2] = {
        {"20", "first"}, {"60", "Enter a valid email address"}, {"61", "Whose?"}, {"62", "last"}};
    for (size_t i = 0; i < 4; i++) {
        assert_true(text_equal(draft.ticket_errors.items[i].key, text_of(expected[i][0])));
        assert_true(text_equal(draft.ticket_errors.items[i].text, text_of(expected[i][1])));
    }
}

static void a_field_that_is_wrong_already_is_left_alone(void **state) {
    (void)state;
    draft.desk.user.id = 1;
    values[1].shown = TEXT("a@no.example");
    assert_true(form_errors_add(&draft.ticket_errors, &draft.arena, TEXT("60"), TEXT("wrong")));
    check("", 0, 1);
    fields[1].disabled = true;
    draft.ticket_errors.count = 0;
    check("", 0, 0);
    fields[1].disabled = false;
}

static void forms_of_a_topic_count_while_it_is_active(void **state) {
    struct form_answers topic = {.values = values, .count = 4};
    (void)state;
    draft.desk.user.id = 1;
    draft.ticket_answers = (struct form_answers){0};
    draft.topic_answers = &topic;
    draft.topic_answer_count = 1;
    values[1].shown = TEXT("a@no.example");
    draft.desk.topic_requested = true;
    check("", 0, 0);
    draft.desk.topic.active = true;
    check("no.example ", 0, 0);
    assert_int_equal(draft.topic_errors.count, 1);
}

int main(void) {
#define TEST_OF(function) cmocka_unit_test_setup_teardown(function, open_draft, close_draft)
    const struct CMUnitTest tests[] = {
        TEST_OF(a_domain_that_takes_no_mail_is_an_error_of_the_user),
        TEST_OF(what_is_not_known_is_let_through),
        TEST_OF(addresses_are_verified_unless_switched_off),
        TEST_OF(nobody_is_asked_about_whom_the_help_desk_knows),
        TEST_OF(nobody_is_asked_where_the_answer_changes_nothing),
        TEST_OF(each_domain_is_asked_about_once),
        TEST_OF(errors_stand_in_the_order_of_the_fields),
        TEST_OF(a_field_that_is_wrong_already_is_left_alone),
        TEST_OF(forms_of_a_topic_count_while_it_is_active),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
