// SPDX-License-Identifier: GPL-2.0-or-later
// Where the metrics server is asked. The master opens it: the folder is root's, the port may be a low one.
#ifndef FCGI_POOL_METRICS_LISTENER_H
#define FCGI_POOL_METRICS_LISTENER_H

#include "pool/listener.h"

#include <sys/un.h>

#define METRICS_SOCKET_MAX sizeof(((struct sockaddr_un *)NULL)->sun_path)

// The path of the socket that "osticket-fcgi status" asks: the server's with ".status" behind. False when
// that is too long for a socket.
bool metrics_socket_path(const struct settings *settings, char path[METRICS_SOCKET_MAX]);

// Makes that socket: for root and the workers' group alone.
bool metrics_open_status(struct listener *listener, const struct settings *settings,
                         struct error *error) CHECKED;

// Opens [metrics] listen. A `descriptor` of -1 when it is empty.
bool metrics_open(struct listener *listener, const struct settings *settings, struct error *error) CHECKED;

#endif
