// SPDX-License-Identifier: GPL-2.0-or-later
// Stored files and their attachment to thread entries, in osTicket's database storage. Many at once: up to
// SLOT_COUNT of them in each round trip.
#ifndef STORE_TICKET_FILES_H
#define STORE_TICKET_FILES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "crypto/file_key.h"
#include "store/slots.h"
#include "store/work.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct row;
struct db_value;

// A stored file, as far as attaching it needs.
struct stored_file {
    int64_t id;
    char key[FILE_KEY_SIZE];
    struct text name;
};

// A file sought by what it holds, or by its key.
struct file_search {
    char signature[FILE_KEY_SIZE];
    size_t size;
    struct text key; // null: by signature and size
    bool found;      // the answer: `file`
    struct stored_file file;
};
// At most SLOT_COUNT searches as the values of a statement, SEARCH_VALUES of them; and what a row, the
// SOUGHT_FILE_PART (file_statements.h), answers to them. Of several files the one of the lowest id.
#define SEARCH_VALUES (2 * SLOT_COUNT)
void file_searches_bind(const struct file_search *searches, size_t count, struct db_value *values);
void file_search_take(const struct row *part, struct file_search *searches, size_t count);

bool files_find(struct db *db, struct arena *arena, struct file_search *searches, size_t count,
                struct error *error) CHECKED;

// A file to be stored. spec: creating.md C.8.
struct new_file {
    struct text name;
    struct text type; // a media type, lower-cased here
    struct text data;
    char signature[FILE_KEY_SIZE];
    struct stored_file file; // its key, from new_file_name(); its id as soon as it is stored
};

// Gives the file its signature, its key, and the name and type that their columns hold.
bool new_file_name(struct work *work, struct new_file *file, struct error *error) CHECKED;

// Stores files that have their names: one round trip for the rows and one for each 1,024,000 bytes (two of
// osTicket's chunks). One more where the database gave several files ids that do not follow each other.
bool files_insert(struct db *db, struct arena *arena, struct new_file *const *files, size_t count,
                  struct error *error) CHECKED;

// Fills in a file; a key that is too long is none of osTicket's and is cut. `name` is kept, not copied.
void stored_file_take(struct stored_file *file, int64_t id, struct text key, struct text name);

// The files of a canned response (not its inline images), in an array of the arena.
bool canned_files(struct db *db, int64_t canned_id, struct arena *arena, struct stored_file **files,
                  size_t *count, struct error *error) CHECKED;

// The text of an enabled canned response. 1: found, 0: none, -1: failure.
int canned_response(struct db *db, int64_t canned_id, struct arena *arena, struct text *response,
                    struct error *error) CHECKED;

// Attaches files to a thread entry, in this order; `name` is kept only where it differs from the file's own.
struct attachment {
    const struct stored_file *file;
    struct text name;
    bool inlined;
};
bool attachments_insert(struct db *db, int64_t entry_id, const struct attachment *attachments, size_t count,
                        struct error *error) CHECKED;

#endif
