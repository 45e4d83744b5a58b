// SPDX-License-Identifier: GPL-2.0-or-later
// What the body of a reply asks for: who is mailed, and which ticket is meant.
#include "ops/reply/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct reply_request request;
static struct error error;

static int close_request(void **state) {
    (void)state;
    reply_request_free(&request);
    arena_free(&arena);
    return 0;
}

static int open_request(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

// The body's other members are as they should be.
static bool read_with(const char *number, const char *member) {
    char body[1000];
    close_request(NULL);
    error_clear(&error);
    snprintf(body, sizeof body, "{\"ticketNumber\":%s,\"staffUserName\":\"b\",\"response\":\"x\"%s%s}",
             number, *member ? "," : "", member);
    return reply_request_read(text_of(body), true, &arena, &request, &error);
}

static void mails(const char *member, bool owner, bool collaborators) {
    if (!read_with("\"1\"", member)) fail_msg("%s: %s", member, error.message);
    if (request.mail.owner != owner) fail_msg("%s: owner", member);
    if (request.mail.collaborators != collaborators) fail_msg("%s: collaborators", member);
}

static void refuses(const char *member, const char *message) {
    if (read_with("\"1\"", member)) fail_msg("%s is taken", member);
    assert_int_equal(error.code, ERROR_BAD_REQUEST);
    assert_string_equal(error.message, message);
}

static void a_no_mails_nobody_however_it_is_written(void **state) {
    static const char *const noes[] = {"\"0\"",  "0",        "false",    "\"false\"", "\"False\"", "\"no\"",
                                       "\"NO\"", "\"off\"",  "\"none\"", "\"None\"",  "\"\"",      "0.0",
                                       "-0",     "\" no \"", "\"n\"",    "\"null\""};
    (void)state;
    for (size_t i = 0; i < sizeof noes / sizeof *noes; i++) {
        char member[100];
        snprintf(member, sizeof member, "\"emailreply\":%s", noes[i]);
        mails(member, false, false);
        snprintf(member, sizeof member, "\"emailreply\":%s,\"emailcollab\":\"1\"", noes[i]);
        mails(member, false, false);
        snprintf(member, sizeof member, "\"emailreply\":\"1\",\"emailcollab\":%s", noes[i]);
        mails(member, true, false);
    }
}

static void a_yes_mails(void **state) {
    static const char *const yeses[] = {"\"1\"", "1", "true", "\"true\"", "\"YES\"", "\"on\"", "1.0"};
    (void)state;
    mails("", true, false);
    mails("\"emailreply\":null,\"emailcollab\":null", true, false);
    for (size_t i = 0; i < sizeof yeses / sizeof *yeses; i++) {
        char member[100];
        snprintf(member, sizeof member, "\"emailreply\":%s,\"emailcollab\":%s", yeses[i], yeses[i]);
        mails(member, true, true);
    }
}

static void what_is_neither_yes_nor_no_is_400_and_named(void **state) {
    static const char *const others[] = {"2",
                                         "-1",
                                         "\"2\"",
                                         "\"nein\"",
                                         "\"x\"",
                                         "0.5",
                                         "[]",
                                         "[false]",
                                         "{}",
                                         "1e999",
                                         "99999999999999999999"};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char member[100];
        snprintf(member, sizeof member, "\"emailreply\":%s", others[i]);
        refuses(member, "emailreply must be \"1\" or \"0\"");
        snprintf(member, sizeof member, "\"emailcollab\":%s", others[i]);
        refuses(member, "emailcollab must be \"1\" or \"0\"");
    }
}

static void a_reply_to_names_the_recipients(void **state) {
    (void)state;
    mails("\"reply-to\":\"user\"", true, false);
    mails("\"reply-to\":\"ALL\"", true, true);
    mails("\"reply-to\":\"collabs\"", false, true);
    mails("\"reply-to\":\"\"", true, false);
    mails("\"reply-to\":null", true, false);
    mails("\"reply-to\":\"none\"", false, false);
    mails("\"reply-to\":\"No\"", false, false);
    mails("\"reply-to\":\"false\"", false, false);
    mails("\"reply-to\":0", false, false);
    mails("\"reply-to\":\"none\",\"emailreply\":\"1\"", false, false);
    mails("\"reply-to\":\"all\",\"emailreply\":\"no\"", false, false);
    refuses("\"reply-to\":\"everybody\"", "reply-to must be \"all\", \"user\", \"collabs\" or \"none\"");
    refuses("\"reply-to\":\"1\"", "reply-to must be \"all\", \"user\", \"collabs\" or \"none\"");
}

static void a_ticket_number_is_its_decimal_text_however_long_it_is(void **state) {
    static const char *const numbers[] = {"310042",
                                          "9223372036854775807",
                                          "9223372036854775808",
                                          "12345678901234567890",
                                          "-99999999999999999999",
                                          "123456789012345678901234567890"};
    static const char *const none[] = {"1e3",  "1.0",   "1.5", "12345678901234567890.0",
                                       "1e25", "1e999", "true"};
    char many[404];
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!read_with(numbers[i], "")) fail_msg("%s: %s", numbers[i], error.message);
        assert_true(text_equal(request.ticket_number, text_of(numbers[i])));
    }
    memset(many, '7', 400);
    many[400] = '\0';
    assert_true(read_with(many, ""));
    assert_true(text_equal(request.ticket_number, text_of(many)));
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        if (read_with(none[i], "")) fail_msg("%s is taken", none[i]);
        assert_string_equal(error.message, "ticketNumber must be a string");
    }
    assert_false(read_with("-0", ""));
    assert_string_equal(error.message, "missing ticketNumber parameter ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_no_mails_nobody_however_it_is_written),
        cmocka_unit_test(a_yes_mails),
        cmocka_unit_test(what_is_neither_yes_nor_no_is_400_and_named),
        cmocka_unit_test(a_reply_to_names_the_recipients),
        cmocka_unit_test(a_ticket_number_is_its_decimal_text_however_long_it_is),
    };
    return cmocka_run_group_tests(tests, open_request, close_request);
}
