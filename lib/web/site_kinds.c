// SPDX-License-Identifier: GPL-2.0-or-later
// Putting sites together.
#include "web/site_kinds.h"

struct web_site *site_add(const struct web_source *source, struct web_sites *sites, enum web_kind kind,
                          const struct directive *directive) {
    struct web_site *site = arena_append(source->arena, &sites->items, &sites->count, sizeof *site);
    if (!site) return NULL;
    *site = (struct web_site){.kind = kind,
                              .file = directive ? directive->file : TEXT(""),
                              .line = directive ? directive->line : 0,
                              .name = TEXT(""),
                              .php_fpm = TEXT("")};
    return site;
}

static struct text without_slash(struct text path) {
    while (path.length && path.data[path.length - 1] == '/') path.length--;
    return path;
}

void site_add_root(const struct web_source *source, struct web_site *site, struct text url,
                   struct text folder) {
    // Variables and what is relative to a folder of the build cannot be looked at.
    if (!text_starts_with(folder, TEXT("/")) || text_find(folder, TEXT("$"), 0) >= 0) return;
    struct web_root *root = arena_append(source->arena, &site->roots, &site->root_count, sizeof *root);
    if (root)
        *root = (struct web_root){arena_copy(source->arena, without_slash(url)),
                                  arena_copy(source->arena, without_slash(folder))};
}

void site_add_included(const struct web_source *source, struct web_site *site, struct text path) {
    struct text *place = arena_append(source->arena, &site->included, &site->included_count, sizeof *place);
    if (place) *place = path;
}
