// SPDX-License-Identifier: GPL-2.0-or-later
// The tree of a mail's parts: which are to be read, which are files. RFC 2046; spec: piping.md 2.4-2.6, 9.
#ifndef MIME_PARTS_H
#define MIME_PARTS_H

#include "base/arena.h"
#include "mime/fields.h"
#include "mime/message.h"

// Walks the body under its header's fields and adds texts, files and a report's outcome to `message`, and
// what could not be read as its `problem`. Whole mails in it are files and not looked into. A full arena
// shows in `arena->failed`.
void mail_parts_read(const struct mail_fields *fields, struct text body, const struct mail_reading *reading,
                     struct arena *arena, struct mail_message *message);

#endif
