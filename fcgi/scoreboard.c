// SPDX-License-Identifier: GPL-2.0-or-later
// The scoreboard.
#include "scoreboard.h"

#include "base/clock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool map(struct scoreboard *scoreboard, int descriptor, size_t size, struct error *error) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) {
        error_set(error, ERROR_INTERNAL, "the scoreboard cannot be mapped: %s", strerror(errno));
        close(descriptor);
        return false;
    }
    *scoreboard = (struct scoreboard){memory, size / sizeof(struct scoreboard_slot), descriptor};
    return true;
}

bool scoreboard_open(struct scoreboard *scoreboard, size_t count, struct error *error) {
    size_t size = count * sizeof(struct scoreboard_slot);
    int descriptor = memfd_create("scoreboard", MFD_CLOEXEC);
    if (descriptor >= 0 && ftruncate(descriptor, (off_t)size) == 0)
        return map(scoreboard, descriptor, size, error);
    error_set(error, ERROR_INTERNAL, "no shared memory for the scoreboard: %s", strerror(errno));
    if (descriptor >= 0) close(descriptor);
    return false;
}

bool scoreboard_attach(struct scoreboard *scoreboard, int descriptor, struct error *error) {
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return error_set(error, ERROR_INTERNAL, "there is no scoreboard: %s", strerror(errno));
    return map(scoreboard, descriptor, (size_t)status.st_size, error);
}

void scoreboard_close(struct scoreboard *scoreboard) {
    if (!scoreboard->slots) return;
    munmap(scoreboard->slots, scoreboard->count * sizeof *scoreboard->slots);
    close(scoreboard->descriptor);
    *scoreboard = (struct scoreboard){0};
}

static void change(struct scoreboard_slot *slot, enum slot_state state) {
    // The time first: a reader between the two takes an old state for a young one, never the other way round.
    slot->since_ms = clock_monotonic_ms();
    slot->state = (int)state;
}

void slot_start(struct scoreboard_slot *slot) {
    slot->served = 0;
    slot_describe(slot, "", "");
    change(slot, SLOT_STARTING);
}

void slot_idle(struct scoreboard_slot *slot) {
    change(slot, SLOT_IDLE);
}

void slot_busy(struct scoreboard_slot *slot) {
    slot_describe(slot, "", "");
    change(slot, SLOT_BUSY);
}

void slot_describe(struct scoreboard_slot *slot, const char *operation, const char *request_id) {
    snprintf(slot->operation, sizeof slot->operation, "%s", operation);
    snprintf(slot->request_id, sizeof slot->request_id, "%s", request_id);
}
