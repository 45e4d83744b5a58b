// SPDX-License-Identifier: GPL-2.0-or-later
// The recipients of a mail as its row in the queue has them: a line each, "to|cc, id, user id, address, name"
// with tabs between.
#ifndef MAIL_RECIPIENT_LIST_H
#define MAIL_RECIPIENT_LIST_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "mail/reply_mail.h"

// Appends a line. The address must be usable (mail/header_text.h); the name may hold anything.
void recipient_list_add(const struct reply_mail_recipient *recipient, struct buffer *list);

// Reads a list; lines that are none are passed over, so that an unusable one leaves no recipients. Texts
// point into `list`; `display` is not set.
void recipient_list_read(struct text list, struct arena *arena, struct reply_mail_recipient **items,
                         size_t *count);

#endif
