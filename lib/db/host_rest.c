// SPDX-License-Identifier: GPL-2.0-or-later
// Hosts that failed lately.
#include "db/host_rest.h"

#define FIRST_MS   1000
#define LONGEST_MS 60000
#define DOUBLINGS  6 // from the one to the other

void host_rest_order(const struct host_rest *rest, size_t count, int64_t now_ms, size_t order[HOSTS_MAX]) {
    size_t ordered = 0;
    for (unsigned resting = 0; resting < 2; resting++)
        for (size_t i = 0; i < count && i < HOSTS_MAX; i++)
            if ((now_ms < rest->hosts[i].until_ms) == resting) order[ordered++] = i;
}

void host_rest_note(struct host_rest *rest, size_t host, bool good, int64_t now_ms) {
    unsigned doublings = rest->hosts[host].failures < DOUBLINGS ? rest->hosts[host].failures : DOUBLINGS;
    int64_t span = (int64_t)FIRST_MS << doublings;
    rest->hosts[host].failures = good ? 0 : rest->hosts[host].failures + 1;
    rest->hosts[host].until_ms = good ? 0 : now_ms + (span < LONGEST_MS ? span : LONGEST_MS);
}
