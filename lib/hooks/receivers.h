// SPDX-License-Identifier: GPL-2.0-or-later
// The receivers of webhooks: calls each with what waits for it, one delivery after the other, many receivers
// at once.
#ifndef HOOKS_RECEIVERS_H
#define HOOKS_RECEIVERS_H

#include "base/error.h"
#include "webhook/sender.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct log;
struct webhook;
struct receivers;

struct receivers_settings {
    struct db *db;
    struct log *log;
    const char *lease;     // of this process, see store/webhook/delivery_position.h
    unsigned stock_scopes; // of keys without scopes of their own
    struct sender_settings sender;
};

// What became of deliveries so far.
struct receivers_counts {
    uint64_t sent, failed, postponed, switched_off;
};

// NULL when memory is out. What the settings point to must outlive them.
struct receivers *receivers_new(const struct receivers_settings *settings);
void receivers_free(
    struct receivers **receivers); // calls under way are broken off, and made again by whoever comes next

const struct receivers_counts *receivers_counts(const struct receivers *receivers);

// What webhooks are on now, and what waits for them: others are called no more.
bool receivers_know(struct receivers *receivers, const struct webhook *webhooks, size_t count,
                    struct error *error) CHECKED;

// Something waits for the webhook since.
void receivers_wake(struct receivers *receivers, int64_t webhook_id);

// One step: begins calls where something is due and `may_call`, goes on with those under way, waiting
// `wait_ms` at most while nothing happens, and books what became of them. The rights of a webhook's key are
// asked before each 64 deliveries. False when the database failed: what was sent is booked by the next step,
// what was not is loaded anew.
bool receivers_step(struct receivers *receivers, bool may_call, int wait_ms, struct error *error) CHECKED;

// Somebody else delivers now: what is in hand is not ours any more. Calls under way come to their end.
void receivers_let_go(struct receivers *receivers);

// Whether calls are under way, and whether one more step would begin some.
bool receivers_are_calling(const struct receivers *receivers);
bool receivers_have_more(const struct receivers *receivers);

#endif
