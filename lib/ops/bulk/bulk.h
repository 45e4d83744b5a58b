// SPDX-License-Identifier: GPL-2.0-or-later
// A bulk: one action on many tickets.
#ifndef OPS_BULK_BULK_H
#define OPS_BULK_BULK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"
#include "json/reader.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stddef.h>

#define BULK_ANSWER_MAX (1 << 20)

struct bulk {
    struct operation_context *context;
    struct arena arena;
    struct json_value *body;
    const struct operation *operation;
    struct text action_body;          // JSON
    const struct json_value *tickets; // numbers, or "id:17"
    size_t count;                     // of them
    bool is_atomic;                   // all or none
};

// The number in a place of the list; empty where none is there. In the arena.
struct text bulk_number(struct bulk *bulk, size_t place);

// Looks for the ticket that subject->name names; the id stays 0 where the key sees none. At most two round
// trips.
bool bulk_find(struct bulk *bulk, struct subject *subject, struct error *error) CHECKED;

// The request for one ticket, as if it had come alone. It and `answer` point to subject and number.
struct operation_context bulk_context(const struct bulk *bulk, const struct subject *subject);

bool bulk_refuse(struct error *error, const char *member, const char *what);

// What became of one ticket, of whose answer `text` all but the ticket is told.
void bulk_tell(struct text number, const struct answer *answer, struct text text, struct json_writer *json);

// All tickets in one transaction: the first failure undoes all. lib/ops/bulk/atomic.c.
bool bulk_run_atomic(struct bulk *bulk, struct answer *answer, struct error *error) CHECKED;

#endif
