// SPDX-License-Identifier: GPL-2.0-or-later
// A position in the lanes of changes as a text that a client gives back. It is a place, and no right: what a
// reader sees from there his key says.
#ifndef OPS_CHANGES_CURSOR_H
#define OPS_CHANGES_CURSOR_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "store/changes/lane_position.h"

#include <stdbool.h>

#define CHANGES_CURSOR_MAX (LANES_POSITION_MAX * 4 / 3 + 4)

void changes_cursor_write(const struct lanes_position *position, struct buffer *out);

// ERROR_BAD_REQUEST for what is none.
bool changes_cursor_read(struct text cursor, struct lanes_position *position, struct error *error) CHECKED;

#endif
