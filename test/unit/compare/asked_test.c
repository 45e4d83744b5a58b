// SPDX-License-Identifier: GPL-2.0-or-later
// What of logs and lists is asked, and how long answers took.
#include "compare/asked.h"
#include "compare/times.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct asked asked;

static void assert_asked(const char *const *paths, size_t count) {
    assert_int_equal(asked.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(asked.paths[i].length, strlen(paths[i]));
        assert_memory_equal(asked.paths[i].data, paths[i], asked.paths[i].length);
    }
    asked_free(&asked);
}
#define ASSERT_ASKED(...)                                                                                    \
    do {                                                                                                     \
        static const char *const paths[] = {__VA_ARGS__};                                                    \
        assert_asked(paths, sizeof paths / sizeof *paths);                                                   \
    } while (0)

static void reads_of_an_access_log_are_asked_once(void **state) {
    (void)state;
    static const char *const lines[] = {
        "192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /api/http.php/tickets/ticketInfo?ticketNumber=7 "
        "HTTP/1.1\" 200 12 \"-\" \"curl\"",
        "192.0.2.1 - - [01/Jan/2026:00:00:01 +0000] \"GET /support/api/tickets/ticketInfo?ticketNumber=7 "
        "HTTP/1.1\" 200 12 \"-\" \"x\"",
        "{\"time\":\"x\",\"request\":\"GET /api/tickets HTTP/2.0\",\"status\":\"200\"}",
        "192.0.2.1 - - [x] \"POST /api/http.php/tickets/reply.json HTTP/1.1\" 200 12 \"-\" \"GET x\"",
        "192.0.2.1 - - [x] \"GET /scp/index.php HTTP/1.1\" 200 12 \"-\" \"x\"",
        "192.0.2.1 - - [x] \"GET /api/auth/oauth2?u=/api/tickets HTTP/1.1\" 302 0 \"-\" \"x\"",
        "192.0.2.1 - - [x] \"GET /api/http.php/tickets/ticketInfo?ticketNumber=\\x22 HTTP/1.1\" 200 12 \"-\" "
        "\"x\"",
        "192.0.2.1 - - [x] \"\\x16\\x03\\x01\" 400 150 \"-\" \"-\"",
        "",
    };
    asked = asked_new(10);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) asked_add_log_line(&asked, text_of(lines[i]));
    assert_int_equal(asked.writing, 1);
    assert_int_equal(asked.other, 4);
    assert_int_equal(asked.unreadable, 1);
    ASSERT_ASKED("/tickets/ticketInfo?ticketNumber=7", "/tickets");
}

static void a_list_has_paths_or_requests_and_comments(void **state) {
    (void)state;
    static const char *const lines[] = {"# mine",
                                        "",
                                        " /tickets ",
                                        "GET /api/http.php/tickets/staffTickets?staffUserName=a",
                                        "https-like nonsense",
                                        "POST /tickets/reply.json",
                                        "/api/tickets/clientTickets"};
    asked = asked_new(10);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) asked_add_list_line(&asked, text_of(lines[i]));
    assert_int_equal(asked.writing, 1);
    assert_int_equal(asked.other, 1);
    ASSERT_ASKED("/tickets", "/tickets/staffTickets?staffUserName=a", "/tickets/clientTickets");
}

static void no_more_is_asked_than_the_limit(void **state) {
    (void)state;
    asked = asked_new(2);
    asked_add(&asked, TEXT("/tickets"));
    assert_false(asked_is_full(&asked));
    asked_add(&asked, TEXT("/tickets/a"));
    asked_add(&asked, TEXT("/tickets/b"));
    assert_true(asked_is_full(&asked));
    ASSERT_ASKED("/tickets", "/tickets/a");
}

static void values_are_percent_encoded(void **state) {
    (void)state;
    asked = asked_new(2);
    asked_add_named(&asked, "/tickets/ticketInfo", "ticketNumber", TEXT("A b&c/\xc3\xa4"));
    asked_add_named(&asked, "/tickets/clientTickets", "clientUserMail", TEXT("a+b@c.d"));
    ASSERT_ASKED("/tickets/ticketInfo?ticketNumber=A%20b%26c%2F%C3%A4",
                 "/tickets/clientTickets?clientUserMail=a%2Bb@c.d");
}

static void percentiles_are_times_that_were_measured(void **state) {
    (void)state;
    struct times times = {0};
    assert_int_equal(times_percentile(&times, 50), 0);
    for (int64_t i = 1000; i > 0; i--) times_add(&times, i);
    assert_int_equal(times_percentile(&times, 50), 500);
    assert_int_equal(times_percentile(&times, 99), 990);
    assert_int_equal(times_percentile(&times, 100), 1000);
    times_free(&times);
    times_add(&times, 7);
    assert_int_equal(times_percentile(&times, 50), 7);
    times_free(&times);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_of_an_access_log_are_asked_once),
        cmocka_unit_test(a_list_has_paths_or_requests_and_comments),
        cmocka_unit_test(no_more_is_asked_than_the_limit),
        cmocka_unit_test(values_are_percent_encoded),
        cmocka_unit_test(percentiles_are_times_that_were_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
