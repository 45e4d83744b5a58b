// SPDX-License-Identifier: GPL-2.0-or-later
// A unit of work: all that a request writes, with the memory of what it was answered and what its context
// writes along, in one transaction.
#ifndef OPS_CHANGE_UNIT_OF_WORK_H
#define OPS_CHANGE_UNIT_OF_WORK_H

#include "base/error.h"
#include "ops/change/outcome.h"
#include "ops/operation.h"

#include <stdbool.h>

struct unit_of_work {
    bool (*begin)(void *operation, struct error *error); // begins the transaction; NULL: nothing else to do
    bool (*write)(void *operation, struct outcome *outcome, struct error *error);
    void *operation;
    bool is_many;      // it may write many statements
    bool is_rehearsal; // all is written and then rolled back: nothing is remembered
};

// Writes all or nothing: begins, takes context->claims, writes, remembers the outcome for the request's
// Idempotency-Key, writes what context->also does, commits and gives the locks of context->claims back. What
// a mail writes, and all over a network, is gathered, and so are many statements, see store/transaction.h. An
// error of any of them rolls back. In a joint transaction it only writes: all else is done by whoever joins.
// Errors: those of `begin`, `write` and `also`, and of store/transaction.h.
bool unit_of_work_run(const struct operation_context *context, const struct unit_of_work *unit,
                      struct outcome *outcome, struct error *error) CHECKED;

#endif
