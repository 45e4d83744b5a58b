// SPDX-License-Identifier: GPL-2.0-or-later
// A folder that stands for a machine's "/".
#ifndef TEST_WEB_FOLDER_H
#define TEST_WEB_FOLDER_H

#include "web/desks.h"

struct folder {
    char root[64];
    struct arena arena;
    struct web_source source;
};

void folder_make(struct folder *folder);
void folder_remove(struct folder *folder);

// Writes a file, and the folders that it needs.
void folder_write(const struct folder *folder, const char *path, const char *content);
void folder_link(const struct folder *folder, const char *path, const char *target);

#endif
