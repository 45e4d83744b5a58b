// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a thread entry.
#include "ops/entry/attached_files.h"

#include "base/buffer.h"
#include "markup/body.h"
#include "store/ticket/thread.h"

#include <string.h>

#define NOTE_MAX     (1 << 16)
#define NAME_IN_NOTE 255 // characters, as the names of files have

bool attached_files_check_storage(const struct help_desk *help_desk, struct error *error) {
    struct text storage = help_desk_config(help_desk, "default_storage_bk");
    if (!storage.length || text_equal(storage, TEXT("D"))) return true;
    return error_set(error, ERROR_NOT_NATIVE,
                     "this help desk keeps files outside its database, which only PHP can write");
}

static bool append(struct attached_files *files, struct arena *arena, const struct attached_file *file,
                   struct error *error) {
    struct attached_file *slot = arena_append(arena, &files->items, &files->count, sizeof *slot);
    if (!slot) return error_set(error, ERROR_TOO_LARGE, "the request brings too many files");
    *slot = *file;
    return true;
}

static struct attached_file *with_key(const struct attached_files *files, struct text key) {
    for (size_t i = 0; i < files->count; i++)
        if (key.length && text_equal(text_of(files->items[i].file.key), key)) return &files->items[i];
    return NULL;
}

bool attached_files_add(struct attached_files *files, struct arena *arena, const struct attached_file *file,
                        struct error *error) {
    struct attached_file *same = with_key(files, text_of(file->file.key));
    if (!same) return append(files, arena, file, error);
    *same = *file;
    return true;
}

static struct new_file *new_content(struct work *work, struct text name, struct text type, struct text data,
                                    struct error *error) {
    struct new_file *content = arena_take(work->arena, sizeof *content);
    if (!content) {
        error_set(error, ERROR_TOO_LARGE, "the request brings too many files");
        return NULL;
    }
    *content = (struct new_file){.name = name, .type = type, .data = data};
    return new_file_name(work, content, error) ? content : NULL;
}

bool attached_files_add_inline(struct attached_files *files, struct work *work, struct text name,
                               struct text type, struct text data, char key[FILE_KEY_SIZE],
                               struct error *error) {
    struct attached_file file = {.name = name, .inlined = true, .state = ATTACHED_NEW};
    file.content = new_content(work, name, type, data, error);
    if (!file.content) return false;
    file.file = file.content->file;
    memcpy(key, file.file.key, FILE_KEY_SIZE);
    return append(files, work->arena, &file, error);
}

bool attached_files_add_shown(struct attached_files *files, struct arena *arena, struct text key,
                              struct error *error) {
    struct attached_file file = {.inlined = true, .state = ATTACHED_SHOWN, .shown = arena_copy(arena, key)};
    for (size_t i = 0; i < files->count; i++)
        if (text_equal(files->items[i].shown, key)) return true;
    return files->closed || with_key(files, key) || append(files, arena, &file, error);
}

// What has no bytes leaves a file all the same, which belongs to nothing: osTicket's cron takes it away.
static bool take(struct work *work, const struct incoming_file *incoming, struct attached_files *files,
                 struct error *error) {
    bool empty = incoming->data.length == 0;
    struct attached_file file = {.state = empty ? ATTACHED_NEW : ATTACHED_INCOMING, .detached = empty};
    file.content = new_content(work, incoming->name, incoming->type, incoming->data, error);
    if (!file.content) return false;
    file.name = file.content->name;
    return append(files, work->arena, &file, error);
}

bool attached_files_take(struct work *work, const struct attachment_policy *policy,
                         const struct incoming_files *incoming, struct attached_files *files,
                         struct error *error) {
    for (size_t i = 0; policy->enabled && i < incoming->count; i++) {
        const char *refusal = attachment_policy_refusal(policy, &incoming->items[i]);
        if ((!refusal || strcmp(refusal, ATTACHMENT_EMPTY) == 0) &&
            !take(work, &incoming->items[i], files, error))
            return false;
    }
    return true;
}

// What the note says of a refused file.
static bool refusal_text(struct arena *arena, struct text name, const char *refusal, struct text *body,
                         struct error *error) {
    struct buffer plain = buffer_new(NOTE_MAX), text = buffer_new(NOTE_MAX);
    buffer_add_text(&plain, name);
    buffer_add_format(&plain, ": %s", refusal);
    bool done = markup_store_text(buffer_text(&plain), &text, error);
    if (done) *body = arena_copy(arena, buffer_text(&text));
    buffer_free(&plain);
    buffer_free(&text);
    return done;
}

// A refused file is not lost without a word: the thread says so.
bool attached_files_note_refusals(struct work *work, int64_t thread_id,
                                  const struct attachment_policy *policy,
                                  const struct incoming_files *incoming, struct error *error) {
    struct text bodies[INCOMING_FILES_MAX];
    size_t count = 0;
    for (size_t i = 0; policy->enabled && i < incoming->count && count < INCOMING_FILES_MAX; i++) {
        const char *refusal = attachment_policy_refusal(policy, &incoming->items[i]);
        struct text name = text_cut(incoming->items[i].name, NAME_IN_NOTE);
        if (!refusal) continue;
        if (!refusal_text(work->arena, name, refusal, &bodies[count++], error)) return false;
    }
    if (work->arena->failed) return error_set(error, ERROR_TOO_LARGE, "the request brings too many files");
    return thread_system_notes_insert(work, thread_id, TEXT("File Import Error"), bodies, count, error);
}
