// SPDX-License-Identifier: GPL-2.0-or-later
// Message-IDs that osTicket recognises as its own, so that the answer to a mail finds its ticket.
#ifndef MAIL_MESSAGE_ID_H
#define MAIL_MESSAGE_ID_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

// What an answer is told by: whom the mail went to and which entry it carries.
struct message_tag {
    char type;          // S agent, U owner, C collaborator, M several, ? other
    uint32_t person_id; // user or agent; 0 for several
    uint32_t entry_id, thread_id;
};

// Appends "B<sysid>-<random>-<tag>-": the Message-ID up to the mailbox's address, without angle brackets.
// Each call makes another one. spec: creating.md D.3.
bool message_id_make(const struct message_tag *tag, struct text secret_salt, struct buffer *out,
                     struct error *error) CHECKED;

// Whose a Message-ID is, by its text from the "B" on; what stands behind its third dash does not matter.
// MESSAGE_ID_NONE: it has not osTicket's form.
enum message_id_origin { MESSAGE_ID_NONE, MESSAGE_ID_OURS, MESSAGE_ID_OTHERS };
enum message_id_origin message_id_origin(struct text id, struct text secret_salt);

// Reads one of ours; false for any other.
bool message_id_read(struct text id, struct text secret_salt, struct message_tag *tag);

#endif
