// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the key travels unseen: the certificate, and what http:// does beside https://.
#include "inspect/probe.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define SOON (14 * 86400)
#define FORWARD                                                                                              \
    "in the server block of http://: return 308 https://$host$request_uri; and give clients the https:// "   \
    "URL"

static void check_certificate(struct probe *probe) {
    struct http_answer answer;
    char until[40] = "";
    const struct probe_request request = {
        .method = "GET", .path = "/api/http.php/tickets/ticketInfo", .fresh = true};
    bool answered = probe_ask(probe, &request, &answer);
    time_t end = (time_t)answer.certificate_end;
    struct tm day;
    http_answer_free(&answer);
    if (!answered) return;
    if (end && gmtime_r(&end, &day)) strftime(until, sizeof until, " until %Y-%m-%d", &day);
    if (end && end - time(NULL) < SOON)
        probe_find(probe, PROBE_WARNING, "tls",
                   "renew it, and see why that was not done by itself (systemctl list-timers, certbot renew)",
                   "the certificate is good only%s", until);
    else
        probe_find(probe, PROBE_OK, "tls", "", "the certificate is trusted%s", until);
}

// The http:// URL beside an https:// one without a port of its own. False when there is none to think of.
static bool plain_url(const struct probe *probe, char url[INSPECT_URL_MAX + 64]) {
    char site[INSPECT_URL_MAX];
    if (probe->options->plain) {
        if (!inspect_site(probe->options->plain, site)) return false;
    } else {
        const char *host = probe->options->site + strlen("https://");
        size_t length = strcspn(host, "/");
        const char *colon = host[0] == '[' ? strstr(host, "]:") : memchr(host, ':', length);
        if (colon && colon < host + length) return false;
        snprintf(site, sizeof site, "http://%.*s", INSPECT_URL_MAX - 16, host);
    }
    snprintf(url, INSPECT_URL_MAX + 64, "%s/api/http.php/tickets/ticketInfo", site);
    return true;
}

static void judge_plain(struct probe *probe, const struct http_answer *answer) {
    bool to_https =
        strncasecmp(http_header(answer, "Location").data ? http_header(answer, "Location").data : "",
                    "https://", 8) == 0;
    if (!probe_is_redirect(answer) && answer->status < 400)
        probe_find(
            probe, PROBE_WARNING, "redirect", FORWARD,
            "http:// answers beside https:// (%d): a key that is sent there crosses the net in the clear",
            answer->status);
    else if (!probe_is_redirect(answer) && answer->status == 401)
        probe_find(probe, PROBE_WARNING, "redirect", FORWARD,
                   "http:// answers beside https://, as the API: keys that are sent there cross the net in "
                   "the clear");
    else if (!probe_is_redirect(answer))
        probe_find(probe, PROBE_OK, "redirect", "", "http:// refuses the API (%d)", answer->status);
    else if (to_https && (answer->status == 307 || answer->status == 308))
        probe_find(probe, PROBE_OK, "redirect", "",
                   "http:// leads to https:// by %d, so that a POST stays one; a key sent there has been "
                   "seen all the same",
                   answer->status);
    else
        probe_find(probe, PROBE_WARNING, "redirect", FORWARD,
                   "http:// is redirected by %d: a POST arrives as GET without its body, and the key has "
                   "crossed the net in the clear",
                   answer->status);
}

static void check_plain(struct probe *probe) {
    char url[INSPECT_URL_MAX + 64];
    struct http_answer answer;
    if (!plain_url(probe, url)) return;
    const struct probe_request request = {.method = "GET", .url = url};
    if (probe_ask(probe, &request, &answer))
        judge_plain(probe, &answer);
    else if (answer.outcome == HTTP_UNREACHABLE)
        probe_find(probe, PROBE_OK, "redirect", "", "nobody listens on http:// beside it");
    http_answer_free(&answer);
}

void probe_tls(struct probe *probe) {
    const char *site = probe->options->site;
    if (probe_is_https(site)) {
        if (!probe->any_certificate) check_certificate(probe);
        check_plain(probe);
    } else if (probe_is_loopback(site)) {
        probe_find(probe, PROBE_OK, "tls", "", "no TLS, and none is needed on loopback");
    } else {
        probe_find(probe, PROBE_WARNING, "tls",
                   "listen 443 ssl; with ssl_certificate and ssl_certificate_key in the site's server block",
                   "%s has no TLS: keys and tickets cross the net in the clear", site);
    }
}
