// SPDX-License-Identifier: GPL-2.0-or-later
// What waits to be told to webhooks, and what was: {fcgi:delivery}. Those of one webhook are told in the
// order of `seq`, one after the other. spec: operations.md 8.2. Errors as in webhooks.h.
#ifndef STORE_WEBHOOK_DELIVERIES_H
#define STORE_WEBHOOK_DELIVERIES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct outbox_count;

#define DELIVERY_ID_MAX 32 // characters of a change's id

struct delivery {
    int64_t id, webhook_id, seq;
    struct text change_id; // "e8123"
    struct text type;      // "ticket.created"
    int64_t ticket_id;     // 0: about none
    bool is_note;
    struct text body; // "" in lists
    int64_t attempts;
    int64_t due_in;                // seconds until the next try, of one that waits
    struct text state;             // waiting, sent, failed, dropped
    int64_t status;                // of HTTP, of the last try; 0: there was none, or no answer
    struct text error;             // of the last try; null: none
    struct text created, finished; // UTC
};

// Adds them: of each webhook_id, seq, change_id, type, ticket_id, is_note and body count. A change that a
// webhook was told already is left out. Within a transaction that holds the webhooks (webhooks_on()), and
// ends with deliveries_number(), which notes the last numbers. A round trip for each 64 of them or 4 MiB;
// one.
bool deliveries_add(struct db *db, const struct delivery *deliveries, size_t count,
                    struct error *error) CHECKED;
bool deliveries_number(struct db *db, struct error *error) CHECKED;

// One beside (webhook_id, change_id, type), at the end of what waits for the webhook: its seq and id are set;
// `write` makes its body. Within a transaction. Four round trips. ERROR_NOT_FOUND: there is no such webhook.
typedef void delivery_body(struct text format, int64_t seq, struct buffer *out);
bool delivery_add_one(struct db *db, struct delivery *delivery, delivery_body *write,
                      struct error *error) CHECKED;

// The next that wait, by seq, with their bodies; those that do not fit into the arena are left out, but the
// first. One round trip.
bool deliveries_waiting(struct db *db, int64_t webhook_id, int64_t most, struct arena *arena,
                        struct delivery **deliveries, size_t *count, struct error *error) CHECKED;

// What became of deliveries, while `lease` has the position (see delivery_position.h).
// Sent, all with this status: one round trip for 64 of them.
bool deliveries_sent(struct db *db, const int64_t *ids, size_t count, int64_t status, const char *lease,
                     struct error *error) CHECKED;
// Not sent: tried again in so many seconds, or finished as failed or dropped. Two round trips.
bool delivery_postpone(struct db *db, int64_t id, int64_t status, int64_t seconds, struct text reason,
                       const char *lease, struct error *error) CHECKED;
bool delivery_finish(struct db *db, int64_t id, int64_t status, const char *state, struct text reason,
                     const char *lease, struct error *error) CHECKED;

// For people: the newest first, those before number `before` (0: all); and one whole: 1, 0, -1. One round
// trip.
bool deliveries_list(struct db *db, int64_t webhook_id, int64_t before, int64_t most, struct arena *arena,
                     struct delivery **deliveries, size_t *count, struct error *error) CHECKED;
int delivery_read(struct db *db, int64_t webhook_id, int64_t id, struct arena *arena,
                  struct delivery *delivery, struct error *error) CHECKED;

// Once more, with all tries; not at all. See store/outbox/outbox.h.
bool delivery_retry(struct db *db, int64_t id, uint64_t *changed, struct error *error) CHECKED;
bool delivery_drop(struct db *db, int64_t id, uint64_t *changed, struct error *error) CHECKED;

// Of all webhooks: see store/outbox/outbox.h.
bool deliveries_counts(struct db *db, struct arena *arena, struct outbox_count **counts, size_t *count,
                       struct error *error) CHECKED;

// Forgets what was finished so many days ago, what belongs to webhooks that are no more, and what waited as
// long for one that is off. 5,000 rows of each at most: `*more` when there may be others.
bool deliveries_purge(struct db *db, int64_t days, bool *more, struct error *error) CHECKED;

#endif
