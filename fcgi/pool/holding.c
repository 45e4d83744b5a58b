// SPDX-License-Identifier: GPL-2.0-or-later
// A connection on its way from process to process (unix(7), SCM_RIGHTS).
#include "pool/holding.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SOCKET_BYTES (1024 * 1024)

void holding_open(int ends[2]) {
    const int bytes = SOCKET_BYTES;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0) {
        ends[0] = ends[1] = -1;
        return;
    }
    // Less is fine, too: then fewer are on their way.
    (void)!setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

// Room for one descriptor beside the bytes.
union rights {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr aligned;
};

bool holding_send(int end, int connection, const struct holding *holding, struct text parameters,
                  struct text answer) {
    union rights rights;
    struct iovec parts[] = {{(void *)(uintptr_t)holding, sizeof *holding},
                            {(void *)(uintptr_t)parameters.data, parameters.length},
                            {(void *)(uintptr_t)answer.data, answer.length}};
    struct msghdr message = {.msg_iov = parts,
                             .msg_iovlen = sizeof parts / sizeof *parts,
                             .msg_control = rights.bytes,
                             .msg_controllen = sizeof rights.bytes};
    if (end < 0 || parameters.length + answer.length > HOLDING_BYTES_MAX) return false;
    memset(&rights, 0, sizeof rights);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof connection);
    memcpy(CMSG_DATA(header), &connection, sizeof connection);
    return sendmsg(end, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
}

static int connection_of(struct msghdr *message) {
    int connection = -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof connection))
        memcpy(&connection, CMSG_DATA(header), sizeof connection);
    return connection;
}

static bool is_whole(const struct holding *holding, size_t got) {
    return got >= sizeof *holding && holding->parameters <= HOLDING_BYTES_MAX &&
           holding->answer <= HOLDING_BYTES_MAX &&
           holding->parameters + holding->answer <= HOLDING_BYTES_MAX &&
           got == sizeof *holding + holding->parameters + holding->answer &&
           memchr(holding->wait.position, '\0', sizeof holding->wait.position) &&
           memchr(holding->id, '\0', sizeof holding->id) &&
           memchr(holding->client, '\0', sizeof holding->client) &&
           memchr(holding->key, '\0', sizeof holding->key) &&
           holding->wait.department_count <= WAIT_DEPARTMENTS_MAX;
}

int holding_take(int end, struct holding *holding, char bytes[HOLDING_BYTES_MAX]) {
    union rights rights;
    struct iovec parts[] = {{holding, sizeof *holding}, {bytes, HOLDING_BYTES_MAX}};
    struct msghdr message = {.msg_iov = parts,
                             .msg_iovlen = sizeof parts / sizeof *parts,
                             .msg_control = rights.bytes,
                             .msg_controllen = sizeof rights.bytes};
    ssize_t got = recvmsg(end, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got <= 0) return 0;
    int connection = connection_of(&message);
    if (connection >= 0 && is_whole(holding, (size_t)got)) return connection;
    if (connection >= 0) close(connection);
    return -1;
}
