// SPDX-License-Identifier: GPL-2.0-or-later
// Texts of mails as UTF-8.
#include "mime/charset.h"

#include "base/buffer.h"
#include "markup/charset.h"

#include <string.h>

// Of windows-1252 from 0x80 to 0x9F; 0: no character. The others are Latin-1's.
static const uint16_t windows[] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

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

static void add_windows(char byte, struct buffer *out) {
    unsigned c = (unsigned char)byte;
    bool other = c >= 0x80 && c < 0xA0;
    if (!other || windows[c - 0x80]) buffer_add_code_point(out, other ? windows[c - 0x80] : c);
}

// windows-1252, which is what bytes without a good label are. Not by iconv, which takes longer to begin than
// a line of a header is long. Of `broken` UTF-8 the characters that are whole stay: one byte too few at its
// end does not make another text of it.
static struct text from_windows(struct text bytes, bool broken, struct arena *arena) {
    struct buffer text = buffer_new(bytes.length * GROWTH + 16);
    for (size_t i = 0, next = 0; i < bytes.length; i = next) {
        uint32_t c = text_next_code_point(bytes, &next);
        if (!broken) next = i + 1;
        if (next == i + 1)
            add_windows(bytes.data[i], &text);
        else
            buffer_add_code_point(&text, c);
    }
    struct text copy = arena_copy(arena, buffer_text(&text));
    buffer_free(&text);
    return copy.data ? copy : TEXT("");
}

// "iso-8859-8-i" and "-e" say how their text runs, not what it is made of.
static struct text without_direction(struct text charset) {
    char last = charset.length ? (char)(charset.data[charset.length - 1] | 0x20) : 0;
    bool directed = charset.length > 4 && text_equal_ignoring_case(text_cut(charset, 3), TEXT("iso")) &&
                    charset.data[charset.length - 2] == '-' && (last == 'i' || last == 'e');
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

static bool begins(struct text charset, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(text_cut(charset, strlen(names[i])), text_of(names[i]))) return true;
    return false;
}

static bool has_eight_bits(struct text bytes) {
    for (size_t i = 0; i < bytes.length; i++)
        if ((unsigned char)bytes.data[i] & 0x80) return true;
    return false;
}

// Whether UTF-8 stands there, whatever the label says: letters of 16 and 32 bits have zeros wherever there is
// a blank, and charsets of seven bits have no other bytes.
static bool lies(struct text charset, struct text bytes) {
    static const char *const wide[] = {"utf-16", "utf-32", "ucs-2", "ucs-4", "iso-10646"};
    static const char *const narrow[] = {"iso-2022", "utf-7", "unicode-1-1-utf-7", "hz"};
    if (!bytes.length || !text_is_utf8(bytes)) return false;
    if (begins(charset, narrow, sizeof narrow / sizeof *narrow)) return has_eight_bits(bytes);
    bool blank = memchr(bytes.data, ' ', bytes.length) || memchr(bytes.data, '\n', bytes.length);
    return begins(charset, wide, sizeof wide / sizeof *wide) && !memchr(bytes.data, '\0', bytes.length) &&
           (blank || bytes.length % 2);
}

static bool says_utf8(struct text charset) {
    static const char *const names[] = {"utf-8", "utf8", "unicode-1-1-utf-8"};
    return begins(charset, names, sizeof names / sizeof *names);
}

struct text mail_to_utf8(struct text bytes, struct text charset, struct arena *arena) {
    struct text converted = TEXT_NULL;
    charset = without_direction(text_trim(charset));
    if (!says_little(charset) && !lies(charset, bytes)) converted = convert(bytes, charset, arena);
    if (converted.data || text_is_utf8(bytes)) return converted.data ? converted : bytes;
    return from_windows(bytes, says_utf8(charset), arena);
}
