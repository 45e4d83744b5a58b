// SPDX-License-Identifier: GPL-2.0-or-later
// Where the metrics server is asked.
#include "pool/metrics_listener.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

static bool open_tcp(struct listener *listener, const char *place, struct error *error) {
    if (listener_open_tcp(listener, place, error)) return true;
    struct error reason = *error;
    return error_set(error, ERROR_INTERNAL, "[metrics] listen = %s", reason.message);
}

bool metrics_open(struct listener *listener, const struct settings *settings, struct error *error) {
    const char *place = settings->metrics.listen;
    *listener = (struct listener){.descriptor = -1};
    if (!*place) return true;
    return strncmp(place, "unix:", 5) == 0 ? open_unix(listener, settings, place + 5, error)
                                           : open_tcp(listener, place, error);
}
