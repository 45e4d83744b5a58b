// SPDX-License-Identifier: GPL-2.0-or-later
// Which hosts of a list failed lately, and so in which order they are tried. Private to this room.
#ifndef DB_HOST_REST_H
#define DB_HOST_REST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOSTS_MAX 16 // those behind are not tried

// Of one list, by the number in it: all zero at first.
struct host_rest {
    struct {
        unsigned failures; // in a row
        int64_t until_ms;
    } hosts[HOSTS_MAX];
};

// The order of `count` hosts: as in the list, but one that failed lately comes behind all others. It is still
// tried before nobody is.
void host_rest_order(const struct host_rest *rest, size_t count, int64_t now_ms, size_t order[HOSTS_MAX]);

// One was tried: a failed one rests for a second, twice as long each time, a minute at most.
void host_rest_note(struct host_rest *rest, size_t host, bool good, int64_t now_ms);

#endif
