// SPDX-License-Identifier: GPL-2.0-or-later
// A new ticket as an answer.
#ifndef OPS_OPEN_ANSWER_H
#define OPS_OPEN_ANSWER_H

#include "base/error.h"
#include "ops/change/unit_of_work.h"
#include "ops/create/creation.h"

#include <stdbool.h>

// Reads the ticket as it is by now, as the key sees it, and makes {"ticket":{…},"entry_id":…,"events":[…],
// "version":"…",…} of it. For create_beside.answer; `with` is not used. Two round trips, in the transaction.
// spec: operations.md 1.2, 4.15.
bool open_answer(struct creation *creation, void *with, struct outcome *outcome, struct error *error) CHECKED;

#endif
