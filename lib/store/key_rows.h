// SPDX-License-Identifier: GPL-2.0-or-later
// API keys as an administrator sees and changes them: osTicket's rows with those of schema/fcgi-key.sql.
// Errors: those of the database; without the table ERROR_NOT_NATIVE with a detail that names the file.
#ifndef STORE_KEY_ROWS_H
#define STORE_KEY_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// Texts are as they are stored; a null one is none. Numbers: 0 is none.
struct key_row {
    int64_t id;
    bool active, creates_tickets, runs_cron;
    struct text address; // osTicket's own
    struct text end;     // the key's last characters; empty for a short key
    bool has_rules;
    struct text networks, scopes;
    int64_t staff_id;
    struct text username; // of that agent
    bool any_staff, is_system;
    struct text view;
    int64_t view_id;
    struct text departments;
    int64_t rate, burst;
    struct text expires; // "2027-01-01 00:00:00", UTC
    bool expired;
    struct text note;
};

// All of them, in the arena. One round trip.
bool key_rows_read(struct db *db, struct arena *arena, struct key_row **rows, size_t *count,
                   struct error *error) CHECKED;

// One. 1: read, 0: there is none, -1: failure. One round trip.
int key_row_read(struct db *db, int64_t id, struct arena *arena, struct key_row *row,
                 struct error *error) CHECKED;

// A new, active key; its rules are key_row_write()'s. One round trip.
bool key_row_insert(struct db *db, struct text key, struct text address, bool creates_tickets, int64_t *id,
                    struct error *error) CHECKED;

// Writes all that the row says but its address. Two round trips.
bool key_row_write(struct db *db, const struct key_row *row, struct error *error) CHECKED;

// Ids by names; a department also by its id. 1: found, 0, -1. One round trip.
int organization_by_name(struct db *db, struct text name, int64_t *id, struct error *error) CHECKED;
int department_by_name(struct db *db, struct text name, int64_t *id, struct error *error) CHECKED;

#endif
