// SPDX-License-Identifier: GPL-2.0-or-later
// Which files the help desk lets in.
#ifndef OPS_ENTRY_ATTACHMENT_POLICY_H
#define OPS_ENTRY_ATTACHMENT_POLICY_H

#include "base/arena.h"
#include "base/text.h"
#include "ops/entry/incoming_file.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
