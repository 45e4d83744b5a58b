// SPDX-License-Identifier: GPL-2.0-or-later
// "Name" <address> as osTicket shows it.
#include "contact/mail_address.h"

#include <string.h>

// osTicket escapes quotes only, so a backslash of the name's own escapes what follows it: the backslash
// before a quote, or the closing quote.
static bool name_stays_quoted(struct text name) {
    for (size_t i = 0; i < name.length; i++) {
        if (name.data[i] != '\\') continue;
        if (i + 1 == name.length || name.data[i + 1] == '"') return false;
        i++;
    }
    return true;
}

static bool has_mailbox_and_host(struct text address) {
    const char *at = address.length ? memrchr(address.data, '@', address.length) : NULL;
    return at && at > address.data && at + 1 < address.data + address.length &&
           !memchr(address.data, '>', address.length) && !memchr(address.data, '<', address.length);
}

bool mail_address_display(struct text name, struct text address, struct buffer *out) {
    if (!has_mailbox_and_host(address) || !name_stays_quoted(name)) return false;
    if (!name.length || text_equal(name, TEXT("0"))) {
        buffer_add_text(out, address);
        return true;
    }
    buffer_add_char(out, '"');
    // osTicket takes the quotes around the escaped name off, and with them one that ends the name.
    bool ends_quoted = name.data[name.length - 1] == '"';
    for (size_t i = 0; i < name.length; i++) {
        if (name.data[i] == '"') buffer_add_char(out, '\\');
        if (i + 1 < name.length || !ends_quoted) buffer_add_char(out, name.data[i]);
    }
    buffer_add_string(out, "\" <");
    buffer_add_text(out, address);
    buffer_add_char(out, '>');
    return true;
}
