// SPDX-License-Identifier: GPL-2.0-or-later
// One line an event, to stderr or a file.
#include "base/log.h"

#include "base/clock.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096

struct log {
    int descriptor;
    enum log_level level;
    char *path; // NULL: standard error
};

static int open_file(const char *path, struct error *error) {
    int descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
    if (descriptor < 0) error_set(error, ERROR_INTERNAL, "cannot open the log %s: %s", path, strerror(errno));
    return descriptor;
}

// `descriptor` -1: of a file that is still to be opened.
static struct log *make(const char *path, enum log_level level, int descriptor, struct error *error) {
    bool to_file = path && *path && strcmp(path, "stderr") != 0;
    struct log *log = calloc(1, sizeof *log);
    if (!log || (to_file && !(log->path = strdup(path)))) {
        error_set(error, ERROR_INTERNAL, "out of memory");
        free(log);
        return NULL;
    }
    log->level = level;
    log->descriptor = descriptor >= 0 ? descriptor : to_file ? open_file(path, error) : STDERR_FILENO;
    return log;
}

struct log *log_open(const char *path, enum log_level level, struct error *error) {
    struct log *log = make(path, level, -1, error);
    if (log && log->descriptor < 0) log_close(&log);
    return log;
}

struct log *log_continue(const char *path, enum log_level level, int descriptor, struct error *error) {
    return make(path, level, descriptor, error);
}

void log_close(struct log **log) {
    if (!*log) return;
    if ((*log)->path && (*log)->descriptor >= 0) close((*log)->descriptor);
    free((*log)->path);
    free(*log);
    *log = NULL;
}

bool log_reopen(struct log *log, struct error *error) {
    if (!log || !log->path) return true;
    int descriptor = open_file(log->path, error);
    if (descriptor < 0) return false;
    close(log->descriptor);
    log->descriptor = descriptor;
    return true;
}

int log_descriptor(const struct log *log) {
    return log->descriptor;
}

// How many bytes from `i` on, at most `most`, mean the same to everybody.
static size_t plain_run(struct text text, size_t i, size_t most) {
    size_t length = 0;
    if (most > text.length - i) most = text.length - i;
    while (length < most && text.data[i + length] >= 0x20 && text.data[i + length] < 0x7F &&
           text.data[i + length] != '\\')
        length++;
    return length;
}

// Copies `from` to `to` with what a terminal or a line reader could take amiss escaped; returns the bytes
// written, never more than `room` and never half an escape or half a code point.
static size_t escape(char *to, size_t room, struct text from) {
    size_t used = 0;
    for (size_t i = 0; i < from.length;) {
        char piece[8];
        size_t next = i, length = plain_run(from, i, room - used);
        if (length) {
            memcpy(to + used, from.data + i, length);
            used += length;
            i += length;
            continue;
        }
        uint32_t c = text_next_code_point(from, &next);
        bool malformed = c == 0xFFFD && next == i + 1;
        if (c < 0x20 || c == 0x7F || malformed)
            length = (size_t)snprintf(piece, sizeof piece, "\\x%02X", (unsigned char)from.data[i]);
        else if (c == '\\')
            memcpy(piece, "\\\\", length = 2);
        else
            memcpy(piece, from.data + i, length = next - i);
        if (length > room - used) break;
        memcpy(to + used, piece, length);
        used += length;
        i = next;
    }
    return used;
}

void log_write(struct log *log, enum log_level level, const char *format, ...) {
    static const char *const names[] = {"error", "warning", "notice", "info", "debug"};
    if (!log || level > log->level) return;
    char text[LINE_MAX_BYTES], line[LINE_MAX_BYTES], stamp[CLOCK_STAMP_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0) return;
    if ((size_t)length >= sizeof text) length = sizeof text - 1;
    clock_stamp(stamp);
    size_t used = (size_t)snprintf(line, sizeof line, "%s %s[%d]: ", stamp, names[level], (int)getpid());
    used += escape(line + used, sizeof line - 1 - used, (struct text){text, (size_t)length});
    line[used++] = '\n';
    // A log that cannot be written must not end the service, and there is nowhere left to say it.
    ssize_t written = write(log->descriptor, line, used);
    (void)written;
}
