// SPDX-License-Identifier: GPL-2.0-or-later
// From a response as it came to what is stored of it: body, format, search text, and the files it brings
// along.
#ifndef OPS_REPLY_BODY_H
#define OPS_REPLY_BODY_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/files.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stddef.h>

struct db;

// A file that will be attached to the entry.
struct attached_file {
    struct stored_file file;
    struct text name;
    bool inlined;
};

struct attached_files {
    struct attached_file *items;
    size_t count;
};

// Adds the file; one that is there already (same key) takes the new name and place in the text instead.
bool attached_files_add(struct attached_files *files, struct arena *arena, const struct attached_file *file,
                        struct error *error) CHECKED;

// Makes `text` fit the column: characters above U+FFFF stay where it holds them, else they become references
// (in HTML) or U+FFFD. One round trip, and only for a text that has any. The text then lies in the arena.
bool text_fit(struct db *db, struct arena *arena, const char *table, const char *column, bool html,
              struct text *text, struct error *error) CHECKED;

struct reply_body {
    const char *format; // "html" or "text"
    struct text body;   // for the column; empty when it is too long for it and went into a file
    struct text search; // for search
};

// Cleans `response` as the help desk stores it (rich text or plain), stores the images written into it, and,
// when the body is too long for its column, the body itself as a file. Writes only files. Texts lie in the
// arena. spec: reading-and-replying.md F.4; contract.md.
bool reply_body_make(struct db *db, struct arena *arena, const struct help_desk *help_desk,
                     struct text response, struct reply_body *body, struct attached_files *files,
                     struct error *error) CHECKED;

#endif
