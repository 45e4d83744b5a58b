// SPDX-License-Identifier: GPL-2.0-or-later
// One line an event, to stderr or a file. Control bytes are escaped, so a line is always one line.
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/error.h"

#include <stdbool.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

struct log; // where lines go; one a process, handed down to whoever writes

// `path` NULL or "" or "stderr": standard error. The file is opened for appending, mode 0640. NULL with
// `error` set when it cannot be opened.
struct log *log_open(const char *path, enum log_level level, struct error *error);
void log_close(struct log **log);

// The same log in a program that was started with its `descriptor`, which is the log's from here on. NULL
// with `error` set when memory is out.
struct log *log_continue(const char *path, enum log_level level, int descriptor, struct error *error);

// Opens the file anew (after logrotate); on failure the old one stays and the error says why.
bool log_reopen(struct log *log, struct error *error);

// The file's descriptor, so that the master can hand ownership to the workers' user.
int log_descriptor(const struct log *log);

// "STAMP LEVEL[pid]: text\n" in one write(2). Bytes below 0x20, 0x7F and malformed UTF-8 come out as \xNN, a
// backslash as \\. Cut at 4 KiB. A NULL log swallows the line.
void log_write(struct log *log, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
