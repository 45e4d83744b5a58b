// SPDX-License-Identifier: GPL-2.0-or-later
// What the history tells of an edited answer.
#include "ops/edit/answer_event.h"

#include "base/buffer.h"
#include "markup/escape.h"
#include "json/writer.h"

#include <inttypes.h>
#include <string.h>

#define DATA_MAX  1024 // characters of thread_event.data
#define SHOWN_MAX 200  // bytes of a long text, as in PHP

// One side of an edit.
struct side {
    struct text type;
    struct text value; // null: none
    bool has_id;
    int64_t id;
    bool is_plain; // a long text without its tags, and not all of it: as told of by osTicket's dialog, whose
                   // page tells all
};

static struct text without_tags(struct text html, struct arena *arena) {
    struct buffer decoded = buffer_new(html.length * 2 + 16), plain = buffer_new(html.length * 2 + 16);
    bool in_tag = false;
    markup_unescape_once(html, &decoded);
    for (size_t i = 0; i < decoded.length; i++) {
        char c = decoded.data[i];
        if (c == '<') in_tag = true;
        if (!in_tag) buffer_add_char(&plain, c);
        if (c == '>') in_tag = false;
    }
    struct text copy = arena_copy(arena, buffer_text(&plain));
    buffer_free(&decoded);
    buffer_free(&plain);
    return copy;
}

// The beginning up to a blank, with a mark that more was there.
static struct text beginning(struct text text, size_t most, struct arena *arena) {
    if (text.length < most) return text;
    struct text cut = text_cut_bytes(text, most);
    const char *blank = cut.length ? memrchr(cut.data, ' ', cut.length) : NULL;
    struct buffer out = buffer_new(most + 16);
    buffer_add_text(&out, blank ? (struct text){cut.data, (size_t)(blank - cut.data)} : cut);
    buffer_add_string(&out, " ...");
    struct text copy = arena_copy(arena, buffer_text(&out));
    buffer_free(&out);
    return copy;
}

static void add_side(const struct side *side, size_t most, struct arena *arena, struct buffer *out) {
    bool memo = side->is_plain && text_equal(side->type, TEXT("memo"));
    if (text_equal(side->type, TEXT("datetime")) && !side->value.length) {
        buffer_add_char(out, '0');
    } else if (text_equal(side->type, TEXT("bool"))) {
        bool on = side->value.length && !text_equal(side->value, TEXT("0"));
        buffer_add_string(out, on ? "\"1\"" : "\"0\"");
    } else if (text_is_null(side->value)) {
        buffer_add_string(out, memo ? "\"\"" : "null");
    } else if (text_equal(side->type, TEXT("priority")) && side->has_id) {
        buffer_add_char(out, '[');
        json_quote(side->value, out);
        buffer_add_format(out, ",%" PRId64 "]", side->id);
    } else {
        struct text text = memo ? without_tags(side->value, arena) : side->value;
        size_t limit = memo && SHOWN_MAX < most ? SHOWN_MAX : most;
        json_quote(beginning(text, limit, arena), out);
    }
}

static void add_sides(const struct answer_edit *edit, size_t most, struct arena *arena, bool is_plain,
                      bool named_twice, struct buffer *out) {
    struct side old = {edit->from->type, edit->from->value, edit->from->has_value_id, edit->from->value_id,
                       is_plain},
                new = {edit->from->type, edit->to.value, edit->to.has_value_id, edit->to.value_id, is_plain};
    if (named_twice) buffer_add_string(out, "\"0\":");
    add_side(&old, most, arena, out);
    buffer_add_string(out, named_twice ? ",\"1\":" : ",");
    add_side(&new, most, arena, out);
}

static void add_field(const struct answer_edit *edit, size_t most, struct arena *arena, bool is_plain,
                      struct buffer *out) {
    buffer_add_format(out, "\"%" PRId64 "\":[", edit->from->id);
    add_sides(edit, most, arena, is_plain, false, out);
    buffer_add_char(out, ']');
}

// The parts of what is composed are cut until it fits; a character takes up to twelve bytes of JSON.
typedef void composer(const void *from, size_t most, struct arena *arena, struct buffer *out);

static struct text compose(composer *make, const void *from, struct arena *arena) {
    static const size_t limits[] = {SIZE_MAX, SHOWN_MAX, 80, 12};
    struct buffer out = buffer_new(4 << 20);
    bool fits = false;
    for (size_t i = 0; !fits && i < sizeof limits / sizeof *limits; i++) {
        buffer_free(&out);
        out = buffer_new(4 << 20);
        make(from, limits[i], arena, &out);
        fits = !out.failed && out.length <= DATA_MAX;
    }
    struct text copy = fits ? arena_copy(arena, buffer_text(&out)) : TEXT_NULL;
    buffer_free(&out);
    return copy;
}

static void compose_one(const void *from, size_t most, struct arena *arena, struct buffer *out) {
    buffer_add_char(out, '{');
    add_sides(from, most, arena, true, true, out);
    buffer_add_string(out, ",\"fields\":{");
    add_field(from, most, arena, true, out);
    buffer_add_string(out, "}}");
}

struct text answer_event_data(const struct answer_edit *edit, struct arena *arena) {
    return compose(compose_one, edit, arena);
}

struct all {
    struct text members;
    const struct answer_edits *edits;
};

static const struct answer_edit *edit_of(const struct answer_edits *edits,
                                         const struct ticket_form_field *field) {
    for (size_t i = 0; i < edits->count; i++)
        if (edits->items[i].from == field) return &edits->items[i];
    return NULL;
}

// In the order of the forms.
static void add_fields(const struct answer_edits *edits, size_t most, struct arena *arena,
                       struct buffer *out) {
    const char *before = "\"fields\":{";
    for (size_t i = 0; i < edits->fields.count; i++) {
        const struct answer_edit *edit = edit_of(edits, &edits->fields.items[i]);
        if (!edit) continue;
        buffer_add_string(out, before);
        add_field(edit, most, arena, false, out);
        before = ",";
    }
    buffer_add_char(out, '}');
}

static void compose_all(const void *from, size_t most, struct arena *arena, struct buffer *out) {
    const struct all *all = from;
    buffer_add_char(out, '{');
    buffer_add_text(out, all->members);
    if (all->members.length && all->edits->count) buffer_add_char(out, ',');
    if (all->edits->count) add_fields(all->edits, most, arena, out);
    buffer_add_char(out, '}');
}

struct text answer_event_of_all(struct text members, const struct answer_edits *edits, struct arena *arena) {
    const struct all all = {members, edits};
    if (!members.length && !edits->count) return TEXT_NULL;
    return compose(compose_all, &all, arena);
}
