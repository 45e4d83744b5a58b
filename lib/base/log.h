// SPDX-License-Identifier: GPL-2.0-or-later
// One line an event, to stderr or a file, as text or as JSON. Control bytes are escaped, so a line is always
// one line.
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

enum log_format { LOG_FORMAT_TEXT, LOG_FORMAT_JSON };

struct log; // where lines go; one a process, handed down to whoever writes

struct log_settings {
    const char *path; // NULL, "", "stderr", "/dev/stderr": standard error; "/dev/stdout": standard output
    enum log_level level;
    enum log_format format;
    uid_t owner; // who may own the file beside root when root opens it; (uid_t)-1: nobody
};

// The file is opened for appending, mode 0640; see base/guarded_file.h for what is not opened. A pipe or a
// device is taken, too. NULL with `error` set when it cannot be opened.
struct log *log_open(const struct log_settings *settings, struct error *error);
void log_close(struct log **log);

// The same log in a program that was started with its `descriptor`, which is the log's from here on. NULL
// with `error` set when memory is out.
struct log *log_continue(const struct log_settings *settings, int descriptor, struct error *error);

// Opens the file anew (after logrotate); on failure the old one stays and the error says why.
bool log_reopen(struct log *log, struct error *error);

// The same in a program's loop: on failure the old log says why.
void log_reopen_or_tell(struct log *log);

int log_descriptor(const struct log *log);

// Whether it is a regular file that was opened by its path: the one kind that may change its owner.
bool log_is_file(const struct log *log);

// Calls `note` with the text of each line of level error, from here on.
void log_on_error(struct log *log, void (*note)(void *context, const char *text), void *context);

// "STAMP LEVEL[pid]: text\n", or a JSON object with "time", "level", "pid" and "message", in one write.
// Bytes below 0x20, 0x7F and malformed UTF-8 come out as \xNN, a backslash as \\; in JSON as JSON has them,
// malformed ones as U+FFFD. Cut at 4 KiB. Where standard error is systemd's journal, the line begins with its
// priority ("<6>") and a text has no stamp. A NULL log swallows the line.
// A line waits for a pipe, a socket or a terminal that takes nothing for a tenth of a second at most, the
// ones behind it not at all; they are dropped and their number is logged once lines are taken again.
void log_write(struct log *log, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// A part of a line that has parts.
enum log_field_kind {
    LOG_WORD,        // a text without blanks
    LOG_QUOTED,      // a text with blanks, in double quotes, those in it become single ones
    LOG_NUMBER,      // an integer
    LOG_MILLISECONDS // `number` in microseconds, with three decimals
};
struct log_field {
    const char *name;
    enum log_field_kind kind;
    const char *text;
    int64_t number;
};

// The same with "EVENT name=value name=value" as text; in JSON with "event" and a member a field.
void log_write_fields(struct log *log, enum log_level level, const char *event,
                      const struct log_field *fields, size_t count);

#endif
