// SPDX-License-Identifier: GPL-2.0-or-later
// Message-IDs of other mails, as they stand in stored headers.
#ifndef DELIVERY_MESSAGE_IDS_H
#define DELIVERY_MESSAGE_IDS_H

#include "base/buffer.h"
#include "base/text.h"

#define MESSAGE_ID_MAX  255 // bytes with its brackets: as many as osTicket keeps
#define MESSAGE_IDS_MAX 40
#define MESSAGE_IDS_BYTES                                                                                    \
    (MESSAGE_IDS_MAX * (MESSAGE_ID_MAX + 1)) // of those that are kept, with their blanks

// Appends the ids "<…>" found in `text` with a blank between; anything else is left out, as is an id with
// blanks, control characters or bytes outside ASCII in it, or longer than MESSAGE_ID_MAX. Of more than
// MESSAGE_IDS_MAX the first and the last others. An empty buffer needs MESSAGE_IDS_BYTES.
void message_ids_keep(struct text text, struct buffer *out);

// The value of the header `name` among stored headers, unfolded only in so far as its lines are handed over
// as one view; null when there is none. `name` without colon, in any case of letters.
struct text message_header(struct text headers, struct text name);

#endif
