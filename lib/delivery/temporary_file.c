// SPDX-License-Identifier: GPL-2.0-or-later
// Files without a name.
#include "delivery/temporary_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int temporary_file_open(struct error *error) {
    const char *directory = getenv("TMPDIR");
    int file = -1;
    if (directory && directory[0]) file = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) file = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) file = memfd_create("mail", MFD_CLOEXEC);
    if (file < 0) {
        error_set(error, ERROR_INTERNAL, "no temporary file can be made");
        error_detail(error, "%s", strerror(errno));
    }
    return file;
}

bool temporary_file_write(int descriptor, const void *bytes, size_t length) {
    const char *from = bytes;
    while (length) {
        ssize_t written = write(descriptor, from, length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        from += written;
        length -= (size_t)written;
    }
    return true;
}
