// SPDX-License-Identifier: GPL-2.0-or-later
// Message-IDs of other mails, as they stand in stored headers.
#ifndef DELIVERY_MESSAGE_IDS_H
#define DELIVERY_MESSAGE_IDS_H

#include "base/buffer.h"
#include "base/text.h"

// Appends the ids "<…>" found in `text` with a blank between; anything else is left out, as is an id with
// blanks, control characters or bytes outside ASCII in it, or longer than 250. Of more than 40 the first and
// the last 39.
void message_ids_keep(struct text text, struct buffer *out);

// The value of the header `name` among stored headers, unfolded only in so far as its lines are handed over
// as one view; null when there is none. `name` without colon, in any case of letters.
struct text message_header(struct text headers, struct text name);

#endif
