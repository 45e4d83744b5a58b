// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets with their thread entries, as a stream of rows.
#include "store/read/ticket_rows.h"

#include "store/help_desk.h"
#include "store/read/ticket_list.h"
#include "store/row.h"
#include "store/statements.h"

static bool open_rows(struct db *db, unsigned statement, bool notes, struct db_value key,
                      struct db_rows **rows, struct error *error) {
    struct db_value values[SORTED_VALUES_COUNT] = {
        [SORTED_VALUE_NOTES] = db_string(notes ? "N" : "M"),
        [SORTED_VALUE_KEY] = key,
    };
    return db_query(db, statement, values, SORTED_VALUES_COUNT, rows, error);
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

static void take_ticket(const struct row *row, struct ticket_columns *ticket) {
    const struct row part = row_part(row, SORTED_TICKET), sla = row_part(row, SORTED_SLA);
    ticket_columns_take(&part, ticket);
    sla_columns_take(&sla, ticket);
    take_phone(row_text(row, SORTED_PHONE), ticket);
    ticket->subject = row_text(row, SORTED_SUBJECT);
    take_priority(row_text(row, SORTED_PRIORITY), ticket);
    ticket->last_message = row_text(row, SORTED_LAST_MESSAGE);
    ticket->last_response = row_text(row, SORTED_LAST_RESPONSE);
}

static void take_entry(const struct row *row, struct entry_columns *entry) {
    const struct row part = row_part(row, SORTED_ENTRY);
    struct text long_body = row_text(row, SORTED_LONG_BODY);
    entry_columns_take(&part, entry);
    if (long_body.data) entry->body = long_body;
    entry->user.address = row_text(row, SORTED_USER_ADDRESS);
    entry->editor = row_text(row, SORTED_EDITOR);
    entry->attachments = row_integer(row, SORTED_ATTACHMENTS);
}

int ticket_rows_next(struct ticket_rows *rows, struct ticket_row *row, struct error *error) {
    if (rows->list) return ticket_list_next(rows->list, row, error);
    int more = db_rows_next(rows->rows, error);
    if (more <= 0) return more;
    const struct row at_hand = {.rows = rows->rows};
    take_ticket(&at_hand, &row->ticket);
    row->has_entry = !row_is_null(&at_hand, SORTED_ENTRY + SHOWN_ENTRY_ID);
    if (row->has_entry) take_entry(&at_hand, &row->entry);
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
    const struct row row = {.rows = rows};
    *summary = (struct ticket_summary){.number = row_text(&row, TICKET_SUMMARY_NUMBER),
                                       .created = row_text(&row, TICKET_SUMMARY_CREATED),
                                       .updated = row_text(&row, TICKET_SUMMARY_UPDATED),
                                       .closed = row_text(&row, TICKET_SUMMARY_CLOSED)};
    return 1;
}

void ticket_summaries_close(struct db_rows **rows) {
    db_rows_close(rows);
}
