// SPDX-License-Identifier: GPL-2.0-or-later
// Files that come with a request: read from its JSON, and checked against what the help desk lets in.
#ifndef OPS_INCOMING_FILE_H
#define OPS_INCOMING_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"
#include "json/reader.h"

#include <stdbool.h>
#include <stddef.h>

#define INCOMING_FILES_MAX 256

// A file of a request. Everything lies in the arena or in the JSON body.
struct incoming_file {
    struct text name;
    struct text type; // media type
    struct text data;
};

struct incoming_files {
    struct incoming_file *items;
    size_t count;
};

// Reads `attachments`: an array of {"NAME":"data:…"} or {"name":…,"type":…,"data":…,"encoding":"base64"}, or
// one object
// {"NAME":"data:…",…}. Absent or null gives none. ERROR_BAD_REQUEST naming the element that is neither,
// ERROR_TOO_LARGE for more than INCOMING_FILES_MAX. spec: contract.md, creating.md A.1; RFC 2397.
bool incoming_files_read(const struct json_value *attachments, struct arena *arena,
                         struct incoming_files *files, struct error *error) CHECKED;

// What the ticket form's message field lets in.
struct attachment_policy {
    bool enabled;
    int64_t max_size;        // bytes; 0: no limit of its own
    struct text *extensions; // lower case, with the dot
    size_t extension_count;  // 0: all
    struct text *types;
    size_t type_count;
};

// From the field's configuration (JSON, may be null) and the help desk's settings.
void attachment_policy_read(struct text configuration, const struct help_desk *help_desk, struct arena *arena,
                            struct attachment_policy *policy);

// Why the file is not let in, in osTicket's words; NULL when it is.
const char *attachment_policy_refusal(const struct attachment_policy *policy,
                                      const struct incoming_file *file);

#endif
