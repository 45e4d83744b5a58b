// SPDX-License-Identifier: GPL-2.0-or-later
// The syntax of e-mail addresses of new users.
#include "contact/mail_address_syntax.h"

#include <string.h>

// A character of an atom: printable ASCII without RFC 822's specials.
static bool is_atom_character(char c) {
    return c > ' ' && c <= '~' && !strchr("()<>@,;:\\\".[]", c);
}

// Atoms with single dots between, none empty.
static bool is_dotted_atoms(struct text text) {
    bool expects_atom = true;
    for (size_t i = 0; i < text.length; i++) {
        bool dot = text.data[i] == '.';
        if (dot ? expects_atom : !is_atom_character(text.data[i])) return false;
        expects_atom = dot;
    }
    return !expects_atom;
}

// "[192.0.2.1]": printable ASCII without brackets and backslashes between brackets.
static bool is_literal(struct text text) {
    if (text.length < 3 || text.data[0] != '[' || text.data[text.length - 1] != ']') return false;
    for (size_t i = 1; i + 1 < text.length; i++)
        if (text.data[i] <= ' ' || text.data[i] > '~' || strchr("[]\\", text.data[i])) return false;
    return true;
}

bool mail_address_is_valid(struct text address) {
    address = text_trim(address);
    ptrdiff_t at = text_find(address, TEXT("@"), 0);
    if (at < 0) return false;
    struct text local = {address.data, (size_t)at};
    struct text host = {address.data + at + 1, address.length - (size_t)at - 1};
    if (text_equal(host, TEXT("localhost"))) return false;
    return is_dotted_atoms(local) && (is_dotted_atoms(host) || is_literal(host));
}
