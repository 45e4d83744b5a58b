// SPDX-License-Identifier: GPL-2.0-or-later
// Where the log's lines go.
#include "base/log/log_sink.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATIENCE_MS 100

static enum log_sink_kind kind_of(int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return LOG_SINK_FILE;
    if (S_ISSOCK(status.st_mode)) return LOG_SINK_SOCKET;
    return S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode) ? LOG_SINK_PIPE : LOG_SINK_FILE;
}

// A description of its own: non-blocking on a shared one would be so for everybody.
static int own_description(int descriptor) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    return open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

void log_sink_use(struct log_sink *sink, int descriptor, bool ours) {
    *sink = (struct log_sink){.descriptor = descriptor, .kind = kind_of(descriptor), .ours = ours};
    if (sink->kind != LOG_SINK_PIPE || ours) return;
    int own = own_description(descriptor);
    if (own < 0) return;
    sink->descriptor = own;
    sink->ours = true;
}

void log_sink_close(struct log_sink *sink) {
    if (sink->ours && sink->descriptor >= 0) close(sink->descriptor);
    *sink = (struct log_sink){.descriptor = -1};
}

static bool takes_more(int descriptor, int timeout_ms) {
    struct pollfd waited = {.fd = descriptor, .events = POLLOUT};
    return poll(&waited, 1, timeout_ms) == 1 && (waited.revents & POLLOUT);
}

static ssize_t try_once(const struct log_sink *sink, const char *bytes, size_t length) {
    switch (sink->kind) {
    case LOG_SINK_SOCKET: return send(sink->descriptor, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    case LOG_SINK_PIPE:
        // Asked even where it should be non-blocking: whoever shares it may have taken that back.
        if (takes_more(sink->descriptor, 0)) break;
        errno = EAGAIN;
        return -1;
    case LOG_SINK_FILE: break;
    }
    return write(sink->descriptor, bytes, length);
}

bool log_sink_write(struct log_sink *sink, const char *bytes, size_t length) {
    ssize_t written = try_once(sink, bytes, length);
    bool full = written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS);
    if (full && !sink->stuck && takes_more(sink->descriptor, PATIENCE_MS))
        written = try_once(sink, bytes, length);
    sink->stuck = written != (ssize_t)length;
    if (sink->stuck) sink->dropped++;
    return !sink->stuck;
}

bool log_sink_is_journal(const struct log_sink *sink) {
    const char *stream = getenv("JOURNAL_STREAM");
    uintmax_t device, inode;
    char end;
    struct stat status;
    return stream && sscanf(stream, "%ju:%ju%c", &device, &inode, &end) == 2 &&
           fstat(sink->descriptor, &status) == 0 && status.st_dev == (dev_t)device &&
           status.st_ino == (ino_t)inode;
}
