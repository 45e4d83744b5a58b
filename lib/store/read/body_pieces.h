// SPDX-License-Identifier: GPL-2.0-or-later
// A body that was too long for its column: it lies in files, and these in pieces.
#ifndef STORE_READ_BODY_PIECES_H
#define STORE_READ_BODY_PIECES_H

#include "base/arena.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

struct body_piece;

// Begins as {.arena = …}, which holds the pieces and the body.
struct body_pieces {
    struct arena *arena;
    struct body_piece *pieces;
    size_t count;
};

// Adds a piece, copied, in whatever order they come.
void body_pieces_add(struct body_pieces *pieces, int64_t attachment_id, int64_t chunk_id, struct text bytes);

// The body, by attachments and chunks. TEXT_NULL, and the arena has failed, when there is no room.
struct text body_pieces_join(struct body_pieces *pieces);

#endif
