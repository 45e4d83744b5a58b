// SPDX-License-Identifier: GPL-2.0-or-later
// The outcome of a unit of work: what the client is told once it is written.
#ifndef OPS_CHANGE_OUTCOME_H
#define OPS_CHANGE_OUTCOME_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"
#include "json/writer.h"

#include <stdbool.h>

struct outcome {
    enum answer_kind kind;
    bool created; // 201 instead of 200
    struct text text;
    bool mailed; // mail waits in the queue
};

// Writes what is told of `with` as JSON; `in_short`: only what a client cannot do without.
typedef void outcome_writer(const void *with, bool in_short, struct json_writer *json);

// Makes what `write` writes the outcome's text, with memory of the arena; what is too long to be remembered
// for the request's Idempotency-Key is told in short. Errors: ERROR_TOO_LARGE above 8 MiB.
bool outcome_write(struct outcome *outcome, const struct operation_context *context, outcome_writer *write,
                   const void *with, struct arena *arena, struct error *error) CHECKED;

// Answers with the outcome, and wakes the mailer where mail waits. After the commit.
void outcome_tell(const struct operation_context *context, const struct outcome *outcome,
                  struct answer *answer);

#endif
