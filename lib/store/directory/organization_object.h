// SPDX-License-Identifier: GPL-2.0-or-later
// An organization as it is listed, and what is written of it. spec: operations.md 5.3.
#ifndef STORE_DIRECTORY_ORGANIZATION_OBJECT_H
#define STORE_DIRECTORY_ORGANIZATION_OBJECT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_object.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct row;

// What its members take part in, who gets its tickets, and who sees them.
#define ORGANIZATION_FLAG_ALL_COLLABORATE     0x01
#define ORGANIZATION_FLAG_PRIMARY_COLLABORATE 0x02
#define ORGANIZATION_FLAG_ASSIGN_MANAGER      0x04
#define ORGANIZATION_FLAG_PRIMARY_SEE         0x08
#define ORGANIZATION_FLAG_ALL_SEE             0x10

#define ORGANIZATION_NAME_MAX   128 // characters
#define ORGANIZATION_DOMAIN_MAX 256

// Texts as stored; times "YYYY-MM-DD HH:MM:SS".
struct organization_object {
    int64_t id;
    struct text name, domain;
    struct text manager;                          // "s1" an agent, "t2" a team, "" nobody
    struct text first_name, last_name, team_name; // whose these are; null: not there
    int64_t status;                               // ORGANIZATION_FLAG_…
    struct text created, updated;
    int64_t users, open_tickets, closed_tickets; // that whoever asks sees
};

// Out of a row of ORGANIZATION_OBJECT_ALL (organization_statements.h), as ticket_object_take().
void organization_object_take(const struct row *row, struct organization_object *organization);

// As user_object_read().
int organization_object_read(struct db *db, int64_t id, struct view view, struct arena *arena,
                             struct organization_object *organization, struct error *error) CHECKED;

// Locks its row: 1, 0: there is none, -1. One round trip.
int organization_lock(struct db *db, int64_t id, struct error *error) CHECKED;

// Waits until nobody else is about to name one; before any other lock, and a statement of its own: of a
// UNION, MariaDB locks the row that is known by its id first. One round trip.
bool organization_names_lock(struct db *db, struct error *error) CHECKED;

// Whether another one than `id` (0: any) bears the name: 1, 0, -1; until the end of the transaction none
// comes. One round trip.
int organization_is_named(struct db *db, struct text name, int64_t id, struct error *error) CHECKED;

// A new one. One round trip.
bool organization_insert(struct work *work, struct text name, int64_t status, int64_t *id,
                         struct error *error) CHECKED;

// Writes its row and the time of now into it. One round trip.
struct organization_saving {
    struct text name, manager, domain;
    int64_t status;
};
bool organization_save(struct work *work, int64_t id, const struct organization_saving *saving,
                       struct error *error) CHECKED;

// Its rows; its members stay, without an organization. Three round trips, four where there is a cdata table.
bool organization_delete(struct db *db, int64_t id, struct error *error) CHECKED;

#endif
