// SPDX-License-Identifier: GPL-2.0-or-later
// Guards that only a definite answer of DNS counts, and that no answer is waited for too long.
#include "dns/mail_domain.h"

#include "base/clock.h"
#include "name_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define LIMIT_MS 900
#define PATIENCE_MS                                                                                          \
    10000 // for an answer that comes, if late on a busy machine; c-ares itself gives up after 2,100

static struct name_server server;

static void check(const char *name, enum mail_domain_state expected) {
    struct mail_domain domain = {.name = text_of(name)};
    int limit = expected == MAIL_DOMAIN_UNKNOWN ? LIMIT_MS : PATIENCE_MS;
    mail_domains_look_up(server.address, &domain, 1, limit);
    if (domain.state != expected) fail_msg("%s should be %d, is %d", name, expected, domain.state);
}

static void records_say_yes(void **state) {
    (void)state;
    check("mx.test", MAIL_DOMAIN_TAKES_MAIL);
    check("a.test", MAIL_DOMAIN_TAKES_MAIL);
    check("aaaa.test", MAIL_DOMAIN_TAKES_MAIL);
    check("mx.test.", MAIL_DOMAIN_TAKES_MAIL);
    check("late.test", MAIL_DOMAIN_TAKES_MAIL);
}

static void only_a_definite_no_says_no(void **state) {
    (void)state;
    check("nx.test", MAIL_DOMAIN_TAKES_NONE);
    check("none.test", MAIL_DOMAIN_TAKES_NONE);
    check("alias.test", MAIL_DOMAIN_TAKES_NONE);
    check("fail.test", MAIL_DOMAIN_UNKNOWN);
    check("junk.test", MAIL_DOMAIN_UNKNOWN);
}

static void what_no_domain_can_be_called_says_no(void **state) {
    char longest[300];
    (void)state;
    memset(longest, 'x', sizeof longest);
    longest[299] = '\0';
    check(longest, MAIL_DOMAIN_TAKES_NONE);
    longest[64] = '\0';
    check(longest, MAIL_DOMAIN_TAKES_NONE);
    check("", MAIL_DOMAIN_TAKES_NONE);
}

static void a_truncated_answer_is_asked_for_by_tcp(void **state) {
    (void)state;
    check("cut.test", MAIL_DOMAIN_TAKES_MAIL);
    check("shut.test", MAIL_DOMAIN_UNKNOWN);
}

// The shortest of up to three runs, in ms, or the first that takes less than `enough`: a machine with other
// things to do wakes a waiting program late.
static int64_t quickest(void (*look_up)(void), int64_t enough) {
    int64_t best = INT64_MAX;
    for (int i = 0; i < 3 && best >= enough; i++) {
        int64_t begun = clock_monotonic_ms();
        look_up();
        int64_t took = clock_monotonic_ms() - begun;
        if (took < best) best = took;
    }
    return best;
}

// What two waits in a row would take is twice as long.
#define ONE_WAIT_MS(limit) ((limit)*2 - 100)

static void ask_a_silent_server(void) {
    check("silent.test", MAIL_DOMAIN_UNKNOWN);
}

static void a_silent_server_is_left_after_the_time(void **state) {
    (void)state;
    clock_t used = clock();
    int64_t took = quickest(ask_a_silent_server, ONE_WAIT_MS(LIMIT_MS));
    if (took < LIMIT_MS - 50 || took >= ONE_WAIT_MS(LIMIT_MS)) fail_msg("it took %d ms", (int)took);
    assert_true(clock() - used < CLOCKS_PER_SEC / 2);
}

static void ask_for_a_flood(void) {
    check("flood.test", MAIL_DOMAIN_UNKNOWN);
}

static void a_flood_of_strange_answers_costs_little(void **state) {
    (void)state;
    clock_t used = clock();
    assert_true(quickest(ask_for_a_flood, ONE_WAIT_MS(LIMIT_MS)) < ONE_WAIT_MS(LIMIT_MS));
    assert_true(clock() - used < CLOCKS_PER_SEC);
}

static void ask_where_nobody_is(void) {
    struct mail_domain domain = {.name = TEXT("mx.test")};
    mail_domains_look_up("127.0.0.1:9", &domain, 1, LIMIT_MS);
    assert_int_equal(domain.state, MAIL_DOMAIN_UNKNOWN);
}

static void nobody_at_the_address_is_not_waited_for_long(void **state) {
    struct mail_domain domain = {.name = TEXT("mx.test")};
    (void)state;
    assert_true(quickest(ask_where_nobody_is, ONE_WAIT_MS(LIMIT_MS)) < ONE_WAIT_MS(LIMIT_MS));
    mail_domains_look_up("nonsense:x", &domain, 1, LIMIT_MS);
    assert_int_equal(domain.state, MAIL_DOMAIN_UNKNOWN);
}

#define SEVERAL_MS 1500 // for answers and silence at once

static void ask_for_several(void) {
    struct mail_domain domains[MAIL_DOMAINS_MAX + 1];
    memset(domains, 0, sizeof domains);
    for (size_t i = 0; i < MAIL_DOMAINS_MAX + 1; i++) domains[i].name = TEXT("silent.test");
    domains[0].name = TEXT("mx.test");
    domains[1].name = TEXT("nx.test");
    domains[MAIL_DOMAINS_MAX].name = TEXT("nx.test");
    mail_domains_look_up(server.address, domains, MAIL_DOMAINS_MAX + 1, SEVERAL_MS);
    assert_int_equal(domains[0].state, MAIL_DOMAIN_TAKES_MAIL);
    assert_int_equal(domains[1].state, MAIL_DOMAIN_TAKES_NONE);
    assert_int_equal(domains[2].state, MAIL_DOMAIN_UNKNOWN);
    assert_int_equal(domains[MAIL_DOMAINS_MAX].state, MAIL_DOMAIN_UNKNOWN); // not asked for
}

static void several_domains_are_asked_for_at_once(void **state) {
    (void)state;
    assert_true(quickest(ask_for_several, ONE_WAIT_MS(SEVERAL_MS)) < ONE_WAIT_MS(SEVERAL_MS));
}

// A server for each test: what one has asked for and no longer waits for does not keep the next waiting.
static int start(void **state) {
    (void)state;
    name_server_start(&server);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    return name_server_stop(&server) ? 0 : -1;
}

#define WITH_SERVER(test) cmocka_unit_test_setup_teardown(test, start, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_SERVER(records_say_yes),
        WITH_SERVER(only_a_definite_no_says_no),
        WITH_SERVER(what_no_domain_can_be_called_says_no),
        WITH_SERVER(a_truncated_answer_is_asked_for_by_tcp),
        WITH_SERVER(a_silent_server_is_left_after_the_time),
        WITH_SERVER(a_flood_of_strange_answers_costs_little),
        WITH_SERVER(nobody_at_the_address_is_not_waited_for_long),
        WITH_SERVER(several_domains_are_asked_for_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
