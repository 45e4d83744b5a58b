// SPDX-License-Identifier: GPL-2.0-or-later
// What an API key may be let do, by the names that settings, the key table and answers use. spec:
// operations.md 2.
#ifndef BASE_SCOPE_H
#define BASE_SCOPE_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

// As bits; a set of them is an unsigned.
enum scope {
    SCOPE_NONE = 0,
    SCOPE_READ = 1 << 0,
    SCOPE_NOTES = 1 << 1, // agents' internal notes, where they are read
    SCOPE_FILES = 1 << 2,
    SCOPE_SEARCH = 1 << 3,
    SCOPE_CHANGES = 1 << 4,
    SCOPE_CATALOG = 1 << 5,
    SCOPE_STATS = 1 << 6,
    SCOPE_CREATE = 1 << 7,
    SCOPE_REPLY = 1 << 8,
    SCOPE_NOTE = 1 << 9,
    SCOPE_MESSAGE = 1 << 10,
    SCOPE_UPDATE = 1 << 11,
    SCOPE_ASSIGN = 1 << 12,
    SCOPE_TRANSFER = 1 << 13,
    SCOPE_STATUS = 1 << 14,
    SCOPE_MERGE = 1 << 15,
    SCOPE_DELETE = 1 << 16,
    SCOPE_COLLABORATORS = 1 << 17,
    SCOPE_USERS = 1 << 18,
    SCOPE_USERS_WRITE = 1 << 19,
    SCOPE_ORGANIZATIONS = 1 << 20,
    SCOPE_ORGANIZATIONS_WRITE = 1 << 21,
    SCOPE_TASKS = 1 << 22,
    SCOPE_KNOWLEDGE_BASE = 1 << 23,
    SCOPE_WEBHOOKS = 1 << 24,
    SCOPE_TOKENS = 1 << 25,
    SCOPE_CRON = 1 << 26, // has no name: osTicket's own column gives it
};

#define SCOPES_NAMED (SCOPE_CRON - 1) // "*"

// In the order of their bits; ends in NULL.
extern const char *const scope_names[];

// The name of one scope; of several the first's. "cron" for the one without a name.
const char *scope_name(unsigned scopes);

// Reads names, or "*", between blanks and commas. False with the first that is none in `*wrong` (NULL: it
// does not matter which); the others are in `*scopes` all the same.
bool scopes_read(struct text list, unsigned *scopes, struct text *wrong);

// "read create reply"; nothing for an empty set.
void scopes_print(unsigned scopes, struct buffer *out);

#endif
