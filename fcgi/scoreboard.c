// SPDX-License-Identifier: GPL-2.0-or-later
// The scoreboard.
#include "scoreboard.h"

#include "base/clock.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

bool scoreboard_open(struct scoreboard *scoreboard, size_t count, struct error *error) {
    void *memory = mmap(NULL, count * sizeof(struct scoreboard_slot), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return error_set(error, ERROR_INTERNAL, "no shared memory for the scoreboard: %s", strerror(errno));
    *scoreboard = (struct scoreboard){memory, count};
    return true;
}

void scoreboard_close(struct scoreboard *scoreboard) {
    if (scoreboard->slots) munmap(scoreboard->slots, scoreboard->count * sizeof *scoreboard->slots);
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
