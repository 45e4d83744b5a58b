// SPDX-License-Identifier: GPL-2.0-or-later
// Finding the programs that belong to this one.
#include "own_program.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// Where this program lies, without a slash at the end. A file that an upgrade replaced still has its folder.
static bool own_folder(char folder[PATH_MAX]) {
    ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    if (length <= 0) return false;
    folder[length] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash) *slash = '\0';
    return slash != NULL;
}

static int open_in(const char *folder, const char *below, const char *name) {
    char path[PATH_MAX + 256];
    snprintf(path, sizeof path, "%s/%s%s", folder, below, name);
    return open(path, O_PATH | O_CLOEXEC);
}

int own_program_open(const char *name, struct error *error) {
    char folder[PATH_MAX] = "";
    bool known = own_folder(folder);
    int program = known ? open_in(folder, "", name) : -1;
    if (known && program < 0) program = open_in(folder, OWN_PROGRAM_FOLDER "/", name);
    if (program < 0 && error)
        error_set(error, ERROR_INTERNAL, "%s is neither in %.150s nor in %.150s/" OWN_PROGRAM_FOLDER, name,
                  folder, folder);
    return program;
}
