// SPDX-License-Identifier: GPL-2.0-or-later
// A small file read at once.
#include "config/whole_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool whole_file_read(const char *path, struct buffer *content, struct error *error) {
    FILE *file = fopen(path, "re");
    if (!file) return error_set(error, ERROR_INTERNAL, "%s: cannot be opened: %s", path, strerror(errno));
    char block[4096];
    size_t length;
    while (!content->failed && (length = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(content, block, length);
    bool broken = ferror(file);
    int reason = errno;
    fclose(file);
    if (broken) return error_set(error, ERROR_INTERNAL, "%s: cannot be read: %s", path, strerror(reason));
    if (content->failed)
        return error_set(error, ERROR_INTERNAL, "%s: larger than %zu bytes; that is no configuration file",
                         path, content->ceiling);
    return true;
}
