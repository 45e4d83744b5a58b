// SPDX-License-Identifier: GPL-2.0-or-later
// Ticket numbers: from a sequence, or claimed.
#ifndef STORE_CREATE_TICKET_NUMBERS_H
#define STORE_CREATE_TICKET_NUMBERS_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// The sequence's next value, which is moved on. To be called inside a transaction, in which the sequence's
// row stays locked: no other worker, and no PHP, can get this value, and a rollback gives it back. 1: done,
// 0: there is no such sequence, -1: failure.
int sequence_next(struct db *db, int64_t sequence_id, int64_t *value, struct error *error) CHECKED;

// Claims a number that nobody else of us is about to use (store/claims.h). osTicket has no unique index on
// ticket.number, and a look alone does not keep two workers from finding the same number free. Who gets the
// claim sees, with a fresh snapshot, every ticket of those who had it before, and keeps it until his own is
// committed. To be called outside a transaction, or before the first read in one, which is what fixes its
// snapshot. One round trip. 1: claimed, 0: the number is somebody else's, -1: failure.
int ticket_number_claim(struct db *db, struct text number, struct error *error) CHECKED;

// Gives the claim back, after commit or rollback.
void ticket_number_release(struct db *db, struct text number);

#endif
