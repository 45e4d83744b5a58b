// SPDX-License-Identifier: GPL-2.0-or-later
// Requests with an Idempotency-Key: the same key from the same API key is worked on once in 24 hours, however
// often it comes. https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
#ifndef OPS_IDEMPOTENCY_H
#define OPS_IDEMPOTENCY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"
#include "store/idempotency.h"

#include <stdbool.h>

#define IDEMPOTENCY_KEY_MAX 255

// Runs the operation's handler, and around it, where the operation writes and the request has a key: takes
// the key's lock (ERROR_CONFLICT while another worker has it), answers what was answered before
// (ERROR_UNPROCESSABLE when path, query or body are others), and gives the lock back. ERROR_BAD_REQUEST for a
// key that is none, and where the help desk has no table for it. Only successes are remembered: a request
// that was refused left nothing behind and may be sent again, mended or not, with its key. Four round trips
// more, none without a key.
bool idempotency_run(const struct operation *operation, struct operation_context *context,
                     struct answer *answer, struct error *error) CHECKED;

// To be called by the handler inside its transaction, last before the commit: what it will answer becomes
// part of what it writes. Does nothing for a request without a key.
bool idempotency_remember(const struct operation_context *context, enum answer_kind kind, bool created,
                          struct text answer, struct error *error) CHECKED;

// One of several requests that are done in a transaction which another one joins: it has a key of its own,
// made of that one's, whose lock keeps all that would repeat it away.
struct idempotency_part {
    struct idempotency_name name;
    struct text request; // digest
};

// Of a request as it would be run alone; texts lie in the arena. ERROR_BAD_REQUEST for a key that is none.
bool idempotency_part_make(const struct operation *operation, const struct operation_context *context,
                           struct arena *arena, struct idempotency_part *part, struct error *error) CHECKED;

// What it is answered, inside the transaction: as idempotency_run() would have remembered it. ERROR_RETRYABLE
// where the key was used meanwhile.
bool idempotency_part_remember(const struct operation_context *context, const struct idempotency_part *part,
                               bool created, struct text answer, struct error *error) CHECKED;

// For a request that writes nothing, though its operation could: it is not remembered.
void idempotency_pass(const struct operation_context *context);

// Whether PHP, which knows nothing of these keys, may be given the request.
bool idempotency_lets_go(const struct operation *operation, struct text key);

#endif
