// SPDX-License-Identifier: GPL-2.0-or-later
// What is in a file that is attached to a ticket. spec: operations.md 3.5.
#ifndef STORE_STORAGE_FILE_CONTENT_H
#define STORE_STORAGE_FILE_CONTENT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/output.h"
#include "base/text.h"
#include "store/read/thread_parts.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

// Where a file is kept: in the database, in the folder of the plugin storage-fs, or as another plugin has it.
enum file_storage { FILE_IN_DATABASE, FILE_IN_FOLDER, FILE_ELSEWHERE };

struct content_file {
    int64_t id;
    struct text name;
    int64_t size;
    struct text type, signature;
    struct text key; // what plugins know it by
    enum file_storage storage;
};

// The file of an attachment, in the arena, where it belongs to one of these entries. 1: there is one, 0:
// none, -1: failure. One round trip.
int content_file_read(struct db *db, const struct entry_wish *wish, int64_t attachment_id,
                      struct arena *arena, struct content_file *file, struct error *error) CHECKED;

// The ticket to an entry of which the attachment belongs. 1: there is one, 0: none, -1: failure. One round
// trip.
int attachment_ticket(struct db *db, int64_t attachment_id, int64_t *ticket_id, struct error *error) CHECKED;

// Hands on `length` bytes of the file from `first` on, chunk by chunk: what is held is one. One round trip.
// ERROR_INTERNAL where the chunks are not as long as the file's size says, ERROR_ABORTED when the output
// fails; bytes may have been handed on by then.
bool content_copy(struct db *db, const struct content_file *file, int64_t first, int64_t length,
                  struct output *output, struct error *error) CHECKED;

#endif
