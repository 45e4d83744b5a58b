// SPDX-License-Identifier: GPL-2.0-or-later
// Who is asking: an API key, and what it may do.
#ifndef AUTH_PRINCIPAL_H
#define AUTH_PRINCIPAL_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct subject;

// Rights as bits; the operation table names the one that an operation needs.
enum permission {
    PERMISSION_NONE = 0,
    PERMISSION_CREATE_TICKETS = 1,
    PERMISSION_EXEC_CRON = 2,
};

struct principal {
    int64_t key_id;
    unsigned permissions;
};

// Looks `key` (X-API-Key as sent; null, "" and "0" count as absent) up for the client at `address`, afresh
// each time, and checks `needed`; the id of `subject` (NULL for none) comes with it. One round trip, none
// when there is no key. ERROR_UNAUTHORIZED with PHP's text when it may not. README.md "Operations";
// spec: reading-and-replying.md B.
bool principal_authenticate(struct db *db, struct text key, const char *address, unsigned needed,
                            struct subject *subject, struct principal *principal,
                            struct error *error) CHECKED;

#endif
