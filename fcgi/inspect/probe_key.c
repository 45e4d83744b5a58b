// SPDX-License-Identifier: GPL-2.0-or-later
// What a key may do, and what a web page may.
#include "inspect/probe.h"

#include "base/words.h"

#include <stdio.h>
#include <strings.h>

#define STRANGER "https://probe.invalid"

static void judge_refusal(struct probe *probe, const struct http_answer *answer) {
    char mend[400];
    if (probe_says(answer, "Valid API key required")) {
        snprintf(mend, sizeof mend,
                 "bind the key to the address that the log of osticket-fcgi names in the line of request "
                 "id=%s (client=...); "
                 "behind a proxy set [api] trusted_proxies first, TRUSTED_PROXIES for PHP",
                 probe->mark);
        probe_find(probe, PROBE_ERROR, "key", mend,
                   "the key is not accepted: it is unknown, or bound to another address than the help desk "
                   "sees (this machine connects from %s)",
                   *answer->local_address ? answer->local_address : "?");
    } else if (answer->status == 401) {
        probe_find(probe, PROBE_ERROR, "key", "Admin Panel, Manage, API Keys: set it active",
                   "the key is switched off");
    } else {
        probe_find(probe, PROBE_ERROR, "key", "look for this request in the server's log",
                   "a read with the key gets %d", answer->status);
    }
}

// A reply of nothing: whoever may post is told what is missing, and nothing is written.
static void check_writing(struct probe *probe, const char *path) {
    struct http_answer answer;
    const struct probe_request request = {.method = "POST",
                                          .path = path,
                                          .headers = {"Content-Type: application/json"},
                                          .with_key = true,
                                          .body = TEXT("{}")};
    bool answered = probe_ask(probe, &request, &answer);
    if (answered && answer.status == 401)
        probe_find(probe, PROBE_WARNING, "key", "Admin Panel, Manage, API Keys: \"Can Create Tickets\"",
                   "the key may read only: replies and new tickets get 401");
    else if (answered && (answer.status == 400 || answer.status == 422))
        probe_find(probe, PROBE_OK, "key", "", "the key may reply and create tickets");
    else
        probe_find(probe, PROBE_ERROR, "key", "look for this request in the server's log",
                   "an empty reply gets %d instead of 400 or 422: %s", answer.status, answer.problem);
    http_answer_free(&answer);
}

void probe_key(struct probe *probe) {
    char path[64];
    struct http_answer answer;
    if (!*probe->options->key) return;
    if (probe->any_certificate) {
        probe_find(probe, PROBE_WARNING, "key", "", "the key was not sent, because of the certificate");
        return;
    }
    snprintf(path, sizeof path, "%s/tickets/ticketInfo", probe->prefix);
    const struct probe_request request = {.method = "GET", .path = path, .with_key = true};
    bool answered = probe_ask(probe, &request, &answer);
    bool accepted = answered && answer.status == 422;
    if (accepted)
        probe_find(probe, PROBE_OK, "key", "", "the key is accepted from here");
    else if (answered)
        judge_refusal(probe, &answer);
    http_answer_free(&answer);
    if (!accepted || !probe->ours) return;
    snprintf(path, sizeof path, "%s/tickets/reply.json", probe->prefix);
    check_writing(probe, path);
}

// Whether a comma list names `word`, in any case.
static bool lists(struct text list, const char *word) {
    for (struct text item; list_next(&list, &item);) {
        item = text_trim(item);
        if (text_equal_ignoring_case(item, text_of(word)) || text_equal(item, TEXT("*"))) return true;
    }
    return false;
}

static bool allows(const struct http_answer *answer, const char *origin) {
    struct text allowed = http_header(answer, "Access-Control-Allow-Origin");
    return text_equal(allowed, text_of(origin)) || text_equal(allowed, TEXT("*"));
}

static void judge_preflight(struct probe *probe, const struct http_answer *answer, const char *mend) {
    const char *origin = probe->options->origin;
    struct text methods = http_header(answer, "Access-Control-Allow-Methods");
    struct text headers = http_header(answer, "Access-Control-Allow-Headers");
    const char *missing = !lists(methods, "POST")           ? "the method POST"
                          : !lists(headers, "X-API-Key")    ? "the header X-API-Key"
                          : !lists(headers, "Content-Type") ? "the header Content-Type"
                                                            : NULL;
    if (answer->status < 200 || answer->status > 299 || !allows(answer, origin))
        probe_find(probe, PROBE_ERROR, "cors", mend,
                   "a page of %s may not call the API: its preflight gets %d%s", origin, answer->status,
                   allows(answer, origin) ? "" : " without Access-Control-Allow-Origin");
    else if (missing)
        probe_find(probe, PROBE_ERROR, "cors", mend, "a page of %s may not use %s", origin, missing);
    else
        probe_find(probe, PROBE_OK, "cors", "", "a page of %s may call the API", origin);
}

static void check_preflight(struct probe *probe, const char *origin_header, const char *mend) {
    char path[64];
    struct http_answer answer;
    snprintf(path, sizeof path, "%s/tickets/reply.json", probe->prefix);
    const struct probe_request request = {
        .method = "OPTIONS",
        .path = path,
        .headers = {origin_header, "Access-Control-Request-Method: POST",
                    "Access-Control-Request-Headers: content-type,x-api-key"}};
    if (probe_ask(probe, &request, &answer)) judge_preflight(probe, &answer, mend);
    http_answer_free(&answer);
}

// A page that cannot read a refusal tells its user "failed", and he sends the ticket again.
static void check_answer(struct probe *probe, const char *origin_header, const char *mend) {
    char path[64];
    struct http_answer answer;
    snprintf(path, sizeof path, "%s/tickets/ticketInfo", probe->prefix);
    const struct probe_request request = {.method = "GET", .path = path, .headers = {origin_header}};
    bool answered = probe_ask(probe, &request, &answer);
    struct text exposed = http_header(&answer, "Access-Control-Expose-Headers");
    if (answered && !allows(&answer, probe->options->origin))
        probe_find(probe, PROBE_ERROR, "cors", mend,
                   "a page of %s cannot read answers: no Access-Control-Allow-Origin on a %d",
                   probe->options->origin, answer.status);
    else if (answered && (!lists(exposed, "Retry-After") || !lists(exposed, "X-Request-Id")))
        probe_find(probe, PROBE_WARNING, "cors", "Access-Control-Expose-Headers: X-Request-Id, Retry-After",
                   "pages cannot read X-Request-Id and Retry-After");
    http_answer_free(&answer);
}

static void check_stranger(struct probe *probe) {
    char path[64];
    struct http_answer answer;
    snprintf(path, sizeof path, "%s/tickets/ticketInfo", probe->prefix);
    const struct probe_request request = {.method = "GET", .path = path, .headers = {"Origin: " STRANGER}};
    if (probe_ask(probe, &request, &answer) && allows(&answer, STRANGER))
        probe_find(probe, PROBE_WARNING, "cors", "name the pages that may, instead of all: [cors] origins",
                   "any web page may call the API");
    http_answer_free(&answer);
}

void probe_cors(struct probe *probe) {
    char header[360], mend[400];
    check_stranger(probe);
    if (!probe->options->origin) return;
    snprintf(header, sizeof header, "Origin: %s", probe->options->origin);
    snprintf(mend, sizeof mend,
             "add %s to [cors] origins, and let nothing else set or remove Access-Control headers",
             probe->options->origin);
    check_preflight(probe, header, mend);
    check_answer(probe, header, mend);
}
