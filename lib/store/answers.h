// SPDX-License-Identifier: GPL-2.0-or-later
// What a ticket's forms were answered.
#ifndef STORE_ANSWERS_H
#define STORE_ANSWERS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct row;

struct form_answer {
    int64_t field_id;
    struct text name;          // of the field; may be empty
    struct text type;          // "text", "memo", "choices", "list-3", …
    struct text configuration; // JSON of the field, or null
    struct text value;         // as stored, or null
    struct text value_id;
    int64_t sort; // of the field in its form, where answers of several forms are put together; else 0
};

// Takes a struct form_answer out of a FORM_ANSWER_PART (answer_statements.h) of a row.
void form_answer_take(const struct row *part, void *into);

// What is known of a user and of an organization (0: none) by their forms: the organization's name as the
// answer to its field first, then the user's answers, then the organization's. Without value_id.
bool party_answers(struct db *db, int64_t user_id, int64_t organization_id, struct arena *arena,
                   struct form_answer **answers, size_t *count, struct error *error) CHECKED;

#endif
