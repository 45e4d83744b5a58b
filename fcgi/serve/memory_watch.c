// SPDX-License-Identifier: GPL-2.0-or-later
// What a worker keeps of the memory that its requests took.
#include "serve/memory_watch.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

#define LARGE (8 << 20) // growth that is worth a malloc_trim(3)

// Resident pages that no file backs: libraries and the scoreboard do not count.
static size_t held(const struct memory_watch *watch) {
    char text[128];
    unsigned long size, resident, shared;
    ssize_t length = watch->file < 0 ? -1 : pread(watch->file, text, sizeof text - 1, 0);
    if (length <= 0) return 0;
    text[length] = '\0';
    if (sscanf(text, "%lu %lu %lu", &size, &resident, &shared) != 3 || resident < shared) return 0;
    return (resident - shared) * (size_t)sysconf(_SC_PAGESIZE);
}

void memory_watch_open(struct memory_watch *watch, size_t limit) {
    *watch = (struct memory_watch){.file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC), .limit = limit};
    watch->held = held(watch);
}

void memory_watch_close(struct memory_watch *watch) {
    if (watch->file >= 0) close(watch->file);
    watch->file = -1;
}

bool memory_watch_is_over(struct memory_watch *watch) {
    size_t now = held(watch);
    bool over = watch->limit && now > watch->limit;
    if (over || now > watch->held + LARGE) {
        malloc_trim(0);
        watch->held = now = held(watch);
    }
    if (now < watch->held) watch->held = now;
    return over && now > watch->limit;
}
