// SPDX-License-Identifier: GPL-2.0-or-later
// The bare link to a server: opening it, its session, and what its error numbers mean. Private to this room.
#ifndef DB_LINK_H
#define DB_LINK_H

#include "base/error.h"
#include "db/db.h"
#include "db/host_rest.h"

#include <mysql.h>

// A connected, set-up link, or NULL with ERROR_UNAVAILABLE. The caller closes it with mysql_close(). `trips`
// grows by the round trips it took. `rest` is kept from one opening to the next. Of several hosts one that is
// not fit (db/fitness.h) is taken only where none is.
MYSQL *link_open(const struct db_settings *settings, struct host_rest *rest, uint64_t *trips,
                 struct error *error);

// Whether the settings name more than one server.
bool link_is_one_of_several(const struct db_settings *settings);

// Has the server convert the texts of results to utf8mb4; without it they come as they are stored. One round
// trip.
bool link_convert(MYSQL *mysql);

// Whether error number `number` says that the link is gone.
bool link_is_lost(unsigned number);

// Whether it says that the server took the transaction (or the statement) back and that it may be run again.
bool link_is_rolled_back(unsigned number);

// Whether it says that a statement took longer than the session lets it.
bool link_is_out_of_time(unsigned number);

// Whether it says that no full-text index has the columns that were to be searched.
bool link_has_no_text_index(unsigned number);

// Whether it says that a table or a column is not there, or not for this user.
bool link_is_missing(unsigned number);

// Whether it says that the user may not do this to a table or a column.
bool link_is_denied(unsigned number);

// Whether it says that a value cannot be compared with a column, whose character set lacks some of its
// characters.
bool link_is_unfit_key(unsigned number);

// Whether it says that a value cannot be stored in a column for the same reason (or another that lies in the
// value).
bool link_is_unfit_text(unsigned number);

// Whether it says that the server does not want to work for us at the moment (shutting down, read only, out
// of room, memory or descriptors). Some numbers stand for many things: then `text`, the server's message,
// tells which by the operating system's number in it.
bool link_is_refused(unsigned number, const char *text);

#endif
