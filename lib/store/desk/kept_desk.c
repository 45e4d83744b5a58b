// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's names as a worker keeps them.
#include "store/desk/kept_desk.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

#include <string.h>

#define LOOK_AGAIN_MS 60000

static void forget(struct kept_desk *kept) {
    arena_free(&kept->arena);
    kept->arena = arena_new(KEPT_DESK_MAX);
    kept->help_desk = (struct help_desk){0};
    kept->answer_fields = TEXT_NULL;
    kept->is_there = false;
}

static bool keep_fields(struct kept_desk *kept) {
    struct buffer list = buffer_new(KEPT_DESK_MAX);
    help_desk_list_fields(&kept->help_desk, ANSWERS_OF_BOTH, &list);
    kept->answer_fields = arena_copy(&kept->arena, buffer_text(&list));
    bool good = !list.failed && !kept->arena.failed;
    buffer_free(&list);
    return good;
}

static void take_version(const struct row *row, void *context) {
    struct kept_desk *kept = context;
    kept->version = row_integer(row, DESK_VERSION_NUMBER);
    kept->is_there = text_equal(row_text(row, DESK_VERSION_KIND), TEXT("version"));
}

// As kept_desk_load().
static int read_names(struct kept_desk *kept, struct db *db, struct error *error) {
    const struct help_desk_query query = {
        .statement = STATEMENT_KEPT_DESK, .take = take_version, .context = kept};
    forget(kept);
    bool done = help_desk_load_by(db, &query, &kept->arena, &kept->help_desk, error);
    if (done && keep_fields(kept)) return kept->is_there;
    bool is_too_large = done || kept->arena.failed;
    forget(kept);
    if (!is_too_large) return -1;
    error_clear(error);
    kept->is_told = false; // not tried before it is looked for again
    return 0;
}

// The same of whether the database tells when a name changes.
static int look_for_triggers(struct db *db, struct error *error) {
    int whole = row_answer(db, QUERY_WITHOUT_VALUES(STATEMENT_VERSION_TRIGGERS), error);
    if (whole >= 0 || !own_table_is_missing(error)) return whole;
    error_clear(error);
    return 0;
}

int kept_desk_load(struct kept_desk *kept, struct db *db, struct error *error) {
    if (!kept) return 0;
    int64_t now = clock_monotonic_ms();
    if (now < kept->until_ms) {
        if (kept->is_there || !kept->is_told) return kept->is_there;
        return read_names(kept, db, error);
    }
    int told = look_for_triggers(db, error);
    if (told < 0) return -1;
    forget(kept);
    kept->until_ms = now + LOOK_AGAIN_MS;
    kept->is_told = told > 0;
    return kept->is_told ? read_names(kept, db, error) : 0;
}

bool kept_desk_show(const struct kept_desk *kept, struct arena *arena, struct help_desk *help_desk) {
    const struct help_desk *h = &kept->help_desk;
    *help_desk = *h;
    help_desk->config = NULL;
    help_desk->config_count = 0;
    for (size_t i = 0; i < h->config_count; i++) {
        struct config_row *setting =
            arena_append(arena, &help_desk->config, &help_desk->config_count, sizeof *setting);
        if (!setting) return false;
        *setting = h->config[i];
    }
    return true;
}

bool kept_desk_is_of(struct kept_desk *kept, int64_t version) {
    if (kept->version == version) return true;
    forget(kept);
    return false;
}

void kept_desk_free(struct kept_desk *kept) {
    arena_free(&kept->arena);
    *kept = (struct kept_desk){0};
}
