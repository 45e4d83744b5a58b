// SPDX-License-Identifier: GPL-2.0-or-later
// The files that will be attached to a thread entry: from what a request brings to their rows. They are
// gathered first and stored all at once, so that their number hardly matters to the database.
#ifndef OPS_ENTRY_ATTACHED_FILES_H
#define OPS_ENTRY_ATTACHED_FILES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/entry/attachment_policy.h"
#include "ops/entry/incoming_file.h"
#include "store/ticket/files.h"
#include "store/work.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct attached_file {
    struct stored_file file;
    struct text name;
    bool inlined;
    enum {
        ATTACHED_STORED,   // `file` is
        ATTACHED_NEW,      // `content` is to be stored
        ATTACHED_INCOMING, // the same, unless a file has these bytes already
        ATTACHED_SHOWN,    // the file with the key `shown`, should there be one
    } state;
    bool detached; // stored, and attached to nothing
    struct new_file *content;
    struct text shown;
};

struct attached_files {
    struct attached_file *items;
    size_t count;
    struct file_search *searches; // those that may be there already, in order: see attached_files_seek()
    size_t search_count;
    size_t answered; // so many of the searches
    bool closed;     // the text comes from outside: a stored file that it names by its key is not attached
};

// ERROR_NOT_NATIVE when the help desk keeps its files outside its database, where only PHP can write them.
bool attached_files_check_storage(const struct help_desk *help_desk, struct error *error) CHECKED;

// Adds a stored file; one that is there already (same key) takes the new name and place in the text instead.
bool attached_files_add(struct attached_files *files, struct arena *arena, const struct attached_file *file,
                        struct error *error) CHECKED;

// Adds a file that belongs into the text and will be stored, under the key that comes back. Nothing is
// copied.
bool attached_files_add_inline(struct attached_files *files, struct work *work, struct text name,
                               struct text type, struct text data, char key[FILE_KEY_SIZE],
                               struct error *error) CHECKED;

// Adds the stored file with this key, which the text shows, if there is one and it is not there already.
bool attached_files_add_shown(struct attached_files *files, struct arena *arena, struct text key,
                              struct error *error) CHECKED;

// Adds what came with a request and the policy lets in. With attachments switched off nothing is taken and
// nothing said. spec: creating.md C.8.
bool attached_files_take(struct work *work, const struct attachment_policy *policy,
                         const struct incoming_files *incoming, struct attached_files *files,
                         struct error *error) CHECKED;

// Leaves a note in the thread for each file that was not let in.
bool attached_files_note_refusals(struct work *work, int64_t thread_id,
                                  const struct attachment_policy *policy,
                                  const struct incoming_files *incoming, struct error *error) CHECKED;

// Says which files may be there already, as files->searches, and that the first `*count` of them are asked
// for in a statement of the caller's, which asks the database for other things as well;
// attached_files_store() asks for the rest. Afterwards only files that are to be stored anew may be added.
bool attached_files_seek(struct attached_files *files, struct arena *arena, size_t *count,
                         struct error *error) CHECKED;

// Stores what is to be stored; no round trip when nothing is.
bool attached_files_store(struct work *work, struct attached_files *files, struct error *error) CHECKED;

// Attaches them to the entry, stored first where they are not yet.
bool attached_files_write(struct work *work, int64_t entry_id, struct attached_files *files,
                          struct error *error) CHECKED;

#endif
