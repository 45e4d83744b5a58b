// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of the forms of a ticket, a user or an organization with their answers, and the changing of an
// answer.
#ifndef STORE_EDIT_FORM_FIELDS_H
#define STORE_EDIT_FORM_FIELDS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/create/desk.h"
#include "store/work.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

enum form_of { FORM_OF_TICKET, FORM_OF_USER, FORM_OF_ORGANIZATION };

struct ticket_form_field {
    int64_t id, sort, flags;
    int64_t entry_id; // of the form with this ticket
    bool has_column;  // of the form of tickets, users, organizations, whose answers have columns of a cdata
                      // table
    bool is_off;      // by the help topic
    struct text type, label, name, configuration;
    bool is_answered;  // there is a row for the answer
    struct text value; // as stored, null: none
    bool has_value_id;
    int64_t value_id;
};

// In the fields' order. Everything lies in the arena.
struct ticket_form_fields {
    struct ticket_form_field *items;
    size_t count;
    struct list_item_row *list_items; // of the lists that they show, disabled ones, too
    size_t list_item_count;
    struct cdata_columns columns; // of the cdata table; none where that is not there
};

// Reads them in one round trip: after the ticket, or whose they are, was locked, so that the answers are
// those that count.
bool ticket_form_fields_read(struct work *work, enum form_of of, int64_t object_id,
                             struct ticket_form_fields *fields, struct error *error) CHECKED;

// Gives a user or an organization without any form its own. One round trip.
bool form_entry_ensure(struct db *db, enum form_of of, int64_t object_id, struct error *error) CHECKED;

// Other values for answers, or the first; value_id stays where there is none. ERROR_TOO_LARGE for what the
// column does not hold. One round trip for each 16.
struct ticket_form_answer {
    const struct ticket_form_field *field;
    struct text value; // null: none
    bool has_value_id;
    int64_t value_id;
};
bool ticket_form_answers_set(struct work *work, const struct ticket_form_answer *answers, size_t count,
                             struct error *error) CHECKED;

// Numbers the ticket's forms in their order, from 0, as PHP does with each save of its page of the ticket.
// One round trip.
bool ticket_forms_place(struct db *db, int64_t ticket_id, struct error *error) CHECKED;

#endif
