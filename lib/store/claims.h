// SPDX-License-Identifier: GPL-2.0-or-later
// Claims: locks of the database server's that are named after what nobody else of us shall do meanwhile, the
// number of a ticket or the Message-ID of a mail. They belong to this help desk alone, end with the
// connection, block no row, and PHP knows nothing of them. Whoever needs one takes it where he looks whether
// the thing is there already.
#ifndef STORE_CLAIMS_H
#define STORE_CLAIMS_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

struct db;

// Those of what a request is about to write; null: none.
struct claims {
    struct text number, message_id;
    bool given_back;
};

// Gives back the claims of a ticket's number and of a Message-ID, in one round trip; "" for none. One that is
// not held does no harm, and a failure is of no consequence: a connection that is lost has lost its claims.
void claims_release(struct db *db, struct text number, struct text message_id);

// The same right behind the COMMIT of the transaction at hand, which mostly costs no round trip.
bool claims_release_behind(struct db *db, const struct claims *claims, struct error *error) CHECKED;

#endif
