// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets.ndjson and /tickets.csv: all tickets of a list, read in steps and handed on as they come.
// spec: operations.md 3.1.
#include "ops/operations.h"
#include "ops/read/entry_writer.h"
#include "ops/read/ticket_cells.h"
#include "ops/read/ticket_fields.h"
#include "ops/read/ticket_filters.h"
#include "ops/read/ticket_wish.h"
#include "ops/reading.h"
#include "store/read/ticket_objects.h"
#include "store/read/ticket_search.h"

#define STEP      1000 // tickets a statement,
#define STEP_LAST 200  // with their last entries
#define VALUE_MAX 1024

struct table {
    struct operation_context *context;
    struct arena arena;
    struct output *output;
    struct ticket_conditions conditions;
    struct ticket_page_wish wish;
    bool (*write)(struct table *table, const struct ticket_object *object, struct error *error);
    struct entry_writer entries; // of include=entries_last
    struct error error;          // of what was written
    bool failed;
    int64_t count; // of the step at hand
    struct ticket_place last;
    struct buffer last_value;
};

// A table is whole, or none.
static bool is_cut(struct error *error) {
    error_set(error, ERROR_UNPROCESSABLE,
              "q: this is found in too many places for a table: add a rarer word");
    return error_field(error, TEXT("q"));
}

static void take_ticket(const struct ticket_object *object, const struct ticket_place *place, void *context) {
    struct table *table = context;
    table->count++;
    table->last = *place;
    buffer_clear(&table->last_value);
    buffer_add_text(&table->last_value, place->value);
    if (place->is_cut && !table->failed) table->failed = !is_cut(&table->error);
    if (object->id && !table->output->failed && !table->failed)
        table->failed = !table->write(table, object, &table->error);
}

// With last entries: what is read of a step lives as long as that.
static bool read_step(struct table *table, struct error *error) {
    struct db *db = table->context->db;
    struct arena arena = arena_new(REQUEST_ARENA_MAX);
    bool done = table->wish.last_entries
                    ? ticket_page_read_entries(db, &table->wish, &arena, take_ticket, table, error)
                    : ticket_page_read(db, &table->wish, take_ticket, table, error);
    arena_free(&arena);
    if (done && table->failed) *error = table->error;
    return done && !table->failed;
}

// Where nothing was found, it may have been among what was not looked at.
static bool nothing_was_cut(const struct table *table, struct error *error) {
    const struct ticket_search *search = &table->conditions.search;
    bool cut = false;
    if (search->by == TICKET_SEARCH_NO || table->wish.behind.is_set || table->count) return true;
    return ticket_search_is_cut(table->context->db, search, &cut, error) && (!cut || is_cut(error));
}

static bool write_all(struct table *table, struct error *error) {
    do {
        table->count = 0;
        if (!read_step(table, error) || !nothing_was_cut(table, error)) return false;
        if (table->output->failed) return error_set(error, ERROR_ABORTED, "the client is gone");
        table->wish.behind = table->last;
        table->wish.behind.value = arena_copy(&table->arena, buffer_text(&table->last_value));
        if (table->arena.failed) return error_too_large(error);
    } while (table->count == table->wish.most);
    return true;
}

static bool run(struct operation_context *context, struct answer *answer, void (*begin)(struct table *table),
                bool (*write)(struct table *table, const struct ticket_object *object, struct error *error),
                struct error *error) {
    struct table table = {.context = context,
                          .arena = arena_new(REQUEST_ARENA_MAX),
                          .output = answer->output,
                          .write = write,
                          .last_value = buffer_new(VALUE_MAX)};
    ticket_wish_read(context, &table.conditions, &table.wish);
    table.wish.most = table.wish.last_entries ? STEP_LAST : STEP;
    table.entries = entry_writer_new(body_form_asked(context), table.wish.view);
    bool done = ticket_filters_read(context, &table.arena, &table.conditions, &table.wish, error);
    if (done && !context->without_body) {
        if (begin) begin(&table);
        done = write_all(&table, error);
    }
    entry_writer_free(&table.entries);
    buffer_free(&table.last_value);
    arena_free(&table.arena);
    return done;
}

static bool write_line(struct table *table, const struct ticket_object *object, struct error *error) {
    struct json_writer json;
    json_writer_init(&json, table->output);
    json_open_object(&json);
    ticket_fields_write(&json, object, table->wish.fields, table->wish.view);
    if (table->wish.last_entries &&
        !entry_writer_write_last(&table->entries, object->last_entry, &json, error))
        return false;
    json_close_object(&json);
    output_add_char(table->output, '\n');
    return true;
}

bool ticket_lines(struct operation_context *context, struct answer *answer, struct error *error) {
    return run(context, answer, NULL, write_line, error);
}

static void begin_csv(struct table *table) {
    ticket_cells_head(table->output, table->wish.fields, table->wish.last_entries);
}

static bool write_row(struct table *table, const struct ticket_object *object, struct error *error) {
    struct entry_writer *entries = &table->entries;
    bool has_body = object->last_entry && entries->body != BODY_NONE;
    buffer_clear(&entries->scratch);
    if (has_body && !entry_writer_read_text(entries, object->last_entry, error)) return false;
    struct text body = buffer_text(&entries->scratch);
    ticket_cells_write(table->output, object, table->wish.fields, table->wish.view,
                       table->wish.last_entries ? &body : NULL);
    return true;
}

bool ticket_csv(struct operation_context *context, struct answer *answer, struct error *error) {
    return run(context, answer, begin_csv, write_row, error);
}
