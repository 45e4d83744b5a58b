// SPDX-License-Identifier: GPL-2.0-or-later
// Where the metrics server is asked.
#include "pool/metrics_listener.h"

#include <errno.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 64

bool metrics_socket_path(const struct settings *settings, char path[METRICS_SOCKET_MAX]) {
    int length = snprintf(path, METRICS_SOCKET_MAX, "%s.status", settings->server.socket);
    return length > 0 && (size_t)length < METRICS_SOCKET_MAX;
}

// A unix socket at `path` with another owner and mode than the server's.
static bool open_unix(struct listener *listener, const struct settings *settings, const char *path,
                      struct error *error) {
    struct settings own = *settings; // borrows the texts
    char owner[] = "root", nobody[] = "";
    bool root = geteuid() == 0;
    own.server.socket = (char *)(uintptr_t)path;
    own.server.socket_owner = root ? owner : nobody;
    own.server.socket_group = root ? settings->server.group : nobody;
    own.server.socket_mode = 0660;
    if (listener_open_unix(listener, &own, error)) return true;
    listener_close(listener);
    return false;
}

bool metrics_open_status(struct listener *listener, const struct settings *settings, struct error *error) {
    char path[METRICS_SOCKET_MAX];
    *listener = (struct listener){.descriptor = -1};
    if (!metrics_socket_path(settings, path))
        return error_set(error, ERROR_INTERNAL, "%s.status: too long for a socket", settings->server.socket);
    return open_unix(listener, settings, path, error);
}

// "127.0.0.1:9153", "[::1]:9153"; the settings' own check has seen it.
static struct addrinfo *resolve(const char *place) {
    char host[128];
    const char *colon = strrchr(place, ':');
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                             .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    if (!colon) return NULL;
    bool bracketed = *place == '[' && colon > place && colon[-1] == ']';
    snprintf(host, sizeof host, "%.*s", (int)(colon - place) - (bracketed ? 2 : 0), place + bracketed);
    return getaddrinfo(host, colon + 1, &hints, &found) == 0 ? found : NULL;
}

static bool open_tcp(struct listener *listener, const char *place, struct error *error) {
    int on = 1;
    struct addrinfo *address = resolve(place);
    errno = EADDRNOTAVAIL;
    if (address)
        listener->descriptor = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool good = address && listener->descriptor >= 0 &&
                setsockopt(listener->descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                bind(listener->descriptor, address->ai_addr, address->ai_addrlen) == 0 &&
                listen(listener->descriptor, BACKLOG) == 0;
    if (!good) error_set(error, ERROR_INTERNAL, "[metrics] listen = %s: %s", place, strerror(errno));
    if (address) freeaddrinfo(address);
    if (!good) listener_close(listener);
    return good;
}

bool metrics_open(struct listener *listener, const struct settings *settings, struct error *error) {
    const char *place = settings->metrics.listen;
    *listener = (struct listener){.descriptor = -1};
    if (!*place) return true;
    return strncmp(place, "unix:", 5) == 0 ? open_unix(listener, settings, place + 5, error)
                                           : open_tcp(listener, place, error);
}
