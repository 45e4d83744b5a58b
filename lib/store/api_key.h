// SPDX-License-Identifier: GPL-2.0-or-later
// API keys as the help desk's administrator keeps them.
#ifndef STORE_API_KEY_H
#define STORE_API_KEY_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct api_key {
    int64_t id;
    bool active;
    bool can_create_tickets;
    bool can_exec_cron;
};

// The key bound to this client's address. 1: found, 0: none, -1: failure.
int api_key_find(struct db *db, struct text key, const char *address, struct api_key *api_key,
                 struct error *error) CHECKED;

#endif
