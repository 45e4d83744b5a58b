// SPDX-License-Identifier: GPL-2.0-or-later
// Texts of mails as UTF-8.
#include "mime/charset.h"

#include "base/buffer.h"
#include "markup/charset.h"

#define GROWTH 4 // UTF-8 has at most so many bytes for one byte of another charset

static struct text convert(struct text bytes, struct text charset, struct arena *arena) {
    struct buffer buffer = buffer_new(bytes.length * GROWTH + 16);
    buffer_add_text(&buffer, bytes);
    markup_to_utf8(charset, &buffer);
    struct text converted = buffer.failed ? TEXT_NULL : buffer_text(&buffer);
    // Unknown charsets convert nothing.
    if (converted.data && text_is_utf8(converted) && !text_equal(converted, bytes))
        converted = arena_copy(arena, converted);
    else
        converted = TEXT_NULL;
    buffer_free(&buffer);
    return converted;
}

// "iso-8859-8-i" says how its text runs, not what it is made of.
static struct text without_direction(struct text charset) {
    bool directed = charset.length > 4 && text_starts_with(charset, TEXT("iso")) &&
                    charset.data[charset.length - 2] == '-' &&
                    (charset.data[charset.length - 1] | 0x20) == 'i';
    return directed ? (struct text){charset.data, charset.length - 2} : charset;
}

// Labels that senders put on anything.
static bool says_little(struct text charset) {
    static const char *const labels[] = {"utf-8",          "utf8",
                                         "us-ascii",       "ascii",
                                         "iso-8859-1",     "iso8859-1",
                                         "iso_8859-1",     "latin1",
                                         "default",        "iso",
                                         "unknown-8bit",   "8bit",
                                         "x-unknown",      "ansi_x3.4-1968",
                                         "x-user-defined", "unicode-1-1-utf-8"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (text_equal_ignoring_case(charset, text_of(labels[i]))) return true;
    return charset.length == 0;
}

struct text mail_to_utf8(struct text bytes, struct text charset, struct arena *arena) {
    struct text converted = TEXT_NULL;
    charset = without_direction(text_trim(charset));
    if (!says_little(charset)) converted = convert(bytes, charset, arena);
    if (converted.data || text_is_utf8(bytes)) return converted.data ? converted : bytes;
    converted = convert(bytes, TEXT("windows-1252"), arena);
    return converted.data ? converted : TEXT("");
}
