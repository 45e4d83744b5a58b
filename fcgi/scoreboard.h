// SPDX-License-Identifier: GPL-2.0-or-later
// What each child does at the moment, in memory shared with the master, which logs and ends what hangs.
#ifndef FCGI_SCOREBOARD_H
#define FCGI_SCOREBOARD_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCOREBOARD_NAME_MAX 32
#define SCOREBOARD_ID_MAX   64

enum slot_state { SLOT_STARTING, SLOT_IDLE, SLOT_BUSY };

// One child's line. The child writes, the master reads; texts may be torn when read in mid-change, never
// unterminated.
struct scoreboard_slot {
    _Atomic int state;
    _Atomic int64_t since_ms; // monotonic: when this state began
    _Atomic uint64_t served;  // requests since the child started
    char operation[SCOREBOARD_NAME_MAX + 1];
    char request_id[SCOREBOARD_ID_MAX + 1];
};

struct scoreboard {
    struct scoreboard_slot *slots;
    size_t count;
    int descriptor; // of the memory, for a child that is another program; close-on-exec
};

// Shared memory without a name for `count` slots.
bool scoreboard_open(struct scoreboard *scoreboard, size_t count, struct error *error) CHECKED;

// The one behind `descriptor`, which is the scoreboard's from here on.
bool scoreboard_attach(struct scoreboard *scoreboard, int descriptor, struct error *error) CHECKED;

void scoreboard_close(struct scoreboard *scoreboard);

void slot_start(struct scoreboard_slot *slot); // by the master, before the fork
void slot_idle(struct scoreboard_slot *slot);
void slot_busy(struct scoreboard_slot *slot); // a connection waits; what it asks is not known yet
void slot_describe(struct scoreboard_slot *slot, const char *operation, const char *request_id);

#endif
