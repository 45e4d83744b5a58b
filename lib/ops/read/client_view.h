// SPDX-License-Identifier: GPL-2.0-or-later
// What of an answer a client is shown, and what he may ask by: nothing that he is not shown, so that it
// cannot be found out by asking. spec: operations.md 9.3.
#ifndef OPS_READ_CLIENT_VIEW_H
#define OPS_READ_CLIENT_VIEW_H

#include "base/error.h"
#include "ops/operation.h"
#include "store/read/ticket_object.h"

#include <stdbool.h>
#include <stdint.h>

// Of members of a ticket, and of its parts, those that the view shows, as bits of TICKET_FIELDS and of
// TICKET_PARTS; the bit behind the parts stands for all of them.
uint64_t client_view_fields(struct view view, uint64_t fields);
uint64_t client_view_parts(struct view view, uint64_t parts);

// Whether `fields`, `include`, `sort` and the filters of a list are for whoever asks. ERROR_UNPROCESSABLE
// naming what is not: what is known of it is said by its name alone.
bool client_view_check(const struct operation_context *context, struct error *error) CHECKED;

#endif
