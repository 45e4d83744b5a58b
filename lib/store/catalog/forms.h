// SPDX-License-Identifier: GPL-2.0-or-later
// The forms of a new ticket as they are drawn, and lists that their fields choose from. spec: operations.md
// 3.7.
#ifndef STORE_CATALOG_FORMS_H
#define STORE_CATALOG_FORMS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct catalog_field {
    int64_t id, flags;         // FIELD_FLAG_…, see forms/form.h
    struct text type;          // "text", "list-3"
    struct text name;          // may be empty
    struct text label, hint;   // the latter may be null
    struct text configuration; // JSON, may be null or empty
};

struct catalog_form {
    int64_t id;
    int64_t of_topic; // the row that makes it a form of the help topic; 0: it is none of these
    struct text type; // "U", "T", "G"
    struct text title, instructions;
    struct text extra; // {"disable":[ids]} of the help topic, or null
    struct catalog_field *fields;
    size_t field_count;
};

#define ITEM_STATUS_ENABLED 1

struct catalog_item {
    int64_t id, list_id, status;
    struct text value, abbreviation; // the latter may be null
    struct text properties;          // JSON by the ids of the list's fields, may be null or anything
};

struct catalog_list {
    int64_t id;
    struct text name, plural;
    struct text type; // "ticket-status" for the list of statuses, else null or empty
};

// The user's form, the ticket's, and those of the help topic (0: none), in the order in which osTicket draws
// them. One round trip.
bool catalog_forms_read(struct db *db, int64_t topic_id, struct arena *arena, struct catalog_form **forms,
                        size_t *count, struct error *error) CHECKED;

// The enabled items of the lists that these forms' fields choose from, each list's in its order. One round
// trip.
bool catalog_items_of_forms_read(struct db *db, int64_t topic_id, struct arena *arena,
                                 struct catalog_item **items, size_t *count, struct error *error) CHECKED;

// A list of the administrator's: 1, 0: there is none, -1: failure. One round trip.
int catalog_list_read(struct db *db, int64_t list_id, struct arena *arena, struct catalog_list *list,
                      struct error *error) CHECKED;

// The fields that say more of its items, in their order, without hint and configuration. One round trip.
bool catalog_properties_read(struct db *db, int64_t list_id, struct arena *arena,
                             struct catalog_field **fields, size_t *count, struct error *error) CHECKED;

// All of its items, in its order. One round trip.
bool catalog_items_read(struct db *db, int64_t list_id, struct arena *arena, struct catalog_item **items,
                        size_t *count, struct error *error) CHECKED;

#endif
