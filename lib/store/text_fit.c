// SPDX-License-Identifier: GPL-2.0-or-later
// Texts for columns that may not hold every character.
#include "store/text_fit.h"

#include "base/buffer.h"
#include "base/supplementary.h"

#define FITTED_MAX (64 << 20)

bool text_narrow(struct arena *arena, bool html, struct text *text, struct error *error) {
    if (!text_has_supplementary(*text)) return true;
    struct buffer fitted = buffer_new(FITTED_MAX);
    supplementary_replace(*text, html, &fitted);
    *text = arena_copy(arena, buffer_text(&fitted));
    bool done = !fitted.failed && !text_is_null(*text);
    buffer_free(&fitted);
    return done || error_set(error, ERROR_TOO_LARGE, "a text of the request is too long");
}

bool text_fits(struct work *work, const char *table, struct text column, struct text text, bool *fits,
               struct error *error) {
    *fits = !text_has_supplementary(text);
    if (*fits) return true;
    if (!work->knows_wide && !wide_columns_load(work->db, work->arena, &work->wide, error)) return false;
    work->knows_wide = true;
    *fits = wide_columns_have(&work->wide, table, column);
    return true;
}

bool text_fit(struct work *work, const char *table, struct text column, bool html, struct text *text,
              struct error *error) {
    bool fits;
    return text_fits(work, table, column, *text, &fits, error) &&
           (fits || text_narrow(work->arena, html, text, error));
}
