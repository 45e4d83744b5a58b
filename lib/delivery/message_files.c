// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a mail.
#include "delivery/message_files.h"

#include "delivery/temporary_file.h"

#include <string.h>
#include <unistd.h>

#define KEY_LENGTH   32
#define PICTURES_MAX 200

struct copying {
    int descriptor;
    size_t bytes, room;
};

static bool copy_piece(void *context, struct text bytes) {
    struct copying *copying = context;
    if (bytes.length > copying->room - copying->bytes) return false;
    copying->bytes += bytes.length;
    return temporary_file_write(copying->descriptor, bytes.data, bytes.length);
}

static void leave_out(struct arena *arena, const struct mail_file *file, struct message_files *files) {
    struct text *name = arena_append(arena, &files->left_out, &files->left_out_count, sizeof *name);
    if (name) *name = file->name;
}

// The sizes in the database say what fits; what then turns out to be longer is left out as well.
static bool take_file(struct db *db, struct arena *arena, const struct mail_file *file,
                      struct text content_id, struct message_files *files, bool *taken, struct error *error) {
    struct copying copying = {.room = MESSAGE_FILES_MAX - files->bytes};
    *taken = false;
    if (!file->in_database || file->size < 0 || (size_t)file->size > copying.room) return true;
    copying.descriptor = temporary_file_open(error);
    if (copying.descriptor < 0) return false;
    error_clear(error);
    bool done = mail_file_read(db, file->id, copy_piece, &copying, error);
    struct message_file *item = done ? arena_append(arena, &files->items, &files->count, sizeof *item) : NULL;
    if (!item) {
        close(copying.descriptor);
        return !done && error->code == ERROR_NONE;
    }
    *item = (struct message_file){file->name, file->type, content_id, copying.descriptor};
    files->bytes += copying.bytes;
    *taken = true;
    return true;
}

static bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("_.-", c));
}

// "cid:" and a key at `offset`.
static bool key_at(struct text html, size_t offset, struct text *key) {
    struct text rest = {html.data + offset, html.length - offset};
    if (!text_starts_with(rest, TEXT("cid:")) || rest.length < 4 + KEY_LENGTH) return false;
    for (size_t i = 4; i < 4 + KEY_LENGTH; i++)
        if (!is_key_character(rest.data[i])) return false;
    *key = (struct text){rest.data + 4, KEY_LENGTH};
    return true;
}

static bool is_shown(const struct message_files *files, struct text content_id) {
    for (size_t i = 0; i < files->count; i++)
        if (text_equal(files->items[i].content_id, content_id)) return true;
    return false;
}

static bool find_picture(struct db *db, struct arena *arena, const struct mail_files *own, struct text key,
                         struct mail_file *file, bool *found, struct error *error) {
    for (size_t i = 0; i < own->count; i++)
        if (text_equal_ignoring_case(own->items[i].key, key)) {
            *file = own->items[i];
            return *found = true;
        }
    int rows = mail_file_by_key(db, key, arena, file, error);
    *found = rows > 0;
    return rows >= 0;
}

static bool show_picture(struct db *db, struct arena *arena, const struct mail_files *own, struct text key,
                         struct text content_id, struct message_files *files, bool *shown,
                         struct error *error) {
    struct mail_file file;
    *shown = is_shown(files, content_id);
    if (*shown || files->count >= PICTURES_MAX) return true;
    if (!find_picture(db, arena, own, key, &file, shown, error)) return false;
    return !*shown || take_file(db, arena, &file, content_id, files, shown, error);
}

bool message_files_show(struct db *db, struct arena *arena, const struct mail_files *own, struct text html,
                        struct text domain, struct message_files *files, struct buffer *out,
                        struct error *error) {
    for (size_t offset = 0; offset < html.length;) {
        struct text key;
        if (html.data[offset] != 'c' || !key_at(html, offset, &key)) {
            buffer_add_char(out, html.data[offset++]);
            continue;
        }
        struct buffer id = buffer_new(1024);
        buffer_add_text(&id, key);
        buffer_add_char(&id, '@');
        buffer_add_text(&id, domain);
        struct text content_id = arena_copy(arena, buffer_text(&id));
        buffer_free(&id);
        bool shown;
        if (!show_picture(db, arena, own, key, content_id, files, &shown, error)) return false;
        buffer_add_string(out, "cid:");
        buffer_add_text(out, shown ? content_id : key);
        offset += 4 + KEY_LENGTH;
    }
    return true;
}

bool message_files_attach(struct db *db, struct arena *arena, const struct mail_files *own,
                          struct message_files *files, struct error *error) {
    for (size_t i = 0; i < own->count; i++) {
        const struct mail_file *file = &own->items[i];
        bool taken;
        if (file->is_inline) continue;
        if (!take_file(db, arena, file, TEXT_NULL, files, &taken, error)) return false;
        if (!taken) leave_out(arena, file, files);
    }
    return true;
}

void message_files_close(struct message_files *files) {
    for (size_t i = 0; i < files->count; i++) close(files->items[i].descriptor);
    *files = (struct message_files){0};
}
