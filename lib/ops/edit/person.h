// SPDX-License-Identifier: GPL-2.0-or-later
// A user whom a request names by an address, and who is made where nobody has it: by an agent's hand, not by
// a ticket of his own.
#ifndef OPS_EDIT_PERSON_H
#define OPS_EDIT_PERSON_H

#include "base/error.h"
#include "base/text.h"
#include "forms/input.h"
#include "ops/create/creation.h"
#include "ops/operation.h"
#include "store/work.h"

#include <stdbool.h>
#include <stdint.h>

struct person_maker {
    struct create_draft draft;
    struct creation creation;
    bool is_new;
    int64_t user_id; // of a new one: once he is written
    struct text name, address;
};

// Finds the user with this address, or checks that one can be made of `fields` (a map with email, name and
// what else the contact form has), as the panel does: its form, and DNS where addresses are verified.
// ERROR_UNPROCESSABLE naming the field that is wrong. `maker` points into itself; freed with person_close(),
// also after a failure. One round trip. Before anything is locked. spec: acting.md 9.
bool person_open(struct person_maker *maker, struct operation_context *context, struct work *work,
                 struct text address, const struct input *fields, struct error *error) CHECKED;

// Whether the further fields that a new user is to have, beside the members email and name, are fields of the
// contact form that can be filled in. ERROR_UNPROCESSABLE or, of files, ERROR_NOT_NATIVE naming the one that
// is not: a name that is no field's is a wish that nobody grants.
bool person_check_fields(const struct person_maker *maker, const struct input *fields, size_t count,
                         struct error *error) CHECKED;

// Writes a new user: his rows, his form's and search's. In the transaction. Nothing for a known one.
bool person_write(struct person_maker *maker, struct error *error) CHECKED;

void person_close(struct person_maker *maker);

#endif
