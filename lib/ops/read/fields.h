// SPDX-License-Identifier: GPL-2.0-or-later
// The answers to the forms of a ticket, a user or an organization as JSON.
#ifndef OPS_READ_FIELDS_H
#define OPS_READ_FIELDS_H

#include "store/read/form_answers.h"
#include "json/reader.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stddef.h>

// Writes the member "fields". What is a password, or only a plugin knows, is opaque.
void fields_write(struct json_writer *json, const struct answered_field *fields, size_t count);

// Writes an answer's value, as the tables have it, null for none: a text, a switch, or choices by the field's
// type; what is opaque is null.
void field_value_write(struct json_writer *json, struct text type, struct text value);
// The same where the value is an object already.
void field_choices_write(struct json_writer *json, struct text type, const struct json_value *choices);
bool field_is_opaque(struct text type);

#endif
