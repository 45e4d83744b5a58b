// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets.ndjson and /tickets.csv: all tickets of a list, read in steps and handed on as they come.
// spec: operations.md 3.1.
#include "ops/operations.h"
#include "ops/read/ticket_cells.h"
#include "ops/read/ticket_fields.h"
#include "ops/read/ticket_filters.h"
#include "ops/reading.h"

#define STEP      1000 // tickets a statement
#define VALUE_MAX 1024

struct table {
    struct operation_context *context;
    struct arena arena;
    struct output *output;
    struct ticket_conditions conditions;
    struct ticket_page_wish wish;
    void (*write)(struct table *table, const struct ticket_object *object);
    int64_t count; // of the step at hand
    struct ticket_place last;
    struct buffer last_value;
};

static void take_ticket(const struct ticket_object *object, const struct ticket_place *place, void *context) {
    struct table *table = context;
    table->count++;
    table->last = *place;
    buffer_clear(&table->last_value);
    buffer_add_text(&table->last_value, place->value);
    if (!table->output->failed) table->write(table, object);
}

static bool write_all(struct table *table, struct error *error) {
    do {
        table->count = 0;
        if (!ticket_page_read(table->context->db, &table->wish, take_ticket, table, error)) return false;
        if (table->output->failed) return error_set(error, ERROR_ABORTED, "the client is gone");
        table->wish.behind = table->last;
        table->wish.behind.value = arena_copy(&table->arena, buffer_text(&table->last_value));
        if (table->arena.failed) return error_too_large(error);
    } while (table->count == STEP);
    return true;
}

static bool run(struct operation_context *context, struct answer *answer, void (*begin)(struct table *table),
                void (*write)(struct table *table, const struct ticket_object *object), struct error *error) {
    struct table table = {.context = context,
                          .arena = arena_new(REQUEST_ARENA_MAX),
                          .output = answer->output,
                          .write = write,
                          .last_value = buffer_new(VALUE_MAX)};
    ticket_wish_read(context, &table.conditions, &table.wish);
    table.wish.most = STEP;
    bool done = ticket_filters_read(context, &table.arena, &table.conditions, error) &&
                ticket_page_is_cheap(&table.wish, error);
    if (done && !context->without_body) {
        if (begin) begin(&table);
        done = write_all(&table, error);
    }
    buffer_free(&table.last_value);
    arena_free(&table.arena);
    return done;
}

static void write_line(struct table *table, const struct ticket_object *object) {
    struct json_writer json;
    json_writer_init(&json, table->output);
    json_open_object(&json);
    ticket_fields_write(&json, object, table->wish.fields, table->wish.view);
    json_close_object(&json);
    output_add_char(table->output, '\n');
}

bool ticket_lines(struct operation_context *context, struct answer *answer, struct error *error) {
    return run(context, answer, NULL, write_line, error);
}

static void begin_csv(struct table *table) {
    ticket_cells_head(table->output, table->wish.fields);
}

static void write_row(struct table *table, const struct ticket_object *object) {
    ticket_cells_write(table->output, object, table->wish.fields, table->wish.view);
}

bool ticket_csv(struct operation_context *context, struct answer *answer, struct error *error) {
    return run(context, answer, begin_csv, write_row, error);
}
