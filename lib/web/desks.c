// SPDX-License-Identifier: GPL-2.0-or-later
// Looking for help desks.
#include "web/desks.h"

#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONFIG "/include/ost-config.php"

// The real path below the root; a null text where there is nothing.
static struct text real(const struct web_source *source, struct text path) {
    char whole[PATH_MAX], found[PATH_MAX], root[PATH_MAX] = "";
    if (snprintf(whole, sizeof whole, "%s%.*s", source->root, (int)path.length, path.data) >=
            (int)sizeof whole ||
        !realpath(whole, found) || (*source->root && !realpath(source->root, root)))
        return TEXT_NULL;
    size_t length = strcmp(root, "/") == 0 ? 0 : strlen(root);
    return strncmp(found, root, length) == 0 ? arena_copy(source->arena, text_of(found + length)) : TEXT_NULL;
}

static void add_desk(const struct web_source *source, const char *config, struct web_desks *desks) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%.*s", (int)(strlen(config) - strlen(CONFIG)), config);
    struct text path = real(source, text_of(folder));
    if (text_is_null(path)) return;
    for (size_t i = 0; i < desks->count; i++)
        if (text_equal(desks->items[i].folder, path)) return;
    struct web_desk *desk = arena_append(source->arena, &desks->items, &desks->count, sizeof *desk);
    if (desk) desk->folder = path;
}

static void look_below(const struct web_source *source, struct text folder, const char *between,
                       struct web_desks *desks) {
    char pattern[PATH_MAX];
    glob_t found;
    if (snprintf(pattern, sizeof pattern, "%s%.*s%s" CONFIG, source->root, (int)folder.length, folder.data,
                 between) >= (int)sizeof pattern ||
        glob(pattern, 0, NULL, &found) != 0)
        return;
    for (size_t i = 0; i < found.gl_pathc; i++)
        add_desk(source, found.gl_pathv[i] + strlen(source->root), desks);
    globfree(&found);
}

void web_desks_find(const struct web_source *source, const struct web_sites *sites, struct web_desks *desks) {
    static const char *const folders[] = {"/var/www",         "/srv",           "/usr/share",
                                          "/usr/local/share", "/usr/local/www", "/opt"};
    static const char *const depths[] = {"", "/*", "/*/*", "/*/*/*"};
    *desks = (struct web_desks){0};
    for (size_t i = 0; i < sites->count; i++)
        for (size_t j = 0; j < sites->items[i].root_count; j++)
            for (size_t depth = 0; depth < 3; depth++)
                look_below(source, sites->items[i].roots[j].folder, depths[depth], desks);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        for (size_t depth = 0; depth < (i < 2 ? 4 : 3); depth++)
            look_below(source, text_of(folders[i]), depths[depth], desks);
}

// The URL where `folder`, below the root's own, is shown.
static struct text url_below(const struct web_source *source, const struct web_root *root,
                             const char *below) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s%s", root->url.data, below);
    return arena_copy(source->arena, text_of(path));
}

// A link in the site's folder that leads to the help desk: what it is called. A null text where there is
// none.
static struct text link_to(const struct web_source *source, const struct web_root *root, struct text desk) {
    static const char *const depths[] = {"/*", "/*/*"};
    struct text name = TEXT_NULL;
    for (size_t i = 0; i < 2 && text_is_null(name); i++) {
        char pattern[PATH_MAX];
        glob_t found;
        size_t skipped = strlen(source->root) + root->folder.length;
        if (snprintf(pattern, sizeof pattern, "%s%s%s" CONFIG, source->root, root->folder.data, depths[i]) >=
                (int)sizeof pattern ||
            glob(pattern, 0, NULL, &found) != 0)
            continue;
        for (size_t j = 0; j < found.gl_pathc && text_is_null(name); j++) {
            found.gl_pathv[j][strlen(found.gl_pathv[j]) - strlen(CONFIG)] = '\0';
            struct text path = real(source, text_of(found.gl_pathv[j] + strlen(source->root)));
            if (text_equal(path, desk))
                name = arena_copy(source->arena, text_of(found.gl_pathv[j] + skipped));
        }
        globfree(&found);
    }
    return name;
}

bool web_site_shows(const struct web_source *source, const struct web_site *site, struct text desk_folder,
                    struct text *url) {
    struct text desk = real(source, desk_folder);
    if (!desk.data) return false;
    for (size_t i = 0; i < site->root_count; i++) {
        const struct web_root *root = &site->roots[i];
        struct text folder = real(source, root->folder.length ? root->folder : TEXT("/"));
        bool same = text_equal(folder, desk);
        bool inside = folder.length > 1 && text_starts_with(desk, folder) && desk.data[folder.length] == '/';
        struct text link = same || inside || text_is_null(folder) ? TEXT_NULL : link_to(source, root, desk);
        if (!same && !inside && text_is_null(link)) continue;
        *url = url_below(source, root, same ? "" : inside ? desk.data + folder.length : link.data);
        return true;
    }
    return false;
}

bool web_site_includes(const struct web_site *site, const char *name) {
    size_t length = strlen(name);
    for (size_t i = 0; i < site->included_count; i++) {
        struct text path = site->included[i];
        if (path.length >= length && strcmp(path.data + path.length - length, name) == 0) return true;
    }
    return false;
}
