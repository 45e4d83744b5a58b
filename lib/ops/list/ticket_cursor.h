// SPDX-License-Identifier: GPL-2.0-or-later
// Where a page of tickets ended, as a text that a client gives back. spec: operations.md 3.1.
#ifndef OPS_LIST_TICKET_CURSOR_H
#define OPS_LIST_TICKET_CURSOR_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "store/read/ticket_page.h"

#include <stdbool.h>

#define TICKET_CURSOR_MAX 1024 // bytes of a place

// Appends the cursor: of this place, under these filters and this order (`of`), and nobody else's to make, by
// the secret. False when libcrypto refuses, or for a place that is longer.
bool ticket_cursor_write(const struct ticket_place *place, struct text of, struct text secret,
                         struct buffer *out) CHECKED;

// The place, in the arena. ERROR_BAD_REQUEST for a cursor that was cut, was made by others, or belongs to
// other filters.
bool ticket_cursor_read(struct text cursor, struct text of, struct text secret, struct arena *arena,
                        struct ticket_place *place, struct error *error) CHECKED;

#endif
