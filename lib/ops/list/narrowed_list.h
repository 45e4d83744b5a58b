// SPDX-License-Identifier: GPL-2.0-or-later
// What of a list is for whoever sees some tickets only. spec: operations.md 1.11, 2, 9.3.
#ifndef OPS_LIST_NARROWED_LIST_H
#define OPS_LIST_NARROWED_LIST_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "ops/operation.h"
#include "store/read/names.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>

// Makes what he sees a part of the conditions; it lies in the arena. One round trip, none for whoever sees
// all.
bool narrowed_list_read(const struct operation_context *context, struct arena *arena,
                        struct ticket_conditions *conditions, struct error *error) CHECKED;

// As named_find(), but of tickets only among those that he sees: the others are not there.
int narrowed_list_find(const struct operation_context *context, enum named_kind kind, struct text name,
                       int64_t *id, struct error *error) CHECKED;

// Of a ticket that a filter names as "id:17": makes its id one that no ticket has where he does not see it.
// One round trip, none for whoever sees all.
bool narrowed_list_ticket(const struct operation_context *context, struct text name, int64_t *id,
                          struct error *error) CHECKED;

// Appends whose list it is, so that a cursor is of use in his alone.
void narrowed_list_write(const struct operation_context *context, struct buffer *out);

#endif
