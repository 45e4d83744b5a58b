// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the transaction that we are in is one to the server, too. Private to this room.
#ifndef DB_TRANSACTION_H
#define DB_TRANSACTION_H

#include "db/connection.h"

// A Galera node takes a transaction back on its own when another node's is faster, and does not always say
// so: what follows would then be stored by itself, or a COMMIT acknowledged that commits nothing. Each answer
// tells whether a transaction is open.
bool transaction_is_still_open(const struct db *db);

// Fails because it is not; always false. `wrote_alone`: a statement was stored by itself.
bool transaction_fail_as_ended(struct db *db, bool wrote_alone, struct error *error);

#endif
