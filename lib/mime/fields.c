// SPDX-License-Identifier: GPL-2.0-or-later
// The fields of a header.
#include "mime/fields.h"

#include <string.h>

bool mail_line_next(struct text text, size_t *at, struct text *line) {
    if (*at >= text.length) return false;
    const char *start = text.data + *at;
    const char *end = memchr(start, '\n', text.length - *at);
    size_t length = end ? (size_t)(end - start) : text.length - *at;
    *at += length + (end != NULL);
    if (end && length && start[length - 1] == '\r') length--;
    *line = (struct text){start, length};
    return true;
}

static bool is_folded(struct text line) {
    return line.length && (line.data[0] == ' ' || line.data[0] == '\t');
}

// A name of visible characters and a colon, or the rest of the field above it. "From jane@example.org Tue …"
// is a mailbox file's.
static bool may_be_header(struct text line, bool is_first) {
    size_t i = 0;
    if ((is_folded(line) && !is_first) || text_starts_with(line, TEXT("From "))) return true;
    while (i < line.length && (unsigned char)line.data[i] > ' ' && line.data[i] != ':') i++;
    while (i < line.length && (line.data[i] == ' ' || line.data[i] == '\t')) i++;
    return i > 0 && i < line.length && line.data[i] == ':';
}

// Where no empty line comes: before the first line that is no header's.
static size_t end_of_header(struct text bytes) {
    struct text line;
    for (size_t at = 0; mail_line_next(bytes, &at, &line);)
        if (!may_be_header(line, line.data == bytes.data)) return (size_t)(line.data - bytes.data);
    return bytes.length;
}

void mail_split(struct text bytes, struct text *header, struct text *body) {
    struct text line;
    size_t at = 0;
    while (mail_line_next(bytes, &at, &line)) {
        if (line.length) continue;
        *header = (struct text){bytes.data, (size_t)(line.data - bytes.data)};
        *body = (struct text){bytes.data + at, bytes.length - at};
        return;
    }
    size_t end = end_of_header(bytes);
    *header = (struct text){bytes.data, end};
    *body = end < bytes.length ? (struct text){bytes.data + end, bytes.length - end} : TEXT("");
}

static struct text without_lead(struct text line) {
    while (is_folded(line)) {
        line.data++;
        line.length--;
    }
    return line;
}

// How long the field is that begins at `at`, and where it ends.
static size_t measure(struct text header, size_t *at) {
    struct text line;
    size_t length = 0, next = *at;
    while (mail_line_next(header, &next, &line) && (length == 0 || is_folded(line))) {
        length += line.length + 1;
        *at = next;
    }
    return length;
}

// The lines up to `end`, unfolded.
static struct text unfold(struct text header, size_t at, size_t end, size_t length, struct arena *arena) {
    char *room = arena_take(arena, length + 1);
    struct text line, lines = {header.data, end};
    size_t used = 0;
    if (!room) return TEXT("");
    while (mail_line_next(lines, &at, &line)) {
        if (used) {
            line = without_lead(line);
            room[used++] = ' ';
        }
        memcpy(room + used, line.data, line.length);
        used += line.length;
    }
    return (struct text){room, used};
}

static void add_field(struct text text, struct arena *arena, struct mail_fields *fields) {
    const char *colon = memchr(text.data, ':', text.length);
    if (!colon || text_starts_with(text, TEXT("From "))) return;
    struct mail_field *field = arena_append(arena, &fields->items, &fields->count, sizeof *field);
    if (!field) return;
    size_t name = (size_t)(colon - text.data);
    bool blank = name + 1 < text.length && colon[1] == ' ';
    *field = (struct mail_field){{text.data, name}, {colon + 1 + blank, text.length - name - 1 - blank}};
}

struct mail_fields mail_fields_read(struct text header, struct arena *arena) {
    struct mail_fields fields = {0};
    for (size_t at = 0; at < header.length && !arena->failed;) {
        struct text line;
        size_t start = at, end = at;
        size_t length = measure(header, &end);
        size_t next = at;
        mail_line_next(header, &next, &line);
        // A field of one line need not be copied.
        add_field(end == next ? line : unfold(header, start, end, length, arena), arena, &fields);
        at = end;
    }
    return fields;
}

static bool is_named(const struct mail_field *field, const char *name) {
    return text_equal_ignoring_case(field->name, text_of(name));
}

struct text mail_field_last(const struct mail_fields *fields, const char *name) {
    for (size_t i = fields->count; i > 0; i--) {
        struct text value = text_trim(fields->items[i - 1].value);
        if (is_named(&fields->items[i - 1], name) && value.length) return value;
    }
    return TEXT_NULL;
}

struct text mail_field_first(const struct mail_fields *fields, const char *name) {
    for (size_t i = 0; i < fields->count; i++)
        if (is_named(&fields->items[i], name)) return fields->items[i].value;
    return TEXT_NULL;
}

struct text mail_field_joined(const struct mail_fields *fields, const char *name, const char *between,
                              struct arena *arena) {
    size_t length = 0, used = 0, step = strlen(between);
    for (size_t i = 0; i < fields->count; i++)
        if (is_named(&fields->items[i], name)) length += fields->items[i].value.length + step;
    char *room = length ? arena_take(arena, length + 1) : NULL;
    if (!room) return TEXT_NULL;
    for (size_t i = 0; i < fields->count; i++) {
        const struct mail_field *field = &fields->items[i];
        if (!is_named(field, name)) continue;
        if (used) {
            memcpy(room + used, between, step);
            used += step;
        }
        memcpy(room + used, field->value.data, field->value.length);
        used += field->value.length;
    }
    return (struct text){room, used};
}
