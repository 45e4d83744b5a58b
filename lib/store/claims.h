// SPDX-License-Identifier: GPL-2.0-or-later
// Claims: nobody else of us writes meanwhile what a request is about to write, a ticket with this number or a
// mail with this Message-ID, for which osTicket has no unique index. PHP knows nothing of them.
//
// A claim is a row, which is written in the transaction of what it is for: of two that claim the same, on one
// database or on two nodes of a cluster, one is taken back. It has a mark. Whoever is about to write looks
// whether the thing is there, and which mark the row has, both at one moment (or first the mark); the row is
// written only while it still has that mark, so that what was seen holds. Rows lie in {fcgi:idempotency}, of
// no API key, and go after a day with the others.
//
// Beside it there are locks of the database server's, which a node of a cluster has for itself. A mail is
// locked as well, so that its copies wait for the first instead of working for nothing. Where the table is
// missing, locks are all there is.
#ifndef STORE_CLAIMS_H
#define STORE_CLAIMS_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

#define CLAIM_MARK_SIZE 65

struct db;

struct claim {
    struct text name;           // null: nothing is claimed
    char mark[CLAIM_MARK_SIZE]; // of the row, when it was looked at; empty: there was none
    bool locked;                // its lock is ours, too
    bool written;               // its row is
};

// Those of what a request is about to write.
struct claims {
    struct claim number, message_id;
    bool by_lock;  // the table is missing
    bool was_lost; // somebody else's row came first
    bool given_back;
};

void claim_take_mark(struct claim *claim, struct text mark);

// Gives the locks back: one round trip, none where there are none. One that is not held does no harm, and a
// failure is of no consequence: a connection that is lost has lost its locks.
void claims_release(struct db *db, const struct claims *claims);

// The same right beside the COMMIT of the transaction at hand, which mostly costs no round trip.
bool claims_release_behind(struct db *db, const struct claims *claims, struct error *error) CHECKED;

// Writes the rows that are not, in the transaction at hand; they may be sent together with what follows. Of a
// failure, of whatever is sent, claims_explain() says whether it is theirs. One round trip each.
bool claims_take(struct db *db, const struct claims *claims, struct error *error) CHECKED;

// The same of a number alone, at once: 1; 0: it was somebody else's just now, and the transaction goes on;
// -1: failure. One round trip.
int claims_take_number(struct db *db, struct claims *claims, struct text number, struct error *error) CHECKED;

// Where a row was another's (`was_lost`), or the table is missing (`by_lock`): ERROR_RETRYABLE. Always false.
bool claims_explain(struct claims *claims, struct error *error);

// Looks at the mark of the Message-ID's row, before anybody looks for the mail. One round trip.
bool claims_look_again(struct db *db, struct claims *claims, struct error *error) CHECKED;

#endif
