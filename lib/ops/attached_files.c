// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a thread entry.
#include "ops/attached_files.h"

#include "base/buffer.h"
#include "markup/body.h"
#include "ops/text_fit.h"
#include "store/thread.h"

#include <string.h>

#define NOTE_MAX     (1 << 16)
#define NAME_IN_NOTE 255 // characters, as the names of files have

bool attached_files_check_storage(const struct help_desk *help_desk, struct error *error) {
    struct text storage = help_desk_config(help_desk, "default_storage_bk");
    if (!storage.length || text_equal(storage, TEXT("D"))) return true;
    return error_set(error, ERROR_NOT_NATIVE,
                     "this help desk keeps files outside its database, which only PHP can write");
}

bool attached_files_add(struct attached_files *files, struct arena *arena, const struct attached_file *file,
                        struct error *error) {
    for (size_t i = 0; i < files->count; i++) {
        if (strcmp(files->items[i].file.key, file->file.key) != 0) continue;
        files->items[i] = *file;
        return true;
    }
    struct attached_file *slot = arena_append(arena, &files->items, &files->count, sizeof *slot);
    if (!slot) return error_set(error, ERROR_TOO_LARGE, "the request brings too many files");
    *slot = *file;
    return true;
}

// A refused file is not lost without a word: the thread says so.
static bool note_refusal(struct db *db, int64_t thread_id, struct text name, const char *refusal,
                         struct error *error) {
    int64_t note_id;
    struct buffer plain = buffer_new(NOTE_MAX), text = buffer_new(NOTE_MAX);
    buffer_add_text(&plain, name);
    buffer_add_format(&plain, ": %s", refusal);
    struct new_entry note = {
        .thread_id = thread_id,
        .type = "N",
        .flags = ENTRY_FLAG_SYSTEM,
        .poster = TEXT("SYSTEM"),
        .source = TEXT(""),
        .title = TEXT("File Import Error"),
        .format = "text",
        .ip_address = TEXT(""),
    };
    bool done = markup_store_text(buffer_text(&plain), &text, error);
    note.body = buffer_text(&text);
    done = done && thread_entry_insert(db, &note, &note_id, error);
    buffer_free(&plain);
    buffer_free(&text);
    return done;
}

// What has no bytes leaves a file all the same, which belongs to nothing: osTicket's cron takes it away.
static bool store(struct db *db, struct arena *arena, const struct incoming_file *incoming,
                  struct attached_files *files, struct error *error) {
    struct text name = incoming->name, type = incoming->type;
    struct attached_file attached = {0};
    bool empty = incoming->data.length == 0;
    if (!text_fit(db, arena, "file", "name", false, &name, error) ||
        !text_fit(db, arena, "file", "type", false, &type, error) ||
        !file_store(db, name, type, empty ? TEXT("") : incoming->data, empty, arena, &attached.file, error))
        return false;
    attached.name = name;
    return empty || attached_files_add(files, arena, &attached, error);
}

bool attached_files_store(struct db *db, struct arena *arena, const struct attachment_policy *policy,
                          const struct incoming_files *incoming, struct attached_files *files,
                          struct error *error) {
    for (size_t i = 0; policy->enabled && i < incoming->count; i++) {
        const char *refusal = attachment_policy_refusal(policy, &incoming->items[i]);
        if ((!refusal || strcmp(refusal, ATTACHMENT_EMPTY) == 0) &&
            !store(db, arena, &incoming->items[i], files, error))
            return false;
    }
    return true;
}

bool attached_files_note_refusals(struct db *db, struct arena *arena, int64_t thread_id,
                                  const struct attachment_policy *policy,
                                  const struct incoming_files *incoming, struct error *error) {
    for (size_t i = 0; policy->enabled && i < incoming->count; i++) {
        const char *refusal = attachment_policy_refusal(policy, &incoming->items[i]);
        struct text name = text_cut(incoming->items[i].name, NAME_IN_NOTE);
        if (!refusal) continue;
        if (!text_fit(db, arena, "thread_entry", "body", false, &name, error) ||
            !note_refusal(db, thread_id, name, refusal, error))
            return false;
    }
    return true;
}

bool attached_files_write(struct db *db, int64_t entry_id, const struct attached_files *files,
                          struct error *error) {
    for (size_t i = 0; i < files->count; i++) {
        const struct attached_file *file = &files->items[i];
        if (!attachment_insert(db, entry_id, &file->file, file->name, file->inlined, error)) return false;
    }
    return true;
}
