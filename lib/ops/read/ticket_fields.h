// SPDX-License-Identifier: GPL-2.0-or-later
// The members of a ticket as an object, all or those that are asked for. spec: operations.md 1.5.
#ifndef OPS_READ_TICKET_FIELDS_H
#define OPS_READ_TICKET_FIELDS_H

#include "store/read/ticket_field_names.h"
#include "store/read/ticket_object.h"
#include "json/writer.h"

#include <stddef.h>
#include <stdint.h>

// What each member is, and where it stands in struct ticket_object; by enum ticket_field.
#define TICKET_FIELD_KINDS(KIND)                                                                             \
    KIND(INTEGER)                                                                                            \
    KIND(TEXT)                                                                                               \
    KIND(TIME) KIND(BOOLEAN) KIND(NAMED) KIND(AGENT) KIND(PERSON) KIND(STATUS) KIND(PARENT) KIND(DUE)
#define TICKET_FIELD_KIND(kind) TICKET_FIELD_IS_##kind,
struct ticket_field_row {
    const char *name;
    enum ticket_field_kind { TICKET_FIELD_KINDS(TICKET_FIELD_KIND) } kind;
    size_t at;
};
extern const struct ticket_field_row ticket_field_rows[TICKET_FIELD_COUNT];

// Writes these members into the open object.
void ticket_fields_write(struct json_writer *json, const struct ticket_object *object, uint64_t fields,
                         struct view view);

#endif
