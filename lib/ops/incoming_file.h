// SPDX-License-Identifier: GPL-2.0-or-later
// Files that come with a request: read from its body, and checked against what the help desk lets in.
#ifndef OPS_INCOMING_FILE_H
#define OPS_INCOMING_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "forms/input.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stddef.h>

#define INCOMING_FILES_MAX 256

// A file of a request. Everything lies in the arena.
struct incoming_file {
    struct text name;
    struct text type; // media type
    struct text data;
};

struct incoming_files {
    struct incoming_file *items;
    size_t count;
};

// Reads `attachments`: a list of {"NAME":"data:…"} or {"name":…,"type":…,"data":…,"encoding":"base64"}, or
// one object {"NAME":"data:…",…}. Absent, null or "" gives none. ERROR_BAD_REQUEST naming the element that is
// neither, ERROR_TOO_LARGE for more than INCOMING_FILES_MAX. spec: contract.md, creating.md A.1; RFC 2397.
bool incoming_files_read(const struct input *attachments, struct arena *arena, struct incoming_files *files,
                         struct error *error) CHECKED;

// Reads the element `attachments` of an XML body, one or more <file name="…" type="…" encoding="base64">.
// Base64 is read strictly, blanks aside; what is none gives a file without data, which the policy refuses.
// Without a type the data tell. spec: creating.md A.3.
bool incoming_files_read_xml(const struct input *attachments, struct arena *arena,
                             struct incoming_files *files, struct error *error) CHECKED;

// What the ticket form's message field lets in.
struct attachment_policy {
    bool enabled;
    bool is_limited;
    int64_t max_size;        // bytes, where it is limited; 0 or less: no file at all
    struct text *extensions; // lower case, with the dot
    size_t extension_count;  // 0: all
    struct text *types;
    size_t type_count;
};

// From the field's configuration (JSON, may be null) and the help desk's settings.
void attachment_policy_read(struct text configuration, const struct help_desk *help_desk, struct arena *arena,
                            struct attachment_policy *policy);

#define ATTACHMENT_EMPTY "Unable to save file"

// Why the file is not let in, in osTicket's words; NULL when it is. A file without any bytes cannot be kept:
// ATTACHMENT_EMPTY.
const char *attachment_policy_refusal(const struct attachment_policy *policy,
                                      const struct incoming_file *file);

#endif
