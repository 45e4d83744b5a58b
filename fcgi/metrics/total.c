// SPDX-License-Identifier: GPL-2.0-or-later
// The sum of what all children count.
#include "metrics/total.h"

#include "base/clock.h"

#include <stdatomic.h>
#include <string.h>

static size_t used_slots(const struct scoreboard_memory *memory) {
    size_t used = memory->header.used;
    return used > SCOREBOARD_SLOTS ? SCOREBOARD_SLOTS : used;
}

bool metrics_child(const struct scoreboard_memory *memory, size_t slot, pid_t *pid, const char **role,
                   struct slot_view *view) {
    const struct scoreboard_child *child = &memory->header.children[slot];
    unsigned number = child->role;
    *pid = child->pid;
    if (slot >= used_slots(memory) || !*pid || number >= SCOREBOARD_ROLES) return false;
    *role = memory->header.roles[number].name;
    slot_read(&memory->slots[slot], child->started_ms, clock_monotonic_ms(), view);
    return true;
}

static void copy_name(const char *from, char to[STATISTICS_NAME_MAX + 1]) {
    static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
    size_t i = 0;
    for (; i < STATISTICS_NAME_MAX && from[i]; i++) to[i] = strchr(fine, from[i]) ? from[i] : '_';
    to[i] = '\0';
}

// The total's entry of that name; NULL when there are too many.
static struct operation_total *entry_of(struct metrics_total *total, const char *name) {
    struct operation_total *entry = total->operations, *end = entry + total->operation_count;
    while (entry < end && strcmp(entry->name, name) != 0) entry++;
    if (entry < end) return entry;
    if (total->operation_count == TOTAL_OPERATIONS) return NULL;
    total->operation_count++;
    strcpy(entry->name, name);
    return entry;
}

static void add_operation(const struct operation_statistics *counts, struct metrics_total *total) {
    char name[STATISTICS_NAME_MAX + 1];
    copy_name(counts->name, name);
    struct operation_total *entry = *name ? entry_of(total, name) : NULL;
    if (!entry) return;
    for (size_t i = 0; i < STATISTICS_STATUSES; i++) entry->statuses[i] += counts->statuses[i];
    for (size_t i = 0; i <= STATISTICS_BUCKETS; i++) {
        entry->buckets[i] += counts->buckets[i];
        total->requests += counts->buckets[i];
    }
    entry->microseconds += counts->microseconds;
    entry->round_trips += counts->round_trips;
    entry->repeated += counts->repeated;
}

// Sorts it in by its time; what is older than the last is left out.
static void keep_error(struct metrics_total *total, const struct error_total *error) {
    size_t at = total->error_count;
    while (at > 0 && total->errors[at - 1].time < error->time) at--;
    if (at == TOTAL_ERRORS) return;
    size_t kept = total->error_count < TOTAL_ERRORS ? total->error_count : TOTAL_ERRORS - 1;
    memmove(&total->errors[at + 1], &total->errors[at], (kept - at) * sizeof *total->errors);
    total->errors[at] = *error;
    total->error_count = kept + 1;
}

static void add_errors(const struct error_notes *errors, struct metrics_total *total) {
    total->error_lines += errors->count;
    for (size_t i = 0; i < STATISTICS_ERRORS; i++) {
        const struct error_note *note = &errors->notes[i];
        struct error_total copy;
        uint64_t number = atomic_load_explicit(&note->number, memory_order_acquire);
        copy.time = note->time;
        memcpy(copy.text, note->text, sizeof copy.text);
        copy.text[sizeof copy.text - 1] = '\0';
        atomic_thread_fence(memory_order_acquire);
        // One that was being written meanwhile is another's or none.
        if (number && number == atomic_load_explicit(&note->number, memory_order_relaxed))
            keep_error(total, &copy);
    }
}

static void count_worker(const struct scoreboard_memory *memory, size_t slot, struct metrics_total *total) {
    struct slot_view view;
    const char *role;
    pid_t pid;
    if (!metrics_child(memory, slot, &pid, &role, &view) || strcmp(role, "worker") != 0) return;
    total->starting += view.state == SLOT_STARTING;
    total->idle += view.state == SLOT_IDLE;
    total->busy += view.state >= SLOT_BUSY;
}

// How many wait now says a process that lives.
static void count_waiting(const struct scoreboard_memory *memory, size_t slot, struct metrics_total *total) {
    struct slot_view view;
    const char *role;
    pid_t pid;
    if (metrics_child(memory, slot, &pid, &role, &view) && strcmp(role, "feed") == 0)
        total->waiting += memory->slots[slot].statistics.waiting;
}

void metrics_add_up(const struct scoreboard_memory *memory, struct metrics_total *total) {
    memset(total, 0, sizeof *total);
    add_errors(&memory->header.errors, total);
    for (size_t slot = 0; slot < used_slots(memory); slot++) {
        const struct statistics *counts = &memory->slots[slot].statistics;
        for (size_t i = 0; i < STATISTICS_OPERATIONS; i++) add_operation(&counts->operations[i], total);
        total->replica_reads += counts->replica_reads;
        total->primary_reads += counts->primary_reads;
        total->mails_sent += counts->mails_sent;
        total->mails_failed += counts->mails_failed;
        total->mails_postponed += counts->mails_postponed;
        total->waits += counts->waits;
        total->waits_in_vain += counts->waits_in_vain;
        total->waits_left += counts->waits_left;
        total->webhooks_sent += counts->webhooks_sent;
        total->webhooks_failed += counts->webhooks_failed;
        total->webhooks_postponed += counts->webhooks_postponed;
        total->webhooks_switched_off += counts->webhooks_switched_off;
        add_errors(&counts->errors, total);
        count_waiting(memory, slot, total);
        count_worker(memory, slot, total);
    }
}
