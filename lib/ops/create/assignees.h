// SPDX-License-Identifier: GPL-2.0-or-later
// To whom a new ticket goes.
#ifndef OPS_CREATE_ASSIGNEES_H
#define OPS_CREATE_ASSIGNEES_H

#include "base/error.h"
#include "ops/create/draft.h"
#include "ops/create/resolve.h"

#include <stdbool.h>
#include <stdint.h>

// Looks up everyone whom request, filters, topic or organization name, and decides whom an open ticket goes
// to. One round trip when anybody is named, else none. spec: creating.md C.3.
bool create_assignees_settle(struct create_draft *draft, struct create_decision *decision,
                             struct error *error) CHECKED;

// The id that a filter's action carries in its configuration under the key that goes with its type; 0: none.
int64_t matched_action_id(const struct matched_action *action);

#endif
