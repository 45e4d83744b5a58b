// SPDX-License-Identifier: GPL-2.0-or-later
// What is to be done with the messages of a mailbox in this run: out of what lies there and what is
// remembered.
#ifndef CRON_FETCH_PLAN_H
#define CRON_FETCH_PLAN_H

#include "base/arena.h"
#include "base/text.h"
#include "mailbox/mailbox.h"
#include "store/fetch/messages.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FETCH_MOST_USUALLY 30 // messages in a run

struct fetch_rules {
    size_t most;    // messages that are begun in a run
    size_t largest; // bytes of a message
    bool puts_away; // what is taken in does not stay in the mailbox
};

// Everything lies in the arena, the oldest first.
struct fetch_plan {
    struct mailbox_message *take; // to be taken in; `attempts`: begun before
    int64_t *attempts;
    size_t take_count;
    struct mailbox_message *put_away; // taken in, and still there
    size_t put_away_count;
    // Remembered as taken in, and not listed any more: gone, or marked as deleted by a run that ended too
    // early.
    struct text *gone;
    size_t gone_count;
    struct text *forget; // remembered as anything else, and gone
    size_t forget_count;
    size_t large; // messages that stay, as they are too large
};

// Messages without a UID are all to be taken, however many they are: what is known of them shows once they
// are read. False when the arena is full.
bool fetch_plan_make(const struct mailbox_message *messages, size_t count, struct message_memory *memories,
                     size_t memory_count, const struct fetch_rules *rules, struct arena *arena,
                     struct fetch_plan *plan);

// The UID as it is remembered; "" for none, or one with bytes that no UID may have.
struct text fetch_uid(const struct mailbox_message *message);

#endif
