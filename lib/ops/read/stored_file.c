// SPDX-License-Identifier: GPL-2.0-or-later
// From a file's key to its bytes.
#include "ops/read/stored_file.h"

#include "base/folder/beneath.h"
#include "store/storage/storage_folder.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool find_folder(const struct operation_context *context, struct arena *arena, struct text *path,
                        struct error *error) {
    struct text folder;
    int found = storage_folder_read(context->db, arena, &folder, error);
    if (found < 0) return false;
    if (!found)
        return error_set(error, ERROR_NOT_NATIVE,
                         "The file is kept by the plugin storage-fs, which is switched off");
    return storage_folder_path(folder, context->settings->osticket_folder, arena, path) ||
           error_set(error, ERROR_NOT_NATIVE,
                     "The file lies in a folder that this server cannot tell: [osticket] folder is not set");
}

// FOLDER/K/KEY, K being the first byte of the key.
static int open_file(struct text folder, struct text key, struct stat *status, struct error *error) {
    int base = beneath_folder(folder, error);
    int below = base < 0 ? -1 : beneath_enter(base, text_cut_bytes(key, 1), error);
    int opened = below < 0 ? -1 : beneath_file(below, key, status, error);
    if (below >= 0) close(below);
    if (base >= 0) close(base);
    return opened;
}

int stored_file_open(const struct operation_context *context, const struct content_file *file,
                     struct arena *arena, struct error *error) {
    struct text folder = TEXT_NULL;
    struct stat status;
    if (!find_folder(context, arena, &folder, error)) return -1;
    int opened = open_file(folder, file->key, &status, error);
    if (opened < 0 || status.st_size == file->size) return opened;
    close(opened);
    error_set(error, ERROR_INTERNAL, "a file is not as long as it should be");
    error_detail(error, "file %lld has %lld bytes in the folder of storage-fs, and %lld in the database",
                 (long long)file->id, (long long)status.st_size, (long long)file->size);
    return -1;
}

static bool is_short(ssize_t got, struct error *error) {
    error_set(error, ERROR_INTERNAL, "a file ended while it was read");
    return error_detail(error, "%s", got < 0 ? strerror(errno) : "it was cut meanwhile");
}

bool stored_file_copy(int opened, int64_t first, int64_t length, struct output *output, struct error *error) {
    while (length > 0 && !output->failed) {
        size_t room;
        char *space = output_space(output, &room);
        if ((int64_t)room > length) room = (size_t)length;
        ssize_t got = pread(opened, space, room, first);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return is_short(got, error);
        output_took(output, (size_t)got);
        first += got;
        length -= got;
    }
    return !output->failed || error_set(error, ERROR_ABORTED, "the client is gone");
}
