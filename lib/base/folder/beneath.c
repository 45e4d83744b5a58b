// SPDX-License-Identifier: GPL-2.0-or-later
// One step of a path after the other.
#include "base/folder/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int refuse(struct text name, const char *why, struct error *error) {
    error_set(error, ERROR_INTERNAL, "a file cannot be opened");
    error_detail(error, "at %.*s: %s", (int)text_cut_bytes(name, 200).length, name.data ? name.data : "",
                 why);
    return -1;
}

static bool is_step(struct text name) {
    return name.length && name.length <= NAME_MAX && !memchr(name.data, '/', name.length) &&
           !memchr(name.data, '\0', name.length) && !text_equal(name, TEXT(".")) &&
           !text_equal(name, TEXT(".."));
}

static int open_step(int folder, struct text name, int flags, struct error *error) {
    char step[NAME_MAX + 1];
    if (!is_step(name)) return refuse(name, "this is no step of a path", error);
    snprintf(step, sizeof step, "%.*s", (int)name.length, name.data);
    int opened = openat(folder, step, flags | O_NOFOLLOW | O_CLOEXEC);
    return opened < 0 ? refuse(name, strerror(errno), error) : opened;
}

int beneath_enter(int folder, struct text name, struct error *error) {
    return open_step(folder, name, O_PATH | O_DIRECTORY, error);
}

int beneath_folder(struct text path, struct error *error) {
    int folder = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (!text_starts_with(path, TEXT("/")) || folder < 0) {
        if (folder >= 0) close(folder);
        return refuse(path, "this is no absolute path", error);
    }
    for (size_t at = 0; folder >= 0 && at < path.length;) {
        const char *slash = memchr(path.data + at, '/', path.length - at);
        size_t end = slash ? (size_t)(slash - path.data) : path.length;
        struct text name = {path.data + at, end - at};
        at = end + 1;
        if (!name.length || text_equal(name, TEXT("."))) continue;
        int next = beneath_enter(folder, name, error);
        close(folder);
        folder = next;
    }
    return folder;
}

// Without O_NONBLOCK a pipe would be waited for.
int beneath_file(int folder, struct text name, struct stat *status, struct error *error) {
    int file = open_step(folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY, error);
    if (file < 0) return -1;
    if (fstat(file, status) == 0 && S_ISREG(status->st_mode)) return file;
    close(file);
    return refuse(name, "this is no regular file", error);
}
