// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as osticket-fcgi.ini and as osTicket's ost-config.php (which begins with "<"): refused with a
// sentence, or read whole; what an import writes can be loaded.
#include "config/settings.h"
#include "config/ost_config.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

// A file of these bytes, by a path that /proc has for it.
static int file_of(const void *bytes, size_t length, char path[64]) {
    int file = memfd_create("settings", MFD_CLOEXEC);
    if (file < 0 || write(file, bytes, length) != (ssize_t)length) abort();
    snprintf(path, 64, "/proc/self/fd/%d", file);
    return file;
}

static void check_refusal(const struct error *error) {
    if (error->code == ERROR_NONE || !*error->message) abort();
}

// Packed for another process it is the same.
static void pack(const struct settings *settings) {
    struct buffer packed = buffer_new(1 << 20), again = buffer_new(1 << 20);
    struct settings other;
    struct error error = {0};
    if (!settings_pack(settings, &packed)) abort();
    if (!settings_unpack(buffer_text(&packed), &other, &error)) abort();
    if (!settings_pack(&other, &again) || !text_equal(buffer_text(&packed), buffer_text(&again))) abort();
    settings_free(&other);
    buffer_free(&packed);
    buffer_free(&again);
}

static bool load(const void *bytes, size_t length) {
    char path[64];
    struct settings settings;
    struct error error = {0};
    int file = file_of(bytes, length, path);
    bool loaded = settings_load(path, &settings, &error);
    if (loaded) {
        pack(&settings);
        settings_free(&settings);
    } else {
        check_refusal(&error);
    }
    close(file);
    return loaded;
}

static void import(const void *bytes, size_t length) {
    char path[64], *written = NULL;
    size_t size = 0;
    struct error error = {0};
    int file = file_of(bytes, length, path);
    FILE *memory = open_memstream(&written, &size);
    bool done = memory && ost_config_import(path, memory, &error);
    fclose(memory);
    if (done && !load(written, size)) abort();
    if (!done) check_refusal(&error);
    free(written);
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length && bytes[0] == '<')
        import(bytes, length);
    else
        load(bytes, length);
    return 0;
}
