// SPDX-License-Identifier: GPL-2.0-or-later
// Values that their columns cannot hold: these may be in a character set that lacks some characters of UTF-8,
// and only the server knows which. Private to this room.
#ifndef DB_FIT_H
#define DB_FIT_H

#include "base/buffer.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>

// Fills `fitted` with the values, the keys with other letters than ASCII's as NULL: what its column cannot
// hold, no row has. False when there is no such key.
bool fit_keys(const struct db_value *values, size_t count, struct db_value *fitted);

// From one character set to a narrower one: those of three-byte UTF-8, of Latin, of ASCII.
enum fit_step { FIT_THREE_BYTES, FIT_LATIN, FIT_ASCII, FIT_STEPS };

// Fills `fitted` with the values, characters that the step's character set lacks as U+FFFD, or '?' where it
// lacks that too; in HTML as references. What is no UTF-8 stays. False when nothing changes. Changed texts
// lie in `room`.
bool fit_texts(const struct db_value *values, size_t count, enum fit_step step, struct db_value *fitted,
               struct buffer *room);

#endif
