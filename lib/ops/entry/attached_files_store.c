// SPDX-License-Identifier: GPL-2.0-or-later
// From the files that were gathered for a thread entry to their rows.
#include "ops/entry/attached_files.h"

#include <string.h>

struct storing {
    struct arena *arena;
    struct attached_files resolved;
    struct new_file **contents; // what is really new
    size_t content_count;
};

static bool out_of_room(struct error *error) {
    return error_set(error, ERROR_TOO_LARGE, "the request brings too many files");
}

static bool may_be_stored(const struct attached_file *file) {
    return file->state == ATTACHED_INCOMING || file->state == ATTACHED_SHOWN;
}

static bool seek(struct attached_files *files, struct arena *arena, struct error *error) {
    for (size_t i = 0; i < files->count; i++) {
        const struct attached_file *file = &files->items[i];
        if (!may_be_stored(file)) continue;
        struct file_search *wanted =
            arena_append(arena, &files->searches, &files->search_count, sizeof *wanted);
        if (!wanted) return out_of_room(error);
        wanted->key = file->shown;
        if (file->state == ATTACHED_SHOWN) continue;
        memcpy(wanted->signature, file->content->signature, sizeof wanted->signature);
        wanted->size = file->content->data.length;
    }
    return true;
}

bool attached_files_seek(struct attached_files *files, struct arena *arena, size_t *count,
                         struct error *error) {
    if (!seek(files, arena, error)) return false;
    *count = files->answered = files->search_count < SLOT_COUNT ? files->search_count : SLOT_COUNT;
    return true;
}

// The same bytes twice in one request are one file, under its first name and attached under its last.
static struct attached_file *with_content(const struct attached_files *files,
                                          const struct new_file *content) {
    for (size_t i = 0; i < files->count; i++) {
        const struct new_file *other = files->items[i].content;
        if (files->items[i].state == ATTACHED_INCOMING && other->data.length == content->data.length &&
            strcmp(other->signature, content->signature) == 0)
            return &files->items[i];
    }
    return NULL;
}

static bool add_new(struct storing *storing, const struct attached_file *file, struct error *error) {
    struct attached_file added = *file;
    struct new_file **slot =
        arena_append(storing->arena, &storing->contents, &storing->content_count, sizeof *slot);
    if (!slot) return out_of_room(error);
    *slot = file->content;
    added.file = file->content->file;
    return attached_files_add(&storing->resolved, storing->arena, &added, error);
}

static bool add_found(struct storing *storing, const struct attached_file *file,
                      const struct file_search *found, struct error *error) {
    struct attached_file added = {.file = found->file, .name = file->name, .inlined = file->inlined};
    if (file->state == ATTACHED_SHOWN) {
        added.name = found->file.name;
        for (size_t i = 0; i < storing->resolved.count; i++)
            if (strcmp(storing->resolved.items[i].file.key, found->file.key) == 0) return true;
    }
    return attached_files_add(&storing->resolved, storing->arena, &added, error);
}

static bool resolve(struct storing *storing, const struct attached_file *file,
                    const struct file_search *search, struct error *error) {
    if (file->state == ATTACHED_STORED)
        return attached_files_add(&storing->resolved, storing->arena, file, error);
    if (search && search->found) return add_found(storing, file, search, error);
    if (file->state == ATTACHED_SHOWN) return true;
    struct attached_file *same =
        file->state == ATTACHED_INCOMING ? with_content(&storing->resolved, file->content) : NULL;
    if (!same) return add_new(storing, file, error);
    same->name = file->name;
    return true;
}

static bool is_stored(const struct attached_files *files) {
    for (size_t i = 0; i < files->count; i++)
        if (files->items[i].state != ATTACHED_STORED) return false;
    return true;
}

bool attached_files_store(struct work *work, struct attached_files *files, struct error *error) {
    struct arena *arena = work->arena;
    struct storing storing = {.arena = arena};
    size_t searched = 0;
    if (is_stored(files)) return true;
    if (!files->searches && !seek(files, arena, error)) return false;
    size_t unanswered = files->search_count - files->answered;
    if (unanswered && !files_find(work->db, arena, files->searches + files->answered, unanswered, error))
        return false;
    for (size_t i = 0; i < files->count; i++) {
        const struct file_search *search =
            may_be_stored(&files->items[i]) ? &files->searches[searched++] : NULL;
        if (!resolve(&storing, &files->items[i], search, error)) return false;
    }
    if (!files_insert(work->db, arena, storing.contents, storing.content_count, error)) return false;
    *files = storing.resolved;
    for (size_t i = 0; i < files->count; i++) {
        struct attached_file *file = &files->items[i];
        if (file->state != ATTACHED_STORED) file->file = file->content->file;
        file->state = ATTACHED_STORED;
    }
    return !arena->failed || out_of_room(error);
}

bool attached_files_write(struct work *work, int64_t entry_id, struct attached_files *files,
                          struct error *error) {
    if (!attached_files_store(work, files, error)) return false;
    if (!files->count) return true;
    struct attachment *attachments = arena_take(work->arena, files->count * sizeof *attachments);
    if (!attachments) return out_of_room(error);
    size_t count = 0;
    for (size_t i = 0; i < files->count; i++) {
        const struct attached_file *file = &files->items[i];
        if (!file->detached)
            attachments[count++] = (struct attachment){&file->file, file->name, file->inlined};
    }
    return attachments_insert(work->db, entry_id, attachments, count, error);
}
