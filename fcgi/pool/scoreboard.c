// SPDX-License-Identifier: GPL-2.0-or-later
// The scoreboard.
#include "pool/scoreboard.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)

static bool failed(struct error *error, const char *what) {
    return error_set(error, ERROR_INTERNAL, "%s: %s", what, strerror(errno));
}

// Readable for us alone, so that nobody else opens it by /proc; a smaller file would end who reads it.
static bool protect(int descriptor, size_t size) {
    return ftruncate(descriptor, (off_t)size) == 0 && fchmod(descriptor, 0600) == 0 &&
           fcntl(descriptor, F_ADD_SEALS, SEALS) == 0;
}

// The same memory through a descriptor that only reads.
static int open_reading(int descriptor) {
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    return open(path, O_RDONLY | O_CLOEXEC);
}

bool scoreboard_open(struct scoreboard *scoreboard, struct error *error) {
    size_t size = sizeof(struct scoreboard_memory);
    int descriptor = memfd_create("scoreboard", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    void *memory = MAP_FAILED;
    if (descriptor >= 0 && protect(descriptor, size))
        memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) {
        failed(error, "no shared memory for the scoreboard");
        if (descriptor >= 0) close(descriptor);
        return false;
    }
    struct scoreboard_memory *whole = memory;
    *scoreboard = (struct scoreboard){.header = &whole->header,
                                      .slots = whole->slots,
                                      .count = SCOREBOARD_SLOTS,
                                      .descriptor = descriptor,
                                      .reading = open_reading(descriptor)};
    whole->header.master = getpid();
    whole->header.started_ms = clock_monotonic_ms();
    whole->header.started = (int64_t)time(NULL);
    return true;
}

// Pages may be larger than a slot: what shares one with ours stays.
void scoreboard_keep(struct scoreboard *scoreboard, const struct scoreboard_slot *own) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE), size = sizeof(struct scoreboard_memory);
    char *memory = (char *)scoreboard->header;
    size_t begin = (size_t)((const char *)own - memory), end = begin + sizeof *own;
    begin -= begin % page;
    end += (page - end % page) % page;
    munmap(memory, begin);
    if (end < size) munmap(memory + end, size - end);
    scoreboard->header = NULL;
}

void scoreboard_forget(struct scoreboard *scoreboard) {
    if (scoreboard->descriptor >= 0) close(scoreboard->descriptor);
    if (scoreboard->reading >= 0) close(scoreboard->reading);
    scoreboard->descriptor = scoreboard->reading = -1;
}

bool scoreboard_attach(struct scoreboard *scoreboard, int descriptor, size_t slot, struct error *error) {
    size_t size = sizeof(struct scoreboard_slot);
    void *memory = MAP_FAILED;
    errno = EINVAL;
    if (slot < SCOREBOARD_SLOTS)
        memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor,
                      (off_t)(offsetof(struct scoreboard_memory, slots) + slot * size));
    if (memory == MAP_FAILED) failed(error, "the scoreboard has no such slot");
    close(descriptor);
    if (memory != MAP_FAILED)
        *scoreboard = (struct scoreboard){.slots = memory, .count = 1, .descriptor = -1, .reading = -1};
    return memory != MAP_FAILED;
}

const struct scoreboard_memory *scoreboard_read(int reading, struct error *error) {
    struct stat status;
    void *memory = MAP_FAILED;
    errno = EINVAL;
    if (fstat(reading, &status) == 0 && status.st_size == sizeof(struct scoreboard_memory))
        memory = mmap(NULL, sizeof(struct scoreboard_memory), PROT_READ, MAP_SHARED, reading, 0);
    if (memory == MAP_FAILED) failed(error, "the scoreboard cannot be read");
    close(reading);
    return memory == MAP_FAILED ? NULL : memory;
}

void scoreboard_close(struct scoreboard *scoreboard) {
    if (!scoreboard->slots) return;
    if (scoreboard->header)
        munmap(scoreboard->header, sizeof(struct scoreboard_memory));
    else if (scoreboard->count == 1)
        munmap(scoreboard->slots, sizeof *scoreboard->slots);
    scoreboard_forget(scoreboard);
    *scoreboard = (struct scoreboard){.descriptor = -1, .reading = -1};
}

void scoreboard_name_role(struct scoreboard *scoreboard, size_t role, const char *name) {
    if (role >= SCOREBOARD_ROLES) return;
    snprintf(scoreboard->header->roles[role].name, sizeof scoreboard->header->roles->name, "%s", name);
}

void scoreboard_born(struct scoreboard *scoreboard, size_t slot, size_t role, pid_t pid, int64_t started_ms) {
    struct scoreboard_header *header = scoreboard->header;
    header->children[slot].role = (unsigned)role;
    header->children[slot].started_ms = started_ms;
    header->children[slot].pid = pid;
    if (slot >= header->used) header->used = slot + 1;
    if (role < SCOREBOARD_ROLES) header->roles[role].started++;
}

void scoreboard_gone(struct scoreboard *scoreboard, size_t slot, bool died) {
    struct scoreboard_header *header = scoreboard->header;
    unsigned role = header->children[slot].role;
    header->children[slot].pid = 0;
    if (died && role < SCOREBOARD_ROLES) header->roles[role].died++;
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

void slot_handed_over(struct scoreboard_slot *slot) {
    change(slot, SLOT_HANDED_OVER);
}

void slot_describe(struct scoreboard_slot *slot, const char *operation, const char *request_id) {
    snprintf(slot->operation, sizeof slot->operation, "%s", operation);
    snprintf(slot->request_id, sizeof slot->request_id, "%s", request_id);
}

static void read_text(char *to, const char *from, size_t size) {
    memcpy(to, from, size - 1);
    to[size - 1] = '\0';
}

void slot_read(const struct scoreboard_slot *slot, int64_t started_ms, int64_t now_ms,
               struct slot_view *view) {
    int state = slot->state;
    int64_t since = slot->since_ms;
    view->state = state >= SLOT_STARTING && state <= SLOT_HANDED_OVER ? (enum slot_state)state : SLOT_BUSY;
    view->since_ms = since >= started_ms && since <= now_ms ? since : started_ms;
    view->served = slot->served;
    read_text(view->operation, slot->operation, sizeof view->operation);
    read_text(view->request_id, slot->request_id, sizeof view->request_id);
}
