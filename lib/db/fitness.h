// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a server may be worked with, where there is another one to go to. Private to this room.
#ifndef DB_FITNESS_H
#define DB_FITNESS_H

#include <stdbool.h>
#include <stdint.h>

#include <mysql.h>

#define FITNESS_WHY_MAX 128

// False for one that is read-only, and for a node of a Galera cluster that is not synced: a donor of a state
// transfer stands still or lags, one that joins lags, one without a majority refuses everything. `why` says
// which. One round trip.
bool fitness_is_good(MYSQL *mysql, uint64_t *trips, char why[FITNESS_WHY_MAX]);

// Whether an error number, with its text, says the same of a statement: the server is not to be worked with
// any more, and did not do it.
bool fitness_is_denied(unsigned number, const char *text);

// Whether it leaves open, of a COMMIT, what became of the transaction.
bool fitness_leaves_open(unsigned number);

#endif
