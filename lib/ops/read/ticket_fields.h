// SPDX-License-Identifier: GPL-2.0-or-later
// The members of a ticket as an object, all or those that are asked for. spec: operations.md 1.5.
#ifndef OPS_READ_TICKET_FIELDS_H
#define OPS_READ_TICKET_FIELDS_H

#include "store/read/ticket_field_names.h"
#include "store/read/ticket_object.h"
#include "json/writer.h"

#include <stdint.h>

// Writes these members into the open object.
void ticket_fields_write(struct json_writer *json, const struct ticket_object *object, uint64_t fields,
                         struct view view);

#endif
