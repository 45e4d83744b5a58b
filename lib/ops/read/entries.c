// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/{number}/entries.json and /entries/{id}.json: what was said. spec: operations.md 3.3.
#include "markup/body.h"
#include "markup/plain.h"
#include "markup/reference.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/files.h"
#include "ops/read/parts.h"
#include "ops/read/time_filter.h"
#include "ops/read/values.h"
#include "store/entry_flags.h"
#include "store/read/thread_parts.h"
#include "store/ticket_view.h"
#include "json/copy.h"

#define BODY_MAX      (64 << 20)
#define LINE_WIDTH    100000 // lines of a plain text are the reader's to break
#define ENTRIES_USUAL 100

enum body_form { BODY_HTML, BODY_TEXT, BODY_NONE };

struct entries {
    struct ticket_read *read;
    enum body_form body;
    struct shown_file *files;
    size_t file_count;
    struct buffer scratch;
    int64_t most;    // to be written
    int64_t count;   // written
    bool has_more;   // there are others behind them
    int64_t last_id; // of those written
    struct error *error;
    bool failed;
};

static bool is_format(const struct post *post, const char *format) {
    return text_equal(post->format, text_of(format));
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

static bool read_body(struct entries *entries, const struct post *post, struct error *error) {
    struct markup_options options = {.embedded_domain_whitelist = post->embedded_domains};
    struct buffer *body = &entries->scratch;
    if (!is_format(post, "html")) return read_plain(post, body, error);
    return entries->body == BODY_HTML ? markup_read_html(post->body, &options, body, error)
                                      : markup_html_to_text(post->body, LINE_WIDTH, body, error);
}

// "html" is clean and may be shown as it is; "text" has to be escaped.
static bool write_body(struct entries *entries, const struct post *post, struct error *error) {
    struct json_writer *json = &entries->read->json;
    bool is_html = is_format(post, "html") && entries->body == BODY_HTML;
    json_text_member(json, "format", is_html ? TEXT("html") : TEXT("text"));
    if (entries->body == BODY_NONE) return true;
    bool done = read_body(entries, post, error);
    if (done && entries->scratch.failed) done = error_too_large(error);
    json_text_member(json, "body", buffer_text(&entries->scratch));
    buffer_clear(&entries->scratch);
    return done;
}

static void write_files(struct entries *entries, int64_t entry_id) {
    size_t count;
    const struct shown_file *files = files_of_entry(entries->files, entries->file_count, entry_id, &count);
    json_name(&entries->read->json, "attachments");
    json_open_array(&entries->read->json);
    for (size_t i = 0; i < count; i++) file_write(entries->read, &files[i]);
    json_close_array(&entries->read->json);
}

static bool write_entry(struct entries *entries, const struct post *post, struct error *error) {
    struct json_writer *json = &entries->read->json;
    json_open_object(json);
    json_integer_member(json, "id", post->id);
    json_text_member(json, "type", post->type);
    json_text_member(json, "poster", post->poster);
    value_agent(json, "staff", post->staff);
    value_person(json, "user", post->user);
    value_text(json, "title", post->title);
    if (!write_body(entries, post, error)) return false;
    value_time(json, "created", post->created, entries->read->view);
    value_time(json, "updated", post->updated, entries->read->view);
    value_boolean(json, "edited", (post->flags & ENTRY_FLAG_EDITED) != 0);
    value_text(json, "source", post->source);
    value_text(json, "ip", post->ip_address);
    json_name(json, "recipients");
    json_copy(json, post->recipients);
    write_files(entries, post->id);
    json_close_object(json);
    return true;
}

static void take_post(const struct post *post, void *context) {
    struct entries *entries = context;
    if (entries->failed) return;
    if (entries->count == entries->most) {
        entries->has_more = true;
        return;
    }
    entries->count++;
    entries->last_id = post->id;
    entries->failed = !write_entry(entries, post, entries->error);
}

// Reads what is wished for; `take` decides where it is written.
static bool read_entries(struct entries *entries, struct post_wish *wish, struct error *error) {
    struct ticket_read *read = entries->read;
    entries->error = error;
    entries->scratch = buffer_new(BODY_MAX);
    wish->ticket = &read->ticket;
    wish->view = read->view;
    wish->bodies = entries->body != BODY_NONE;
    const struct entry_wish of_files = {&read->ticket, wish->types, read->view};
    bool done = shown_files_read(read->context->db, &of_files, &read->arena, &entries->files,
                                 &entries->file_count, error) &&
                posts_read(read->context->db, wish, take_post, entries, error) && !entries->failed;
    buffer_free(&entries->scratch);
    return done;
}

bool part_entries(struct ticket_read *read, struct error *error) {
    struct entries entries = {.read = read, .most = INT64_MAX - 1};
    struct post_wish wish = {.types = view_types(read->view), .most = INT64_MAX};
    json_name(&read->json, "entries");
    json_open_array(&read->json);
    bool done = read_entries(&entries, &wish, error);
    json_close_array(&read->json);
    return done;
}

static enum body_form body_asked(const struct operation_context *context) {
    return parameter_is(context, "body", "text")   ? BODY_TEXT
           : parameter_is(context, "body", "none") ? BODY_NONE
                                                   : BODY_HTML;
}

// The types that are asked for. ERROR_UNPROCESSABLE for notes where they are not shown.
static bool types_asked(const struct ticket_read *read, struct text *types, struct error *error) {
    struct text asked = read->context->parameter(read->context, "type");
    *types = text_is_null(asked) ? view_types(read->view) : asked;
    if (read->view.notes || ticket_view_is_client(read->view.rules) || text_find(*types, TEXT("N"), 0) < 0)
        return true;
    error_set(error, ERROR_UNPROCESSABLE, "type N: agents' notes are not shown here");
    return error_field(error, TEXT("type"));
}

static void write_end(const struct entries *entries) {
    struct json_writer *json = &entries->read->json;
    json_integer_member(json, "count", entries->count);
    json_integer_member(json, "limit", entries->most);
    value_boolean(json, "has_more", entries->has_more);
    json_name(json, "next");
    if (entries->has_more)
        json_integer(json, entries->last_id);
    else
        json_null(json);
}

static bool write_entries(struct ticket_read *read, struct error *error) {
    const struct operation_context *context = read->context;
    struct entries entries = {.read = read,
                              .body = body_asked(context),
                              .most = parameter_integer(context, "limit", ENTRIES_USUAL)};
    struct post_wish wish = {.after = parameter_integer(context, "after", 0),
                             .before = parameter_integer(context, "before", 0),
                             .falling = parameter_is(context, "order", "desc"),
                             .most = entries.most + 1};
    char since[TIME_FILTER_SIZE];
    if (!types_asked(read, &wish.types, error) ||
        !time_filter(context, &read->arena, "since", since, &wish.since, error))
        return false;
    json_name(&read->json, "entries");
    json_open_array(&read->json);
    if (!read_entries(&entries, &wish, error)) return false;
    json_close_array(&read->json);
    write_end(&entries);
    return true;
}

static bool write_one(struct ticket_read *read, struct error *error) {
    struct entries entries = {.read = read, .body = body_asked(read->context), .most = 1};
    int64_t id = parameter_integer(read->context, "id", 0);
    struct post_wish wish = {
        .types = view_types(read->view), .after = id - 1, .before = id < INT64_MAX ? id + 1 : id, .most = 1};
    json_name(&read->json, "entry");
    if (!read_entries(&entries, &wish, error)) return false;
    return entries.count || error_set(error, ERROR_NOT_FOUND, "The ticket has no such entry");
}

bool ticket_entries(struct operation_context *context, struct answer *answer, struct error *error) {
    return ticket_read_run(context, answer, write_entries, error);
}

bool ticket_entry(struct operation_context *context, struct answer *answer, struct error *error) {
    return ticket_read_run(context, answer, write_one, error);
}
