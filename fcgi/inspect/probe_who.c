// SPDX-License-Identifier: GPL-2.0-or-later
// Who answers: the API's prefixes, the help desk's own pages, its sign-in.
#include "inspect/probe.h"

#include <stdio.h>
#include <string.h>

#define SNIPPET                                                                                              \
    "include osticket-fcgi's nginx snippet in the server block that serves this name (nginx -T shows "       \
    "which), in front of "                                                                                   \
    "its other locations, and reload nginx"
#define SOCKET                                                                                               \
    "systemctl status osticket-fcgi; is [server] socket the one that nginx passes to, and may nginx's user " \
    "write to it?"
#define DEADLINES                                                                                            \
    "[database] timeouts < [server] request_timeout < nginx's fastcgi_read_timeout; the log says what took " \
    "so long"

// Why there was no answer; false when there can be none to anything else, either.
static bool no_answer(struct probe *probe, const struct http_answer *answer) {
    const char *site = probe->options->site;
    switch (answer->outcome) {
    case HTTP_UNREACHABLE:
        probe_find(probe, PROBE_ERROR, "reach", "does nginx run, and does the name lead to it?",
                   "%s cannot be reached: %s", site, answer->problem);
        return false;
    case HTTP_UNTRUSTED:
        probe_find(probe, PROBE_ERROR, "tls",
                   "ssl_certificate has to be for this name, whole with its chain, and in date; of an "
                   "authority of your own, give probe --tls-ca FILE",
                   "the certificate of %s is not to be trusted: %s", site, answer->problem);
        if (probe->any_certificate) return false;
        probe->any_certificate = true;
        return true;
    case HTTP_LATE:
        probe_find(probe, PROBE_ERROR, "time", DEADLINES, "%s gives no whole answer within %ld s", site,
                   probe->options->timeout);
        return false;
    default:
        probe_find(probe, PROBE_ERROR, "reach", "is it a web server, and the port of this scheme?",
                   "%s does not answer as HTTP: %s", site, answer->problem);
        return false;
    }
}

static void judge_ours(struct probe *probe, const char *prefix, const struct http_answer *answer) {
    char mend[256];
    if (answer->status == 401) {
        probe->ours = true;
        probe->prefix = prefix;
        probe_find(probe, PROBE_OK, "who", "", "%s%s is answered by osticket-fcgi", probe->options->site,
                   prefix);
    } else if (answer->status == 400) {
        const char *path = strstr(probe->options->site, "//") + 2;
        path = strchr(path, '/') ? strchr(path, '/') : "";
        snprintf(mend, sizeof mend, "add %.100s%s to [api] prefixes", path, prefix);
        probe_find(probe, PROBE_ERROR, "folder", mend,
                   "osticket-fcgi answers %s%s, but knows no operation there", probe->options->site, prefix);
    } else if (answer->status == 503) {
        probe_find(probe, PROBE_ERROR, "database", "osticket-fcgi -t says why",
                   "osticket-fcgi answers %s%s with 503: its database is away", probe->options->site, prefix);
    } else {
        probe_find(probe, PROBE_ERROR, "who", "look for this request in osticket-fcgi's log",
                   "osticket-fcgi answers %s%s with %d, a request without a key should get 401",
                   probe->options->site, prefix, answer->status);
    }
}

static void judge_others(struct probe *probe, const char *prefix, const struct http_answer *answer) {
    const char *site = probe->options->site;
    struct text location = http_header(answer, "Location");
    if (probe_is_redirect(answer)) {
        probe_find(probe, PROBE_ERROR, "redirect",
                   "give clients the URL that it leads to, and let nothing redirect the API",
                   "%s%s is redirected (%d) to %.*s: on the way a POST may lose its body, and the key goes "
                   "where the client takes it",
                   site, prefix, answer->status, (int)(location.length < 200 ? location.length : 200),
                   location.data);
    } else if (answer->status == 502 || answer->status == 503) {
        probe_find(probe, PROBE_ERROR, "who", SOCKET, "%s%s: nginx reaches no worker (%d)", site, prefix,
                   answer->status);
    } else if (answer->status == 504) {
        probe_find(probe, PROBE_ERROR, "time", DEADLINES, "%s%s: no answer in time (504)", site, prefix);
    } else if (answer->status == 401 && probe_says(answer, "Valid API key required")) {
        probe_find(probe, PROBE_WARNING, "who",
                   "let proxies pass X-Request-Id in both directions; or this is PHP behind one",
                   "%s%s is osTicket's API, but whose cannot be told: X-Request-Id does not come back", site,
                   prefix);
    } else {
        probe_find(probe, PROBE_ERROR, "who",
                   "is this the help desk's folder (https://desk.example/support)? Else " SNIPPET,
                   "%s%s is not osTicket's API: status %d", site, prefix, answer->status);
    }
}

// What nginx answers in the program's place has the mark, too.
static bool speaks_for_itself(const struct http_answer *answer) {
    bool away =
        answer->status == 503 && text_find(buffer_text(&answer->body), TEXT("away for a moment"), 0) >= 0;
    return answer->status != 502 && answer->status != 504 && !away;
}

static bool probe_prefix(struct probe *probe, const char *prefix) {
    char path[64];
    struct http_answer answer;
    snprintf(path, sizeof path, "%s/tickets/ticketInfo", prefix);
    const struct probe_request request = {.method = "GET", .path = path};
    bool go_on = probe_ask(probe, &request, &answer);
    if (!go_on) {
        bool again = no_answer(probe, &answer);
        http_answer_free(&answer);
        return again && probe_prefix(probe, prefix);
    }
    switch (speaks_for_itself(&answer) ? probe_answerer(probe, &answer) : ANSWERED_BY_OTHERS) {
    case ANSWERED_BY_US: judge_ours(probe, prefix, &answer); break;
    case ANSWERED_BY_PHP:
        probe_find(probe, PROBE_ERROR, "who", SNIPPET, "%s%s is answered by osTicket's PHP",
                   probe->options->site, prefix);
        break;
    case ANSWERED_BY_OTHERS: judge_others(probe, prefix, &answer); break;
    }
    http_answer_free(&answer);
    return true;
}

bool probe_who(struct probe *probe) {
    return probe_prefix(probe, "/api") && probe_prefix(probe, "/api/http.php");
}

static void judge_page(struct probe *probe, const char *path, const struct http_answer *answer) {
    const char *site = probe->options->site;
    bool swallowed = probe_answerer(probe, answer) == ANSWERED_BY_US;
    bool looks = text_find(buffer_text(&answer->body), TEXT("osTicket"), 0) >= 0 ||
                 text_find(buffer_text(&answer->headers), TEXT("OSTSESSID"), 0) >= 0;
    if (swallowed)
        probe_find(probe, PROBE_ERROR, "pages",
                   "pass nothing but the API's operations to osticket-fcgi: the snippet does so",
                   "%s%s is answered by osticket-fcgi: the help desk's pages are cut off", site, path);
    else if (answer->status >= 400)
        probe_find(probe, PROBE_ERROR, "pages",
                   "put the snippet into the server block that the help desk has, instead of a second one of "
                   "the same name (--no-pages where pages are served elsewhere)",
                   "%s%s answers %d: the help desk's pages are cut off", site, path, answer->status);
    else if (!probe_is_redirect(answer) && !looks)
        probe_find(probe, PROBE_WARNING, "folder",
                   "give probe the URL of the help desk's first page: https://desk.example/support",
                   "%s%s is no page of osTicket", site, path);
    else
        probe_find(probe, PROBE_OK, "pages", "", "%s%s is the help desk's own", site, path);
}

static void judge_sign_in(struct probe *probe, const char *path, const struct http_answer *answer) {
    const char *site = probe->options->site;
    switch (probe_answerer(probe, answer)) {
    case ANSWERED_BY_US:
        probe_find(probe, PROBE_ERROR, "sign-in",
                   "let everything below /api/ that is none of the operations go to PHP: the snippet does "
                   "so, or set [fallback]",
                   "%s%s is answered by osticket-fcgi: nobody signs in by OAuth2", site, path);
        break;
    case ANSWERED_BY_PHP: probe_find(probe, PROBE_OK, "sign-in", "", "%s%s reaches PHP", site, path); break;
    case ANSWERED_BY_OTHERS:
        if (probe_is_redirect(answer))
            probe_find(probe, PROBE_OK, "sign-in", "", "%s%s leads on to a sign-in", site, path);
        else
            probe_find(probe, PROBE_WARNING, "sign-in",
                       "where people sign in by OAuth2, let nginx pass /api/… to api/http.php as osTicket's "
                       ".htaccess does",
                       "%s%s reaches neither PHP nor osticket-fcgi: status %d", site, path, answer->status);
        break;
    }
}

static void look_at(struct probe *probe, const char *path,
                    void (*judge)(struct probe *probe, const char *path, const struct http_answer *answer)) {
    struct http_answer answer;
    const struct probe_request request = {.method = "GET", .path = path};
    if (probe_ask(probe, &request, &answer))
        judge(probe, path, &answer);
    else
        probe_find(probe, PROBE_ERROR, "pages", "", "%s%s does not answer: %s", probe->options->site, path,
                   answer.problem);
    http_answer_free(&answer);
}

void probe_pages(struct probe *probe) {
    look_at(probe, "/", judge_page);
    look_at(probe, "/scp/", judge_page);
    look_at(probe, "/api/auth/oauth2", judge_sign_in);
}
