// SPDX-License-Identifier: GPL-2.0-or-later
// The metrics server: HTTP in front of the scoreboard.
#include "metrics/server.h"

#include "base/log.h"
#include "metrics/status.h"
#include "metrics/text.h"
#include "pool/signals.h"
#include "pool/worker_count.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define ANSWER_MAX         (8 * 1024 * 1024)
#define CONNECTIONS_MAX    32
#define CONNECTION_SECONDS 10
#define TICK_MS            1000 // for the library's own time-outs

struct metrics_server {
    const struct settings *settings;
    struct log *log;
    struct metrics_database *database;
    struct MHD_Daemon *daemons[2];
    size_t daemon_count;
    int gate; // readable when one of the daemons has something to do
    struct metrics_view view;
};

// ---- answers

static void add_json(const struct metrics_view *view, struct buffer *out) {
    struct output *output = malloc(sizeof *output);
    if (!output) return;
    output_to_buffer(output, out);
    metrics_status_json(view, output);
    output_flush(output);
    free(output);
}

static void look(struct metrics_server *server, bool database) {
    server->view.workers = worker_count(server->settings);
    metrics_add_up(server->view.memory, &server->view.total);
    server->view.database = (struct database_view){0};
    if (database) metrics_database_look(server->database, &server->view.database);
}

static unsigned answer_health(struct metrics_server *server, struct buffer *out) {
    look(server, false);
    bool lives = server->view.total.starting + server->view.total.idle + server->view.total.busy > 0;
    buffer_add_string(out, lives ? "ok\n" : "no worker lives\n");
    return lives ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE;
}

static unsigned answer_ready(struct metrics_server *server, struct buffer *out) {
    look(server, true);
    const char *trouble = metrics_trouble(&server->view);
    buffer_add_string(out, trouble ? trouble : "ready");
    buffer_add_char(out, '\n');
    return trouble ? MHD_HTTP_SERVICE_UNAVAILABLE : MHD_HTTP_OK;
}

static unsigned answer_metrics(struct metrics_server *server, struct buffer *out) {
    look(server, true);
    metrics_text(server->view.memory, &server->view.total, &server->view.database, server->view.workers, out);
    return MHD_HTTP_OK;
}

static unsigned answer_status(struct metrics_server *server, struct buffer *out) {
    look(server, true);
    add_json(&server->view, out);
    return MHD_HTTP_OK;
}

static unsigned answer_status_text(struct metrics_server *server, struct buffer *out) {
    look(server, true);
    metrics_status_text(&server->view, out);
    return MHD_HTTP_OK;
}

static const struct page {
    const char *path, *type;
    unsigned (*answer)(struct metrics_server *server, struct buffer *out);
} pages[] = {
    {"/metrics", "text/plain; version=0.0.4; charset=utf-8", answer_metrics},
    {"/health", "text/plain; charset=utf-8", answer_health},
    {"/ready", "text/plain; charset=utf-8", answer_ready},
    {"/status", "application/json; charset=utf-8", answer_status},
    {"/status.txt", "text/plain; charset=utf-8", answer_status_text},
};

static const struct page *page_of(const char *path) {
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strcmp(pages[i].path, path) == 0) return &pages[i];
    return NULL;
}

static enum MHD_Result respond(struct MHD_Connection *connection, unsigned status, const char *type,
                               const struct buffer *body) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body->length, body->data, MHD_RESPMEM_MUST_COPY);
    if (!response) return MHD_NO;
    MHD_add_response_header(response, "Content-Type", type);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED) MHD_add_response_header(response, "Allow", "GET, HEAD");
    enum MHD_Result sent = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_length, void **seen) {
    struct buffer body = buffer_new(ANSWER_MAX);
    const struct page *page = page_of(path);
    unsigned status = page ? MHD_HTTP_OK : MHD_HTTP_NOT_FOUND;
    (void)version, (void)upload;
    if (!*seen) { // the headers; the answer comes with the next call, so that the connection can be kept
        *seen = context;
        return MHD_YES;
    }
    if (*upload_length) {
        *upload_length = 0;
        return MHD_YES;
    }
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        status = MHD_HTTP_METHOD_NOT_ALLOWED;
    else if (page)
        status = page->answer(context, &body);
    if (status == MHD_HTTP_NOT_FOUND || status == MHD_HTTP_METHOD_NOT_ALLOWED)
        buffer_add_string(&body, "GET /metrics, /health, /ready or /status\n");
    enum MHD_Result sent =
        body.failed ? MHD_NO : respond(connection, status, page ? page->type : "text/plain", &body);
    buffer_free(&body);
    return sent;
}

// ---- who may ask

static enum MHD_Result is_allowed(void *context, const struct sockaddr *peer, socklen_t length) {
    const struct metrics_server *server = context;
    char text[INET6_ADDRSTRLEN] = "";
    const void *address = NULL;
    (void)length;
    if (peer->sa_family == AF_UNIX) return MHD_YES; // the socket's permissions said so
    if (peer->sa_family == AF_INET) address = &((const struct sockaddr_in *)(const void *)peer)->sin_addr;
    if (peer->sa_family == AF_INET6) address = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
    if (!address || !inet_ntop(peer->sa_family, address, text, sizeof text)) return MHD_NO;
    return network_list_contains(text_of(server->settings->metrics.allow), text_of(text)) ? MHD_YES : MHD_NO;
}

// ---- life

static bool listen_at(struct metrics_server *server, int listener) {
    if (listener < 0) return true;
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL, 0, is_allowed, server, answer, server, MHD_OPTION_LISTEN_SOCKET,
                         listener, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_SECONDS, MHD_OPTION_END);
    if (!daemon) return false;
    server->daemons[server->daemon_count++] = daemon;
    struct epoll_event event = {.events = EPOLLIN};
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info && epoll_ctl(server->gate, EPOLL_CTL_ADD, info->epoll_fd, &event) == 0;
}

static void keep(struct metrics_server *server) {
    for (;;) {
        signals_wait(server->gate, TICK_MS);
        for (size_t i = 0; i < server->daemon_count; i++) MHD_run(server->daemons[i]);
        bool terminated = signals_take(SIGTERM), quit = signals_take(SIGQUIT);
        if (terminated || quit) return;
        if (signals_take(SIGUSR1)) log_reopen_or_tell(server->log);
    }
}

static bool prepare(struct metrics_server *server, const struct child_start *start) {
    struct error error = {0};
    server->settings = start->settings;
    server->log = start->log;
    server->gate = epoll_create1(EPOLL_CLOEXEC);
    server->view.memory = scoreboard_read(start->reading, &error);
    server->database = metrics_database_start(start->settings);
    if (server->view.memory && server->database && server->gate >= 0 &&
        listen_at(server, start->status_listener) && listen_at(server, start->metrics_listener))
        return true;
    log_write(start->log, LOG_LEVEL_ERROR, "the metrics server cannot start%s%s", *error.message ? ": " : "",
              error.message);
    return false;
}

// The listeners are the next server's, too: the library must not shut them down.
static void stop(struct metrics_server *server) {
    for (size_t i = 0; i < server->daemon_count; i++) {
        MHD_quiesce_daemon(server->daemons[i]);
        MHD_run(server->daemons[i]);
        MHD_stop_daemon(server->daemons[i]);
    }
}

int metrics_run(const struct child_start *start) {
    static struct metrics_server *server; // outlives this function: the thread goes on until the process ends
    server = calloc(1, sizeof *server);
    bool good = server && prepare(server, start);
    if (good) {
        slot_idle(start->slot);
        keep(server);
        stop(server);
    }
    return good ? 0 : 1;
}
