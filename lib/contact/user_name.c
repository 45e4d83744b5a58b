// SPDX-License-Identifier: GPL-2.0-or-later
// Names of new users as osTicket keeps them.
#include "contact/user_name.h"

#include "base/trim.h"
#include "contact/mail_address_syntax.h"

#include <ctype.h>
#include <string.h>

#define PARTS_MAX 3

// The parts between commas, trimmed; PARTS_MAX + 1 when there are more.
static size_t split(struct text name, struct text parts[PARTS_MAX]) {
    for (size_t count = 0;; count++) {
        const char *comma = name.length ? memchr(name.data, ',', name.length) : NULL;
        size_t length = comma ? (size_t)(comma - name.data) : name.length;
        if (count == PARTS_MAX) return count + 1;
        parts[count] = trim_as_php((struct text){name.data, length});
        if (!comma) return count + 1;
        name = (struct text){comma + 1, name.length - length - 1};
    }
}

static size_t put(char *to, size_t length, struct text part) {
    if (part.length) memcpy(to + length, part.data, part.length);
    return length + part.length;
}

// "Last, First" and "Last, First, Suffix".
static struct text without_commas(struct text name, struct arena *arena) {
    struct text parts[PARTS_MAX];
    size_t count = split(name, parts), length = 0;
    if (count != 2 && count != 3) return name;
    char *joined = arena_take(arena, name.length + 3);
    if (!joined) return name;
    length = put(joined, length, parts[1]);
    joined[length++] = ' ';
    length = put(joined, length, parts[0]);
    if (count == 3) joined[length++] = ' ';
    if (count == 3) length = put(joined, length, parts[2]);
    return (struct text){joined, length};
}

// A word begins with the first letter behind anything but a letter, and goes on behind these.
static bool goes_on(char c) {
    return c == '\'' || c == '^' || c == '`' || c == ':';
}

static struct text mailbox_name(struct text address, struct arena *arena) {
    const char *at = memchr(address.data, '@', address.length);
    struct text name = arena_copy(arena, (struct text){address.data, (size_t)(at - address.data)});
    char *bytes = (char *)(uintptr_t)name.data;
    bool inside = false;
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '.') bytes[i] = ' ';
        if (isalpha(c)) bytes[i] = (char)(inside ? tolower(c) : toupper(c));
        if (!goes_on((char)c)) inside = isalpha(c);
    }
    return name;
}

struct text user_name_to_keep(struct text name, struct arena *arena) {
    if (text_is_null(name)) return name;
    name = without_commas(name, arena);
    return mail_address_is_valid(name) ? mailbox_name(name, arena) : name;
}
