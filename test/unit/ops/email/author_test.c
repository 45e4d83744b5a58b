// SPDX-License-Identifier: GPL-2.0-or-later
// As whom the sender of a mail writes into a thread: by his own address, or as [email] as_php has it.
#include "ops/email/author.h"

#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define OWNER        1
#define COLLABORATOR 2
#define FORMER       8 // took part once
#define KNOWN        9
#define BASEM        5 // an agent
#define OTHER_AGENT  6

// The ticket of Jane, who has two addresses, with Hans as a collaborator.
static struct email_party parties[] = {
    {OWNER, 0, TEXT("Jane"), TEXT("jane@example.org"), true},
    {OWNER, 0, TEXT("Jane"), TEXT("jane@home.example"), false},
    {COLLABORATOR, 7, TEXT("Hans"), TEXT("hans@example.org"), true},
};
static struct email_mailbox mailboxes[] = {{1, 1, TEXT("Support"), TEXT("support@desk.example")}};
static struct email_thread thread;
static struct operation_settings settings;
static struct operation_context context = {.settings = &settings};
static struct incoming_email email;

static int begin(void **state) {
    (void)state;
    settings = (struct operation_settings){0};
    email = (struct incoming_email){.context = &context,
                                    .sender = TEXT("mallory@evil.example"),
                                    .facts = {.mailboxes = mailboxes, .mailbox_count = 1}};
    thread = (struct email_thread){.id = 3,
                                   .object_id = 2,
                                   .owner_id = OWNER,
                                   .parties = parties,
                                   .party_count = 3,
                                   .recipients = TEXT_NULL};
    return 0;
}

// ---- who sends it

static void from_user(int64_t id, struct text address, struct text default_address) {
    email.sender = address;
    email.facts.user_id = id;
    email.facts.user_name = TEXT("Somebody");
    email.facts.user_address = default_address;
}

static void from_owner(void) {
    from_user(OWNER, TEXT("jane@example.org"), TEXT("jane@example.org"));
}

static void from_second_address(void) {
    from_user(OWNER, TEXT("JANE@home.example"), TEXT("jane@example.org"));
}

static void from_collaborator(void) {
    from_user(COLLABORATOR, TEXT("hans@example.org"), TEXT("hans@example.org"));
}

static void from_known_user(void) {
    from_user(KNOWN, TEXT("kay@example.net"), TEXT("kay@example.net"));
}

static void from_agent(bool active) {
    email.sender = TEXT("other@desk.example");
    email.facts.agent.id = OTHER_AGENT;
    email.facts.agent_active = active;
}

static void from_mailbox(void) {
    email.sender = TEXT("support@desk.example");
}

// ---- what it answers

// A mail of ours that went to this person.
static struct email_match ours(char identity, int64_t person) {
    email.recipient = (struct email_recipient){0};
    if (identity == 'S') email.recipient.agent.id = person;
    if (identity == 'U' || identity == 'C')
        email.recipient.user =
            (struct member_row){person, TEXT("Recipient"), TEXT("recipient@example.org"), false};
    return (struct email_match){EMAIL_WAY_OWN_ID, 3, 4, identity, person};
}

// What somebody wrote to us.
static struct email_match theirs(void) {
    return (struct email_match){EMAIL_WAY_KNOWN, 3, 4, '?', 0};
}

static struct email_author author(struct email_match match) {
    return email_author(&email, &match, &thread);
}

static void is(enum email_author_kind kind, int64_t id, struct email_author found) {
    assert_int_equal(kind, found.kind);
    assert_int_equal(id, kind == EMAIL_AUTHOR_AGENT ? found.agent->id : found.user_id);
}

#define UNKNOWN(found) is(EMAIL_AUTHOR_UNKNOWN, 0, found)

// ---- parties

static void owner_and_collaborators_write_as_themselves_whatever_they_answer(void **state) {
    (void)state;
    const struct email_match answered[] = {ours('U', OWNER), ours('C', COLLABORATOR), ours('M', 0), theirs(),
                                           ours('S', BASEM)};
    for (size_t i = 0; i < sizeof answered / sizeof *answered; i++) {
        from_owner();
        is(EMAIL_AUTHOR_OWNER, OWNER, author(answered[i]));
        from_collaborator();
        is(EMAIL_AUTHOR_COLLABORATOR, COLLABORATOR, author(answered[i]));
    }
    assert_int_equal(7, author(theirs()).collaborator_id);
}

static void the_owner_s_second_address_is_a_stranger_s_in_php_unless_the_id_says_who_he_is(void **state) {
    (void)state;
    from_second_address();
    is(EMAIL_AUTHOR_OWNER, OWNER, author(theirs()));
    settings.email_as_php = AS_PHP_SECOND_ADDRESS | AS_PHP_PASSIVE_JOIN;
    UNKNOWN(author(theirs()));
    UNKNOWN(author(ours('M', 0)));
    UNKNOWN(author((struct email_match){EMAIL_WAY_NUMBER, 3, 4, 'U', 0}));
    is(EMAIL_AUTHOR_OWNER, OWNER, author(ours('U', OWNER)));
    settings.email_as_php |= AS_PHP_AGENT_SPOOF;
    is(EMAIL_AUTHOR_AGENT, BASEM, author(ours('S', BASEM)));
    from_owner();
    is(EMAIL_AUTHOR_OWNER, OWNER, author(theirs()));
}

// ---- agents

static void an_agent_who_answers_his_mail_writes_a_note(void **state) {
    (void)state;
    from_agent(true);
    is(EMAIL_AUTHOR_AGENT, OTHER_AGENT, author(ours('S', OTHER_AGENT)));
    is(EMAIL_AUTHOR_AGENT, OTHER_AGENT, author(ours('S', BASEM)));
}

static void an_agent_who_answers_a_client_s_mail_writes_a_note_and_is_a_stranger_in_php(void **state) {
    (void)state;
    from_agent(true);
    is(EMAIL_AUTHOR_AGENT, OTHER_AGENT, author(theirs()));
    is(EMAIL_AUTHOR_AGENT, OTHER_AGENT, author(ours('M', 0)));
    settings.email_as_php = AS_PHP_AGENT_UNKNOWN;
    UNKNOWN(author(theirs()));
    UNKNOWN(author(ours('M', 0)));
    is(EMAIL_AUTHOR_AGENT, OTHER_AGENT, author(ours('S', BASEM)));
}

static void an_agent_who_is_the_owner_or_a_collaborator_writes_as_that(void **state) {
    (void)state;
    from_agent(true);
    from_owner();
    is(EMAIL_AUTHOR_OWNER, OWNER, author(theirs()));
    from_collaborator();
    is(EMAIL_AUTHOR_COLLABORATOR, COLLABORATOR, author(ours('U', OWNER)));
}

static void a_former_agent_is_a_stranger_and_in_php_an_agent(void **state) {
    (void)state;
    from_agent(false);
    UNKNOWN(author(ours('S', OTHER_AGENT)));
    UNKNOWN(author(theirs()));
    settings.email_as_php = AS_PHP_AGENT_SPOOF;
    is(EMAIL_AUTHOR_AGENT, OTHER_AGENT, author(ours('S', BASEM)));
}

// ---- forwarded mails

static void who_holds_an_agent_s_mail_is_not_that_agent_but_in_php(void **state) {
    (void)state;
    UNKNOWN(author(ours('S', BASEM)));
    settings.email_as_php = AS_PHP_AGENT_SPOOF;
    is(EMAIL_AUTHOR_AGENT, BASEM, author(ours('S', BASEM)));
    UNKNOWN(author(ours('U', OWNER)));
    UNKNOWN(author(theirs()));
    from_owner();
    is(EMAIL_AUTHOR_AGENT, BASEM, author(ours('S', BASEM)));
}

static void in_php_too_another_user_of_the_help_desk_is_not_taken_for_the_agent(void **state) {
    (void)state;
    settings.email_as_php = AS_PHP_AGENT_SPOOF;
    from_collaborator();
    is(EMAIL_AUTHOR_COLLABORATOR, COLLABORATOR, author(ours('S', BASEM)));
    from_known_user();
    UNKNOWN(author(ours('S', BASEM)));
    settings.email_as_php |= AS_PHP_PASSIVE_JOIN;
    is(EMAIL_AUTHOR_COLLABORATOR, KNOWN, author(ours('S', BASEM)));
}

static void who_holds_an_id_of_an_agent_who_is_gone_is_a_stranger(void **state) {
    (void)state;
    settings.email_as_php = AS_PHP_AGENT_SPOOF;
    struct email_match match = ours('S', BASEM);
    email.recipient.agent.id = 0;
    UNKNOWN(author(match));
}

static void who_holds_a_client_s_mail_is_not_that_client_but_in_php(void **state) {
    (void)state;
    UNKNOWN(author(ours('U', OWNER)));
    UNKNOWN(author(ours('C', COLLABORATOR)));
    settings.email_as_php = AS_PHP_OWNER_SPOOF;
    is(EMAIL_AUTHOR_OWNER, OWNER, author(ours('U', OWNER)));
    struct email_author hans = author(ours('C', COLLABORATOR));
    is(EMAIL_AUTHOR_COLLABORATOR, COLLABORATOR, hans);
    assert_int_equal(7, hans.collaborator_id);
    struct email_author former = author(ours('C', FORMER));
    is(EMAIL_AUTHOR_COLLABORATOR, FORMER, former);
    assert_int_equal(0, former.collaborator_id);
    UNKNOWN(author(ours('S', BASEM)));
    UNKNOWN(author(ours('M', 0)));
}

static void an_agent_who_holds_a_client_s_mail_writes_a_note_and_in_php_the_client_s_message(void **state) {
    (void)state;
    from_agent(true);
    is(EMAIL_AUTHOR_AGENT, OTHER_AGENT, author(ours('U', OWNER)));
    settings.email_as_php = AS_PHP_OWNER_SPOOF;
    is(EMAIL_AUTHOR_OWNER, OWNER, author(ours('U', OWNER)));
}

// ---- users who take no part yet

static void a_known_user_joins_where_the_answered_mail_was_for_him_and_in_php_anywhere(void **state) {
    (void)state;
    from_known_user();
    UNKNOWN(author(theirs()));
    thread.recipients = TEXT("{\"to\":[\"Support <support@desk.example>\"],\"cc\":[\" <Kay@example.net>\"]}");
    is(EMAIL_AUTHOR_COLLABORATOR, KNOWN, author(theirs()));
    thread.recipients = TEXT_NULL;
    settings.email_as_php = AS_PHP_PASSIVE_JOIN;
    is(EMAIL_AUTHOR_COLLABORATOR, KNOWN, author(theirs()));
    assert_int_equal(0, author(theirs()).collaborator_id);
}

static void a_stranger_never_joins(void **state) {
    (void)state;
    UNKNOWN(author(theirs()));
    settings.email_as_php = AS_PHP_PASSIVE_JOIN;
    UNKNOWN(author(theirs()));
}

static void nobody_joins_a_task(void **state) {
    (void)state;
    from_known_user();
    thread.is_task = true;
    settings.email_as_php = AS_PHP_PASSIVE_JOIN;
    UNKNOWN(author(theirs()));
}

static void an_agent_does_not_join_as_a_client(void **state) {
    (void)state;
    settings.email_as_php = AS_PHP_AGENT_UNKNOWN | AS_PHP_PASSIVE_JOIN;
    from_known_user();
    from_agent(true);
    UNKNOWN(author(theirs()));
}

// ---- machines

static void a_mailbox_of_ours_is_not_let_in_and_in_php_by_a_client_s_id(void **state) {
    (void)state;
    from_mailbox();
    is(EMAIL_AUTHOR_MAILBOX, 0, author(theirs()));
    is(EMAIL_AUTHOR_MAILBOX, 0, author(ours('U', OWNER)));
    settings.email_as_php = AS_PHP_MAILBOX_SENDER;
    is(EMAIL_AUTHOR_MAILBOX, 0, author(theirs()));
    is(EMAIL_AUTHOR_OWNER, OWNER, author(ours('U', OWNER)));
    email.facts.user_id = KNOWN;
    is(EMAIL_AUTHOR_COLLABORATOR, KNOWN, author(theirs()));
}

static void a_delivery_report_is_one_whoever_s_name_it_bears(void **state) {
    (void)state;
    settings.email_as_php = ~0U;
    email.mail.automation.report = true;
    is(EMAIL_AUTHOR_REPORT, 0, author(ours('U', OWNER)));
    from_owner();
    is(EMAIL_AUTHOR_REPORT, 0, author(theirs()));
}

// ---- the person to whom the answered mail went

static void he_is_looked_for_only_where_php_would_let_the_sender_write_in_his_name(void **state) {
    (void)state;
    static struct desk desk;
    static const fake_row agents[] = {{[STAFF_ROW_ID] = "5"}};
    static const struct fake_answer answers[] = {{STATEMENT_STAFF_BY_ID, agents, 1}};
    desk_open(&desk, answers, 1);
    context.db = &desk.db;
    struct email_match match = ours('S', BASEM);
    assert_true(email_find_recipient(&email, &match, &desk.error));
    assert_int_equal(0, desk.db.call_count);
    assert_int_equal(0, email.recipient.agent.id);
    settings.email_as_php = AS_PHP_AGENT_SPOOF;
    email.arena = arena_new(4096);
    assert_true(email_find_recipient(&email, &match, &desk.error));
    assert_int_equal(BASEM, email.recipient.agent.id);
    assert_int_equal(1, desk.db.call_count);
    arena_free(&email.arena);
    context.db = NULL;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(owner_and_collaborators_write_as_themselves_whatever_they_answer, begin),
        cmocka_unit_test_setup(the_owner_s_second_address_is_a_stranger_s_in_php_unless_the_id_says_who_he_is,
                               begin),
        cmocka_unit_test_setup(an_agent_who_answers_his_mail_writes_a_note, begin),
        cmocka_unit_test_setup(an_agent_who_answers_a_client_s_mail_writes_a_note_and_is_a_stranger_in_php,
                               begin),
        cmocka_unit_test_setup(an_agent_who_is_the_owner_or_a_collaborator_writes_as_that, begin),
        cmocka_unit_test_setup(a_former_agent_is_a_stranger_and_in_php_an_agent, begin),
        cmocka_unit_test_setup(who_holds_an_agent_s_mail_is_not_that_agent_but_in_php, begin),
        cmocka_unit_test_setup(in_php_too_another_user_of_the_help_desk_is_not_taken_for_the_agent, begin),
        cmocka_unit_test_setup(who_holds_an_id_of_an_agent_who_is_gone_is_a_stranger, begin),
        cmocka_unit_test_setup(who_holds_a_client_s_mail_is_not_that_client_but_in_php, begin),
        cmocka_unit_test_setup(
            an_agent_who_holds_a_client_s_mail_writes_a_note_and_in_php_the_client_s_message, begin),
        cmocka_unit_test_setup(a_known_user_joins_where_the_answered_mail_was_for_him_and_in_php_anywhere,
                               begin),
        cmocka_unit_test_setup(a_stranger_never_joins, begin),
        cmocka_unit_test_setup(nobody_joins_a_task, begin),
        cmocka_unit_test_setup(an_agent_does_not_join_as_a_client, begin),
        cmocka_unit_test_setup(a_mailbox_of_ours_is_not_let_in_and_in_php_by_a_client_s_id, begin),
        cmocka_unit_test_setup(a_delivery_report_is_one_whoever_s_name_it_bears, begin),
        cmocka_unit_test_setup(he_is_looked_for_only_where_php_would_let_the_sender_write_in_his_name, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
