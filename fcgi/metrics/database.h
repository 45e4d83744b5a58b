// SPDX-License-Identifier: GPL-2.0-or-later
// What the metrics server knows of the database. A thread of its own asks, so that a database that hangs
// holds up no answer about the pool.
#ifndef FCGI_METRICS_DATABASE_H
#define FCGI_METRICS_DATABASE_H

#include "config/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QUEUE_STATES_MAX 8

struct metrics_database; // ends with the process

struct database_view {
    bool known;   // asked, within the last while
    bool answers; // else `error` says why not, for whoever runs the server
    char error[256];
    bool queue_known; // there is a queue
    struct queue_state {
        char name[17];         // "waiting", …
        int64_t count, oldest; // seconds
    } queue[QUEUE_STATES_MAX];
    size_t queue_count;
    bool webhooks_known;                       // there are tables of webhooks
    int64_t webhooks_waiting, webhooks_oldest; // deliveries; seconds
};

// NULL when memory or threads are out.
struct metrics_database *metrics_database_start(const struct settings *settings);

// What was known at most five seconds ago; else waits for a fresh answer, half a second at most.
void metrics_database_look(struct metrics_database *database, struct database_view *view);

#endif
