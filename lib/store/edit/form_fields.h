// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of a ticket's forms with their answers, and the changing of an answer.
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

struct ticket_form_field {
    int64_t id, sort, flags;
    int64_t entry_id;  // of the form with this ticket
    bool is_of_ticket; // of the form of tickets, whose answers have columns of ticket__cdata
    bool is_off;       // by the help topic
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
    struct cdata_column *columns; // of ticket__cdata
    size_t column_count;
};

// Reads them in one round trip: after the ticket was locked, so that the answers are those that count.
bool ticket_form_fields_read(struct db *db, int64_t ticket_id, struct arena *arena,
                             struct ticket_form_fields *fields, struct error *error) CHECKED;

// Another value for the answer; value_id stays where there is none. ERROR_TOO_LARGE for what the column does
// not hold. One round trip.
struct ticket_form_answer {
    struct text value; // null: none
    bool has_value_id;
    int64_t value_id;
};
bool ticket_form_answer_set(struct work *work, const struct ticket_form_field *field,
                            const struct ticket_form_answer *answer, struct error *error) CHECKED;

// Numbers the ticket's forms in their order, from 0, as PHP does with each save of its page of the ticket.
// One round trip.
bool ticket_forms_place(struct db *db, int64_t ticket_id, struct error *error) CHECKED;

#endif
