// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket's members as cells.
#include "ops/read/ticket_cells.h"

#include "base/digits.h"
#include "ops/read/ticket_fields.h"
#include "store/read/thread_parts.h"

#include <stdbool.h>
#include <string.h>

#define DAY_LENGTH 10 // "2026-03-05"

struct line {
    struct output *output;
    bool follows;
};

static void separate(struct line *line) {
    if (line->follows) output_add_char(line->output, ',');
    line->follows = true;
}

static bool has_one_of(struct text text, const char *signs) {
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] && strchr(signs, text.data[i])) return true;
    return false;
}

static void write_text(struct line *line, struct text text) {
    struct output *output = line->output;
    bool is_formula = text.length && strchr("=+-@\t\r", text.data[0]) && text.data[0];
    bool quoted = has_one_of(text, ",\"\r\n");
    separate(line);
    if (quoted) output_add_char(output, '"');
    if (is_formula) output_add_char(output, '\'');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"') output_add_char(output, '"');
        output_add_char(output, text.data[i]);
    }
    if (quoted) output_add_char(output, '"');
}

static void write_integer(struct line *line, int64_t value) {
    char room[DIGITS_MAX];
    separate(line);
    output_add_string(line->output, digits_of((uint64_t)(value < 0 ? -value : value), value < 0, room));
}

static void write_time(struct line *line, struct text time, struct view view) {
    separate(line);
    if (!view.utc || time.length <= DAY_LENGTH) {
        output_add_text(line->output, time);
        return;
    }
    output_add(line->output, time.data, DAY_LENGTH);
    output_add_char(line->output, 'T');
    output_add(line->output, time.data + DAY_LENGTH + 1, time.length - DAY_LENGTH - 1);
    output_add_char(line->output, 'Z');
}

static void write_field(struct line *line, const struct ticket_object *object, unsigned field,
                        struct view view) {
    const void *at = (const char *)object + ticket_field_rows[field].at;
    switch (ticket_field_rows[field].kind) {
    case TICKET_FIELD_IS_INTEGER: write_integer(line, *(const int64_t *)at); break;
    case TICKET_FIELD_IS_TEXT: write_text(line, *(const struct text *)at); break;
    case TICKET_FIELD_IS_TIME: write_time(line, *(const struct text *)at, view); break;
    case TICKET_FIELD_IS_BOOLEAN: write_text(line, *(const bool *)at ? TEXT("true") : TEXT("false")); break;
    case TICKET_FIELD_IS_NAMED:
    case TICKET_FIELD_IS_PARENT: write_text(line, ((const struct named *)at)->name); break;
    case TICKET_FIELD_IS_AGENT: write_text(line, ((const struct agent *)at)->username); break;
    case TICKET_FIELD_IS_PERSON:
        write_text(line, ((const struct person *)at)->name);
        write_text(line, ((const struct person *)at)->address);
        break;
    case TICKET_FIELD_IS_STATUS:
        write_text(line, object->status.name);
        write_text(line, object->state);
        break;
    case TICKET_FIELD_IS_DUE:
        write_time(line, object->due.data ? object->due : object->estimated_due, view);
        break;
    }
}

static const char *const last_cells[] = {"entries_last_type", "entries_last_poster", "entries_last_created",
                                         "entries_last_body"};

void ticket_cells_head(struct output *output, uint64_t fields, bool with_last_entry) {
    struct line line = {output, false};
    for (unsigned field = 0; field < TICKET_FIELD_COUNT; field++) {
        if (!(fields & UINT64_C(1) << field)) continue;
        write_text(&line, text_of(ticket_field_rows[field].name));
        if (ticket_field_rows[field].kind == TICKET_FIELD_IS_STATUS) write_text(&line, TEXT("state"));
        if (ticket_field_rows[field].kind == TICKET_FIELD_IS_PERSON) write_text(&line, TEXT("user_email"));
    }
    for (size_t i = 0; with_last_entry && i < sizeof last_cells / sizeof *last_cells; i++)
        write_text(&line, text_of(last_cells[i]));
    output_add_string(output, "\r\n");
}

static void write_last_entry(struct line *line, const struct post *post, struct view view, struct text body) {
    static const struct post none;
    if (!post) post = &none;
    write_text(line, post->type);
    write_text(line, post->poster);
    write_time(line, post->created, view);
    write_text(line, body);
}

void ticket_cells_write(struct output *output, const struct ticket_object *object, uint64_t fields,
                        struct view view, const struct text *last_body) {
    struct line line = {output, false};
    for (unsigned field = 0; field < TICKET_FIELD_COUNT; field++)
        if (fields & UINT64_C(1) << field) write_field(&line, object, field, view);
    if (last_body) write_last_entry(&line, object->last_entry, view, *last_body);
    output_add_string(output, "\r\n");
}
