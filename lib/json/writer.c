// SPDX-License-Identifier: GPL-2.0-or-later
// Streaming JSON as PHP's json_encode() writes it.
#include "json/writer.h"

#include "base/digits.h"

#include <string.h>

void json_writer_init(struct json_writer *writer, struct output *output) {
    memset(writer, 0, sizeof *writer);
    writer->output = output;
}

static void separate(struct json_writer *writer) {
    if (writer->follows[writer->depth]) output_add_char(writer->output, ',');
    writer->follows[writer->depth] = true;
}

static void open_level(struct json_writer *writer, char bracket) {
    separate(writer);
    output_add_char(writer->output, bracket);
    if (writer->depth < JSON_WRITER_DEPTH) writer->depth++;
    writer->follows[writer->depth] = false;
}

static void close_level(struct json_writer *writer, char bracket) {
    output_add_char(writer->output, bracket);
    if (writer->depth) writer->depth--;
}

void json_open_object(struct json_writer *writer) {
    open_level(writer, '{');
}

void json_close_object(struct json_writer *writer) {
    close_level(writer, '}');
}

void json_open_array(struct json_writer *writer) {
    open_level(writer, '[');
}

void json_close_array(struct json_writer *writer) {
    close_level(writer, ']');
}

void json_name(struct json_writer *writer, const char *name) {
    separate(writer);
    output_add_char(writer->output, '"');
    output_add_string(writer->output, name);
    output_add(writer->output, "\":", 2);
    writer->follows[writer->depth] = false; // the value needs no comma
}

void json_name_text(struct json_writer *writer, struct text name) {
    json_text(writer, text_is_null(name) ? TEXT("") : name);
    output_add_char(writer->output, ':');
    writer->follows[writer->depth] = false;
}

void json_null(struct json_writer *writer) {
    separate(writer);
    output_add(writer->output, "null", 4);
}

void json_boolean(struct json_writer *writer, bool value) {
    separate(writer);
    output_add_string(writer->output, value ? "true" : "false");
}

void json_integer(struct json_writer *writer, int64_t value) {
    char room[DIGITS_MAX];
    uint64_t bits = (uint64_t)value;
    char *digits = digits_of(value < 0 ? 0 - bits : bits, value < 0, room);
    separate(writer);
    output_add(writer->output, digits, (size_t)(room + DIGITS_MAX - 1 - digits));
}

void json_number(struct json_writer *writer, struct text digits) {
    separate(writer);
    output_add_text(writer->output, digits);
}

void json_verbatim(struct json_writer *writer, struct text json) {
    separate(writer);
    output_add_text(writer->output, json);
}

// The short escape of a byte, 0 when it has none.
static char short_escape(unsigned char c) {
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

static void add_unit(struct output *output, uint32_t unit) {
    static const char hex[] = "0123456789abcdef";
    char escape[6] = {'\\',          'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15],
                      hex[unit & 15]};
    output_add(output, escape, sizeof escape);
}

static void add_code_point(struct output *output, uint32_t c) {
    if (c > 0xFFFF) {
        add_unit(output, 0xD800 + ((c - 0x10000) >> 10));
        add_unit(output, 0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
        add_unit(output, c);
    }
}

// Which bytes stand for themselves: 0x20 to 0x7E but for the quote, the slash and the backslash. A table,
// since it is asked of each byte.
// clang-format off
#define X16 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
static const bool plain[256] = {
    [0x20] = 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
    [0x30] = X16,
    [0x40] = X16,
    [0x50] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1,
    [0x60] = X16,
    [0x70] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
};
#undef X16
// clang-format on

#define EACH(byte)  (UINT64_C(0x0101010101010101) * (byte))
#define ZEROS(word) (((word)-EACH(0x01)) & ~(word))

// Whether eight bytes all stand for themselves; in the top bit of each byte of a sum, as Hacker's Delight
// (6-1) does it.
static bool all_plain(uint64_t bytes) {
    uint64_t others = bytes | ((bytes - EACH(0x20)) & ~bytes) | ZEROS(bytes ^ EACH('"')) |
                      ZEROS(bytes ^ EACH('/')) | ZEROS(bytes ^ EACH('\\')) | ZEROS(bytes ^ EACH(0x7F));
    return !(others & EACH(0x80));
}

// Copies the bytes that stand for themselves from the start on, as many as there is room for; returns how
// many.
static size_t copy_plain(char *to, size_t room, struct text from) {
    size_t most = from.length < room ? from.length : room, i = 0;
    for (uint64_t bytes; i + sizeof bytes <= most; i += sizeof bytes) {
        memcpy(&bytes, from.data + i, sizeof bytes);
        if (!all_plain(bytes)) break;
        memcpy(to + i, &bytes, sizeof bytes);
    }
    while (i < most && plain[(unsigned char)from.data[i]]) {
        to[i] = from.data[i];
        i++;
    }
    return i;
}

void json_string_part(struct json_writer *writer, struct text part) {
    struct output *output = writer->output;
    for (size_t i = 0; i < part.length;) {
        size_t room;
        char *space = output_space(output, &room);
        size_t copied = copy_plain(space, room, (struct text){part.data + i, part.length - i});
        output_took(output, copied);
        i += copied;
        if (i == part.length || copied == room) continue;
        unsigned char c = (unsigned char)part.data[i];
        char escape = short_escape(c);
        if (escape) {
            output_add_char(output, '\\');
            output_add_char(output, escape);
            i++;
        } else if (c == 0x7F) {
            output_add_char(output, (char)c);
            i++;
        } else {
            add_code_point(output, text_next_code_point(part, &i));
        }
    }
}

void json_open_string(struct json_writer *writer) {
    separate(writer);
    output_add_char(writer->output, '"');
}

void json_close_string(struct json_writer *writer) {
    output_add_char(writer->output, '"');
}

void json_text(struct json_writer *writer, struct text text) {
    if (text_is_null(text)) {
        json_null(writer);
        return;
    }
    json_open_string(writer);
    json_string_part(writer, text);
    json_close_string(writer);
}

void json_string(struct json_writer *writer, const char *string) {
    json_text(writer, text_of(string));
}

void json_quote(struct text text, struct buffer *out) {
    struct output output;
    struct json_writer writer;
    output_to_buffer(&output, out);
    json_writer_init(&writer, &output);
    json_text(&writer, text);
    output_flush(&output);
}

void json_text_member(struct json_writer *writer, const char *name, struct text text) {
    json_name(writer, name);
    json_text(writer, text);
}

void json_integer_member(struct json_writer *writer, const char *name, int64_t value) {
    json_name(writer, name);
    json_integer(writer, value);
}
