// SPDX-License-Identifier: GPL-2.0-or-later
// Entries as pages show them.
#include "ops/read/entry_writer.h"

#include "markup/body.h"
#include "markup/plain.h"
#include "markup/reference.h"
#include "ops/parameters.h"
#include "ops/read/values.h"
#include "store/entry_flags.h"
#include "json/copy.h"

#define BODY_MAX   (64 << 20)
#define LINE_WIDTH 100000 // lines of a plain text are the reader's to break

enum body_form body_form_asked(const struct operation_context *context) {
    return parameter_is(context, "body", "text")   ? BODY_TEXT
           : parameter_is(context, "body", "none") ? BODY_NONE
                                                   : BODY_HTML;
}

struct entry_writer entry_writer_new(enum body_form body, struct view view) {
    return (struct entry_writer){body, view, buffer_new(BODY_MAX)};
}

void entry_writer_free(struct entry_writer *writer) {
    buffer_free(&writer->scratch);
}

static bool is_html(const struct post *post) {
    return text_equal(post->format, TEXT("html"));
}

// The text as a page shows it: what is a reference in it is that character.
static bool read_plain(const struct post *post, struct buffer *body, struct error *error) {
    struct buffer escaped = buffer_new(BODY_MAX);
    bool done = markup_read_text(post->body, &escaped, error);
    if (done) reference_decode_all(buffer_text(&escaped), body);
    done = done && (!escaped.failed || error_too_large(error));
    buffer_free(&escaped);
    return done;
}

bool entry_writer_read_text(struct entry_writer *writer, const struct post *post, struct error *error) {
    struct buffer *body = &writer->scratch;
    buffer_clear(body);
    return (is_html(post) ? markup_html_to_text(post->body, LINE_WIDTH, body, error)
                          : read_plain(post, body, error)) &&
           (!body->failed || error_too_large(error));
}

static bool read_html(struct entry_writer *writer, const struct post *post, struct error *error) {
    struct markup_options options = {.embedded_domain_whitelist = post->embedded_domains};
    buffer_clear(&writer->scratch);
    return markup_read_html(post->body, &options, &writer->scratch, error) &&
           (!writer->scratch.failed || error_too_large(error));
}

// "html" is clean and may be shown as it is; "text" has to be escaped.
static bool write_body(struct entry_writer *writer, const struct post *post, struct json_writer *json,
                       struct error *error) {
    bool as_html = is_html(post) && writer->body == BODY_HTML;
    json_text_member(json, "format", as_html ? TEXT("html") : TEXT("text"));
    if (writer->body == BODY_NONE) return true;
    bool done = as_html ? read_html(writer, post, error) : entry_writer_read_text(writer, post, error);
    json_text_member(json, "body", buffer_text(&writer->scratch));
    buffer_clear(&writer->scratch);
    return done;
}

bool entry_writer_write(struct entry_writer *writer, const struct post *post, struct json_writer *json,
                        struct error *error) {
    json_integer_member(json, "id", post->id);
    json_text_member(json, "type", post->type);
    json_text_member(json, "poster", post->poster);
    value_agent(json, "staff", post->staff);
    value_person(json, "user", post->user);
    value_text(json, "title", post->title);
    if (!write_body(writer, post, json, error)) return false;
    value_time(json, "created", post->created, writer->view);
    value_time(json, "updated", post->updated, writer->view);
    value_boolean(json, "edited", (post->flags & ENTRY_FLAG_EDITED) != 0);
    value_text(json, "source", post->source);
    value_text(json, "ip", post->ip_address);
    json_name(json, "recipients");
    json_copy(json, post->recipients);
    return true;
}

bool entry_writer_write_last(struct entry_writer *writer, const struct post *post, struct json_writer *json,
                             struct error *error) {
    json_name(json, "entries_last");
    if (!post) {
        json_null(json);
        return true;
    }
    json_open_object(json);
    bool done = entry_writer_write(writer, post, json, error);
    json_close_object(json);
    return done;
}
