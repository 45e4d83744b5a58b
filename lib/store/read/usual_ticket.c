// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket as most are, in one round trip.
#include "store/read/usual_ticket.h"

#include "contact/person_name.h"
#include "db/db.h"
#include "store/read/answer_choice.h"
#include "store/statements.h"

#include <stdlib.h>
#include <string.h>

// The columns of USUAL_TICKET in store/read/statements.h, in their order.
enum column {
    KIND,
    TICKET,
    THREAD_ID = TICKET + TICKET_PART_COLUMNS,
    LAST_MESSAGE,
    LAST_RESPONSE,
    FIELD_NAME,
    FIELD_SORT,
    ANSWER,
    PHONE_FORMAT = ANSWER + FIELD_ANSWER_COLUMNS,
    ENTRY,
    ATTACHMENT_ID = ENTRY + ENTRY_PART_COLUMNS,
    ATTACHMENT_INLINE,
    STATUS_ID,
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
    PRIORITY_DESCRIPTION,
    PRIORITY_NAME,
    PRIORITY_COLOR,
    PRIORITY_URGENCY,
    PRIORITY_IS_PUBLIC,
};
enum { KIND_TICKET, KIND_ANSWER, KIND_OWNER_ANSWER, KIND_ENTRY };

struct reading {
    struct arena *arena;
    struct usual_ticket *usual;
    struct answer_choice choice;
    size_t rows;
    int64_t thread_id;     // 0: no row of an entry was met
    int64_t attachment_id; // met last
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
    if (!row) return;
    *row = (struct ticket_priority){
        .id = db_rows_integer(rows, PRIORITY_ID),
        .description = kept(reading, rows, PRIORITY_DESCRIPTION),
        .name = kept(reading, rows, PRIORITY_NAME),
        .color = kept(reading, rows, PRIORITY_COLOR),
        .urgency = db_rows_integer(rows, PRIORITY_URGENCY),
        .is_public = db_rows_integer(rows, PRIORITY_IS_PUBLIC),
    };
}

static void take_ticket(struct reading *reading, struct db_rows *rows) {
    ticket_columns_take(rows, TICKET, reading->arena, &reading->usual->ticket);
    take_help_desk(reading, rows);
}

static void take_answer(struct reading *reading, struct db_rows *rows, int64_t kind) {
    struct field_answer answer = field_answer_at(rows, ANSWER);
    const struct answer_field field = {answer.field_id, db_rows_integer(rows, FIELD_SORT),
                                       db_rows_text(rows, FIELD_NAME), db_rows_text(rows, PHONE_FORMAT)};
    if (!answer.field_id) return;
    if (kind == KIND_OWNER_ANSWER) {
        answer_choice_of_owner(&reading->choice, &answer, &field);
        return;
    }
    answer_choice_of_ticket(&reading->choice, &answer, &field);
    take_priority(reading, rows);
}

// An empty body may lie in files.
static bool is_usual(const struct entry_columns *entry) {
    bool nameless = entry->user.id && !person_name_is_given(entry->user.name);
    size_t i = 0;
    while (i < entry->body.length && entry->body.data[i] == ' ') i++;
    return i < entry->body.length && !nameless && !entry->editor_id;
}

// The entry of the row at hand, which may be a further row of the one met last.
static struct entry_columns *entry_at_hand(struct reading *reading, struct db_rows *rows) {
    struct usual_ticket *usual = reading->usual;
    if (usual->count && usual->entries[usual->count - 1].id == db_rows_integer(rows, ENTRY))
        return &usual->entries[usual->count - 1];
    struct entry_columns *entry = arena_append(reading->arena, &usual->entries, &usual->count, sizeof *entry);
    if (!entry) return NULL;
    entry_columns_take(rows, ENTRY, reading->arena, entry);
    reading->unusual |= !is_usual(entry);
    reading->attachment_id = 0;
    return entry;
}

// A usual ticket has one thread.
static void take_entry(struct reading *reading, struct db_rows *rows) {
    int64_t thread_id = db_rows_integer(rows, THREAD_ID), id = db_rows_integer(rows, ATTACHMENT_ID);
    reading->unusual |= !thread_id || (reading->thread_id && thread_id != reading->thread_id);
    reading->thread_id = thread_id;
    reading->usual->ticket.last_message = kept(reading, rows, LAST_MESSAGE);
    reading->usual->ticket.last_response = kept(reading, rows, LAST_RESPONSE);
    struct entry_columns *entry = db_rows_is_null(rows, ENTRY) ? NULL : entry_at_hand(reading, rows);
    if (!entry) return;
    entry->attachments += id && id != reading->attachment_id && !db_rows_integer(rows, ATTACHMENT_INLINE);
    reading->attachment_id = id;
}

static void take_row(struct reading *reading, struct db_rows *rows) {
    int64_t kind = db_rows_integer(rows, KIND);
    if (++reading->rows == USUAL_ROWS_MAX || !db_rows_is_null(rows, TRANSLATION_ID)) reading->unusual = true;
    switch (kind) {
    case KIND_TICKET: take_ticket(reading, rows); break;
    case KIND_ANSWER:
    case KIND_OWNER_ANSWER: take_answer(reading, rows, kind); break;
    case KIND_ENTRY: take_entry(reading, rows); break;
    }
}

static int compare_entries(const void *a, const void *b) {
    const struct entry_columns *left = a, *right = b;
    int order = strcmp(left->created.data, right->created.data);
    return order ? order : left->id < right->id ? -1 : left->id > right->id;
}

static int read_rows(struct reading *reading, struct db_rows *rows, struct error *error) {
    struct usual_ticket *usual = reading->usual;
    int more;
    while ((more = db_rows_next(rows, error)) > 0) take_row(reading, rows);
    if (more < 0) return -1;
    // Without a row of each kind it is not there, or was cut off by the statement's limit.
    if (!usual->ticket.id || !reading->thread_id || reading->unusual || reading->arena->failed) return 0;
    answer_choice_show(&reading->choice, &usual->ticket);
    if (usual->count > 1) qsort(usual->entries, usual->count, sizeof *usual->entries, compare_entries);
    return 1;
}

int usual_ticket_read(struct db *db, int64_t ticket_id, struct arena *arena, struct usual_ticket *usual,
                      struct error *error) {
    struct db_value values[] = {db_string("N"), db_integer(ticket_id)};
    struct reading reading = {.arena = arena, .usual = usual, .choice = {.arena = arena}};
    struct db_rows *rows;
    memset(usual, 0, sizeof *usual);
    if (!db_query(db, STATEMENT_USUAL_TICKET, values, 2, &rows, error)) {
        if (error->code != ERROR_INTERNAL) return -1;
        error_clear(error); // a server that does not take the statement has the others
        return 0;
    }
    int read = read_rows(&reading, rows, error);
    db_rows_close(&rows);
    return read;
}
