// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/{number}/entries.json and /entries/{id}.json: what was said. spec: operations.md 3.3.
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/entry_writer.h"
#include "ops/read/files.h"
#include "ops/read/parts.h"
#include "ops/read/time_filter.h"
#include "ops/read/values.h"
#include "store/read/thread_parts.h"
#include "store/ticket_view.h"

#define ENTRIES_USUAL 100

struct entries {
    struct ticket_read *read;
    enum body_form body;
    struct entry_writer writer;
    struct shown_file *files;
    size_t file_count;
    int64_t most;    // to be written
    int64_t count;   // written
    bool has_more;   // there are others behind them
    int64_t last_id; // of those written
    struct error *error;
    bool failed;
};

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
    if (!entry_writer_write(&entries->writer, post, json, error)) return false;
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
    entries->writer = entry_writer_new(entries->body, read->view);
    wish->ticket = &read->ticket;
    wish->view = read->view;
    wish->bodies = entries->body != BODY_NONE;
    const struct entry_wish of_files = {&read->ticket, wish->types, read->view};
    bool done = shown_files_read(read->context->db, &of_files, &read->arena, &entries->files,
                                 &entries->file_count, &wish->long_bodies, error) &&
                posts_read(read->context->db, wish, take_post, entries, error) && !entries->failed;
    entry_writer_free(&entries->writer);
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
                              .body = body_form_asked(context),
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
    struct entries entries = {.read = read, .body = body_form_asked(read->context), .most = 1};
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
