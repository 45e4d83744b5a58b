// SPDX-License-Identifier: GPL-2.0-or-later
// The frame of every request about a webhook: the key's own one is found, something is done to it, and it is
// told.
#ifndef OPS_WEBHOOK_FRAME_H
#define OPS_WEBHOOK_FRAME_H

#include "base/arena.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/webhook/webhooks.h"
#include "json/writer.h"

#include <stdbool.h>

struct webhook_frame {
    struct operation_context *context;
    struct arena arena;
    struct webhook webhook; // id 0: none was asked for
    void *with;             // of the operation
};

struct webhook_steps {
    // Writes, in a transaction together with what an Idempotency-Key remembers; NULL: nothing is written.
    bool (*write)(struct webhook_frame *frame, struct error *error);
    // Writes the members of the answer.
    bool (*tell)(struct webhook_frame *frame, struct json_writer *json, struct error *error);
    bool created;
};

// With the webhook that the path names where it names one: ERROR_NOT_FOUND where the key has none of that id.
bool webhook_frame_run(struct webhook_frame *frame, const struct webhook_steps *steps, struct answer *answer,
                       struct error *error) CHECKED;

struct webhook_frame webhook_frame_of(struct operation_context *context);

// Frees it, and gives `done` back. Without the tables webhooks are away, which is not PHP's turn.
bool webhook_frame_end(struct webhook_frame *frame, bool done, struct error *error);

// The webhook of the path, of this key: false with ERROR_NOT_FOUND. One round trip.
bool webhook_frame_find(struct webhook_frame *frame, struct error *error) CHECKED;

// The key's webhook of this id, as it is now: false with ERROR_NOT_FOUND where another request ended it
// meanwhile. One round trip.
bool webhook_frame_read(struct webhook_frame *frame, int64_t id, struct error *error) CHECKED;

#endif
