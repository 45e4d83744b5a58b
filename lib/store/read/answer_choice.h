// SPDX-License-Identifier: GPL-2.0-or-later
// Which of the answers to a ticket's forms, and to its owner's, are shown with it.
#ifndef STORE_READ_ANSWER_CHOICE_H
#define STORE_READ_ANSWER_CHOICE_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct answer_field;
struct row;
struct ticket_columns;

// An answer as the tables have it.
struct field_answer {
    int64_t field_id;           // 0: there is none
    int64_t form_sort, form_id; // of the form that was filled in
    struct text value;
    bool is_choice; // `value_id` names a row
    int64_t value_id;
};

// Out of a FIELD_ANSWER_PART of a row, see ticket_column_statements.h. The value is valid until the next row.
struct field_answer field_answer_of(const struct row *part);

enum { SHOWN_SUBJECT, SHOWN_PRIORITY, SHOWN_PHONE, SHOWN_COUNT };

// What is chosen so far lies in the arena. Begins as {.arena = …}.
struct answer_choice {
    struct arena *arena;
    struct text subject;
    int64_t priority_id; // where `priority_text` is null
    struct text priority_text;
    struct text phone, phone_format;

    // Whether there was one, and how the one chosen ranks.
    bool met[SHOWN_COUNT];
    int64_t ranks[SHOWN_COUNT][4];
};

// Weighs one more answer, to a form of the ticket or of its owner; the fields are those named subject and
// priority, or phone, in any case. Of a ticket's the one counts whose field sorts last, of an owner's the
// first by form and field.
void answer_choice_of_ticket(struct answer_choice *choice, const struct field_answer *answer,
                             const struct answer_field *field);
void answer_choice_of_owner(struct answer_choice *choice, const struct field_answer *answer,
                            const struct answer_field *field);

// Gives the ticket what was chosen; what was not is as it was.
void answer_choice_show(const struct answer_choice *choice, struct ticket_columns *ticket);

#endif
