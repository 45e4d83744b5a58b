// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of file some bytes are, and what is kept of what a client says they are.
#include "ops/entry/media_type.h"

#include "base/media_type_syntax.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define LOOKED_AT 65536 // bytes that decide whether it is text
#define TYPE_MAX  255   // characters of file.type

static bool is_text(struct text bytes) {
    struct text head = {bytes.data, bytes.length < LOOKED_AT ? bytes.length : LOOKED_AT};
    // The cut may have split a character, of four bytes at most.
    bool utf8 = text_is_utf8(head);
    for (size_t drop = 1; !utf8 && drop < 4 && head.length < bytes.length; drop++)
        utf8 = text_is_utf8((struct text){head.data, head.length - drop});
    if (!utf8) return false;
    for (size_t i = 0; i < head.length; i++) {
        unsigned char c = (unsigned char)head.data[i];
        if (c == 0x7F || (c < 0x20 && !strchr("\a\b\t\n\f\r\033", c)) || c == 0) return false;
    }
    return true;
}

struct text media_type_of(struct text bytes) {
    static const struct {
        struct text start, type;
    } starts[] = {
        {{"\x89PNG\r\n\x1a\n", 8}, {"image/png", 9}},
        {{"\xff\xd8\xff", 3}, {"image/jpeg", 10}},
        {{"GIF87a", 6}, {"image/gif", 9}},
        {{"GIF89a", 6}, {"image/gif", 9}},
        {{"%PDF-", 5}, {"application/pdf", 15}},
        {{"PK\3\4", 4}, {"application/zip", 15}},
        {{"\x1f\x8b", 2}, {"application/gzip", 16}},
        {{"{\\rtf", 5}, {"text/rtf", 8}},
        {{"<?xml ", 6}, {"text/xml", 8}},
        {{"<!DOCTYPE html", 14}, {"text/html", 9}},
        {{"<html", 5}, {"text/html", 9}},
        {{"BEGIN:VCALENDAR", 15}, {"text/calendar", 13}},
        {{"BEGIN:VCARD", 11}, {"text/vcard", 10}},
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts_with(bytes, starts[i].start)) return starts[i].type;
    return bytes.length && is_text(bytes) ? TEXT("text/plain") : TEXT("application/octet-stream");
}

struct text media_type_to_keep(struct text type) {
    struct text bare = media_type_without_parameters(type);
    bool fine = media_type_is_well_formed(bare) && bare.length <= TYPE_MAX;
    return fine ? bare : TEXT("application/octet-stream");
}

bool media_type_is_picture(struct text type) {
    struct text bare = media_type_without_parameters(type);
    if (!media_type_is_well_formed(bare) || bare.length < 7) return false;
    if (!text_equal_ignoring_case((struct text){bare.data, 6}, TEXT("image/"))) return false;
    struct text subtype = {bare.data + 6, bare.length - 6};
    return !memchr(subtype.data, '+', subtype.length) && strncasecmp(subtype.data, "svg", 3) != 0 &&
           !text_equal_ignoring_case(subtype, TEXT("xml"));
}
