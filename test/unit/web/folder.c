// SPDX-License-Identifier: GPL-2.0-or-later
// A folder that stands for a machine's "/".
#include "folder.h"

#include <ftw.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

void folder_make(struct folder *folder) {
    strcpy(folder->root, "/tmp/osticket-web.XXXXXX");
    assert_non_null(mkdtemp(folder->root));
    folder->arena = arena_new(32 << 20);
    folder->source = (struct web_source){folder->root, &folder->arena};
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

void folder_remove(struct folder *folder) {
    nftw(folder->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&folder->arena);
}

static void whole_path(const struct folder *folder, const char *path, char whole[PATH_MAX]) {
    snprintf(whole, PATH_MAX, "%s%s", folder->root, path);
    for (char *slash = whole + strlen(folder->root) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(whole, 0755);
        *slash = '/';
    }
}

void folder_write(const struct folder *folder, const char *path, const char *content) {
    char whole[PATH_MAX];
    whole_path(folder, path, whole);
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

void folder_link(const struct folder *folder, const char *path, const char *target) {
    char whole[PATH_MAX];
    whole_path(folder, path, whole);
    assert_int_equal(symlink(target, whole), 0);
}
