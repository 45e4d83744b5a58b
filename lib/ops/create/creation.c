// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket while its transaction writes it.
#include "ops/create/creation.h"

bool creation_add_search(struct creation *creation, struct search_row row, struct error *error) {
    struct search_row *slot =
        arena_append(creation->arena, &creation->search, &creation->search_count, sizeof *slot);
    if (!slot) return error_too_large(error);
    *slot = row;
    return true;
}
