// SPDX-License-Identifier: GPL-2.0-or-later
// The tree of a mail's parts.
#include "mime/parts.h"

#include "base/buffer.h"
#include "mime/charset.h"
#include "mime/encoding.h"
#include "mime/file_name.h"
#include "mime/parameters.h"
#include "mime/tnef.h"

#include <string.h>

#define RETURNED_MAX (256 * 1024)

// What a part holds, whose place among others is not decided yet.
struct found {
    struct mail_text *texts;
    size_t text_count;
};

struct walk {
    const struct mail_reading *reading;
    struct arena *arena;
    struct mail_message *message;
    size_t parts;
    struct text preamble;        // of the outermost multipart
    struct text tnef_html;       // takes the place of the other texts
    struct mail_attachment tnef; // the winmail.dat itself, where it may hold a text that was not read
};

static void walk_part(struct walk *walk, const struct mail_part *part, unsigned depth, struct found *found);

static void note_problem(struct walk *walk, const char *problem) {
    if (!walk->message->problem) walk->message->problem = problem;
}

static void add_text(struct walk *walk, struct found *found, struct mail_text text) {
    struct mail_text *slot = arena_append(walk->arena, &found->texts, &found->text_count, sizeof *slot);
    if (slot) *slot = text;
}

static void add_file(struct walk *walk, struct mail_attachment file) {
    struct mail_message *message = walk->message;
    struct mail_attachment *slot =
        arena_append(walk->arena, &message->files, &message->file_count, sizeof *slot);
    if (!text_is_ascii(file.type)) file.type = TEXT("");
    if (slot) *slot = file;
}

static bool is(const struct mail_part *part, const char *type) {
    return text_equal(part->type.value, text_of(type));
}

static struct mail_part part_of(const struct mail_fields *fields, struct text content, bool in_digest,
                                struct arena *arena) {
    struct mail_part part = {.fields = *fields,
                             .type = mail_value_read(mail_field_last(fields, "Content-Type"), arena),
                             .disposition =
                                 mail_value_read(mail_field_last(fields, "Content-Disposition"), arena),
                             .content = content};
    if (text_find(part.type.value, TEXT("/"), 0) <= 0)
        part.type.value = in_digest ? TEXT("message/rfc822") : TEXT("text/plain");
    return part;
}

// ---- leaves

static bool is_shown(const struct mail_part *part) {
    struct text disposition = part->disposition.value;
    bool in_place = !disposition.length || text_equal(disposition, TEXT("inline"));
    return in_place && (is(part, "text/plain") || is(part, "text/html"));
}

static bool is_text(const struct mail_part *part) {
    return text_starts_with(part->type.value, TEXT("text/"));
}

// The line end in front of a boundary belongs to the boundary; yet PHP leaves it with texts, and so are
// bodies that it stored.
static struct text content_of(const struct mail_part *part) {
    struct text content = part->content;
    if (is_shown(part) || !part->has_line_end) return content;
    if (content.length && content.data[content.length - 1] == '\n') content.length--;
    if (content.length && content.data[content.length - 1] == '\r') content.length--;
    return content;
}

static struct text data_of(struct walk *walk, const struct mail_part *part) {
    struct text content = content_of(part);
    if (text_starts_with(part->type.value, TEXT("message/"))) return content;
    struct text data =
        mail_decode(content, mail_field_last(&part->fields, "Content-Transfer-Encoding"), walk->arena);
    struct text charset = mail_parameter(&part->type, "charset");
    return is_text(part) && charset.length ? mail_to_utf8(data, charset, walk->arena) : data;
}

static struct text content_id(const struct mail_part *part) {
    struct text id = mail_field_last(&part->fields, "Content-ID");
    while (id.length && id.data[0] == '<') id = (struct text){id.data + 1, id.length - 1};
    while (id.length && id.data[id.length - 1] == '>') id.length--;
    return id;
}

static void keep_file(struct walk *walk, const struct mail_part *part, struct text data) {
    add_file(walk, (struct mail_attachment){
                       .name = mail_file_name(part, walk->message->file_count + 1, walk->arena),
                       .type = part->type.value,
                       .data = data,
                       .content_id = content_id(part)});
}

static void keep_text(struct walk *walk, const struct mail_part *part, struct text data,
                      struct found *found) {
    struct text text = mail_to_utf8(data, TEXT(""), walk->arena);
    bool has_name = mail_parameter(&part->disposition, "filename").length > 0;
    add_text(walk, found, (struct mail_text){is(part, "text/html"), text});
    if (part->disposition.value.length && has_name) keep_file(walk, part, text);
}

// Outlook's texts and files. False where the file that they came in is to be kept.
static bool open_tnef(struct walk *walk, const struct mail_part *part, struct text data) {
    struct tnef tnef;
    if (!tnef_read(data, walk->arena, &tnef)) return false;
    if (tnef.html.length) walk->tnef_html = tnef.html;
    if (tnef.urgency) walk->message->urgency = tnef.urgency;
    for (size_t i = 0; i < tnef.file_count; i++) add_file(walk, tnef.files[i]);
    if (tnef.has_other_text && !tnef.html.length && !tnef.has_objects)
        walk->tnef =
            (struct mail_attachment){mail_file_name(part, 1, walk->arena), part->type.value, data, TEXT_NULL};
    return !tnef.has_objects;
}

// ---- delivery reports

static bool says_failed(struct text status) {
    struct text line;
    for (size_t at = 0; mail_line_next(status, &at, &line);) {
        struct text action = line.length > 7 ? (struct text){line.data, 7} : TEXT("");
        if (!text_equal_ignoring_case(action, TEXT("action:"))) continue;
        struct text value = text_trim((struct text){line.data + 7, line.length - 7});
        if (text_equal_ignoring_case(text_cut(value, 6), TEXT("failed")) ||
            text_equal_ignoring_case(text_cut(value, 7), TEXT("delayed")))
            return true;
    }
    return false;
}

static void look_at_report(struct walk *walk, const struct mail_part *part, struct text data) {
    struct mail_message *message = walk->message;
    if (is(part, "message/delivery-status") && says_failed(data))
        message->automation.report = message->automation.bounce = true;
    if (is(part, "message/rfc822") || is(part, "text/rfc822-headers") || is(part, "message/rfc822-headers"))
        message->returned = (struct text){data.data, data.length < RETURNED_MAX ? data.length : RETURNED_MAX};
}

static void walk_leaf(struct walk *walk, const struct mail_part *part, struct found *found) {
    struct text data = data_of(walk, part);
    bool tnef = is(part, "application/ms-tnef") || is(part, "application/vnd.ms-tnef");
    if (is_shown(part)) {
        keep_text(walk, part, data, found);
        return;
    }
    look_at_report(walk, part, data);
    if (!tnef || !open_tnef(walk, part, data)) keep_file(walk, part, data);
}

// ---- multiparts

// Whether the line is a boundary's: 1, or 2 for the closing one, 0 for none.
static int boundary_at(struct text line, struct text boundary) {
    if (line.length < boundary.length + 2 || line.data[0] != '-' || line.data[1] != '-' ||
        memcmp(line.data + 2, boundary.data, boundary.length) != 0)
        return 0;
    struct text rest = {line.data + 2 + boundary.length, line.length - 2 - boundary.length};
    bool closing = rest.length >= 2 && rest.data[0] == '-' && rest.data[1] == '-';
    if (closing) rest = (struct text){rest.data + 2, rest.length - 2};
    return text_trim(rest).length ? 0 : 1 + closing;
}

// The place of the next boundary line from `*at` on; `*at` moves behind it. `*end`: where it begins. 0: there
// is none, and the part goes to the end.
static int next_boundary(struct text content, struct text boundary, size_t *at, size_t *end) {
    struct text line;
    while (mail_line_next(content, at, &line)) {
        int kind = boundary_at(line, boundary);
        *end = (size_t)(line.data - content.data);
        if (kind) return kind;
    }
    *end = content.length;
    return 0;
}

static void walk_child(struct walk *walk, struct text bytes, bool ends_by_boundary, bool in_digest,
                       unsigned depth, struct found *found) {
    struct text header, body;
    if (++walk->parts > MAIL_PARTS_MAX) {
        note_problem(walk, "it has too many parts");
        return;
    }
    mail_split(bytes, &header, &body);
    struct mail_fields fields = mail_fields_read(header, walk->arena);
    struct mail_part part = part_of(&fields, body, in_digest, walk->arena);
    part.has_line_end = ends_by_boundary;
    walk_part(walk, &part, depth + 1, found);
}

// Whether there is anything to be read in it.
static bool has_substance(const struct mail_text *text) {
    bool in_tag = false;
    if (text->is_html &&
        (text_find(text->text, TEXT("<img"), 0) >= 0 || text_find(text->text, TEXT("<IMG"), 0) >= 0))
        return true;
    for (size_t i = 0; i < text->text.length; i++) {
        char c = text->text.data[i];
        if (text->is_html && (c == '<' || c == '>'))
            in_tag = c == '<';
        else if (!in_tag && (unsigned char)c > ' ')
            return true;
    }
    return false;
}

// How good a form of a text is: nothing, blank, the other kind, the kind that is wanted.
static int worth(const struct walk *walk, const struct found *form) {
    int best = 0;
    for (size_t i = 0; i < form->text_count; i++) {
        int worth = !has_substance(&form->texts[i])                      ? 1
                    : form->texts[i].is_html == walk->reading->rich_text ? 3
                                                                         : 2;
        if (worth > best) best = worth;
    }
    return best;
}

// A child of multipart/alternative takes the place of one that is no better.
static void choose(const struct walk *walk, const struct found *form, struct found *chosen) {
    if (worth(walk, form) >= worth(walk, chosen) && form->text_count) *chosen = *form;
}

static void append(struct walk *walk, const struct found *from, struct found *to) {
    for (size_t i = 0; i < from->text_count; i++) add_text(walk, to, from->texts[i]);
}

// A boundary that never comes, or closes what it never opened: what is there is kept as it is.
static void keep_whole(struct walk *walk, const struct mail_part *part, const char *problem,
                       struct found *found) {
    note_problem(walk, problem);
    struct mail_text text = {false, mail_to_utf8(part->content, TEXT(""), walk->arena)};
    if (has_substance(&text)) add_text(walk, found, text);
}

static void walk_children(struct walk *walk, const struct mail_part *part, struct text boundary,
                          unsigned depth, struct found *found) {
    bool alternative = is(part, "multipart/alternative"), digest = is(part, "multipart/digest");
    size_t at = 0, end = 0;
    struct found chosen = {0};
    int kind = next_boundary(part->content, boundary, &at, &end);
    if (kind != 1) keep_whole(walk, part, "its boundary never comes", found);
    if (kind == 1 && depth == 0) walk->preamble = (struct text){part->content.data, end};
    while (kind == 1 && !walk->arena->failed && walk->parts <= MAIL_PARTS_MAX) {
        size_t start = at;
        struct found form = {0};
        kind = next_boundary(part->content, boundary, &at, &end);
        struct text bytes = {part->content.data + start, end > start ? end - start : 0};
        if (!kind && !text_trim(bytes).length) break;
        walk_child(walk, bytes, kind != 0, digest, depth, alternative ? &form : found);
        choose(walk, &form, &chosen);
    }
    append(walk, &chosen, found);
}

// In the words that PHP has for it, which stand in the ticket then.
static const char *no_boundary(struct walk *walk, const struct mail_part *part) {
    struct buffer text = buffer_new(256);
    struct text type = part->type.value;
    size_t plain = 0; // what a type is made of: whatever else stands there is kept out of the ticket
    while (plain < type.length && plain < 60 && type.data[plain] > ' ' && type.data[plain] <= '~') plain++;
    buffer_add_format(&text, "No boundary found for %.*s part", (int)plain, type.data);
    struct text copy = arena_copy(walk->arena, buffer_text(&text));
    buffer_free(&text);
    return copy.data ? copy.data : "No boundary found";
}

static void walk_multipart(struct walk *walk, const struct mail_part *part, unsigned depth,
                           struct found *found) {
    struct text boundary = mail_parameter(&part->type, "boundary");
    if (depth >= MAIL_DEPTH_MAX) {
        note_problem(walk, "its parts lie too deep in each other");
    } else if (!boundary.length) {
        note_problem(walk, no_boundary(walk, part));
        if (depth == 0)
            walk->message->unreadable = true;
        else
            keep_whole(walk, part, "", found);
    } else {
        walk_children(walk, part, boundary, depth, found);
    }
}

static void walk_part(struct walk *walk, const struct mail_part *part, unsigned depth, struct found *found) {
    if (text_starts_with(part->type.value, TEXT("multipart/")))
        walk_multipart(walk, part, depth, found);
    else
        walk_leaf(walk, part, found);
}

// Whoever has no text among the parts may have written it in front of them, where programs say that theirs is
// a message in MIME format.
static void keep_preamble(struct walk *walk, struct found *found) {
    struct mail_text text = {false, mail_to_utf8(walk->preamble, TEXT(""), walk->arena)};
    if (has_substance(&text) && text_find(text.text, TEXT("MIME"), 0) < 0) add_text(walk, found, text);
}

void mail_parts_read(const struct mail_fields *fields, struct text body, const struct mail_reading *reading,
                     struct arena *arena, struct mail_message *message) {
    struct walk walk = {
        .reading = reading, .arena = arena, .message = message, .preamble = TEXT(""), .tnef_html = TEXT_NULL};
    struct found found = {0};
    struct mail_part part = part_of(fields, body, false, arena);
    walk_part(&walk, &part, 0, &found);
    if (walk.tnef_html.length) {
        found = (struct found){0};
        add_text(&walk, &found, (struct mail_text){true, walk.tnef_html});
    } else if (walk.tnef.data.length && !found.text_count) {
        add_file(&walk, walk.tnef);
    }
    if (!found.text_count && walk.preamble.length) keep_preamble(&walk, &found);
    message->texts = found.texts;
    message->text_count = found.text_count;
}
