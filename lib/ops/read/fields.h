// SPDX-License-Identifier: GPL-2.0-or-later
// The answers to the forms of a ticket, a user or an organization as JSON.
#ifndef OPS_READ_FIELDS_H
#define OPS_READ_FIELDS_H

#include "store/read/form_answers.h"
#include "json/writer.h"

#include <stddef.h>

// Writes the member "fields". What is a password, or only a plugin knows, is opaque.
void fields_write(struct json_writer *json, const struct answered_field *fields, size_t count);

#endif
