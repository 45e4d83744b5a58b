// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses that somebody typed: "Jane Doe <jane@example.org>, ops@example.org, %{user}".
#ifndef MAIL_ADDRESS_LIST_H
#define MAIL_ADDRESS_LIST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "mail/reply_mail.h"

#include <stdbool.h>
#include <stddef.h>

struct address_list {
    struct reply_mail_recipient *items; // id, user_id and display are not set
    size_t count;
};

// Reads `text` as RFC 5322 has a list of addresses; groups are opened, "%{user}" is `user`, each address
// comes once, and whatever cannot stand in a header and an SMTP command (mail/header_text.h) is passed over.
// The texts lie in the arena or in `user`.
bool address_list_read(struct text text, const struct reply_mail_owner *user, struct arena *arena,
                       struct address_list *list, struct error *error) CHECKED;

#endif
