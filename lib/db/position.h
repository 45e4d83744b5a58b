// SPDX-License-Identifier: GPL-2.0-or-later
// How far a server's log has come, by its GTIDs, and whether a replica has all of that. Private to this room.
#ifndef DB_POSITION_H
#define DB_POSITION_H

#include "base/buffer.h"
#include "base/text.h"

#include <mysql.h>
#include <stdbool.h>

#define POSITION_MAX (16 << 10)

// Adds what stands in the server's log, in its own words (MariaDB: gtid_binlog_pos; MySQL: gtid_executed):
// nothing where it keeps no log with GTIDs. `takes_writes`: it is not read_only. One round trip. False: the
// link has the server's number.
bool position_of(MYSQL *mysql, struct buffer *position, bool *takes_writes);

// Whether the replica has everything of the position, which it waits for, `wait_ms` at most: 1, 0; -1: the
// link has the number; -2: it does not answer in time, and is of no use any more. What is no position nobody
// has. One round trip.
int position_is_reached(MYSQL *mysql, struct text position, unsigned wait_ms);

#endif
