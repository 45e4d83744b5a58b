// SPDX-License-Identifier: GPL-2.0-or-later
// What a webhook is told of a change: as JSON, or as the line that a chat shows. spec:
// operations.md 8.1, 8.4.
#ifndef HOOKS_BODY_H
#define HOOKS_BODY_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "store/changes/lanes.h"

#include <stdbool.h>
#include <stdint.h>

struct key_rules;
struct webhook;
struct ticket_object;
struct post;

#define HOOK_BODY_MAX (256 << 10)

// One change for one webhook. Times are in UTC.
struct telling {
    const struct webhook *webhook;
    const struct change *change;
    const struct key_rules *rules; // of a key that sees some tickets only: nothing of others; NULL: all
    int64_t seq;
    const struct ticket_object *ticket; // NULL: gone, or not wanted
    const struct post *post;            // the entry that it is about; NULL likewise
    struct text help_desk_url;          // without a slash at its end; "": no links
};

// Which of the two has to be read for the webhook.
bool body_wants_ticket(const struct webhook *webhook);
bool body_wants_entry(const struct webhook *webhook, const struct change *change);

// Appends the body, HOOK_BODY_MAX bytes at most: a longer text of an entry is cut, and "cut" says so.
bool body_write(const struct telling *telling, struct buffer *out, struct error *error) CHECKED;

#endif
