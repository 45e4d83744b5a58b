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

// What a request is about, as the client calls it: a ticket's number, an agent's user name, a user's address.
enum subject_kind { SUBJECT_NONE, SUBJECT_TICKET, SUBJECT_STAFF, SUBJECT_USER };
struct subject {
    enum subject_kind kind;
    struct text name;
    int64_t id; // 0: there is none of that name. Of several tickets with one number the first.
};

// The key bound to this client's address, and in the same round trip the id of `subject` (NULL for none).
// 1: found, 0: none, -1: failure.
int api_key_find(struct db *db, struct text key, const char *address, struct subject *subject,
                 struct api_key *api_key, struct error *error) CHECKED;

#endif
