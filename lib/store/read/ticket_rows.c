// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets with their thread entries, as a stream of rows.
#include "store/read/ticket_rows.h"

#include "db/db.h"
#include "store/help_desk.h"
#include "store/read/ticket_list.h"
#include "store/statements.h"

// The columns of TICKET_COLUMNS in statements.c, in their order.
enum column {
    TICKET,
    PHONE = TICKET_PART_COLUMNS,
    SUBJECT,
    PRIORITY,
    LAST_MESSAGE,
    LAST_RESPONSE,
    ENTRY,
    USER_ADDRESS = ENTRY + ENTRY_PART_COLUMNS,
    EDITOR,
    LONG_BODY,
    ATTACHMENTS,
};

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

// A server that refuses to give the list at once, for want of the index that it names, sorts.
static bool open_list(struct db *db, const struct ticket_list_wish *wish,
                      struct ticket_list_statements at_once, unsigned sorted, struct ticket_rows *rows,
                      struct error *error) {
    *rows = (struct ticket_rows){0};
    if (wish->at_once) {
        if (ticket_list_open(db, wish, at_once, &rows->list, error)) return true;
        if (error->code != ERROR_INTERNAL) return false;
        error_clear(error);
    }
    return help_desk_load_times(db, wish->arena, wish->help_desk, error) &&
           open_rows(db, sorted, wish->notes, db_integer(wish->id), &rows->rows, error);
}

bool ticket_rows_of_staff(struct db *db, const struct ticket_list_wish *wish, struct ticket_rows *rows,
                          struct error *error) {
    const struct ticket_list_statements at_once = {STATEMENT_TICKETS_OF_STAFF, STATEMENT_ENTRIES_OF_STAFF};
    return open_list(db, wish, at_once, STATEMENT_SORTED_OF_STAFF, rows, error);
}

bool ticket_rows_of_user(struct db *db, const struct ticket_list_wish *wish, struct ticket_rows *rows,
                         struct error *error) {
    const struct ticket_list_statements at_once = {STATEMENT_TICKETS_OF_USER, STATEMENT_ENTRIES_OF_USER};
    return open_list(db, wish, at_once, STATEMENT_SORTED_OF_USER, rows, error);
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
    ticket_columns_take(rows, TICKET, NULL, ticket);
    take_phone(db_rows_text(rows, PHONE), ticket);
    ticket->subject = db_rows_text(rows, SUBJECT);
    take_priority(db_rows_text(rows, PRIORITY), ticket);
    ticket->last_message = db_rows_text(rows, LAST_MESSAGE);
    ticket->last_response = db_rows_text(rows, LAST_RESPONSE);
}

static void take_entry(struct db_rows *rows, struct entry_columns *entry) {
    struct text long_body = db_rows_text(rows, LONG_BODY);
    entry_columns_take(rows, ENTRY, NULL, entry);
    if (long_body.data) entry->body = long_body;
    entry->user.address = db_rows_text(rows, USER_ADDRESS);
    entry->editor = db_rows_text(rows, EDITOR);
    entry->attachments = db_rows_integer(rows, ATTACHMENTS);
}

int ticket_rows_next(struct ticket_rows *rows, struct ticket_row *row, struct error *error) {
    if (rows->list) return ticket_list_next(rows->list, row, error);
    int more = db_rows_next(rows->rows, error);
    if (more <= 0) return more;
    take_ticket(rows->rows, &row->ticket);
    row->has_entry = !db_rows_is_null(rows->rows, ENTRY);
    if (row->has_entry) take_entry(rows->rows, &row->entry);
    return 1;
}

void ticket_rows_close(struct ticket_rows *rows) {
    ticket_list_close(&rows->list);
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
