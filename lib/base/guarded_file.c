// SPDX-License-Identifier: GPL-2.0-or-later
// Files that root writes in folders which may belong to somebody else.
#include "base/guarded_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SAFE (O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)

static bool refuse(const char *path, const char *why, struct error *error) {
    return error_set(error, ERROR_INTERNAL, "%s: %s", path, why);
}

static bool is_as_it_should_be(const char *path, const struct stat *status, uid_t also, struct error *error) {
    if (!S_ISREG(status->st_mode) || geteuid() != 0) return true;
    if (status->st_nlink != 1)
        return refuse(path, "has other names beside this one (hard links); remove it or name another file",
                      error);
    if (status->st_uid == 0 || (also != (uid_t)-1 && status->st_uid == also)) return true;
    return error_set(error, ERROR_INTERNAL,
                     "%s: belongs to user %ld, neither to root nor to the workers' user; remove it or change "
                     "its owner",
                     path, (long)status->st_uid);
}

int guarded_file_open(const char *path, int flags, mode_t mode, uid_t also, struct stat *status,
                      struct error *error) {
    struct stat found;
    int file = open(path, flags | O_CREAT | SAFE, mode);
    // A pipe that nobody reads yet: with our own reading end it waits for one.
    if (file < 0 && errno == ENXIO) file = open(path, (flags & ~O_ACCMODE) | O_RDWR | SAFE);
    if (file < 0 && errno == ELOOP)
        refuse(path, "is a symbolic link, which is not followed; name the file that it leads to", error);
    else if (file < 0 || fstat(file, &found) != 0)
        refuse(path, strerror(errno), error);
    else if (is_as_it_should_be(path, &found, also, error)) {
        if (status) *status = found;
        return file;
    }
    if (file >= 0) close(file);
    return -1;
}

void guarded_file_remove(const char *path, const struct stat *status) {
    struct stat found;
    if (lstat(path, &found) == 0 && found.st_dev == status->st_dev && found.st_ino == status->st_ino)
        unlink(path);
}
