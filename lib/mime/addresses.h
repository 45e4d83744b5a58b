// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses as the header of a mail has them.
#ifndef MIME_ADDRESSES_H
#define MIME_ADDRESSES_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct mail_address {
    struct text name;    // the phrase, decoded, without outer quotes; "" without one
    struct text comment; // the first text in parentheses, decoded; ""
    struct text address; // "mailbox@host"; a host that is missing is "localhost"
};

#define MAIL_ADDRESSES_MAX 500

struct mail_address_list {
    struct mail_address *items;
    size_t count;
    bool cut; // there were more
};

// Appends the addresses of a field's value (RFC 5322, 3.4), members of groups like others. Nothing makes the
// list unreadable: an open quote or angle ends with the list, and of words without angles the one with an @
// is the address. A full arena shows in `arena->failed`.
void mail_addresses_read(struct text value, struct arena *arena, struct mail_address_list *list);

// Whether somebody could be written to there: something@something, no blank or control character, not at
// localhost.
bool mail_address_could_be(struct text address);

#endif
