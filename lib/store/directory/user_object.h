// SPDX-License-Identifier: GPL-2.0-or-later
// A user as he is listed, and what is written of him. spec: operations.md 5.1, 5.2.
#ifndef STORE_DIRECTORY_USER_OBJECT_H
#define STORE_DIRECTORY_USER_OBJECT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_object.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct row;

#define USER_FLAG_PRIMARY_CONTACT 1 // of his organization

#define ACCOUNT_FLAG_CONFIRMED 1
#define ACCOUNT_FLAG_LOCKED    2

// Texts as stored, null for SQL NULL; times "YYYY-MM-DD HH:MM:SS".
struct user_object {
    int64_t id;
    struct text name, address; // address: the default one, null: he has none
    struct text addresses;     // all of them, a line each
    int64_t status;            // USER_FLAG_…
    struct named organization;
    bool has_account;
    int64_t account_status; // ACCOUNT_FLAG_…
    struct text created, updated;
    int64_t open_tickets, closed_tickets; // that whoever asks sees
};

// Out of a row of USER_OBJECT_ALL (user_statements.h), as ticket_object_take().
void user_object_take(const struct row *row, struct user_object *user);

// 1: there is such a user, 0: none that the view shows, -1: failure. Of the view its rules and its zone
// count; a client's shows none. One round trip.
int user_object_read(struct db *db, int64_t user_id, struct view view, struct arena *arena,
                     struct user_object *user, struct error *error) CHECKED;

// Locks his row: 1, 0: there is none, -1. One round trip.
int user_lock(struct db *db, int64_t user_id, struct error *error) CHECKED;

// Writes his row and the time of now into it. One round trip.
struct user_saving {
    struct text name;
    int64_t organization_id, status;
};
bool user_save(struct work *work, int64_t user_id, const struct user_saving *saving,
               struct error *error) CHECKED;

// Gives his default address another text. Whose the address is otherwise is locked and told in `*other`: then
// nothing is written. Three round trips.
bool user_address_set(struct work *work, int64_t user_id, struct text address, int64_t *other,
                      struct error *error) CHECKED;

// Whether he owns tickets: 1, 0, -1; until the end of the transaction none comes. One round trip.
int user_has_tickets(struct db *db, int64_t user_id, struct error *error) CHECKED;

// All rows of his: addresses, account, answers, what search finds him by, where he takes part. Two round
// trips, three where there is a cdata table.
bool user_delete(struct db *db, int64_t user_id, struct error *error) CHECKED;

#endif
