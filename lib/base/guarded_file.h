// SPDX-License-Identifier: GPL-2.0-or-later
// Files that root writes in folders which may belong to somebody else.
#ifndef BASE_GUARDED_FILE_H
#define BASE_GUARDED_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

// Opens `path` as open(2) with O_CREAT, close-on-exec and non-blocking, never through a symbolic link in its
// last place. For root a file that is there already has to have this one name and to belong to root or to
// `also` ((uid_t)-1: nobody else): whoever may write to the folder could have led us to another. A pipe or a
// device is opened whoever owns it, a pipe without a reader, too. `*status`, which may be NULL, says what
// it is. -1 with `error` set when it cannot be opened or is not as it has to be; then nothing was changed.
int guarded_file_open(const char *path, int flags, mode_t mode, uid_t also, struct stat *status,
                      struct error *error) CHECKED;

// Removes `path` when it is still the file of `status`.
void guarded_file_remove(const char *path, const struct stat *status);

#endif
