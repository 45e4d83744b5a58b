// SPDX-License-Identifier: GPL-2.0-or-later
// What storage-fs is set up with.
#include "store/storage/storage_folder.h"

#include "base/buffer.h"
#include "store/row.h"
#include "store/statements.h"

#define PATH_MAX_BYTES 8192

static void take_folder(const struct row *row, void *into) {
    *(struct text *)into = text_trim(row_copy(row, STORAGE_FOLDER_PATH));
}

int storage_folder_read(struct db *db, struct arena *arena, struct text *folder, struct error *error) {
    struct query query = QUERY_WITHOUT_VALUES(STATEMENT_STORAGE_FOLDER);
    *folder = TEXT_NULL;
    int found = row_first(db, query, arena, take_folder, folder, error);
    return found > 0 ? folder->length > 0 : found;
}

bool storage_folder_path(struct text folder, const char *osticket, struct arena *arena, struct text *path) {
    bool is_absolute = text_starts_with(folder, TEXT("/"));
    bool has_drive = folder.length > 1 && folder.data[1] == ':';
    struct buffer joined = buffer_new(PATH_MAX_BYTES);
    if (has_drive || (!is_absolute && (!osticket || !*osticket))) return false;
    if (!is_absolute) buffer_add_format(&joined, "%s/", osticket);
    buffer_add_text(&joined, folder);
    bool done = !joined.failed;
    *path = arena_copy(arena, buffer_text(&joined));
    buffer_free(&joined);
    return done && !text_is_null(*path);
}

static void take_key(const struct row *row, void *into) {
    *(struct text *)into = row_copy(row, STORAGE_NEWEST_KEY);
}

int storage_newest_key(struct db *db, struct arena *arena, struct text *key, struct error *error) {
    struct query query = QUERY_WITHOUT_VALUES(STATEMENT_STORAGE_NEWEST);
    return row_first(db, query, arena, take_key, key, error);
}
