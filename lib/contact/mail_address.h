// SPDX-License-Identifier: GPL-2.0-or-later
// "Name" <address> as osTicket shows it.
#ifndef CONTACT_MAIL_ADDRESS_H
#define CONTACT_MAIL_ADDRESS_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// Appends `"name" <address>`, quotes in the name behind a backslash, or the bare address where the name is
// empty or "0". False, and nothing appended, where osTicket's RFC 822 parser gives up: a backslash in the
// name that leaves a quote open or closes it, or what is no address. spec: reading-and-replying.md C.2,
// user_email.
bool mail_address_display(struct text name, struct text address, struct buffer *out);

#endif
