// SPDX-License-Identifier: GPL-2.0-or-later
// The parts of osticket-fcgi compare.
#ifndef INSPECT_COMPARE_H
#define INSPECT_COMPARE_H

#include "compare/asked.h"
#include "compare/comparison.h"
#include "compare/times.h"
#include "http/http.h"
#include "inspect/inspect.h"

#define COMPARE_SHOWN_MAX 1000 // unknown differences that are kept

struct compare_options {
    char php[INSPECT_URL_MAX], ours[INSPECT_URL_MAX]; // of the APIs
    char key[INSPECT_KEY_MAX + 16];                   // a header, or ""
    const char *config, *log, *list, *tls_ca;
    long limit, rate, timeout; // requests, requests a second (0: no pause), seconds
    bool json;
};

// One request whose answers differ in a way that nothing explains, or that was not answered.
struct unknown_difference {
    struct text path;
    struct comparison comparison;
};

struct compare_tally {
    size_t asked, same, departing, changed, unknown, unanswered;
    size_t departures[DEPARTURE_COUNT];
    struct unknown_difference *shown;
    size_t shown_count;
    struct times php_times, our_times;
};

// Fills `asked` by the options: from a log, a list, or the help desk's own tickets, agents and clients. Where
// these cannot be had from the database, from the API's list of tickets: then `*by_api`. False after saying
// why.
bool compare_source(const struct compare_options *options, struct http_client *client, struct asked *asked,
                    bool *by_api);

// After a ticket was read while walking by the API: adds its owner's tickets.
void compare_source_follow(struct asked *asked, struct text ticket_info);

// Asks one server. False when it did not answer; `problem` says why.
bool compare_ask(const struct compare_options *options, struct http_client *client, const char *api,
                 struct text path, struct http_answer *answer);

void compare_report(const struct compare_options *options, const struct asked *asked,
                    struct compare_tally *tally);

#endif
