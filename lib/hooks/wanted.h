// SPDX-License-Identifier: GPL-2.0-or-later
// Which changes a webhook is told: by what it asks for, and by what its key may see now. spec:
// operations.md 8.1, 8.4.
#ifndef HOOKS_WANTED_H
#define HOOKS_WANTED_H

#include "base/error.h"
#include "store/changes/lanes.h"

#include <stdbool.h>
#include <stddef.h>

struct db;
struct principal;
struct webhook;

// By types, departments, internal notes, and where the webhook begins.
bool webhook_asks_for(const struct webhook *webhook, const struct change *change);

// Of those that `wanted` says (one for each change), the ones that the key may see stay. Two round trips
// where the key sees some tickets only.
bool wanted_narrow(struct db *db, const struct principal *principal, const struct change *changes,
                   size_t count, bool *wanted, struct error *error) CHECKED;

#endif
