// SPDX-License-Identifier: GPL-2.0-or-later
// A long body out of its pieces.
#include "store/read/body_pieces.h"

#include <stdlib.h>
#include <string.h>

struct body_piece {
    int64_t attachment_id, chunk_id;
    struct text bytes;
};

void body_pieces_add(struct body_pieces *pieces, int64_t attachment_id, int64_t chunk_id, struct text bytes) {
    struct body_piece *piece = arena_append(pieces->arena, &pieces->pieces, &pieces->count, sizeof *piece);
    if (piece) *piece = (struct body_piece){attachment_id, chunk_id, arena_copy(pieces->arena, bytes)};
}

static int compare_pieces(const void *a, const void *b) {
    const struct body_piece *left = a, *right = b;
    if (left->attachment_id != right->attachment_id)
        return left->attachment_id < right->attachment_id ? -1 : 1;
    return left->chunk_id < right->chunk_id ? -1 : left->chunk_id > right->chunk_id;
}

struct text body_pieces_join(struct body_pieces *pieces) {
    size_t length = 0;
    qsort(pieces->pieces, pieces->count, sizeof *pieces->pieces, compare_pieces);
    for (size_t i = 0; i < pieces->count; i++) length += pieces->pieces[i].bytes.length;
    char *whole = arena_take(pieces->arena, length + 1), *to = whole;
    for (size_t i = 0; whole && i < pieces->count; i++) {
        struct text bytes = pieces->pieces[i].bytes;
        if (bytes.length) memcpy(to, bytes.data, bytes.length);
        to += bytes.length;
    }
    return whole ? (struct text){whole, length} : TEXT_NULL;
}
