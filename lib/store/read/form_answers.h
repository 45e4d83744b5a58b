// SPDX-License-Identifier: GPL-2.0-or-later
// The answers to the forms of a ticket, a user or an organization, as they are shown. Of ticket_parts.c.
#ifndef STORE_READ_FORM_ANSWERS_H
#define STORE_READ_FORM_ANSWERS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct row;

struct answered_field {
    int64_t id;
    struct text name, label, type; // "text", "choices", "list-3"
    struct text value;             // as stored
    bool has_value_id;
    int64_t value_id;
    struct text form; // its title
};

// Of a ticket (type "T"), a user ("U") or an organization ("O"), into an array of the arena; not `all`: those
// that clients see. One round trip.
bool form_answers_read(struct db *db, const char *type, int64_t object_id, bool all, struct arena *arena,
                       struct answered_field **fields, size_t *count, struct error *error) CHECKED;

// Out of a row of ANSWERED_COLUMNS (ticket_part_statements.h), as ticket_object_take().
void form_answer_take_shown(const struct row *row, struct answered_field *field);

#endif
