// SPDX-License-Identifier: GPL-2.0-or-later
// What a line of the log looks like.
#ifndef BASE_LOG_LINE_H
#define BASE_LOG_LINE_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>

#define LOG_LINE_SIZE 4096 // with its line feed; as much as a pipe takes in one piece

struct log_event {
    enum log_level level;
    enum log_format format;
    bool journal;     // with a priority, a text without a stamp
    const char *text; // the message; or the event's name when there are fields
    const struct log_field *fields;
    size_t field_count;
};

// Writes the line, which ends in a line feed and is not terminated; its length.
size_t log_line(const struct log_event *event, char bytes[LOG_LINE_SIZE]);

#endif
