// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses as the header of a mail has them.
#include "mime/addresses.h"

#include "base/buffer.h"
#include "mime/words.h"

#include <ctype.h>
#include <string.h>

#define ADDRESS_BYTES_MAX (64 * 1024)

// One address while it is read.
struct reading {
    struct buffer phrase;  // what stands outside of angles and parentheses, quotes included
    struct buffer angle;   // inside the angles
    struct buffer comment; // inside the first parentheses
    bool has_angle, has_comment, in_group;
    bool open_quote, open_comment; // one was never closed: none behind it is
};

static void clear(struct reading *reading) {
    buffer_clear(&reading->phrase);
    buffer_clear(&reading->angle);
    buffer_clear(&reading->comment);
    reading->has_angle = reading->has_comment = false;
}

// Without outer quotes; what was quoted as a whole loses its backslashes, too.
static struct text unquoted(struct text text, struct arena *arena) {
    struct text inner = text_trim(text);
    bool quoted = inner.length > 1 && inner.data[0] == '"' && inner.data[inner.length - 1] == '"';
    while (inner.length && inner.data[0] == '"') {
        inner.data++;
        inner.length--;
    }
    // A quote that is escaped is the name's own.
    while (inner.length && inner.data[inner.length - 1] == '"' &&
           !(inner.length > 1 && inner.data[inner.length - 2] == '\\'))
        inner.length--;
    if (!quoted || text_find(inner, TEXT("\\"), 0) < 0) return inner;
    char *room = arena_take(arena, inner.length + 1);
    size_t used = 0;
    for (size_t i = 0; room && i < inner.length; i++) {
        if (inner.data[i] == '\\' && i + 1 < inner.length) i++;
        room[used++] = inner.data[i];
    }
    return room ? (struct text){room, used} : inner;
}

static struct text decoded(struct text text, struct arena *arena) {
    return text.length ? unquoted(mail_words_decode(text, arena), arena) : TEXT("");
}

// Of words without angles the one that holds an @, else all of them; the others are a name.
static struct text pick_address(struct text words, struct text *name) {
    ptrdiff_t at = text_find(words, TEXT("@"), 0);
    *name = TEXT("");
    if (at < 0) return words;
    size_t start = (size_t)at, end = (size_t)at;
    while (start && !isspace((unsigned char)words.data[start - 1])) start--;
    while (end < words.length && !isspace((unsigned char)words.data[end])) end++;
    if (start) *name = (struct text){words.data, start};
    return (struct text){words.data + start, end - start};
}

// Without a route ("@a,@b:jane@example.org"), "mailto:" and stray quotes of whoever typed it.
static struct text bare(struct text address) {
    address = text_trim(address);
    ptrdiff_t colon = text_find(address, TEXT(":"), 0);
    if (colon >= 0 && (address.data[0] == '@' || text_starts_with(address, TEXT("mailto:"))))
        address = (struct text){address.data + colon + 1, address.length - (size_t)colon - 1};
    return text_trim(address);
}

static struct text with_host(struct text address, struct arena *arena) {
    struct buffer whole = buffer_new(ADDRESS_BYTES_MAX);
    if (address.length && memchr(address.data, '@', address.length)) return arena_copy(arena, address);
    buffer_add_text(&whole, address);
    buffer_add_string(&whole, "@localhost");
    struct text copy = arena_copy(arena, buffer_text(&whole));
    buffer_free(&whole);
    return copy;
}

static void finish(struct reading *reading, struct arena *arena, struct mail_address_list *list) {
    struct text phrase = text_trim(buffer_text(&reading->phrase)), name = phrase;
    struct text address = reading->has_angle ? buffer_text(&reading->angle) : pick_address(phrase, &name);
    bool empty = !phrase.length && !reading->has_angle;
    if (!empty && list->count == MAIL_ADDRESSES_MAX) list->cut = true;
    struct mail_address *item =
        empty || list->cut ? NULL : arena_append(arena, &list->items, &list->count, sizeof *item);
    if (item)
        *item = (struct mail_address){
            .name = arena_copy(arena, decoded(name, arena)),
            .comment = arena_copy(arena, decoded(buffer_text(&reading->comment), arena)),
            .address = with_host(bare(mail_words_decode(address, arena)), arena),
        };
    clear(reading);
}

// Whether the quote that opens at `at` is closed before the text ends.
static bool is_closed(struct text text, size_t at) {
    for (size_t i = at + 1; i < text.length; i++) {
        if (text.data[i] == '\\')
            i++;
        else if (text.data[i] == '"')
            return true;
    }
    return false;
}

// The same for the comment that opens at `at`.
static bool comment_is_closed(struct text text, size_t at) {
    size_t depth = 0;
    for (size_t i = at; i < text.length; i++) {
        char c = text.data[i];
        if (c == '\\')
            i++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            return true;
    }
    return false;
}

// Adds the quoted string at `at` with its quotes; returns the place of the closing one.
static size_t take_quoted(struct text text, size_t at, struct buffer *out) {
    size_t i = at;
    do {
        buffer_add_char(out, text.data[i]);
        if (text.data[i] == '\\' && i + 1 < text.length) buffer_add_char(out, text.data[++i]);
        i++;
    } while (i < text.length && text.data[i] != '"');
    if (i < text.length) buffer_add_char(out, '"');
    return i;
}

// Adds what stands in the parentheses at `at`, which lie in each other; returns the place of the last one.
static size_t take_comment(struct text text, size_t at, struct buffer *out) {
    unsigned depth = 1;
    size_t i = at + 1;
    for (; i < text.length; i++) {
        char c = text.data[i];
        if (c == '\\' && i + 1 < text.length)
            c = text.data[++i];
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            break;
        buffer_add_char(out, c);
    }
    return i;
}

// Adds what stands between the angles; one that is not closed ends before the next comma.
static size_t take_angle(struct text text, size_t at, struct buffer *out) {
    struct text rest = {text.data + at, text.length - at};
    ptrdiff_t close = text_find(rest, TEXT(">"), 1), comma = text_find(rest, TEXT(","), 1);
    bool open = close < 0 || memchr(rest.data + 1, '<', (size_t)close - 1) != NULL;
    size_t end = open ? (comma < 0 ? rest.length : (size_t)comma) : (size_t)close;
    buffer_add(out, rest.data + 1, end - 1);
    return open ? at + end - 1 : at + end;
}

static size_t take(struct text text, size_t i, struct reading *reading) {
    struct buffer other_comment = buffer_new(ADDRESS_BYTES_MAX);
    char c = text.data[i];
    if (c == '"' && !reading->open_quote) reading->open_quote = !is_closed(text, i);
    if (c == '(' && !reading->open_comment) reading->open_comment = !comment_is_closed(text, i);
    if (c == '"' && !reading->open_quote) {
        i = take_quoted(text, i, &reading->phrase);
    } else if (c == '(' && !reading->open_comment) {
        i = take_comment(text, i, reading->has_comment ? &other_comment : &reading->comment);
        reading->has_comment = true;
    } else if (c == '<' && !reading->has_angle) {
        i = take_angle(text, i, &reading->angle);
        reading->has_angle = true;
    } else if (c != '"' && c != '(') {
        buffer_add_char(&reading->phrase, c);
    }
    buffer_free(&other_comment);
    return i;
}

// A colon ends a group's name, unless it belongs to a word like "mailto:jane@example.org".
static bool ends_name_of_group(const struct reading *reading, struct text text, size_t at) {
    bool glued = at + 1 < text.length && !isspace((unsigned char)text.data[at + 1]) &&
                 text_starts_with(text_trim(buffer_text(&reading->phrase)), TEXT("mailto"));
    return !reading->in_group && !reading->has_angle && !glued;
}

void mail_addresses_read(struct text value, struct arena *arena, struct mail_address_list *list) {
    struct reading reading = {.phrase = buffer_new(ADDRESS_BYTES_MAX),
                              .angle = buffer_new(ADDRESS_BYTES_MAX),
                              .comment = buffer_new(ADDRESS_BYTES_MAX)};
    for (size_t i = 0; i < value.length && !list->cut; i++) {
        char c = value.data[i];
        if (c == ':' && ends_name_of_group(&reading, value, i)) {
            clear(&reading);
            reading.in_group = true;
        } else if (c == ',' || c == ';') {
            finish(&reading, arena, list);
            if (c == ';') reading.in_group = false;
        } else {
            i = take(value, i, &reading);
        }
    }
    finish(&reading, arena, list);
    buffer_free(&reading.phrase);
    buffer_free(&reading.angle);
    buffer_free(&reading.comment);
}

static bool is_plain(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] <= ' ' || text.data[i] == 0x7F ||
            strchr("<>()[],;\"\\", text.data[i]))
            return false;
    return text.length > 0;
}

// The host may be an address by numbers: "jane@[192.0.2.1]".
bool mail_address_could_be(struct text address) {
    const char *at = address.length ? memchr(address.data, '@', address.length) : NULL;
    if (!at) return false;
    struct text local = {address.data, (size_t)(at - address.data)};
    struct text host = {at + 1, address.length - local.length - 1};
    bool literal = host.length > 2 && host.data[0] == '[' && host.data[host.length - 1] == ']';
    struct text name = literal ? (struct text){host.data + 1, host.length - 2} : host;
    return is_plain(local) && is_plain(name) && !text_equal_ignoring_case(host, TEXT("localhost"));
}
