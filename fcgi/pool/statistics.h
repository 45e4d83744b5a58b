// SPDX-License-Identifier: GPL-2.0-or-later
// Counts of what was done, in memory that one process alone writes: no locks, and no instruction that waits
// for another core. A slot's counts are kept by its next owner, so they only ever grow.
#ifndef FCGI_POOL_STATISTICS_H
#define FCGI_POOL_STATISTICS_H

#include "ops/operation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STATISTICS_NAME_MAX   32
#define STATISTICS_OPERATIONS (OPERATIONS_MAX + 2) // and "-", and the last one for any other
#define STATISTICS_STATUSES   26
#define STATISTICS_BUCKETS    13
#define STATISTICS_ERRORS     4
#define STATISTICS_ERROR_MAX  256

// The statuses that are counted apart; the last one, 0, is any other.
extern const int statistics_statuses[STATISTICS_STATUSES];

// Upper bounds of the buckets in microseconds; what takes longer is in one more.
extern const int64_t statistics_bounds[STATISTICS_BUCKETS];

struct operation_statistics {
    char name[STATISTICS_NAME_MAX + 1]; // "": the entry is free
    _Atomic uint64_t statuses[STATISTICS_STATUSES];
    _Atomic uint64_t buckets[STATISTICS_BUCKETS + 1];
    _Atomic uint64_t microseconds, round_trips, repeated;
};

// The last errors of the log.
struct error_notes {
    _Atomic uint64_t count; // since the start
    struct error_note {
        _Atomic uint64_t number; // 1 for the first; 0: empty, or being written
        int64_t time;            // seconds of the epoch
        char text[STATISTICS_ERROR_MAX];
    } notes[STATISTICS_ERRORS];
};

struct statistics {
    struct operation_statistics operations[STATISTICS_OPERATIONS];
    _Atomic uint64_t replica_reads, primary_reads; // of what a replica may answer
    _Atomic uint64_t mails_sent, mails_failed, mails_postponed;
    // Requests that wait for changes: now, by the process that holds them; since the start all, those for
    // which nothing came, and those whose client went away.
    _Atomic uint64_t waiting, waits, waits_in_vain, waits_left;
    _Atomic uint64_t webhooks_sent, webhooks_failed, webhooks_postponed, webhooks_switched_off;
    struct error_notes errors;
};

// One request that was answered. `operation` is its name in the log.
void statistics_request(struct statistics *statistics, const char *operation, int status, int64_t us,
                        uint64_t round_trips, bool repeated);

// log_on_error()'s; `context` is a struct error_notes.
void statistics_note_error(void *context, const char *text);

void statistics_count(_Atomic uint64_t *counter, uint64_t more);

#endif
