// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket numbers: from a sequence, or claimed.
#ifndef STORE_CREATE_TICKET_NUMBERS_H
#define STORE_CREATE_TICKET_NUMBERS_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct claims;
struct db;

// The sequence's next value, which is moved on. To be called inside a transaction, in which the sequence's
// row stays locked: no other worker, and no PHP, can get this value, and a rollback gives it back. 1: done,
// 0: there is no such sequence, -1: failure.
int sequence_next(struct db *db, int64_t sequence_id, int64_t *value, struct error *error) CHECKED;

// Looks whether a ticket has the number, and how its claim stands, in `claims->number` but for its name:
// claims_take() then writes the claim, and holds for as long as nobody else of us came by it in between
// (store/claims.h). osTicket has no unique index on ticket.number, and a look alone does not keep two workers
// from finding the same number free. Without the table (`by_lock`) it is locked at once, and who gets the
// lock sees every ticket of those who had it before. To be called outside a transaction, or before the first
// read in one, which is what fixes its snapshot. One round trip, three without the table. 1: free, 0: the
// number is somebody else's, -1: failure.
int ticket_number_claim(struct db *db, struct text number, struct claims *claims,
                        struct error *error) CHECKED;

#endif
