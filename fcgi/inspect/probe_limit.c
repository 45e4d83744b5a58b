// SPDX-License-Identifier: GPL-2.0-or-later
// The largest body that passes, and how long answers take. Bodies are announced, never sent.
#include "compare/times.h"
#include "inspect/probe.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SLOW    1000000 // microseconds
#define SAMPLES 5

enum verdict { TAKEN, REFUSED, UNCLEAR };

// What a body of that size meets. The answer is to be freed.
static enum verdict announce(struct probe *probe, int64_t size, struct http_answer *answer) {
    char path[64], origin[360];
    snprintf(path, sizeof path, "%s/tickets/reply.json", probe->prefix);
    snprintf(origin, sizeof origin, "Origin: %s", probe->options->origin ? probe->options->origin : "");
    const struct probe_request request = {
        .method = "POST",
        .path = path,
        .headers = {"Content-Type: application/json", probe->options->origin ? origin : NULL},
        .announced = size};
    probe_ask(probe, &request, answer);
    if (answer->outcome == HTTP_BODY_WANTED) return TAKEN;
    return answer->outcome == HTTP_ANSWERED && answer->status == 413 ? REFUSED : UNCLEAR;
}

static const char *size_text(int64_t size, char text[32]) {
    if (size % (1 << 20) == 0)
        snprintf(text, 32, "%" PRId64 " MB", size >> 20);
    else
        snprintf(text, 32, "%" PRId64 " bytes", size);
    return text;
}

// nginx's own limit is mostly a power of two of MiB.
static void find_smaller(struct probe *probe) {
    char wanted[32], passing[32], mend[160];
    int64_t most = probe->options->max_body, passes = 0;
    for (int64_t size = most / 2; !passes && size >= 65536; size /= 2) {
        struct http_answer answer;
        if (announce(probe, size, &answer) == TAKEN) passes = size;
        http_answer_free(&answer);
    }
    snprintf(mend, sizeof mend,
             "client_max_body_size %" PRId64 "; where nginx passes the API on, as [server] max_body", most);
    probe_find(
        probe, PROBE_ERROR, "limit", mend,
        "bodies of %s are refused with 413 before they reach osticket-fcgi; %s pass: attachments are lost",
        size_text(most, wanted), passes ? size_text(passes, passing) : "none");
}

static void judge_413(struct probe *probe, const struct http_answer *answer) {
    struct text type = http_header(answer, "Content-Type"),
                allowed = http_header(answer, "Access-Control-Allow-Origin");
    if (!text_starts_with(type, TEXT("text/plain")))
        probe_find(probe, PROBE_WARNING, "limit", "the snippet's error locations answer with text",
                   "the 413 is nginx's page of HTML, no text");
    else if (probe->options->origin && text_is_null(allowed))
        probe_find(probe, PROBE_WARNING, "limit", "the snippet's error locations carry the headers of CORS",
                   "a page cannot read the 413: it has no Access-Control-Allow-Origin");
}

static void check_above(struct probe *probe) {
    char text[32], mend[160];
    struct http_answer answer;
    int64_t most = probe->options->max_body;
    snprintf(mend, sizeof mend,
             "client_max_body_size %" PRId64
             "; so that nginx refuses at once what osticket-fcgi would refuse",
             most);
    enum verdict verdict = announce(probe, most + 1, &answer);
    if (verdict == REFUSED) {
        probe_find(probe, PROBE_OK, "limit", "", "bodies up to %s pass, larger ones get 413",
                   size_text(most, text));
        judge_413(probe, &answer);
    } else if (verdict == TAKEN) {
        probe_find(probe, PROBE_WARNING, "limit", mend,
                   "nginx takes bodies above %s, to be refused when they have come", size_text(most, text));
    }
    http_answer_free(&answer);
}

void probe_limit(struct probe *probe) {
    struct http_answer answer;
    char text[32];
    enum verdict verdict = announce(probe, probe->options->max_body, &answer);
    if (verdict == TAKEN)
        check_above(probe);
    else if (verdict == REFUSED)
        find_smaller(probe);
    else
        probe_find(probe, PROBE_WARNING, "limit", "",
                   "the limit of bodies cannot be told: %s announced get %d %s",
                   size_text(probe->options->max_body, text), answer.status, answer.problem);
    http_answer_free(&answer);
}

void probe_times(struct probe *probe) {
    char path[64];
    struct times times = {0};
    size_t failed = 0;
    snprintf(path, sizeof path, "%s/tickets/ticketInfo", probe->prefix);
    for (int i = 0; i < SAMPLES; i++) {
        struct http_answer answer;
        const struct probe_request request = {.method = "GET", .path = path};
        if (probe_ask(probe, &request, &answer) && answer.status < 500)
            times_add(&times, answer.us);
        else
            failed++;
        http_answer_free(&answer);
    }
    int64_t median = times_percentile(&times, 50);
    if (failed)
        probe_find(probe, PROBE_ERROR, "time", "look into the logs of osticket-fcgi and nginx",
                   "%zu of %d requests were not answered", failed, SAMPLES);
    if (times.count && median > SLOW)
        probe_find(probe, PROBE_WARNING, "time",
                   "osticket-fcgi's log names ms= and round_trips= of each request; osticket-fcgi -t names "
                   "missing indexes",
                   "a refusal takes %.1f s", (double)median / 1e6);
    else if (times.count && !failed)
        probe_find(probe, PROBE_OK, "time", "", "a refusal takes %.1f ms", (double)median / 1000);
    times_free(&times);
}
