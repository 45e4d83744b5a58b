// SPDX-License-Identifier: GPL-2.0-or-later
// A field of a form as a page draws it. spec: operations.md 3.7; creating.md B.3
#ifndef OPS_CATALOG_FIELD_H
#define OPS_CATALOG_FIELD_H

#include "base/arena.h"
#include "store/catalog/forms.h"
#include "store/help_desk.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stddef.h>

// What fields choose from beside their own configuration.
struct field_choices {
    const struct help_desk *help_desk;
    const struct catalog_item *items; // of the lists, enabled ones
    size_t item_count;
};

// Whether clients see it, where the help topic does not hide it.
bool field_is_seen_by_clients(const struct catalog_field *field, bool is_disabled);

// Writes the field as an object: what all fields have, then what its type has. What the configuration does
// not say is osTicket's usual. For clients without what only concerns agents.
void field_write(struct json_writer *json, const struct catalog_field *field, bool is_disabled,
                 bool for_clients, const struct field_choices *choices, struct arena *arena);

#endif
