// SPDX-License-Identifier: GPL-2.0-or-later
// A file with given bytes for the length of a test.
#ifndef TEST_CONFIG_TEMPORARY_H
#define TEST_CONFIG_TEMPORARY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct temporary {
    char path[64];
};

static inline struct temporary temporary_bytes(const void *bytes, size_t length) {
    struct temporary file = {"/tmp/osticket-fcgi-config-XXXXXX"};
    int descriptor = mkstemp(file.path);
    FILE *stream = fdopen(descriptor, "w");
    if (descriptor < 0 || !stream || fwrite(bytes, 1, length, stream) != length) abort();
    fclose(stream);
    return file;
}

static inline struct temporary temporary_text(const char *text) {
    return temporary_bytes(text, strlen(text));
}

static inline void temporary_remove(const struct temporary *file) {
    unlink(file->path);
}

#endif
