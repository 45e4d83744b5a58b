// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets with their thread entries, as a stream of rows.
#include "store/ticket_rows.h"

#include "base/buffer.h"
#include "db/db.h"
#include "store/help_desk.h"
#include "store/statements.h"
#include "store/ticket_stream.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// The columns of TICKET_COLUMNS in statements.c, in their order.
// clang-format off
enum column {
    TICKET_ID, NUMBER, STATUS_ID, DEPARTMENT_ID, TOPIC_ID, SOURCE, CREATED, CLOSED, DUE,
    ESTIMATED_DUE, REOPENED, OWNER_ID, OWNER_NAME, OWNER_ADDRESS, PHONE,
    SUBJECT, PRIORITY, STAFF_ID, STAFF_FIRST, STAFF_LAST, TEAM_ID, TEAM_NAME, SLA_FLAGS, SLA_GRACE, SLA_SCHEDULE,
    LAST_MESSAGE, LAST_RESPONSE,
    ENTRY_ID, ENTRY_PARENT, ENTRY_THREAD, ENTRY_TYPE, ENTRY_POSTER, ENTRY_SOURCE, ENTRY_TITLE, ENTRY_BODY,
    ENTRY_LONG_BODY, ENTRY_FORMAT, ENTRY_FLAGS, ENTRY_CREATED,
    ENTRY_UPDATED, ENTRY_STAFF_ID, ENTRY_STAFF_FIRST, ENTRY_STAFF_LAST, ENTRY_USER_ID, ENTRY_USER_NAME,
    ENTRY_USER_ADDRESS, ENTRY_EDITOR, ENTRY_ATTACHMENTS,
};
// clang-format on

#define SLA_FLAG_ACTIVE 1
#define ID_LIST_MAX     65536

static bool open_rows(struct db *db, unsigned statement, bool notes, struct db_value key,
                      struct db_rows **rows, struct error *error) {
    struct db_value values[] = {db_string(notes ? "N" : "M"), key};
    return db_query(db, statement, values, 2, rows, error);
}

bool ticket_rows_by_number(struct db *db, struct text number, bool notes, struct ticket_rows *rows,
                           struct error *error) {
    *rows = (struct ticket_rows){0};
    return open_rows(db, STATEMENT_TICKET_BY_NUMBER, notes, db_key(number), &rows->rows, error);
}

// "20,22,3"; empty without any.
static void list_ids(const struct help_desk *help_desk, struct buffer *list) {
    for (size_t i = 0; i < help_desk->answer_field_count; i++)
        buffer_add_format(list, "%s%" PRId64, i ? "," : "", help_desk->answer_fields[i].id);
}

static bool query_stream(struct db *db, const struct ticket_list_wish *wish, unsigned statement,
                         struct db_rows **rows, struct error *error) {
    struct buffer ids = buffer_new(ID_LIST_MAX);
    list_ids(wish->help_desk, &ids);
    struct db_value values[] = {db_text(buffer_text(&ids)), db_string(wish->notes ? "N" : "M"),
                                db_integer(wish->id)};
    bool done = !ids.failed ? db_query(db, statement, values, 3, rows, error)
                            : error_set(error, ERROR_INTERNAL, "too many form fields have one name");
    buffer_free(&ids);
    return done;
}

static bool open_stream(struct db *db, const struct ticket_list_wish *wish, unsigned statement,
                        struct ticket_rows *rows, struct error *error) {
    struct db_rows *open = NULL;
    if (!query_stream(db, wish, statement, &open, error)) return false;
    rows->stream = malloc(sizeof *rows->stream);
    if (!rows->stream) {
        db_rows_close(&open);
        return error_set(error, ERROR_INTERNAL, "out of memory");
    }
    ticket_stream_begin(rows->stream, open, true, NULL);
    rows->stream->fields = wish->help_desk->answer_fields;
    rows->stream->field_count = wish->help_desk->answer_field_count;
    rows->stream->phone = wish->phone;
    return true;
}

// A server that refuses `stream`, for want of the index that it names or of what it is written in, sorts.
static bool open_list(struct db *db, const struct ticket_list_wish *wish, unsigned stream, unsigned sorted,
                      struct ticket_rows *rows, struct error *error) {
    *rows = (struct ticket_rows){0};
    if (wish->at_once) {
        if (open_stream(db, wish, stream, rows, error)) return true;
        if (error->code != ERROR_INTERNAL) return false;
        error_clear(error);
    }
    return open_rows(db, sorted, wish->notes, db_integer(wish->id), &rows->rows, error);
}

bool ticket_rows_of_staff(struct db *db, const struct ticket_list_wish *wish, struct ticket_rows *rows,
                          struct error *error) {
    return open_list(db, wish, STATEMENT_STREAM_OF_STAFF, STATEMENT_TICKETS_OF_STAFF, rows, error);
}

bool ticket_rows_of_user(struct db *db, const struct ticket_list_wish *wish, struct ticket_rows *rows,
                         struct error *error) {
    return open_list(db, wish, STATEMENT_STREAM_OF_USER, STATEMENT_TICKETS_OF_USER, rows, error);
}

static struct user_columns user_at(struct db_rows *rows, enum column id) {
    return (struct user_columns){db_rows_integer(rows, id), db_rows_text(rows, id + 1),
                                 db_rows_text(rows, id + 2)};
}

static struct staff_columns staff_at(struct db_rows *rows, enum column id) {
    return (struct staff_columns){db_rows_integer(rows, id), db_rows_text(rows, id + 1),
                                  db_rows_text(rows, id + 2)};
}

// "us 3185558634X123": the format, a blank, the number.
static void take_phone(struct text column, struct ticket_columns *ticket) {
    ptrdiff_t blank = text_find(column, TEXT(" "), 0);
    ticket->phone_format = ticket->phone = TEXT_NULL;
    if (blank < 0) return;
    ticket->phone_format = (struct text){column.data, (size_t)blank};
    ticket->phone = (struct text){column.data + blank + 1, column.length - (size_t)blank - 1};
}

// "#2" names a row, "=Emergency" is only a text.
static void take_priority(struct text column, struct ticket_columns *ticket) {
    ticket->priority_id = -1;
    ticket->priority_text = TEXT_NULL;
    if (!column.length) return;
    struct text value = {column.data + 1, column.length - 1};
    if (column.data[0] != '#')
        ticket->priority_text = value;
    else if (!text_to_int64(value, &ticket->priority_id))
        ticket->priority_id = 0;
}

static void take_ticket(struct db_rows *rows, struct ticket_columns *ticket) {
    ticket->id = db_rows_integer(rows, TICKET_ID);
    ticket->number = db_rows_text(rows, NUMBER);
    ticket->status_id = db_rows_integer(rows, STATUS_ID);
    ticket->department_id = db_rows_integer(rows, DEPARTMENT_ID);
    ticket->topic_id = db_rows_integer(rows, TOPIC_ID);
    ticket->source = db_rows_text(rows, SOURCE);
    ticket->created = db_rows_text(rows, CREATED);
    ticket->closed = db_rows_text(rows, CLOSED);
    ticket->due = db_rows_text(rows, DUE);
    ticket->estimated_due = db_rows_text(rows, ESTIMATED_DUE);
    ticket->reopened = db_rows_text(rows, REOPENED);
    ticket->owner = user_at(rows, OWNER_ID);
    take_phone(db_rows_text(rows, PHONE), ticket);
    ticket->subject = db_rows_text(rows, SUBJECT);
    take_priority(db_rows_text(rows, PRIORITY), ticket);
    ticket->assignee = staff_at(rows, STAFF_ID);
    ticket->team_id = db_rows_integer(rows, TEAM_ID);
    ticket->team_name = db_rows_text(rows, TEAM_NAME);
    ticket->sla_active = (db_rows_integer(rows, SLA_FLAGS) & SLA_FLAG_ACTIVE) != 0;
    ticket->sla_grace_hours = db_rows_integer(rows, SLA_GRACE);
    ticket->sla_schedule_id = db_rows_integer(rows, SLA_SCHEDULE);
    ticket->last_message = db_rows_text(rows, LAST_MESSAGE);
    ticket->last_response = db_rows_text(rows, LAST_RESPONSE);
}

static void take_entry(struct db_rows *rows, struct entry_columns *entry) {
    struct text long_body = db_rows_text(rows, ENTRY_LONG_BODY);
    entry->id = db_rows_integer(rows, ENTRY_ID);
    entry->parent_id = db_rows_integer(rows, ENTRY_PARENT);
    entry->thread_id = db_rows_integer(rows, ENTRY_THREAD);
    entry->type = db_rows_text(rows, ENTRY_TYPE);
    entry->poster = db_rows_text(rows, ENTRY_POSTER);
    entry->editor = db_rows_text(rows, ENTRY_EDITOR);
    entry->source = db_rows_text(rows, ENTRY_SOURCE);
    entry->title = db_rows_text(rows, ENTRY_TITLE);
    entry->body = text_is_null(long_body) ? db_rows_text(rows, ENTRY_BODY) : long_body;
    entry->format = db_rows_text(rows, ENTRY_FORMAT);
    entry->flags = db_rows_integer(rows, ENTRY_FLAGS);
    entry->created = db_rows_text(rows, ENTRY_CREATED);
    entry->updated = db_rows_text(rows, ENTRY_UPDATED);
    entry->staff = staff_at(rows, ENTRY_STAFF_ID);
    entry->user = user_at(rows, ENTRY_USER_ID);
    entry->attachments = db_rows_integer(rows, ENTRY_ATTACHMENTS);
}

int ticket_rows_next(struct ticket_rows *rows, struct ticket_row *row, struct error *error) {
    if (rows->stream) return ticket_stream_next(rows->stream, row, error);
    int more = db_rows_next(rows->rows, error);
    if (more <= 0) return more;
    take_ticket(rows->rows, &row->ticket);
    row->has_entry = !db_rows_is_null(rows->rows, ENTRY_ID);
    if (row->has_entry) take_entry(rows->rows, &row->entry);
    return 1;
}

void ticket_rows_close(struct ticket_rows *rows) {
    if (rows->stream) ticket_stream_end(rows->stream);
    free(rows->stream);
    db_rows_close(&rows->rows);
    *rows = (struct ticket_rows){0};
}

bool ticket_summaries(struct db *db, struct db_rows **rows, struct error *error) {
    return db_query(db, STATEMENT_TICKET_LIST, NULL, 0, rows, error);
}

int ticket_summaries_next(struct db_rows *rows, struct ticket_summary *summary, struct error *error) {
    int more = db_rows_next(rows, error);
    if (more <= 0) return more;
    *summary = (struct ticket_summary){db_rows_text(rows, 0), db_rows_text(rows, 1), db_rows_text(rows, 2),
                                       db_rows_text(rows, 3)};
    return 1;
}

void ticket_summaries_close(struct db_rows **rows) {
    db_rows_close(rows);
}
