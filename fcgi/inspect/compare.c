// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi compare: asks PHP and this server the same.
#include "inspect/compare.h"

#include "base/clock.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ANSWER_MAX (256 << 20)

static const char usage[] =
    "osticket-fcgi compare PHP_URL OUR_URL [options]\n"
    "\n"
    "Asks osTicket's PHP and this server the same, reads only, one request after the other, and explains "
    "each\n"
    "difference: by a known departure and the setting that removes it, or as unknown. Both work on the same "
    "database.\n"
    "A URL is that of the help desk (https://desk.example/support) or of its API (.../api/http.php).\n"
    "\n"
    "What is asked\n"
    "  --log FILE      the reads of an nginx or Apache access log, each once\n"
    "  --list FILE     one a line: \"/tickets/ticketInfo?ticketNumber=1\" or \"GET /api/tickets\"; # begins "
    "a comment\n"
    "  neither         the help desk's own tickets, agents and clients: by the database of the settings (-c "
    "FILE), or by\n"
    "                  GET /tickets of the API where there are none\n"
    "  --limit N       at most so many requests (500)\n"
    "  --rate N        at most so many a second (20); 0: as fast as they are answered\n"
    "\n"
    "  --key KEY       the API key; or in the environment as OSTICKET_API_KEY. It is never shown.\n"
    "  --timeout N     seconds for an answer (60)\n"
    "  --tls-ca FILE   certificate authorities, instead of the system's\n"
    "  --json          the report as JSON\n"
    "\n"
    "Ends with 0 when no difference is unknown, 1 when one is, 2 when nothing could be compared.\n";

static bool read_option(struct compare_options *options, int option, char **key) {
    switch (option) {
    case 'l': options->log = optarg; return true;
    case 'f': options->list = optarg; return true;
    case 'n': return inspect_number("limit", optarg, 1, 100000, &options->limit);
    case 'r': return inspect_number("rate", optarg, 0, 1000, &options->rate);
    case 'k': *key = optarg; return true;
    case 't': return inspect_number("timeout", optarg, 1, 600, &options->timeout);
    case 'a': options->tls_ca = optarg; return true;
    case 'j': options->json = true; return true;
    default: return false;
    }
}

// 1: go on, 0: the usage was asked for, -1: wrong.
static int read_options(struct compare_options *options, int count, char **words) {
    static const struct option known[] = {
        {"log", required_argument, NULL, 'l'},    {"list", required_argument, NULL, 'f'},
        {"limit", required_argument, NULL, 'n'},  {"rate", required_argument, NULL, 'r'},
        {"key", required_argument, NULL, 'k'},    {"timeout", required_argument, NULL, 't'},
        {"tls-ca", required_argument, NULL, 'a'}, {"json", no_argument, NULL, 'j'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0},
    };
    char *key = NULL;
    for (int option; (option = getopt_long(count, words, "h", known, NULL)) != -1;) {
        if (option == 'h') return 0;
        if (!read_option(options, option, &key)) return -1;
    }
    if (count - optind != 2 || (options->log && options->list)) {
        fputs(options->log && options->list ? "osticket-fcgi: --log or --list, not both\n"
                                            : "osticket-fcgi: two URLs are wanted, PHP's and this server's\n",
              stderr);
        return -1;
    }
    bool good = inspect_api(words[optind], options->php) && inspect_api(words[optind + 1], options->ours) &&
                inspect_key(key, options->key);
    return good ? 1 : -1;
}

bool compare_ask(const struct compare_options *options, struct http_client *client, const char *api,
                 struct text path, struct http_answer *answer) {
    const char *headers[] = {"User-Agent: " INSPECT_PROGRAM_NAME, *options->key ? options->key : NULL, NULL};
    struct buffer url = buffer_new(16384);
    buffer_add_string(&url, api);
    buffer_add_text(&url, path);
    struct http_request request = {.method = "GET", .url = url.failed ? "" : url.data, .headers = headers};
    http_ask(client, &request, answer);
    buffer_free(&url);
    return answer->outcome == HTTP_ANSWERED;
}

// Both answers to one request.
struct both {
    struct http_answer php, ours;
    bool answered;
};

static struct both ask_both(const struct compare_options *options, struct http_client *client,
                            struct text path) {
    struct both both = {0};
    both.answered = compare_ask(options, client, options->php, path, &both.php);
    both.answered = compare_ask(options, client, options->ours, path, &both.ours) && both.answered;
    return both;
}

static void free_both(struct both *both) {
    http_answer_free(&both->php);
    http_answer_free(&both->ours);
}

static struct compared_answer compared(const struct http_answer *answer) {
    return (struct compared_answer){answer->status, http_header(answer, "Content-Type"),
                                    buffer_text(&answer->body)};
}

static void keep(struct compare_tally *tally, struct text path, const struct comparison *comparison) {
    if (tally->shown_count < COMPARE_SHOWN_MAX)
        tally->shown[tally->shown_count++] = (struct unknown_difference){path, *comparison};
}

static void count_unanswered(struct compare_tally *tally, struct text path, const struct both *both) {
    struct comparison comparison = {.unknown = 1, .where = "no answer"};
    snprintf(comparison.php, sizeof comparison.php, "%.*s", COMPARISON_VALUE_MAX - 1,
             both->php.outcome == HTTP_ANSWERED ? "answers" : both->php.problem);
    snprintf(comparison.ours, sizeof comparison.ours, "%.*s", COMPARISON_VALUE_MAX - 1,
             both->ours.outcome == HTTP_ANSWERED ? "answers" : both->ours.problem);
    tally->unanswered++;
    keep(tally, path, &comparison);
}

static void count(struct compare_tally *tally, struct text path, const struct comparison *comparison) {
    bool departs = comparison_departs(comparison);
    tally->unknown += comparison->unknown != 0;
    tally->departing += !comparison->unknown && departs;
    tally->same += !comparison->unknown && !departs;
    for (size_t i = 0; i < DEPARTURE_COUNT; i++) tally->departures[i] += comparison->met[i];
    if (comparison->unknown) keep(tally, path, comparison);
}

static void compare(const struct both *both, struct text path, struct comparison *comparison) {
    struct compared_answer php = compared(&both->php), ours = compared(&both->ours);
    comparison_make(path, &php, &ours, comparison);
}

// A ticket may have changed between the two answers: what differs without a reason is asked once more.
static void compare_again(const struct compare_options *options, struct http_client *client, struct text path,
                          struct compare_tally *tally, struct comparison *comparison) {
    struct both both = ask_both(options, client, path);
    if (both.answered) {
        compare(&both, path, comparison);
        tally->changed += !comparison->unknown;
    }
    free_both(&both);
}

// False, after saying why, when there is no sense in going on: nothing answers, or the key is refused.
static bool may_go_on(const struct compare_options *options, const struct both *both) {
    if (!both->answered) {
        bool php = both->php.outcome != HTTP_ANSWERED;
        fprintf(stderr, "osticket-fcgi: no answer from %s: %s\n", php ? options->php : options->ours,
                php ? both->php.problem : both->ours.problem);
        return false;
    }
    if (both->php.status != 401 || both->ours.status != 401) return true;
    fprintf(stderr, "osticket-fcgi: both refuse the key (401). Is it right (--key, OSTICKET_API_KEY), "
                    "active, and bound to the "
                    "address of this machine, as the help desk sees it?\n");
    return false;
}

static void pause_until(int64_t when) {
    int64_t left = when - clock_monotonic_us();
    struct timespec span = {left / 1000000, left % 1000000 * 1000};
    if (left > 0) nanosleep(&span, NULL);
}

static bool ask_one(const struct compare_options *options, struct http_client *client, struct asked *asked,
                    struct text path, bool by_api, struct compare_tally *tally) {
    struct both both = ask_both(options, client, path);
    struct comparison comparison;
    bool go_on = tally->asked++ > 0 || may_go_on(options, &both);
    if (go_on && !both.answered) {
        count_unanswered(tally, path, &both);
    } else if (go_on) {
        times_add(&tally->php_times, both.php.us);
        times_add(&tally->our_times, both.ours.us);
        compare(&both, path, &comparison);
        if (comparison.unknown) compare_again(options, client, path, tally, &comparison);
        count(tally, path, &comparison);
        if (by_api) compare_source_follow(asked, buffer_text(&both.ours.body));
    }
    free_both(&both);
    return go_on;
}

static int compare_all(const struct compare_options *options, struct http_client *client) {
    struct asked asked = asked_new((size_t)options->limit);
    struct compare_tally tally = {.shown = calloc(COMPARE_SHOWN_MAX, sizeof *tally.shown)};
    bool by_api = false;
    bool good = tally.shown && compare_source(options, client, &asked, &by_api);
    if (good && !asked.count) {
        fputs("osticket-fcgi: there is nothing to ask: no read of the API was found\n", stderr);
        good = false;
    }
    int64_t next = clock_monotonic_us();
    for (size_t i = 0; good && i < asked.count; i++) {
        pause_until(next);
        next = clock_monotonic_us() + (options->rate ? 1000000 / options->rate : 0);
        good = ask_one(options, client, &asked, asked.paths[i], by_api, &tally);
    }
    if (good) compare_report(options, &asked, &tally);
    int code = !good ? INSPECT_CANNOT : tally.unknown + tally.unanswered ? INSPECT_BAD : INSPECT_GOOD;
    times_free(&tally.php_times);
    times_free(&tally.our_times);
    free(tally.shown);
    asked_free(&asked);
    return code;
}

int compare_run(const char *config, int count, char **words) {
    static struct compare_options options; // large
    options = (struct compare_options){.config = config, .limit = 500, .rate = 20, .timeout = 60};
    int read = read_options(&options, count, words);
    if (read <= 0) {
        fputs(usage, read ? stderr : stdout);
        return read ? INSPECT_CANNOT : INSPECT_GOOD;
    }
    struct http_settings settings = {(unsigned)options.timeout, ANSWER_MAX, options.tls_ca};
    struct http_client *client = http_client_new(&settings);
    if (!client) fputs("osticket-fcgi: out of memory\n", stderr);
    int code = client ? compare_all(&options, client) : INSPECT_CANNOT;
    http_client_free(&client);
    return code;
}
