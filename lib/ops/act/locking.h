// SPDX-License-Identifier: GPL-2.0-or-later
// What osTicket's panel keeps while an agent writes to a ticket: a lock, and a draft of what he has not sent
// yet. spec: acting.md 1.6.
#ifndef OPS_ACT_LOCKING_H
#define OPS_ACT_LOCKING_H

#include "base/error.h"
#include "ops/act/act.h"

#include <stdbool.h>

// Another agent's lock refuses, where the help desk uses locks and the request does not say otherwise. After
// act_find().
void act_heed_lock(struct act *act);

// The agent's own lock is no longer needed: the ticket is saved without it. With the ticket locked, in
// `decide`.
void act_release_lock(struct act *act);

// Deletes his lock, and his draft of `what`, "note" or "response", where there are any. For `write`. Up to
// three round trips.
bool act_forget_writing(struct act *act, const char *what, struct error *error) CHECKED;

#endif
