// SPDX-License-Identifier: GPL-2.0-or-later
// Counts of what was done.
#include "pool/statistics.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

const int statistics_statuses[STATISTICS_STATUSES] = {200, 201, 204, 301, 302, 304, 400, 401, 403,
                                                      404, 405, 408, 409, 410, 412, 413, 415, 422,
                                                      429, 499, 500, 501, 502, 503, 504, 0};

const int64_t statistics_bounds[STATISTICS_BUCKETS] = {
    500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000};

// There is one writer: a store is enough, and an atomic addition would cost what nobody needs.
void statistics_count(_Atomic uint64_t *counter, uint64_t more) {
    atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + more,
                          memory_order_relaxed);
}

static struct operation_statistics *find(struct statistics *statistics, const char *name) {
    struct operation_statistics *last = &statistics->operations[STATISTICS_OPERATIONS - 1];
    struct operation_statistics *entry = statistics->operations;
    while (entry < last && *entry->name && strncmp(entry->name, name, STATISTICS_NAME_MAX) != 0) entry++;
    if (!*entry->name) snprintf(entry->name, sizeof entry->name, "%s", entry == last ? "other" : name);
    return entry;
}

static size_t status_index(int status) {
    size_t i = 0;
    while (i < STATISTICS_STATUSES - 1 && statistics_statuses[i] != status) i++;
    return i;
}

static size_t bucket_index(int64_t us) {
    size_t i = 0;
    while (i < STATISTICS_BUCKETS && us > statistics_bounds[i]) i++;
    return i;
}

void statistics_request(struct statistics *statistics, const char *operation, int status, int64_t us,
                        uint64_t round_trips, bool repeated) {
    struct operation_statistics *entry = find(statistics, operation);
    statistics_count(&entry->statuses[status_index(status)], 1);
    statistics_count(&entry->buckets[bucket_index(us)], 1);
    statistics_count(&entry->microseconds, us > 0 ? (uint64_t)us : 0);
    statistics_count(&entry->round_trips, round_trips);
    if (repeated) statistics_count(&entry->repeated, 1);
}

void statistics_note_error(void *context, const char *text) {
    struct error_notes *errors = context;
    uint64_t number = errors->count + 1;
    struct error_note *note = &errors->notes[errors->count % STATISTICS_ERRORS];
    atomic_store_explicit(&note->number, 0, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    note->time = (int64_t)time(NULL);
    snprintf(note->text, sizeof note->text, "%s", text);
    atomic_store_explicit(&note->number, number, memory_order_release);
    errors->count = number;
}
