// SPDX-License-Identifier: GPL-2.0-or-later
// The parts of osticket-fcgi probe.
#ifndef INSPECT_PROBE_H
#define INSPECT_PROBE_H

#include "http/http.h"
#include "inspect/inspect.h"

#include <stdint.h>

#define PROBE_FINDINGS_MAX 64
#define PROBE_MARK_MAX     40

struct probe_options {
    char site[INSPECT_URL_MAX];     // the help desk, without a slash at the end
    char key[INSPECT_KEY_MAX + 16]; // a header, or ""
    const char *origin;             // of a web page that calls the API; NULL: none
    const char *plain;              // the http:// URL beside an https:// one; NULL: the same host's
    const char *tls_ca;
    int64_t max_body;
    long timeout; // seconds for each answer
    bool pages;   // whether the help desk's own pages are looked at
    bool json, strict;
};

enum probe_grade { PROBE_OK, PROBE_WARNING, PROBE_ERROR };

struct probe_finding {
    enum probe_grade grade;
    const char *check; // "who", "tls", ...: for scripts
    char text[640], mend[480];
};

// Who gave an answer, as far as it can be told.
enum answerer { ANSWERED_BY_US, ANSWERED_BY_PHP, ANSWERED_BY_OTHERS };

struct probe {
    const struct probe_options *options;
    struct http_client *client;
    bool any_certificate; // the certificate was found bad: no key is sent any more
    bool ours;            // this server answers under a prefix
    const char *prefix;   // the one that requests are made under
    unsigned requests;
    char mark[PROBE_MARK_MAX]; // the X-Request-Id of the last request
    struct probe_finding findings[PROBE_FINDINGS_MAX];
    size_t count;
};

// Notes a finding; the texts are formatted, `mend` is "" when there is nothing to do.
void probe_find(struct probe *probe, enum probe_grade grade, const char *check, const char *mend,
                const char *format, ...) __attribute__((format(printf, 5, 6)));

// What is asked: a method, a URL, further headers.
struct probe_request {
    const char *method;
    const char *url; // whole; NULL: `path` behind the site
    const char *path;
    const char *headers[6]; // the last NULL
    bool with_key, fresh;
    struct text body;
    int64_t announced;
};

// Asks; the answer is to be freed with http_answer_free(). False when none came.
bool probe_ask(struct probe *probe, const struct probe_request *request, struct http_answer *answer);

// By the X-Request-Id, which this server sends back, and by what PHP's sessions leave in headers.
enum answerer probe_answerer(const struct probe *probe, const struct http_answer *answer);

bool probe_says(const struct http_answer *answer, const char *body);
bool probe_is_redirect(const struct http_answer *answer);
bool probe_is_https(const char *url);
bool probe_is_loopback(const char *url);

// The checks, in their order. The first says whether there is sense in the others.
bool probe_who(struct probe *probe);
void probe_tls(struct probe *probe);
void probe_pages(struct probe *probe);
void probe_key(struct probe *probe);
void probe_cors(struct probe *probe);
void probe_limit(struct probe *probe);
void probe_times(struct probe *probe);

#endif
