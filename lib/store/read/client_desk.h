// SPDX-License-Identifier: GPL-2.0-or-later
// What a list of a client's tickets needs beside them: the help desk's rows, and the client's phone.
#ifndef STORE_READ_CLIENT_DESK_H
#define STORE_READ_CLIENT_DESK_H

#include "base/arena.h"
#include "base/error.h"
#include "store/help_desk.h"
#include "store/read/ticket_rows.h"

#include <stdint.h>

struct db;

// As help_desk_load_for_list(), and in the same round trip the first phone of user `user_id` (its number
// null where there is none).
bool client_desk_load(struct db *db, int64_t user_id, struct arena *arena, struct help_desk *help_desk,
                      struct owner_phone *phone, struct error *error) CHECKED;

#endif
