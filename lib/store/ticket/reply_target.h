// SPDX-License-Identifier: GPL-2.0-or-later
// Who replies to what, and what the help desk says about it.
#ifndef STORE_TICKET_REPLY_TARGET_H
#define STORE_TICKET_REPLY_TARGET_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"
#include "store/people.h"
#include "store/ticket/files.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct reply_target {
    int64_t ticket_id;  // 0: no ticket has this number
    struct staff staff; // id 0: no agent has this user name
    // The configuration (JSON) of the ticket form's message field, which says what may be attached; null when
    // it has none.
    struct text message_field;
    struct text canned_text;          // of the canned response; null when there is none or it is not enabled
    struct stored_file *canned_files; // not its inline images
    size_t canned_file_count;
};

// Finds the parties, the canned response (`canned_id`, 0: none) and the help desk's settings in one round
// trip. Texts lie in the arena.
bool reply_target_find(struct db *db, struct text number, struct text username, int64_t canned_id,
                       struct arena *arena, struct reply_target *target, struct help_desk *help_desk,
                       struct error *error) CHECKED;

#endif
