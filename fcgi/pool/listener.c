// SPDX-License-Identifier: GPL-2.0-or-later
// The listening socket. FCGX_OpenSocket() is of no use: it ends the process on failure and sets no mode.
#include "pool/listener.h"

#include "base/endpoint.h"
#include "base/text.h"
#include "pool/privileges.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SYSTEMD_FIRST_DESCRIPTOR 3 // sd_listen_fds(3)

static bool failed(struct error *error, const char *path, const char *what) {
    return error_set(error, ERROR_INTERNAL, "%s: %s: %s", path, what, strerror(errno));
}

// The descriptor that systemd passed, or -1.
static int passed_by_systemd(void) {
    const char *process = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    int64_t pid, sockets;
    if (!process || !count || !text_to_int64(text_of(process), &pid) ||
        !text_to_int64(text_of(count), &sockets))
        return -1;
    return pid == getpid() && sockets >= 1 ? SYSTEMD_FIRST_DESCRIPTOR : -1;
}

static bool set_flags(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags >= 0 && fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 &&
           fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0;
}

// Makes way for our socket: removes one that nobody answers on.
static bool clear_path(const struct sockaddr_un *address, struct error *error) {
    struct stat status;
    if (lstat(address->sun_path, &status) != 0)
        return errno == ENOENT || failed(error, address->sun_path, "cannot be looked at");
    if (!S_ISSOCK(status.st_mode))
        return error_set(error, ERROR_INTERNAL, "%s: exists and is no socket", address->sun_path);
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return failed(error, address->sun_path, "no socket");
    bool answered = connect(probe, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN;
    close(probe);
    if (answered)
        return error_set(error, ERROR_INTERNAL, "%s: another server listens there", address->sun_path);
    return unlink(address->sun_path) == 0 || failed(error, address->sun_path, "the stale socket stays");
}

static bool give_away(const char *path, const struct settings *settings, struct error *error) {
    bool root = geteuid() == 0;
    const char *owner = settings->server.socket_owner, *group = settings->server.socket_group;
    if (root && !*owner) owner = settings->server.user;
    if (root && !*group) group = settings->server.group;
    uid_t uid = (uid_t)-1;
    gid_t gid = (gid_t)-1;
    if (*owner && !privileges_user(owner, &uid, NULL, error)) return false;
    if (*group && !privileges_group(group, &gid, error)) return false;
    if (!*owner && !*group) return true;
    return lchown(path, uid, gid) == 0 || failed(error, path, "owner and group cannot be set");
}

// The socket has its mode from its birth: one that is given away takes CAP_FOWNER to change, which the unit's
// master has not got, and a path in a folder of somebody else's may be another file by then.
static bool bind_with_mode(int descriptor, const struct sockaddr_un *address, unsigned mode) {
    mode_t before = umask(0777 & ~mode);
    bool bound = bind(descriptor, (const struct sockaddr *)address, sizeof *address) == 0;
    int reason = errno;
    umask(before);
    errno = reason;
    return bound;
}

bool listener_open_unix(struct listener *listener, const struct settings *settings, struct error *error) {
    *listener = (struct listener){.descriptor = -1, .ours = true};
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const char *path = settings->server.socket;
    if (strlen(path) >= sizeof address.sun_path)
        return error_set(error, ERROR_INTERNAL, "%s: too long for a socket", path);
    strcpy(address.sun_path, path);
    if (!clear_path(&address, error)) return false;
    listener->descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener->descriptor < 0) return failed(error, path, "no socket");
    struct stat status;
    bool bound = bind_with_mode(listener->descriptor, &address, settings->server.socket_mode);
    if (!bound || lstat(path, &status) != 0) return failed(error, path, "cannot be made");
    listener->path = strdup(path);
    if (!listener->path) return error_set(error, ERROR_INTERNAL, "out of memory");
    listener->device = status.st_dev;
    listener->inode = status.st_ino;
    if (!give_away(path, settings, error)) return false;
    // From here on it answers: not before it is whose it shall be.
    return listen(listener->descriptor, SOMAXCONN) == 0 || failed(error, path, "cannot listen");
}

static bool listen_at(struct listener *listener, const struct addrinfo *address) {
    int on = 1;
    listener->descriptor = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listener->descriptor < 0) return false;
    // What a server before us has left behind in TIME_WAIT is no reason not to start.
    setsockopt(listener->descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener->descriptor, address->ai_addr, address->ai_addrlen) == 0 &&
        listen(listener->descriptor, SOMAXCONN) == 0)
        return true;
    int reason = errno;
    close(listener->descriptor);
    listener->descriptor = -1;
    errno = reason;
    return false;
}

// Listens at the first address of `name` (NULL: every one) and `family` that can be had.
static bool listen_by_name(struct listener *listener, const char *name, const char *port, int family,
                           const char *listen, struct error *error) {
    const struct addrinfo hints = {
        .ai_family = family, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    int problem = getaddrinfo(name, port, &hints, &found);
    if (problem)
        return error_set(error, ERROR_INTERNAL, "%s: no address of this machine: %s", listen,
                         gai_strerror(problem));
    bool open = false;
    for (struct addrinfo *one = found; one && !open; one = one->ai_next) open = listen_at(listener, one);
    if (!open) failed(error, listen, "cannot listen");
    freeaddrinfo(found);
    return open;
}

// For every address "::" goes first: it takes IPv4 as well, where there is IPv6 at all.
bool listener_open_tcp(struct listener *listener, const char *place, struct error *error) {
    struct endpoint parts;
    *listener = (struct listener){.descriptor = -1, .ours = true};
    if (!endpoint_split(place, &parts)) return error_set(error, ERROR_INTERNAL, "%s: no ADDRESS:PORT", place);
    const char *name = strcmp(parts.host, "*") == 0 ? NULL : parts.host;
    if (!name && listen_by_name(listener, name, parts.port, AF_INET6, place, error)) return true;
    return listen_by_name(listener, name, parts.port, name ? AF_UNSPEC : AF_INET, place, error);
}

bool listener_open(struct listener *listener, const struct settings *settings, struct error *error) {
    *listener = (struct listener){.descriptor = passed_by_systemd()};
    if (listener->descriptor >= 0) {
        if (set_flags(listener->descriptor)) return true;
        return failed(error, "the socket that systemd passed", "cannot be used");
    }
    const char *listen = settings->server.listen;
    if (*listen ? listener_open_tcp(listener, listen, error) : listener_open_unix(listener, settings, error))
        return true;
    listener_close(listener);
    return false;
}

bool listener_is_lost(const struct listener *listener) {
    struct stat status;
    struct pollfd waited = {.fd = listener->descriptor};
    if (!listener->path) return false;
    if (lstat(listener->path, &status) != 0) return errno == ENOENT;
    if (status.st_dev != listener->device || status.st_ino != listener->inode) return true;
    // Whoever holds it can shut it down, for everybody.
    return poll(&waited, 1, 0) == 1 && (waited.revents & POLLHUP);
}

void listener_remove(struct listener *listener) {
    struct stat status;
    if (listener->path && lstat(listener->path, &status) == 0 && status.st_dev == listener->device &&
        status.st_ino == listener->inode)
        unlink(listener->path);
}

void listener_close(struct listener *listener) {
    listener_remove(listener);
    if (listener->descriptor >= 0) close(listener->descriptor);
    free(listener->path);
    *listener = (struct listener){.descriptor = -1};
}
