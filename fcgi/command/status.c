// SPDX-License-Identifier: GPL-2.0-or-later
// `osticket-fcgi status`: asks the metrics server over its own socket.
#include "command/status.h"

#include "base/buffer.h"
#include "config/settings.h"
#include "pool/metrics_listener.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define ANSWER_MAX (16 * 1024 * 1024)
#define PATIENCE   10 // seconds

static int fail(const char *what, const char *word, const char *reason) {
    fprintf(stderr, "osticket-fcgi: %s%s%s\n", word, what, reason);
    return 1;
}

static int cannot_connect(const char *path) {
    if (errno == ENOENT || errno == ECONNREFUSED)
        return fail(": nobody answers there; osticket-fcgi does not run, or with other settings (-c FILE)",
                    path, "");
    if (errno == EACCES) return fail(": only root and the server's group may ask there; try sudo", path, "");
    return fail(": ", path, strerror(errno));
}

// Sends the request and reads until the server closes.
static bool ask(int connection, const char *page, struct buffer *answer) {
    char bytes[4096];
    ssize_t got;
    int length = snprintf(bytes, sizeof bytes, "GET %s HTTP/1.0\r\n\r\n", page);
    if (send(connection, bytes, (size_t)length, MSG_NOSIGNAL) != length) return false;
    while ((got = recv(connection, bytes, sizeof bytes, 0)) > 0) buffer_add(answer, bytes, (size_t)got);
    return got == 0 && !answer->failed;
}

// What stands behind the headers of a 200; NULL when it is none.
static const char *body_of(const struct buffer *answer) {
    if (!answer->length || strncmp(answer->data, "HTTP/1.", 7) != 0 ||
        strncmp(answer->data + 8, " 200", 4) != 0)
        return NULL;
    const char *end = strstr(answer->data, "\r\n\r\n");
    return end ? end + 4 : NULL;
}

static int show(const char *path, bool json) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval patience = {.tv_sec = PATIENCE};
    struct buffer answer = buffer_new(ANSWER_MAX);
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), code = 0;
    strcpy(address.sun_path, path);
    if (connection < 0 || connect(connection, (const struct sockaddr *)&address, sizeof address) != 0) {
        code = cannot_connect(path);
    } else {
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        bool asked = ask(connection, json ? "/status" : "/status.txt", &answer);
        const char *body = asked ? body_of(&answer) : NULL;
        if (body)
            printf("%s%s", body, json ? "\n" : "");
        else
            code = fail(": osticket-fcgi does not answer in time or not as expected", path, "");
    }
    if (connection >= 0) close(connection);
    buffer_free(&answer);
    return code;
}

int status_command(const char *config_path, int count, char **words) {
    struct settings settings;
    struct error error = {0};
    char path[METRICS_SOCKET_MAX];
    bool json = count == 1 && strcmp(words[0], "--json") == 0;
    if (count > 1 || (count == 1 && !json)) {
        fputs("osticket-fcgi status [--json]        what the running server does\n", stderr);
        return 2;
    }
    if (!settings_load(config_path, &settings, &error)) return fail("", error.message, "");
    int code = metrics_socket_path(&settings, path)
                   ? show(path, json)
                   : fail(": too long, there is no socket to ask", settings.server.socket, "");
    settings_free(&settings);
    return code;
}
