// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket as most are, in one round trip.
#include "store/read/usual_ticket.h"

#include "contact/person_name.h"
#include "store/desk/kept_desk.h"
#include "store/read/answer_choice.h"
#include "store/row.h"
#include "store/statements.h"

#include <stdlib.h>
#include <string.h>

enum { KIND_TICKET, KIND_ANSWER, KIND_OWNER_ANSWER, KIND_ENTRY };

struct reading {
    struct usual_ticket *usual;
    struct kept_desk *kept; // whose names the ticket has; NULL: they come with its rows
    bool is_outdated;       // these are of another version
    struct answer_choice choice;
    size_t rows;
    int64_t thread_id;     // 0: no row of an entry was met
    int64_t attachment_id; // met last
    bool unusual;
};

static void add_setting(struct reading *reading, const struct row *row, struct text key, unsigned column) {
    struct help_desk *h = &reading->usual->help_desk;
    if (row_is_null(row, column)) return;
    struct config_row *setting = arena_append(row->arena, &h->config, &h->config_count, sizeof *setting);
    if (setting) *setting = (struct config_row){key, row_copy(row, column)};
}

// A department or topic, unless its part is that of none.
static void add_node(struct reading *reading, const struct row *row, unsigned part, struct node_list *list) {
    const struct row columns = row_part(row, part);
    if (row_is_null(&columns, USUAL_NODE_ID)) return;
    struct node *node = arena_append(row->arena, &list->nodes, &list->count, sizeof *node);
    if (!node) return;
    node->id = row_integer(&columns, USUAL_NODE_ID);
    node->name = row_copy(&columns, USUAL_NODE_NAME);
    node->parent = row_integer(&columns, USUAL_NODE_PARENT);
    if (list->count == 2 && node->parent) reading->unusual = true;
}

static void take_help_desk(struct reading *reading, const struct row *row) {
    struct help_desk *h = &reading->usual->help_desk;
    struct ticket_status *status = arena_append(row->arena, &h->statuses, &h->status_count, sizeof *status);
    if (status)
        *status = (struct ticket_status){.id = row_integer(row, USUAL_STATUS),
                                         .name = row_copy(row, USUAL_STATUS_NAME)};
    add_node(reading, row, USUAL_DEPARTMENT, &h->departments);
    add_node(reading, row, USUAL_PARENT_DEPARTMENT, &h->departments);
    add_node(reading, row, USUAL_TOPIC, &h->topics);
    add_node(reading, row, USUAL_PARENT_TOPIC, &h->topics);
    add_setting(reading, row, TEXT("agent_name_format"), USUAL_AGENT_NAME_FORMAT);
    add_setting(reading, row, TEXT("client_name_format"), USUAL_CLIENT_NAME_FORMAT);
    if (row_is_null(row, USUAL_STATUS)) reading->unusual = true;
}

static void take_priority(struct reading *reading, const struct row *row) {
    struct help_desk *h = &reading->usual->help_desk;
    if (row_is_null(row, USUAL_PRIORITY)) return;
    struct ticket_priority *priority =
        arena_append(row->arena, &h->priorities, &h->priority_count, sizeof *priority);
    if (!priority) return;
    *priority = (struct ticket_priority){
        .id = row_integer(row, USUAL_PRIORITY),
        .description = row_copy(row, USUAL_PRIORITY_DESCRIPTION),
        .name = row_copy(row, USUAL_PRIORITY_NAME),
        .color = row_copy(row, USUAL_PRIORITY_COLOR),
        .urgency = row_integer(row, USUAL_PRIORITY_URGENCY),
        .is_public = row_integer(row, USUAL_PRIORITY_IS_PUBLIC),
    };
}

static void take_kept(struct reading *reading, const struct row *row) {
    struct usual_ticket *usual = reading->usual;
    reading->is_outdated = !kept_desk_is_of(reading->kept, row_integer(row, USUAL_VERSION));
    usual->help_desk = reading->kept->help_desk;
    usual->knows_frames = true;
    if (!help_desk_status(&usual->help_desk, usual->ticket.status_id)) reading->unusual = true;
}

static void take_ticket(struct reading *reading, const struct row *row) {
    const struct row part = row_part(row, USUAL_TICKET);
    ticket_columns_take(&part, &reading->usual->ticket);
    if (row_is_true(row, USUAL_NEEDS_SLA)) reading->unusual = true;
    if (reading->kept)
        take_kept(reading, row);
    else
        take_help_desk(reading, row);
}

// The field that was answered: NULL where it is none of those whose answers are shown.
static const struct answer_field *field_of(const struct reading *reading, const struct row *row, int64_t id,
                                           struct answer_field *field) {
    if (reading->kept) return help_desk_answer_field(&reading->kept->help_desk, id);
    *field = (struct answer_field){id, row_integer(row, USUAL_FIELD_SORT), row_text(row, USUAL_FIELD_NAME),
                                   row_text(row, USUAL_PHONE_FORMAT)};
    return field;
}

static void take_answer(struct reading *reading, const struct row *row, int64_t kind) {
    const struct row part = row_part(row, USUAL_ANSWER);
    struct field_answer answer = field_answer_of(&part);
    struct answer_field place;
    const struct answer_field *field =
        answer.field_id ? field_of(reading, row, answer.field_id, &place) : NULL;
    if (!field) return;
    if (kind == KIND_OWNER_ANSWER) {
        answer_choice_of_owner(&reading->choice, &answer, field);
        return;
    }
    answer_choice_of_ticket(&reading->choice, &answer, field);
    if (!reading->kept) take_priority(reading, row);
}

// An empty body may lie in files.
static bool is_usual(const struct entry_columns *entry) {
    bool nameless = entry->user.id && !person_name_is_given(entry->user.name);
    size_t i = 0;
    while (i < entry->body.length && entry->body.data[i] == ' ') i++;
    return i < entry->body.length && !nameless && !entry->editor_id;
}

// The entry of the row at hand, which may be a further row of the one met last.
static struct entry_columns *entry_at_hand(struct reading *reading, const struct row *row) {
    const struct row part = row_part(row, USUAL_ENTRY);
    struct usual_ticket *usual = reading->usual;
    if (usual->count && usual->entries[usual->count - 1].id == row_integer(&part, SHOWN_ENTRY_ID))
        return &usual->entries[usual->count - 1];
    struct entry_columns *entry = arena_append(row->arena, &usual->entries, &usual->count, sizeof *entry);
    if (!entry) return NULL;
    entry_columns_take(&part, entry);
    reading->unusual |= !is_usual(entry);
    reading->attachment_id = 0;
    return entry;
}

// A usual ticket has one thread.
static void take_entry(struct reading *reading, const struct row *row) {
    int64_t thread_id = row_integer(row, USUAL_THREAD), id = row_integer(row, USUAL_ATTACHMENT);
    bool is_none = row_is_null(row, USUAL_ENTRY + SHOWN_ENTRY_ID);
    reading->unusual |= !thread_id || (reading->thread_id && thread_id != reading->thread_id);
    reading->thread_id = thread_id;
    reading->usual->ticket.last_message = row_copy(row, USUAL_LAST_MESSAGE);
    reading->usual->ticket.last_response = row_copy(row, USUAL_LAST_RESPONSE);
    struct entry_columns *entry = is_none ? NULL : entry_at_hand(reading, row);
    if (!entry) return;
    entry->attachments += id && id != reading->attachment_id && !row_integer(row, USUAL_ATTACHMENT_INLINE);
    reading->attachment_id = id;
}

static void take_row(struct reading *reading, const struct row *row) {
    int64_t kind = row_integer(row, USUAL_KIND);
    if (++reading->rows == USUAL_ROWS_MAX) reading->unusual = true;
    if (!reading->kept && !row_is_null(row, USUAL_TRANSLATION)) reading->unusual = true;
    switch (kind) {
    case KIND_TICKET: take_ticket(reading, row); break;
    case KIND_ANSWER:
    case KIND_OWNER_ANSWER: take_answer(reading, row, kind); break;
    case KIND_ENTRY: take_entry(reading, row); break;
    }
}

static int compare_entries(const void *a, const void *b) {
    const struct entry_columns *left = a, *right = b;
    int order = strcmp(left->created.data, right->created.data);
    return order ? order : left->id < right->id ? -1 : left->id > right->id;
}

// 1, or 0 for an unusual one.
static int finish(const struct reading *reading, const struct arena *arena) {
    struct usual_ticket *usual = reading->usual;
    // Without a row of each kind it is not there, or was cut off by the statement's limit.
    if (!usual->ticket.id || !reading->thread_id || reading->unusual || arena->failed) return 0;
    answer_choice_show(&reading->choice, &usual->ticket);
    if (usual->count > 1) qsort(usual->entries, usual->count, sizeof *usual->entries, compare_entries);
    return 1;
}

// As usual_ticket_read(), out of the rows of one statement.
static int read_by(struct reading *reading, struct db *db, struct query query, struct error *error) {
    struct arena *arena = reading->choice.arena;
    struct row row = {.arena = arena};
    int more;
    memset(reading->usual, 0, sizeof *reading->usual);
    if (!db_query(db, query.statement, query.values, query.count, &row.rows, error)) {
        if (error->code != ERROR_INTERNAL) return -1;
        error_clear(error); // a server that does not take the statement has the others
        return 0;
    }
    while ((more = db_rows_next(row.rows, error)) > 0 && !reading->is_outdated) take_row(reading, &row);
    db_rows_close(&row.rows);
    return more < 0 ? -1 : finish(reading, arena);
}

// The ticket without its names; once again where these changed.
static int read_with_kept(struct db *db, struct kept_desk *kept, int64_t ticket_id, struct arena *arena,
                          struct usual_ticket *usual, struct error *error) {
    for (int again = 0; again < 2; again++) {
        struct reading reading = {.usual = usual, .kept = kept, .choice = {.arena = arena}};
        struct query query =
            QUERY(STATEMENT_KEPT_TICKET, db_text(kept->answer_fields), db_string("N"), db_integer(ticket_id));
        int read = read_by(&reading, db, query, error);
        if (read < 0 || !reading.is_outdated) return read;
        read = kept_desk_load(kept, db, error);
        if (read <= 0) return read;
    }
    return 0;
}

int usual_ticket_read(struct db *db, struct kept_desk *kept, int64_t ticket_id, struct arena *arena,
                      struct usual_ticket *usual, struct error *error) {
    struct reading reading = {.usual = usual, .choice = {.arena = arena}};
    int names = kept_desk_load(kept, db, error);
    if (names < 0) return -1;
    if (names > 0) return read_with_kept(db, kept, ticket_id, arena, usual, error);
    return read_by(&reading, db, QUERY(STATEMENT_USUAL_TICKET, db_string("N"), db_integer(ticket_id)), error);
}
