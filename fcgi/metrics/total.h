// SPDX-License-Identifier: GPL-2.0-or-later
// The sum of what all children count. What they write is theirs, so it is read with bounds.
#ifndef FCGI_METRICS_TOTAL_H
#define FCGI_METRICS_TOTAL_H

#include "pool/scoreboard.h"

#define TOTAL_OPERATIONS STATISTICS_OPERATIONS
#define TOTAL_ERRORS     16

struct operation_total {
    char name[STATISTICS_NAME_MAX + 1]; // letters, digits, ".", "-" and "_" only
    uint64_t statuses[STATISTICS_STATUSES], buckets[STATISTICS_BUCKETS + 1];
    uint64_t microseconds, round_trips, repeated;
};

struct error_total {
    int64_t time;
    char text[STATISTICS_ERROR_MAX];
};

struct metrics_total {
    struct operation_total operations[TOTAL_OPERATIONS];
    size_t operation_count;
    uint64_t requests;
    uint64_t replica_reads, primary_reads;
    uint64_t mails_sent, mails_failed, mails_postponed;
    uint64_t webhooks_sent, webhooks_failed, webhooks_postponed, webhooks_switched_off;
    uint64_t waiting, waits, waits_in_vain, waits_left; // of requests that wait for changes
    unsigned starting, idle, busy;                      // workers; who waits for PHP is busy
    uint64_t error_lines;
    struct error_total errors[TOTAL_ERRORS]; // the last ones, the newest first
    size_t error_count;
};

void metrics_add_up(const struct scoreboard_memory *memory, struct metrics_total *total);

// The child in slot `slot`: its process, its role's name, what it says. False when there is none.
bool metrics_child(const struct scoreboard_memory *memory, size_t slot, pid_t *pid, const char **role,
                   struct slot_view *view);

#endif
