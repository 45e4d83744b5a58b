// SPDX-License-Identifier: GPL-2.0-or-later
// Which tickets a narrowed key sees. spec: operations.md 1.11, 2, 9.3.
#ifndef STORE_TICKET_VIEW_H
#define STORE_TICKET_VIEW_H

#include "base/error.h"
#include "store/api_key.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// Whether the rules let the ticket be seen: 1, 0 (also where there is no such ticket), -1: failure. One round
// trip.
int ticket_view_has(struct db *db, const struct key_rules *rules, int64_t ticket_id,
                    struct error *error) CHECKED;

#endif
