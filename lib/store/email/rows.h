// SPDX-License-Identifier: GPL-2.0-or-later
// The rows that a mail leaves beside its entry. To be written in the entry's transaction, one round trip
// each.
#ifndef STORE_EMAIL_ROWS_H
#define STORE_EMAIL_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

#define EMAIL_MESSAGE_ID_MAX 255   // characters of a stored Message-ID
#define EMAIL_HEADERS_MAX    65535 // bytes of a stored header

// The mail itself: its Message-ID and header, both cut to their columns.
bool email_row_insert(struct db *db, int64_t entry_id, struct text message_id, struct text headers,
                      struct error *error) CHECKED;

// Refers the thread to a department, unless it is already.
bool email_referral_insert(struct db *db, int64_t thread_id, int64_t department_id,
                           struct error *error) CHECKED;

// Notes that an entry of a merged ticket belongs to its own thread.
bool email_note_merged(struct db *db, int64_t entry_id, int64_t thread_id, struct error *error) CHECKED;

// Users by their addresses, 16 in a round trip.
struct email_user {
    struct text address; // asked for
    int64_t id;          // 0: there is none
    struct text name;
    bool is_agent; // an agent has the same address
};
bool email_users_find(struct db *db, struct email_user *users, size_t count, struct arena *arena,
                      struct error *error) CHECKED;

#endif
