// SPDX-License-Identifier: GPL-2.0-or-later
// Asking on behalf of osticket-fcgi probe, and who it was that answered.
#include "inspect/probe.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

// A name for the request that finds it in the server's log, and that this server sends back.
static void make_mark(struct probe *probe) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(probe->mark, sizeof probe->mark, "probe-%08llx%06lx-%u", (unsigned long long)now.tv_sec,
             ((unsigned long)now.tv_nsec ^ (unsigned long)getpid()) & 0xFFFFFF, ++probe->requests);
}

bool probe_ask(struct probe *probe, const struct probe_request *request, struct http_answer *answer) {
    char url[INSPECT_URL_MAX + 128], mark[PROBE_MARK_MAX + 16];
    const char *headers[12];
    size_t count = 0;
    make_mark(probe);
    snprintf(mark, sizeof mark, "X-Request-Id: %s", probe->mark);
    headers[count++] = "User-Agent: " INSPECT_PROGRAM_NAME;
    headers[count++] = mark;
    if (request->with_key && *probe->options->key && !probe->any_certificate)
        headers[count++] = probe->options->key;
    for (size_t i = 0; request->headers[i] && count < 11; i++) headers[count++] = request->headers[i];
    headers[count] = NULL;
    if (request->url)
        snprintf(url, sizeof url, "%s", request->url);
    else
        snprintf(url, sizeof url, "%s%s", probe->options->site, request->path);
    const struct http_request asked = {.method = request->method,
                                       .url = url,
                                       .headers = headers,
                                       .body = request->body,
                                       .announced = request->announced,
                                       .any_certificate = probe->any_certificate,
                                       .fresh = request->fresh};
    http_ask(probe->client, &asked, answer);
    return answer->outcome == HTTP_ANSWERED;
}

// PHP's sessions send a cookie, and a date of long ago.
static bool has_php_marks(const struct http_answer *answer) {
    struct text headers = buffer_text(&answer->headers);
    return text_find(headers, TEXT("OSTSESSID="), 0) >= 0 ||
           text_find(headers, TEXT("Thu, 19 Nov 1981 08:52:00 GMT"), 0) >= 0 ||
           text_starts_with(http_header(answer, "X-Powered-By"), TEXT("PHP"));
}

enum answerer probe_answerer(const struct probe *probe, const struct http_answer *answer) {
    if (has_php_marks(answer)) return ANSWERED_BY_PHP;
    return text_equal(http_header(answer, "X-Request-Id"), text_of(probe->mark)) ? ANSWERED_BY_US
                                                                                 : ANSWERED_BY_OTHERS;
}

bool probe_says(const struct http_answer *answer, const char *body) {
    return text_equal(text_trim(buffer_text(&answer->body)), text_of(body));
}

bool probe_is_redirect(const struct http_answer *answer) {
    return answer->status >= 300 && answer->status < 400 && !text_is_null(http_header(answer, "Location"));
}

bool probe_is_https(const char *url) {
    return strncasecmp(url, "https://", 8) == 0;
}

bool probe_is_loopback(const char *url) {
    const char *host = strstr(url, "//") + 2;
    return strncmp(host, "127.", 4) == 0 || strncmp(host, "[::1]", 5) == 0 ||
           strncasecmp(host, "localhost", 9) == 0;
}
