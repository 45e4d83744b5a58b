// SPDX-License-Identifier: GPL-2.0-or-later
// Statements that are sent together.
#include "db/batch.h"

#include "db/sql_text.h"

#include <string.h>

#define ARENA_MAX (BATCH_BYTES + (256 << 10))
#define TEXT_MAX  32768 // of one statement
#define SQL_MAX   (128 << 10)

struct batch batch_new(void) {
    return (struct batch){.arena = arena_new(ARENA_MAX)};
}

void batch_clear(struct batch *batch) {
    arena_free(&batch->arena);
    batch->count = batch->values = batch->bytes = 0;
}

struct batch_statement *batch_giving(struct batch *batch, const uint64_t *insert_id) {
    for (size_t i = 0; i < batch->count; i++)
        if (batch->items[i].insert_id == insert_id) return &batch->items[i];
    return NULL;
}

static size_t bytes_of(const struct batch_statement *statement, size_t *values) {
    size_t bytes = statement->text ? strlen(statement->text) : 0;
    *values = 1; // its text
    for (size_t i = 0; i < statement->count; i++) {
        bytes += statement->values[i].text.length;
        *values += statement->values[i].kind != DB_NULL && statement->values[i].kind != DB_INSERTED;
    }
    return bytes;
}

static bool copy(struct arena *arena, const struct batch_statement *from, struct batch_statement *to) {
    struct db_value *values = arena_take(arena, (from->count + 1) * sizeof *values);
    *to = *from;
    if (!values) return false;
    for (size_t i = 0; i < from->count; i++) {
        values[i] = from->values[i];
        if (values[i].text.data) values[i].text = arena_copy(arena, values[i].text);
    }
    to->values = values;
    if (from->text) to->text = arena_copy(arena, text_of(from->text)).data;
    return !arena->failed;
}

bool batch_add(struct batch *batch, const struct batch_statement *statement) {
    size_t values, bytes = bytes_of(statement, &values);
    if (batch->count == BATCH_STATEMENTS || batch->values + values > BATCH_VALUES ||
        batch->bytes + bytes > BATCH_BYTES || !copy(&batch->arena, statement, &batch->items[batch->count]))
        return false;
    for (size_t i = 0; i < statement->count; i++)
        if (statement->values[i].kind == DB_INSERTED)
            batch_giving(batch, statement->values[i].inserted)->gives_id = true;
    batch->count++;
    batch->values += values;
    batch->bytes += bytes;
    return true;
}

static void add_variables(const char *name, size_t count, struct buffer *sql) {
    for (size_t i = 0; i < count; i++) buffer_add_format(sql, "%s@fcgi_%s_%zu=?", i ? "," : "", name, i);
}

void batch_add_setter(size_t integers, size_t texts, struct buffer *sql) {
    buffer_add_string(sql, "SET ");
    add_variables("integer", integers, sql);
    if (integers && texts) buffer_add_char(sql, ',');
    add_variables("text", texts, sql);
}

// ---- the packets

struct making {
    const struct batch *batch;
    const char *const *texts;
    const char *prefix;
    struct arena *arena;
    struct batch_packets *packets;
    bool failed;
};

// The value, and the name of its variable in the text.
static void add_value(struct making *making, struct db_value value) {
    bool integer = value.kind == DB_INTEGER;
    struct batch_values *values = integer ? &making->packets->integers : &making->packets->texts;
    if (values->count == BATCH_VALUES) {
        making->failed = true;
        return;
    }
    buffer_add_format(&making->packets->sql, "@fcgi_%s_%zu", integer ? "integer" : "text", values->count);
    values->items[values->count++] = value;
}

static void add_step(struct making *making, int what, size_t item) {
    struct batch_packets *packets = making->packets;
    if (packets->step_count == BATCH_STEPS) {
        making->failed = true;
        return;
    }
    if (packets->step_count) buffer_add_char(&packets->sql, ';');
    packets->steps[packets->step_count++] = (struct batch_step){what, item};
}

static void add_name(struct buffer *sql, const struct batch_statement *statement) {
    if (statement->text)
        buffer_add_string(sql, "fcgi_text");
    else
        buffer_add_format(sql, "fcgi_%u", statement->number);
}

static void add_prepare(struct making *making, const struct batch_statement *statement, size_t item) {
    struct buffer *sql = &making->packets->sql, text = buffer_new(TEXT_MAX);
    sql_expand(statement->text ? statement->text : making->texts[statement->number], making->prefix, &text);
    making->failed = making->failed || text.failed;
    add_step(making, BATCH_PREPARE, item);
    buffer_add_string(sql, "PREPARE ");
    add_name(sql, statement);
    buffer_add_string(sql, " FROM ");
    add_value(making, db_text(arena_copy(making->arena, buffer_text(&text))));
    buffer_free(&text);
}

// The variable of a value; NULL has one that is never set.
static void add_variable(struct making *making, const struct db_value *value) {
    struct buffer *sql = &making->packets->sql;
    const struct batch *batch = making->batch;
    if (value->kind == DB_NULL)
        buffer_add_string(sql, "@fcgi_null");
    else if (value->kind != DB_INSERTED)
        add_value(making, *value);
    else
        for (size_t i = 0; i < batch->count; i++)
            if (batch->items[i].insert_id == value->inserted) buffer_add_format(sql, "@fcgi_id_%zu", i);
}

static void add_execute(struct making *making, const struct batch_statement *statement, size_t item) {
    struct buffer *sql = &making->packets->sql;
    add_step(making, BATCH_EXECUTE, item);
    buffer_add_string(sql, "EXECUTE ");
    add_name(sql, statement);
    for (size_t i = 0; i < statement->count; i++) {
        buffer_add_string(sql, i ? "," : " USING ");
        add_variable(making, &statement->values[i]);
    }
    if (!statement->gives_id) return;
    add_step(making, BATCH_TELL_ID, item);
    buffer_add_format(sql, "SET @fcgi_id_%zu=LAST_INSERT_ID()", item);
}

static bool is_named_before(const struct batch *batch, size_t item) {
    for (size_t i = 0; i < item; i++)
        if (!batch->items[i].text && batch->items[i].number == batch->items[item].number) return true;
    return false;
}

static void add_statement(struct making *making, const bool *prepared, size_t item) {
    const struct batch_statement *statement = &making->batch->items[item];
    if (statement->text || (!prepared[statement->number] && !is_named_before(making->batch, item)))
        add_prepare(making, statement, item);
    add_execute(making, statement, item);
}

static void add_end(struct making *making, const bool *prepared, const struct batch_statement *last) {
    size_t item = making->batch->count;
    if (last && !prepared[last->number]) add_prepare(making, last, item);
    if (last) add_execute(making, last, item);
    add_step(making, BATCH_COMMIT, item);
    buffer_add_string(&making->packets->sql, "COMMIT");
}

bool batch_make(const struct batch *batch, const char *const *texts, const char *prefix, const bool *prepared,
                bool commits, const struct batch_statement *last, struct arena *arena,
                struct batch_packets *packets) {
    struct making making = {batch, texts, prefix, arena, packets, false};
    packets->integers.count = packets->texts.count = packets->step_count = 0;
    packets->sql = buffer_new(SQL_MAX);
    for (size_t i = 0; i < batch->count; i++) add_statement(&making, prepared, i);
    if (commits) add_end(&making, prepared, last);
    return !making.failed && !packets->sql.failed && !arena->failed;
}
