// SPDX-License-Identifier: GPL-2.0-or-later
// A bulk: one action on many tickets.
#ifndef OPS_BULK_BULK_H
#define OPS_BULK_BULK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/act/joint_parties.h"
#include "ops/idempotency.h"
#include "ops/operation.h"
#include "store/read/ticket_version.h"
#include "store/ticket/tickets_together.h"
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
    bool is_joinable;                 // the acts can be done together: each changes its own ticket alone
};

// The number in a place of the list; empty where none is there. In the arena.
struct text bulk_number(struct bulk *bulk, size_t place);

// ---- one ticket among several: items.c

struct bulk_item {
    size_t place;           // in the list
    struct subject subject; // its id is 0 where the key sees none
    int64_t parent_id;      // that it was merged into or linked to; 0: none
    // The only one of its number, and not merged into another one; or there is none.
    bool is_plain;
    // What became of it.
    bool is_done, created;
    struct text answer; // JSON
    int64_t told_id;    // of the ticket whose version is told behind the answer; 0: the answer has it
    char version[TICKET_VERSION_SIZE]; // "": none
    struct error *refusal;             // NULL: it was not refused
    struct idempotency_part key;       // where the request has a key, and the ticket is plain
};

// The tickets from `first` on, TICKETS_LOCK_MAX at most. A name that is no text is empty. ERROR_UNPROCESSABLE
// for that in an atomic bulk. One round trip for all; of a key that sees some tickets only one more for each.
bool bulk_items_find(struct bulk *bulk, size_t first, struct bulk_item *items, size_t *count,
                     struct error *error) CHECKED;

// What acts that are done together share. All that was done is told after bulk_joint_close() as before.
struct bulk_joint {
    struct joint_transaction transaction;
    struct tickets_together tickets;
    struct joint_parties parties;
    int64_t ids[TICKETS_LOCK_MAX]; // rising, each once: whoever takes several takes them in this order
    size_t count;
};
void bulk_joint_open(struct bulk_joint *joint, const struct bulk *bulk, const struct bulk_item *items,
                     size_t count);
void bulk_joint_close(struct bulk_joint *joint);

// Begins the transaction and locks the tickets.
bool bulk_joint_begin(const struct bulk *bulk, const struct bulk_joint *joint, struct error *error) CHECKED;

// Acts on one.
bool bulk_item_do(struct bulk *bulk, struct bulk_joint *joint, struct bulk_item *item,
                  struct error *error) CHECKED;

// The versions of all that were done, as the transaction leaves them. One round trip, or one each.
bool bulk_items_version(const struct bulk *bulk, struct bulk_item *items, size_t count,
                        struct error *error) CHECKED;

// What became of it.
void bulk_item_tell(const struct bulk *bulk, const struct bulk_item *item, struct json_writer *json);

// ---- one ticket alone: bulk.c

// Looks for the ticket that subject->name names; the id stays 0 where the key sees none. At most two round
// trips.
bool bulk_find(struct bulk *bulk, struct subject *subject, struct error *error) CHECKED;

// The request for one ticket, as if it had come alone. It and `answer` point to subject and number.
struct operation_context bulk_context(const struct bulk *bulk, const struct subject *subject);

bool bulk_refuse(struct error *error, const char *member, const char *what);

// What became of one ticket, of whose answer `text` all but the ticket is told, and behind it `version`,
// unless that is empty.
void bulk_tell(struct text number, bool created, struct text text, const char *version,
               struct json_writer *json);
void bulk_tell_failure(const struct bulk *bulk, struct text number, const struct error *error,
                       struct json_writer *json);

// The same answer as it is remembered for an Idempotency-Key: what bulk_tell() makes of that is told again.
struct text bulk_remembered(struct bulk *bulk, struct text text, const char *version);

// The key that the ticket in a place of the list has, so that a bulk that broke off goes on where it was;
// null: the request has none.
struct text bulk_key(struct bulk *bulk, size_t place);

// Acts on the ticket in a place of the list alone, in a transaction of its own, and tells what became of it.
void bulk_do_one(struct bulk *bulk, size_t place, struct json_writer *json);

// The tickets from `first` on, several in one transaction where that can be, each as if it were alone; how
// many. group.c
size_t bulk_run_some(struct bulk *bulk, size_t first, struct json_writer *json);

// All tickets in one transaction: the first failure undoes all. lib/ops/bulk/atomic.c.
bool bulk_run_atomic(struct bulk *bulk, struct answer *answer, struct error *error) CHECKED;

#endif
