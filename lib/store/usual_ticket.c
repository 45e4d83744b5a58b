// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket as most are, in one round trip.
#include "store/usual_ticket.h"

#include "db/db.h"
#include "store/statements.h"
#include "store/ticket_stream.h"

#include <stdlib.h>
#include <string.h>

// The columns of USUAL_TICKET in reading_statements.h that a list has not; and two of those it has, too.
enum column {
    ENTRY_EDITOR_ID = 46,
    THREAD_ID = 23,
    STATUS_ID = TICKET_STREAM_MORE,
    STATUS_NAME,
    DEPARTMENT_ID,
    DEPARTMENT_NAME,
    DEPARTMENT_PARENT,
    PARENT_DEPARTMENT_ID,
    PARENT_DEPARTMENT_NAME,
    PARENT_DEPARTMENT_PARENT,
    TOPIC_ID,
    TOPIC_NAME,
    TOPIC_PARENT,
    PARENT_TOPIC_ID,
    PARENT_TOPIC_NAME,
    PARENT_TOPIC_PARENT,
    AGENT_NAME_FORMAT,
    CLIENT_NAME_FORMAT,
    NEEDS_SLA,
    TRANSLATION_ID, // on the row of each kind, of another name
    PRIORITY_ID,
    PRIORITY_NAME,
};
enum { KIND_TICKET, KIND_ANSWER, KIND_OWNER_ANSWER, KIND_ENTRY };

struct reading {
    struct arena *arena;
    struct usual_ticket *usual;
    size_t rows;
    int64_t thread_id;
    bool unusual;
};

static struct text kept(struct reading *reading, struct db_rows *rows, enum column column) {
    return arena_copy(reading->arena, db_rows_text(rows, column));
}

static void add_setting(struct reading *reading, struct db_rows *rows, struct text key, enum column column) {
    struct help_desk *h = &reading->usual->help_desk;
    if (db_rows_is_null(rows, column)) return;
    struct config_row *row = arena_append(reading->arena, &h->config, &h->config_count, sizeof *row);
    if (row) *row = (struct config_row){key, kept(reading, rows, column)};
}

// A department or topic, unless its columns (id, name, parent) are those of none.
static void add_node(struct reading *reading, struct db_rows *rows, struct node_list *list, enum column id) {
    if (db_rows_is_null(rows, id)) return;
    struct node *node = arena_append(reading->arena, &list->nodes, &list->count, sizeof *node);
    if (!node) return;
    node->id = db_rows_integer(rows, id);
    node->name = kept(reading, rows, id + 1);
    node->parent = db_rows_integer(rows, id + 2);
    if (list->count == 2 && node->parent) reading->unusual = true;
}

static void take_help_desk(struct reading *reading, struct db_rows *rows) {
    struct help_desk *h = &reading->usual->help_desk;
    struct ticket_status *status =
        arena_append(reading->arena, &h->statuses, &h->status_count, sizeof *status);
    if (status)
        *status = (struct ticket_status){.id = db_rows_integer(rows, STATUS_ID),
                                         .name = kept(reading, rows, STATUS_NAME)};
    add_node(reading, rows, &h->departments, DEPARTMENT_ID);
    add_node(reading, rows, &h->departments, PARENT_DEPARTMENT_ID);
    add_node(reading, rows, &h->topics, TOPIC_ID);
    add_node(reading, rows, &h->topics, PARENT_TOPIC_ID);
    add_setting(reading, rows, TEXT("agent_name_format"), AGENT_NAME_FORMAT);
    add_setting(reading, rows, TEXT("client_name_format"), CLIENT_NAME_FORMAT);
    if (db_rows_is_null(rows, STATUS_ID) || db_rows_integer(rows, NEEDS_SLA)) reading->unusual = true;
}

static void take_priority(struct reading *reading, struct db_rows *rows) {
    struct help_desk *h = &reading->usual->help_desk;
    if (db_rows_is_null(rows, PRIORITY_ID)) return;
    struct ticket_priority *row =
        arena_append(reading->arena, &h->priorities, &h->priority_count, sizeof *row);
    if (row)
        *row =
            (struct ticket_priority){db_rows_integer(rows, PRIORITY_ID), kept(reading, rows, PRIORITY_NAME)};
}

// One thread, and nobody edited it.
static void look_at_entry(struct reading *reading, struct db_rows *rows) {
    int64_t thread_id = db_rows_integer(rows, THREAD_ID);
    if (!thread_id || (reading->thread_id && thread_id != reading->thread_id) ||
        db_rows_integer(rows, ENTRY_EDITOR_ID))
        reading->unusual = true;
    reading->thread_id = thread_id;
}

static void look(void *context, struct db_rows *rows, int64_t kind) {
    struct reading *reading = context;
    if (++reading->rows == USUAL_ROWS_MAX || !db_rows_is_null(rows, TRANSLATION_ID)) reading->unusual = true;
    switch (kind) {
    case KIND_TICKET: take_help_desk(reading, rows); break;
    case KIND_ANSWER: take_priority(reading, rows); break;
    case KIND_ENTRY: look_at_entry(reading, rows); break;
    }
}

static bool is_usual(const struct entry_columns *entry) {
    bool nameless = entry->user.id && !entry->user.name.length;
    size_t i = 0;
    while (i < entry->body.length && entry->body.data[i] == ' ') i++;
    return i < entry->body.length && !nameless; // an empty body may lie in files
}

static int compare_entries(const void *a, const void *b) {
    const struct entry_columns *left = a, *right = b;
    int order = strcmp(left->created.data, right->created.data);
    return order ? order : left->id < right->id ? -1 : left->id > right->id;
}

static int read_entries(struct reading *reading, struct ticket_stream *stream, struct error *error) {
    struct usual_ticket *usual = reading->usual;
    struct ticket_row row;
    int more;
    while ((more = ticket_stream_next(stream, &row, error)) > 0) {
        usual->ticket = row.ticket;
        if (!row.has_entry) continue;
        struct entry_columns *entry =
            arena_append(reading->arena, &usual->entries, &usual->count, sizeof *entry);
        if (entry) *entry = row.entry;
        if (!is_usual(&row.entry)) reading->unusual = true;
    }
    if (more < 0) return error->code == ERROR_INTERNAL ? 0 : -1; // cut off by the statement's limit
    if (!usual->ticket.id || reading->unusual || reading->arena->failed) return 0;
    if (usual->count > 1) qsort(usual->entries, usual->count, sizeof *usual->entries, compare_entries);
    return 1;
}

int usual_ticket_read(struct db *db, int64_t ticket_id, struct arena *arena, struct usual_ticket *usual,
                      struct error *error) {
    struct db_value values[] = {db_string("N"), db_integer(ticket_id)};
    struct reading reading = {.arena = arena, .usual = usual};
    struct ticket_stream stream;
    struct db_rows *rows;
    memset(usual, 0, sizeof *usual);
    if (!db_query(db, STATEMENT_USUAL_TICKET, values, 2, &rows, error)) {
        if (error->code != ERROR_INTERNAL) return -1;
        error_clear(error); // a server that does not take the statement has the others
        return 0;
    }
    ticket_stream_begin(&stream, rows, false, arena);
    stream.look = look;
    stream.context = &reading;
    int read = read_entries(&reading, &stream, error);
    ticket_stream_end(&stream);
    if (read == 0) error_clear(error);
    return read;
}
