// SPDX-License-Identifier: GPL-2.0-or-later
// What answers and bodies look like: JSON Schemas (draft 2020-12) by name, as lib/ops/schemas/*.json has
// them, a file a subject. A row of the operation table names them; osticket-fcgi --openapi prints them; the
// end-to-end tests hold every answer against them.
#ifndef OPS_SCHEMAS_H
#define OPS_SCHEMAS_H

#include "base/text.h"

#include <stddef.h>

struct schema_file {
    const char *name; // "ticket.json"
    struct text text; // {"Ticket":{…},…}: an object of schemas by their names
};

// Made when the program is built. A schema names another as {"$ref":"#/components/schemas/NAME"}, whichever
// file has it.
extern const struct schema_file schema_files[];
extern const size_t schema_file_count;

#endif
