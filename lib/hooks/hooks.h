// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks at work: reads changes, writes what each webhook is to be told, and calls them. One process a help
// desk does it, whoever has the lease. spec: operations.md 8.
#ifndef HOOKS_HOOKS_H
#define HOOKS_HOOKS_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct hooks;
struct log;

// Texts are borrowed.
struct hooks_settings {
    struct db *db;
    struct log *log;
    bool http;
    const char *allow, *tls_ca;
    int64_t backlog, gap;
    unsigned stock_scopes;
};

// NULL when memory is out.
struct hooks *hooks_new(const struct hooks_settings *settings);
void hooks_free(struct hooks **hooks);

// What became of deliveries so far, and how many webhooks were switched off.
struct hooks_counts {
    uint64_t sent, failed, postponed, switched_off;
};
struct hooks_counts hooks_counts(const struct hooks *hooks);

// Does what is to be done now. How long to wait then, in milliseconds; -1: the database failed, or the tables
// are missing (ERROR_NOT_NATIVE).
int hooks_work(struct hooks *hooks, struct error *error) CHECKED;

// At the end: goes on with the calls under way, and begins none. Whether there are any left; with the last
// the lease is given back.
bool hooks_finish(struct hooks *hooks, struct error *error);

#endif
