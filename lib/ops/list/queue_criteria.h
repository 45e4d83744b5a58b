// SPDX-License-Identifier: GPL-2.0-or-later
// The criteria of a queue, [field, method, value] each, as conditions of a list. spec: operations.md 3.1.
#ifndef OPS_LIST_QUEUE_CRITERIA_H
#define OPS_LIST_QUEUE_CRITERIA_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>

#define QUEUE_CRITERIA_MAX 32

// Adds those of `config`, the JSON of a queue, for the key's agent ("me", "one of my teams"); they lie in the
// arena. A null or empty text has none. A round trip where teams, states or a period are asked for.
// ERROR_NOT_NATIVE naming a criterion that this server does not know; ERROR_UNPROCESSABLE where the key has
// no agent.
bool queue_criteria_add(const struct operation_context *context, struct arena *arena, struct text config,
                        struct ticket_conditions *conditions, struct error *error) CHECKED;

#endif
