// SPDX-License-Identifier: GPL-2.0-or-later
// Content transfer encodings.
#include "mime/encoding.h"

#include "base/digits.h"

#include <string.h>

static int value_of(unsigned char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

struct text mail_decode_base64(struct text content, struct arena *arena) {
    char *room = arena_take(arena, content.length / 4 * 3 + 4);
    uint32_t bits = 0;
    unsigned place = 0; // in the group of four
    size_t used = 0;
    if (!room) return TEXT("");
    for (size_t i = 0; i < content.length; i++) {
        int value = value_of((unsigned char)content.data[i]);
        if (content.data[i] == '=') place = 0;
        if (value < 0) continue;
        bits = bits << 6 | (uint32_t)value;
        if (place) room[used++] = (char)(bits >> (6 - 2 * place));
        place = (place + 1) % 4;
    }
    return (struct text){room, used};
}

// Behind a "=" at the end of a line: how long that end is, or 0.
static size_t soft_break(struct text text, size_t at) {
    if (at < text.length && text.data[at] == '\n') return 1;
    return at + 1 < text.length && text.data[at] == '\r' && text.data[at + 1] == '\n' ? 2 : 0;
}

struct text mail_decode_quoted(struct text content, bool in_word, struct arena *arena) {
    char *room = arena_take(arena, content.length + 1);
    size_t used = 0;
    if (!room) return TEXT("");
    for (size_t i = 0; i < content.length; i++) {
        char c = content.data[i];
        int byte = c == '=' ? digits_hexadecimal(content, i + 1) : -1;
        size_t gone = c == '=' ? soft_break(content, i + 1) : 0;
        if (gone || (c == '=' && i + 1 == content.length)) {
            i += gone;
        } else if (byte >= 0) {
            room[used++] = (char)byte;
            i += 2;
        } else {
            room[used++] = in_word && c == '_' ? ' ' : c;
        }
    }
    return (struct text){room, used};
}

// "base64 (rfc1521)" is base64.
static struct text first_word(struct text text) {
    struct text word = text_trim(text);
    while (word.length && (word.data[0] == '"' || word.data[0] == '\'')) {
        word.data++;
        word.length--;
    }
    size_t length = 0;
    while (length < word.length && !memchr(" \t\r\n(;\"'", word.data[length], 9)) length++;
    return (struct text){word.data, length};
}

struct text mail_decode(struct text content, struct text encoding, struct arena *arena) {
    struct text name = first_word(encoding);
    if (text_equal_ignoring_case(name, TEXT("base64"))) return mail_decode_base64(content, arena);
    if (text_equal_ignoring_case(name, TEXT("quoted-printable")))
        return mail_decode_quoted(content, false, arena);
    return content;
}
