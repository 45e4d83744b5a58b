// SPDX-License-Identifier: GPL-2.0-or-later
// What a line of the log looks like.
#include "base/log/log_line.h"

#include "base/clock.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIELD_SPARE 64 // of a JSON line, so that a long text leaves room for the names behind it

static const char *const names[] = {"error", "warning", "notice", "info", "debug"};
static const int priorities[] = {3, 4, 5, 6, 7}; // sd-daemon(3)

// How a byte or code point is written that cannot stand as it is.
typedef size_t escape_piece(char piece[8], uint32_t c, unsigned char byte, bool malformed);

static size_t text_piece(char piece[8], uint32_t c, unsigned char byte, bool malformed) {
    if (c < 0x20 || c == 0x7F || malformed) return (size_t)snprintf(piece, 8, "\\x%02X", byte);
    return c == '\\' ? (size_t)snprintf(piece, 8, "\\\\") : 0;
}

static size_t json_piece(char piece[8], uint32_t c, unsigned char byte, bool malformed) {
    (void)byte;
    if (malformed) return (size_t)snprintf(piece, 8, "\xEF\xBF\xBD");
    if (c < 0x20 || c == 0x7F) return (size_t)snprintf(piece, 8, "\\u%04X", (unsigned)c);
    return c == '\\' || c == '"' ? (size_t)snprintf(piece, 8, "\\%c", (int)c) : 0;
}

// A line that is being made.
struct line {
    char *bytes;
    size_t used, room;
    escape_piece *piece;
};

// How many bytes from `i` on mean the same to everybody.
static size_t plain_run(struct text text, size_t i, size_t most) {
    size_t length = 0;
    if (most > text.length - i) most = text.length - i;
    while (length < most && text.data[i + length] >= 0x20 && text.data[i + length] < 0x7F &&
           text.data[i + length] != '\\' && text.data[i + length] != '"')
        length++;
    return length;
}

// Adds `from` with what a reader could take amiss escaped; never half an escape or half a code point.
static void add_escaped(struct line *line, struct text from, size_t spare) {
    size_t end = line->room > spare ? line->room - spare : 0;
    for (size_t i = 0; i < from.length && line->used < end;) {
        char piece[8];
        size_t next = i, length = plain_run(from, i, end - line->used);
        if (length) {
            memcpy(line->bytes + line->used, from.data + i, length);
            line->used += length;
            i += length;
            continue;
        }
        uint32_t c = text_next_code_point(from, &next);
        bool malformed = c == 0xFFFD && next == i + 1;
        length = line->piece(piece, c, (unsigned char)from.data[i], malformed);
        const char *source = length ? piece : from.data + i;
        if (!length) length = next - i;
        if (length > end - line->used) break;
        memcpy(line->bytes + line->used, source, length);
        line->used += length;
        i = next;
    }
}

// Adds what is known to be harmless and short.
static void add(struct line *line, const char *text) {
    size_t length = strlen(text);
    if (length > line->room - line->used) return;
    memcpy(line->bytes + line->used, text, length);
    line->used += length;
}

static void number_of(const struct log_field *field, char text[32]) {
    if (field->kind == LOG_NUMBER)
        snprintf(text, 32, "%" PRId64, field->number);
    else
        snprintf(text, 32, "%" PRId64 ".%03d", field->number / 1000, (int)(field->number % 1000));
}

static bool is_number(const struct log_field *field) {
    return field->kind == LOG_NUMBER || field->kind == LOG_MILLISECONDS;
}

// ---- text

static void add_quoted(struct line *line, struct text text) {
    add(line, "\"");
    for (size_t begin = 0; begin < text.length;) {
        const char *quote = memchr(text.data + begin, '"', text.length - begin);
        size_t end = quote ? (size_t)(quote - text.data) : text.length;
        add_escaped(line, (struct text){text.data + begin, end - begin}, 1);
        if (quote && line->used + 1 < line->room) add(line, "'");
        begin = end + 1;
    }
    add(line, "\"");
}

static void add_text_field(struct line *line, const struct log_field *field) {
    char number[32];
    add(line, " ");
    add(line, field->name);
    add(line, "=");
    if (is_number(field)) {
        number_of(field, number);
        add(line, number);
    } else if (field->kind == LOG_QUOTED) {
        add_quoted(line, text_of(field->text));
    } else {
        add_escaped(line, text_of(field->text), 0);
    }
}

static void add_text(struct line *line, const struct log_event *event, const char *stamp) {
    char head[64];
    snprintf(head, sizeof head, "%s%s%s[%d]: ", event->journal ? "" : stamp, event->journal ? "" : " ",
             names[event->level], (int)getpid());
    add(line, head);
    add_escaped(line, text_of(event->text), 0);
    for (size_t i = 0; i < event->field_count; i++) add_text_field(line, &event->fields[i]);
}

// ---- JSON

static void add_member(struct line *line, const char *name, const char *text, size_t spare) {
    add(line, ",\"");
    add(line, name);
    add(line, "\":\"");
    add_escaped(line, text_of(text), spare);
    add(line, "\"");
}

static void add_json_field(struct line *line, const struct log_field *field, size_t spare) {
    char number[32];
    if (!is_number(field)) {
        add_member(line, field->name, field->text, spare);
        return;
    }
    number_of(field, number);
    add(line, ",\"");
    add(line, field->name);
    add(line, "\":");
    add(line, number);
}

static void add_json(struct line *line, const struct log_event *event, const char *stamp) {
    char head[128];
    snprintf(head, sizeof head, "{\"time\":\"%s\",\"level\":\"%s\",\"pid\":%d", stamp, names[event->level],
             (int)getpid());
    add(line, head);
    size_t left = event->field_count * FIELD_SPARE + 2;
    add_member(line, event->field_count ? "event" : "message", event->text, left);
    for (size_t i = 0; i < event->field_count; i++) {
        left -= FIELD_SPARE;
        add_json_field(line, &event->fields[i], left);
    }
    add(line, "}");
}

size_t log_line(const struct log_event *event, char bytes[LOG_LINE_SIZE]) {
    char stamp[CLOCK_STAMP_SIZE], priority[8];
    bool json = event->format == LOG_FORMAT_JSON;
    struct line line = {bytes, 0, LOG_LINE_SIZE - 1, json ? json_piece : text_piece};
    clock_stamp(stamp);
    snprintf(priority, sizeof priority, "<%d>", priorities[event->level]);
    if (event->journal) add(&line, priority);
    if (json)
        add_json(&line, event, stamp);
    else
        add_text(&line, event, stamp);
    bytes[line.used++] = '\n';
    return line.used;
}
