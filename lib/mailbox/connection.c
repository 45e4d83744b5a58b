// SPDX-License-Identifier: GPL-2.0-or-later
// The connection to a mail server.
#include "mailbox/connection.h"

#include "base/clock.h"

#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_TIME 30 // seconds
#define TICK_MS      500
#define CHUNK        16384
#define SHOWN_MAX    160 // of what a server said

struct connection {
    CURL *curl;
    curl_socket_t socket;
    struct mailbox_settings settings;
    char host[256];
    char message[CURL_ERROR_SIZE];
    char answer[256]; // the server's last line while it logs in
    int64_t end_ms;
    char bytes[CHUNK]; // read and not taken yet
    size_t used, length;
};

// Texts of a server are for a log and a column: without control characters.
static void add_shown(struct text text, struct buffer *out) {
    for (size_t i = 0; i < text.length && i < SHOWN_MAX; i++)
        buffer_add_char(out, (unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F ? ' ' : text.data[i]);
}

bool connection_fail(const struct connection *connection, const char *what, struct text answer,
                     struct error *error) {
    struct buffer said = buffer_new(1024);
    add_shown(text_trim(answer), &said);
    if (said.length)
        error_set(error, ERROR_UNAVAILABLE, "%s: %s: %s", connection->host, what, said.data);
    else
        error_set(error, ERROR_UNAVAILABLE, "%s: %s", connection->host, what);
    buffer_free(&said);
    return false;
}

static bool may_go_on(const struct connection *connection, struct error *error) {
    if (connection->settings.may_go_on && !connection->settings.may_go_on(connection->settings.context))
        return error_set(error, ERROR_ABORTED, "told to stop");
    return clock_monotonic_ms() < connection->end_ms ||
           connection_fail(connection, "it takes too long", TEXT_NULL, error);
}

// ---- open

static int look_up(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    struct connection *connection = context;
    (void)a, (void)b, (void)c, (void)d;
    return connection->settings.may_go_on && !connection->settings.may_go_on(connection->settings.context);
}

static size_t keep_answer(char *line, size_t size, size_t count, void *context) {
    struct connection *connection = context;
    size_t length =
        size * count < sizeof connection->answer - 1 ? size * count : sizeof connection->answer - 1;
    memcpy(connection->answer, line, length);
    connection->answer[length] = '\0';
    return size * count;
}

static void set_server(struct connection *connection, const struct mailbox_server *server) {
    static const char *const schemes[2][2] = {{"imap", "imaps"}, {"pop3", "pop3s"}};
    struct buffer url = buffer_new(512);
    bool bare_ipv6 = text_find(server->host, TEXT(":"), 0) >= 0 && server->host.data[0] != '[';
    buffer_add_format(&url, "%s://%s", schemes[server->protocol][server->security == MAILBOX_TLS],
                      bare_ipv6 ? "[" : "");
    buffer_add_text(&url, server->host);
    buffer_add_format(&url, "%s:%" PRId64 "/", bare_ipv6 ? "]" : "", server->port);
    curl_easy_setopt(connection->curl, CURLOPT_URL, url.data);
    curl_easy_setopt(connection->curl, CURLOPT_USE_SSL,
                     (long)(server->security == MAILBOX_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(connection->curl, CURLOPT_USERNAME, server->username.data);
    if (server->token.data)
        curl_easy_setopt(connection->curl, CURLOPT_XOAUTH2_BEARER, server->token.data);
    else
        curl_easy_setopt(connection->curl, CURLOPT_PASSWORD,
                         server->password.data ? server->password.data : "");
    buffer_free(&url);
}

static void set_rules(struct connection *connection) {
    CURL *curl = connection->curl;
    const struct mailbox_settings *settings = &connection->settings;
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps,pop3,pop3s");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS,
                     (long)(CURLPROTO_IMAP | CURLPROTO_IMAPS | CURLPROTO_POP3 | CURLPROTO_POP3S));
#endif
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); // none, whatever the environment says
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIME);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)settings->total_time);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)settings->answer_time);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, settings->verify ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, settings->verify ? 2L : 0L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (settings->tls_ca && settings->tls_ca[0]) curl_easy_setopt(curl, CURLOPT_CAINFO, settings->tls_ca);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, connection->message);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_answer);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, connection);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, connection);
}

static const char *explain(CURLcode code) {
    switch (code) {
    case CURLE_LOGIN_DENIED: return "cannot login, user or password wrong";
    case CURLE_PEER_FAILED_VERIFICATION: return "its certificate is not trusted";
    case CURLE_USE_SSL_FAILED: return "it refuses STARTTLS";
    case CURLE_OPERATION_TIMEDOUT: return "it does not answer in time";
    default: return "cannot connect";
    }
}

static bool connect_to(struct connection *connection, struct error *error) {
    CURLcode code = curl_easy_perform(connection->curl);
    if (code == CURLE_ABORTED_BY_CALLBACK) return error_set(error, ERROR_ABORTED, "told to stop");
    if (code != CURLE_OK) {
        const char *said = *connection->message ? connection->message : curl_easy_strerror(code);
        return connection_fail(connection, explain(code), text_of(said), error);
    }
    code = curl_easy_getinfo(connection->curl, CURLINFO_ACTIVESOCKET, &connection->socket);
    return (code == CURLE_OK && connection->socket != CURL_SOCKET_BAD) ||
           connection_fail(connection, "cannot connect", TEXT_NULL, error);
}

struct connection *connection_open(const struct mailbox_server *server,
                                   const struct mailbox_settings *settings, struct error *error) {
    struct connection *connection = calloc(1, sizeof *connection);
    bool good = connection && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (good) connection->curl = curl_easy_init();
    if (!good || !connection->curl) {
        error_set(error, ERROR_INTERNAL, "out of memory");
        connection_close(&connection);
        return NULL;
    }
    size_t length =
        server->host.length < sizeof connection->host - 1 ? server->host.length : sizeof connection->host - 1;
    memcpy(connection->host, server->host.data, length);
    connection->settings = *settings;
    connection->end_ms = clock_monotonic_ms() + (int64_t)settings->total_time * 1000;
    set_server(connection, server);
    set_rules(connection);
    if (!connect_to(connection, error)) connection_close(&connection);
    return connection;
}

void connection_close(struct connection **connection) {
    if (!*connection) return;
    if ((*connection)->curl) {
        curl_easy_cleanup((*connection)->curl);
        curl_global_cleanup();
    }
    free(*connection);
    *connection = NULL;
}

// ---- lines and bytes

// Waits for the socket, in short turns so that a stop is heard.
static bool await(struct connection *connection, short events, int64_t silent_since, struct error *error) {
    struct pollfd waited = {.fd = connection->socket, .events = events};
    if (!may_go_on(connection, error)) return false;
    if (clock_monotonic_ms() - silent_since > (int64_t)connection->settings.answer_time * 1000)
        return connection_fail(connection, "it does not answer in time", TEXT_NULL, error);
    return poll(&waited, 1, TICK_MS) >= 0 || errno == EINTR ||
           connection_fail(connection, "the connection broke", TEXT_NULL, error);
}

static bool send_all(struct connection *connection, const char *bytes, size_t length, struct error *error) {
    int64_t since = clock_monotonic_ms();
    while (length) {
        size_t sent = 0;
        CURLcode code = curl_easy_send(connection->curl, bytes, length, &sent);
        if (code == CURLE_AGAIN) {
            if (!await(connection, POLLOUT, since, error)) return false;
            continue;
        }
        if (code != CURLE_OK) return connection_fail(connection, "the connection broke", TEXT_NULL, error);
        bytes += sent;
        length -= sent;
        since = clock_monotonic_ms();
    }
    return true;
}

bool connection_send(struct connection *connection, struct text line, struct error *error) {
    struct buffer whole = buffer_new(line.length + 2);
    buffer_add_text(&whole, line);
    buffer_add_string(&whole, "\r\n");
    bool done = !whole.failed ? send_all(connection, whole.data, whole.length, error)
                              : error_set(error, ERROR_INTERNAL, "out of memory");
    buffer_free(&whole);
    return done;
}

// Reads until something is there.
static bool fill(struct connection *connection, struct error *error) {
    int64_t since = clock_monotonic_ms();
    while (connection->used == connection->length) {
        size_t got = 0;
        CURLcode code = curl_easy_recv(connection->curl, connection->bytes, CHUNK, &got);
        if (code == CURLE_AGAIN) {
            if (!await(connection, POLLIN, since, error)) return false;
            continue;
        }
        if (code != CURLE_OK || !got)
            return connection_fail(connection, "the connection broke", TEXT_NULL, error);
        connection->used = 0;
        connection->length = got;
    }
    return may_go_on(connection, error);
}

bool connection_line(struct connection *connection, struct buffer *line, struct error *error) {
    const size_t before = line->length; // what stands there may end with a CR of its own
    for (;;) {
        if (!fill(connection, error)) return false;
        const char *start = connection->bytes + connection->used;
        const char *end = memchr(start, '\n', connection->length - connection->used);
        size_t length = end ? (size_t)(end - start) : connection->length - connection->used;
        buffer_add(line, start, length);
        connection->used += end ? length + 1 : length;
        if (line->failed)
            return connection_fail(connection, "it sends a line without an end", TEXT_NULL, error);
        if (!end) continue;
        if (line->length > before && line->data[line->length - 1] == '\r') line->data[--line->length] = '\0';
        return true;
    }
}

bool connection_bytes(struct connection *connection, size_t count, struct buffer *bytes,
                      struct error *error) {
    while (count) {
        if (!fill(connection, error)) return false;
        size_t length =
            connection->length - connection->used < count ? connection->length - connection->used : count;
        buffer_add(bytes, connection->bytes + connection->used, length);
        connection->used += length;
        count -= length;
        if (bytes->failed) return error_set(error, ERROR_TOO_LARGE, "the mail is too large");
    }
    return true;
}
