// SPDX-License-Identifier: GPL-2.0-or-later
// What a client says of one file, and the bytes that it means by it.
#ifndef OPS_ENTRY_FILE_DESCRIPTION_H
#define OPS_ENTRY_FILE_DESCRIPTION_H

#include "base/arena.h"
#include "base/text.h"
#include "ops/entry/incoming_file.h"

// Null texts: not said.
struct file_description {
    struct text name;
    struct text type;
    struct text encoding;
    struct text data;     // raw, base64, or a data: URL
    struct text raw_type; // of raw data without a type; null: their first bytes tell
};

// Makes a file of it. Returns NULL, else why none can be made, to stand behind "element 3": "has no file
// name". The bytes are never guessed at where they would be wrong: base64 that does not say so is decoded
// only when nothing else can have been meant (the type is that of an image, the bytes begin as a PDF does, or
// are text where the base64 is not). A full arena shows in `arena->failed`.
const char *file_description_read(const struct file_description *description, struct arena *arena,
                                  struct incoming_file *file);

// Makes a file of bytes that are its own as they stand; `type` may have parameters, null: their first bytes
// tell. Returns NULL, else why none can be made.
const char *file_of_bytes(struct text name, struct text type, struct text bytes, struct incoming_file *file);

#endif
