// SPDX-License-Identifier: GPL-2.0-or-later
// Sends the writing statements that wait. Private to this room.
#ifndef DB_SENDING_H
#define DB_SENDING_H

#include "db/connection.h"

// All that wait in `db->batch`, which is empty afterwards. `commits`: with the COMMIT and what runs beside it
// behind them; `committed` says whether that was done. Two round trips, or one a statement where there are
// few.
bool sending_do(struct db *db, bool commits, bool *committed, struct error *error) CHECKED;

#endif
