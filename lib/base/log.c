// SPDX-License-Identifier: GPL-2.0-or-later
// One line an event, to stderr or a file.
#include "base/log.h"

#include "base/guarded_file.h"
#include "base/log/log_line.h"
#include "base/log/log_sink.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct log {
    struct log_sink sink;
    enum log_level level;
    enum log_format format;
    uid_t owner;
    bool journal;
    char *path; // NULL: a standard stream
    void (*note)(void *context, const char *text);
    void *context;
};

// The standard stream that a path stands for; -1: none, it is a file.
static int stream_of(const char *path) {
    if (!path || !*path || strcmp(path, "stderr") == 0 || strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    return strcmp(path, "/dev/stdout") == 0 ? STDOUT_FILENO : -1;
}

static int open_file(const char *path, uid_t owner, struct error *error) {
    struct error why;
    int descriptor = guarded_file_open(path, O_WRONLY | O_APPEND, 0640, owner, NULL, &why);
    if (descriptor < 0) error_set(error, ERROR_INTERNAL, "cannot open the log %s", why.message);
    return descriptor;
}

static void use(struct log *log, int descriptor, bool ours) {
    log_sink_use(&log->sink, descriptor, ours);
    log->journal = log_sink_is_journal(&log->sink);
}

// `descriptor` -1: of what is still to be opened.
static struct log *make(const struct log_settings *settings, int descriptor, struct error *error) {
    int stream = stream_of(settings->path);
    struct log *log = calloc(1, sizeof *log);
    if (!log || (stream < 0 && !(log->path = strdup(settings->path)))) {
        error_set(error, ERROR_INTERNAL, "out of memory");
        free(log);
        return NULL;
    }
    log->level = settings->level;
    log->format = settings->format;
    log->owner = settings->owner;
    log->sink.descriptor = -1;
    bool handed = descriptor >= 0;
    if (!handed) descriptor = stream >= 0 ? stream : open_file(log->path, log->owner, error);
    if (descriptor >= 0) use(log, descriptor, handed ? descriptor > STDERR_FILENO : stream < 0);
    return log;
}

struct log *log_open(const struct log_settings *settings, struct error *error) {
    struct log *log = make(settings, -1, error);
    if (log && log->sink.descriptor < 0) log_close(&log);
    return log;
}

struct log *log_continue(const struct log_settings *settings, int descriptor, struct error *error) {
    return make(settings, descriptor, error);
}

void log_close(struct log **log) {
    if (!*log) return;
    log_sink_close(&(*log)->sink);
    free((*log)->path);
    free(*log);
    *log = NULL;
}

// Whether what is open is what the path still names: then there is nothing to do, and a pipe that was made
// for root stays open to its workers.
static bool is_open_already(const struct log *log) {
    struct stat open, named;
    return fstat(log->sink.descriptor, &open) == 0 && lstat(log->path, &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

bool log_reopen(struct log *log, struct error *error) {
    if (!log || !log->path || is_open_already(log)) return true;
    int descriptor = open_file(log->path, log->owner, error);
    if (descriptor < 0) return false;
    uint64_t dropped = log->sink.dropped;
    log_sink_close(&log->sink);
    use(log, descriptor, true);
    log->sink.dropped = dropped;
    return true;
}

void log_reopen_or_tell(struct log *log) {
    struct error error;
    if (!log_reopen(log, &error)) log_write(log, LOG_LEVEL_ERROR, "%s", error.message);
}

int log_descriptor(const struct log *log) {
    return log->sink.descriptor;
}

bool log_is_file(const struct log *log) {
    return log->path && log->sink.kind == LOG_SINK_FILE;
}

void log_on_error(struct log *log, void (*note)(void *context, const char *text), void *context) {
    if (!log) return;
    log->note = note;
    log->context = context;
}

static void put(struct log *log, const struct log_event *event) {
    char line[LOG_LINE_SIZE];
    log_sink_write(&log->sink, line, log_line(event, line));
}

// What was dropped is said as soon as lines are taken again.
static void own_up(struct log *log) {
    uint64_t dropped = log->sink.dropped;
    char text[80];
    snprintf(text, sizeof text, "%" PRIu64 " lines of the log were dropped: they could not be written",
             dropped);
    put(log, &(struct log_event){
                 .level = LOG_LEVEL_WARNING, .format = log->format, .journal = log->journal, .text = text});
    if (!log->sink.stuck)
        log->sink.dropped = 0;
    else
        log->sink.dropped = dropped; // the owning up itself does not count
}

static void write_event(struct log *log, struct log_event *event) {
    event->format = log->format;
    event->journal = log->journal;
    if (log->sink.dropped) own_up(log);
    put(log, event);
}

void log_write(struct log *log, enum log_level level, const char *format, ...) {
    if (!log || level > log->level) return;
    char text[LOG_LINE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0) return;
    if (log->note && level == LOG_LEVEL_ERROR) log->note(log->context, text);
    write_event(log, &(struct log_event){.level = level, .text = text});
}

void log_write_fields(struct log *log, enum log_level level, const char *event,
                      const struct log_field *fields, size_t count) {
    if (!log || level > log->level) return;
    struct log_event line = {.level = level, .text = event, .fields = fields, .field_count = count};
    if (log->note && level == LOG_LEVEL_ERROR) {
        char text[LOG_LINE_SIZE];
        struct log_event plain = line;
        plain.journal = true; // no stamp
        size_t length = log_line(&plain, text);
        text[length - 1] = '\0';
        const char *begin = strstr(text, "]: ");
        log->note(log->context, begin ? begin + 3 : text);
    }
    write_event(log, &line);
}
