// SPDX-License-Identifier: GPL-2.0-or-later
// Stored files and their attachment to thread entries, in osTicket's database storage.
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "crypto/file_key.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// A stored file, as far as attaching it needs.
struct stored_file {
    int64_t id;
    char key[FILE_KEY_SIZE];
    struct text name;
};

// Stores `data`, or finds the file that already holds the same bytes (unless `always_new`). `type` is a media
// type, lower-cased here. spec: creating.md C.8.
bool file_store(struct db *db, struct text name, struct text type, struct text data, bool always_new,
                struct arena *arena, struct stored_file *file, struct error *error) CHECKED;

// The file with this key. 1: found, 0: none, -1: failure.
int file_by_key(struct db *db, struct text key, struct arena *arena, struct stored_file *file,
                struct error *error) CHECKED;

// The files of a canned response (not its inline images), in an array of the arena.
bool canned_files(struct db *db, int64_t canned_id, struct arena *arena, struct stored_file **files,
                  size_t *count, struct error *error) CHECKED;

// The text of an enabled canned response. 1: found, 0: none, -1: failure.
int canned_response(struct db *db, int64_t canned_id, struct arena *arena, struct text *response,
                    struct error *error) CHECKED;

// Attaches the file to a thread entry; `name` is kept only where it differs from the file's own.
bool attachment_insert(struct db *db, int64_t entry_id, const struct stored_file *file, struct text name,
                       bool inlined, struct error *error) CHECKED;

// The configuration (JSON) of the ticket form's message field, which says what may be attached; null when it
// has none.
bool message_field_configuration(struct db *db, struct arena *arena, struct text *configuration,
                                 struct error *error) CHECKED;

#endif
