// SPDX-License-Identifier: GPL-2.0-or-later
// Files that come with a request, read from its body.
#ifndef OPS_ENTRY_INCOMING_FILE_H
#define OPS_ENTRY_INCOMING_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "forms/input.h"

#include <stdbool.h>
#include <stddef.h>

#define INCOMING_FILES_MAX 256

// A file of a request. Everything lies in the arena.
struct incoming_file {
    struct text name;
    struct text type; // type/subtype, without parameters
    struct text data;
};

struct incoming_files {
    struct incoming_file *items;
    size_t count;
};

// Reads `attachments`: a list or an object of files, each {"NAME":"data:…", …} or {"name":…, "type":…,
// "data":…, "encoding":"base64"} ("filename", "mimetype" and "content" are as good as "name", "type" and
// "data"). What is base64 and does not say so is decoded where it can be told. Absent, null or "" gives none.
// ERROR_BAD_REQUEST naming the element of which no file can be made; ERROR_TOO_LARGE for more than
// INCOMING_FILES_MAX. lib/DIFFERENCES.md "JSON, files"; spec: creating.md A.1; RFC 2397.
bool incoming_files_read(const struct input *attachments, struct arena *arena, struct incoming_files *files,
                         struct error *error) CHECKED;

// Reads the element `attachments` of an XML body: each element in it is a file, <file name="…" type="…"
// encoding="base64">data</file>. All of that may stand in attributes or in elements of these names. spec:
// creating.md A.3.
bool incoming_files_read_xml(const struct input *attachments, struct arena *arena,
                             struct incoming_files *files, struct error *error) CHECKED;

// Adds the files that came beside the body (NULL: none did). ERROR_TOO_LARGE for more than
// INCOMING_FILES_MAX together.
bool incoming_files_join(const struct incoming_files *beside, struct arena *arena,
                         struct incoming_files *files, struct error *error) CHECKED;

#endif
