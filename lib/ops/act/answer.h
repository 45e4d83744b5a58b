// SPDX-License-Identifier: GPL-2.0-or-later
// What an action is answered with.
#ifndef OPS_ACT_ANSWER_H
#define OPS_ACT_ANSWER_H

#include "base/error.h"
#include "ops/act/act.h"

#include <stdbool.h>

// Reads the ticket as it is by now, in the transaction, and makes the answer. Two round trips.
// Of a joint transaction whose answers are brief none, and neither ticket nor version.
// spec: operations.md 1.2.
bool act_answer(struct act *act, struct outcome *outcome, struct error *error) CHECKED;

#endif
