// SPDX-License-Identifier: GPL-2.0-or-later
// Where the log's lines go: a file, a pipe, a socket or a terminal, none of which holds up who writes.
#ifndef BASE_LOG_SINK_H
#define BASE_LOG_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_sink_kind { LOG_SINK_FILE, LOG_SINK_PIPE, LOG_SINK_SOCKET };

struct log_sink {
    int descriptor;
    enum log_sink_kind kind; // a terminal is a pipe
    bool ours;               // to be closed
    bool stuck;              // the last line was not taken: no more waiting
    uint64_t dropped;        // lines, since one was last taken
};

// Takes the descriptor over. One of a pipe or a terminal that others share is opened anew where that can be
// done, so that it can be made non-blocking for us alone.
void log_sink_use(struct log_sink *sink, int descriptor, bool ours);
void log_sink_close(struct log_sink *sink);

// Writes in one piece. False when it was dropped, and counted.
bool log_sink_write(struct log_sink *sink, const char *bytes, size_t length);

// Whether it is the stream that systemd connected with its journal, by JOURNAL_STREAM of the environment.
bool log_sink_is_journal(const struct log_sink *sink);

#endif
