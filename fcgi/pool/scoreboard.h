// SPDX-License-Identifier: GPL-2.0-or-later
// What each child does at the moment, in memory shared with the master, which logs and ends what hangs.
#ifndef FCGI_POOL_SCOREBOARD_H
#define FCGI_POOL_SCOREBOARD_H

#include "base/error.h"
#include "pool/statistics.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define SCOREBOARD_NAME_MAX 32
#define SCOREBOARD_ID_MAX   64
#define SCOREBOARD_PAGE     4096
#define SCOREBOARD_SLOTS    4096 // twice the largest number of workers and room for what is on the way out
#define SCOREBOARD_ROLES    8

// HANDED_OVER: PHP works on the request, within a time of its own.
enum slot_state { SLOT_STARTING, SLOT_IDLE, SLOT_BUSY, SLOT_HANDED_OVER };

// One child's line, in pages of its own: the child writes it and has no other's. Whoever has taken over a
// child can write anything here, so the master reads it by slot_read() alone.
struct scoreboard_slot {
    _Alignas(SCOREBOARD_PAGE) _Atomic int state;
    _Atomic int64_t since_ms; // monotonic: when this state began
    _Atomic uint64_t served;  // requests since the child started
    char operation[SCOREBOARD_NAME_MAX + 1];
    char request_id[SCOREBOARD_ID_MAX + 1];
    struct statistics statistics; // outlives the child
};

// What the master says of itself and of its children, for whoever reads the scoreboard.
struct scoreboard_child {
    _Atomic pid_t pid; // 0: none
    _Atomic unsigned role;
    _Atomic int64_t started_ms;
};
struct scoreboard_role {
    char name[16]; // "": none
    _Atomic uint64_t started, died;
};
struct scoreboard_header {
    _Alignas(SCOREBOARD_PAGE) pid_t master;
    int64_t started_ms, started; // monotonic; seconds of the epoch
    _Atomic uint64_t reloads;
    _Atomic size_t used; // slots below this one have had a child
    struct scoreboard_role roles[SCOREBOARD_ROLES];
    struct error_notes errors; // of the master's own
    struct scoreboard_child children[SCOREBOARD_SLOTS];
};

// What a slot says, made to be possible.
struct slot_view {
    enum slot_state state;
    int64_t since_ms;
    uint64_t served;
    char operation[SCOREBOARD_NAME_MAX + 1]; // terminated; may be torn when read in mid-change
    char request_id[SCOREBOARD_ID_MAX + 1];
};

struct scoreboard {
    struct scoreboard_header *header; // NULL in a child
    struct scoreboard_slot *slots;
    size_t count;
    int descriptor; // of the memory, for a child that is another program; close-on-exec; -1: given up
    int reading;    // the same, which cannot be written through
};

// Shared memory without a name for SCOREBOARD_SLOTS slots, whose size nobody can change any more.
bool scoreboard_open(struct scoreboard *scoreboard, struct error *error) CHECKED;

// In a child: gives up the memory but for the child's own slot. The descriptor stays, for a program that the
// child becomes; scoreboard_forget() closes both.
void scoreboard_keep(struct scoreboard *scoreboard, const struct scoreboard_slot *own);
void scoreboard_forget(struct scoreboard *scoreboard);

// Slot number `slot` alone of the scoreboard behind `descriptor`, which is closed.
bool scoreboard_attach(struct scoreboard *scoreboard, int descriptor, size_t slot,
                       struct error *error) CHECKED;

// The whole scoreboard behind `reading`, to be read alone; closes it. NULL with `error` set on failure. Never
// freed.
struct scoreboard_memory {
    struct scoreboard_header header;
    struct scoreboard_slot slots[SCOREBOARD_SLOTS];
};
const struct scoreboard_memory *scoreboard_read(int reading, struct error *error) CHECKED;

void scoreboard_close(struct scoreboard *scoreboard);

// By the master, for a role by its number: a child was born into the slot, or died.
void scoreboard_name_role(struct scoreboard *scoreboard, size_t role, const char *name);
void scoreboard_born(struct scoreboard *scoreboard, size_t slot, size_t role, pid_t pid, int64_t started_ms);
void scoreboard_gone(struct scoreboard *scoreboard, size_t slot, bool died);

void slot_start(struct scoreboard_slot *slot); // by the master, before the fork
void slot_idle(struct scoreboard_slot *slot);
void slot_busy(struct scoreboard_slot *slot); // a connection waits; what it asks is not known yet
void slot_handed_over(struct scoreboard_slot *slot);
void slot_describe(struct scoreboard_slot *slot, const char *operation, const char *request_id);

// By the master. A state that does not exist counts as busy; a time before `started_ms`, when the child was
// born, or after `now_ms` as `started_ms`.
void slot_read(const struct scoreboard_slot *slot, int64_t started_ms, int64_t now_ms,
               struct slot_view *view);

#endif
