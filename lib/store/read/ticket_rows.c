// SPDX-License-Identifier: GPL-2.0-or-later
// Tickets with their thread entries, as a stream of rows.
#include "store/read/ticket_rows.h"

#include "store/desk/kept_desk.h"
#include "store/read/client_desk.h"
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

// What the lists of agents and users are made by.
struct list_statements {
    unsigned tickets, kept_tickets, entries, sorted;
    bool of_user;
};

// The names: 1: kept ones; 0: read for this list, with a user's phone; -1: failure.
static int load_names(struct db *db, const struct ticket_list_wish *wish, bool keeps, bool of_user,
                      struct owner_phone *phone, struct error *error) {
    int kept = keeps ? kept_desk_load(wish->kept, db, error) : 0;
    if (kept < 0) return -1;
    if (kept > 0 && kept_desk_show(wish->kept, wish->arena, wish->help_desk)) return 1;
    bool done = of_user ? client_desk_load(db, wish->id, wish->arena, wish->help_desk, phone, error)
                        : help_desk_load_for_list(db, wish->arena, wish->help_desk, error);
    return done ? 0 : -1;
}

// The list at once, again where kept names changed. 1: open; 0: the server refuses, with `error` set; -1:
// failure.
static int open_at_once(struct db *db, const struct ticket_list_wish *wish,
                        const struct list_statements *made_by, struct ticket_list **list,
                        struct error *error) {
    struct owner_phone phone;
    for (int attempt = 0;; attempt++) {
        int kept = load_names(db, wish, attempt < 2, made_by->of_user, &phone, error);
        if (kept < 0) return -1;
        const struct ticket_list_query query = {
            .tickets = kept ? made_by->kept_tickets : made_by->tickets,
            .entries = made_by->entries,
            .of_user = made_by->of_user,
            .kept = kept ? wish->kept : NULL,
            .phone = made_by->of_user && !kept ? &phone : NULL,
        };
        int opened = ticket_list_open(db, wish, &query, list, error);
        if (opened > 0) return 1;
        if (opened < 0) return error->code == ERROR_INTERNAL ? 0 : -1;
    }
}

// A server that refuses to give the list at once, for want of the index that it names, sorts.
static bool open_list(struct db *db, const struct ticket_list_wish *wish,
                      const struct list_statements *made_by, struct ticket_rows *rows, struct error *error) {
    struct owner_phone phone;
    *rows = (struct ticket_rows){0};
    if (wish->at_once) {
        int opened = open_at_once(db, wish, made_by, &rows->list, error);
        if (opened != 0) return opened > 0;
        error_clear(error);
    } else if (load_names(db, wish, true, made_by->of_user, &phone, error) < 0) {
        return false;
    }
    return help_desk_load_times(db, wish->arena, wish->help_desk, error) &&
           open_rows(db, made_by->sorted, wish->notes, db_integer(wish->id), &rows->rows, error);
}

bool ticket_rows_of_staff(struct db *db, const struct ticket_list_wish *wish, struct ticket_rows *rows,
                          struct error *error) {
    static const struct list_statements made_by = {.tickets = STATEMENT_TICKETS_OF_STAFF,
                                                   .kept_tickets = STATEMENT_KEPT_TICKETS_OF_STAFF,
                                                   .entries = STATEMENT_ENTRIES_OF_STAFF,
                                                   .sorted = STATEMENT_SORTED_OF_STAFF};
    return open_list(db, wish, &made_by, rows, error);
}

bool ticket_rows_of_user(struct db *db, const struct ticket_list_wish *wish, struct ticket_rows *rows,
                         struct error *error) {
    static const struct list_statements made_by = {.tickets = STATEMENT_TICKETS_OF_USER,
                                                   .kept_tickets = STATEMENT_KEPT_TICKETS_OF_USER,
                                                   .entries = STATEMENT_ENTRIES_OF_USER,
                                                   .sorted = STATEMENT_SORTED_OF_USER,
                                                   .of_user = true};
    return open_list(db, wish, &made_by, rows, error);
}

struct owner_phone owner_phone_of(struct text column) {
    ptrdiff_t blank = text_find(column, TEXT(" "), 0);
    if (blank < 0) return (struct owner_phone){0};
    return (struct owner_phone){
        .format = {column.data, (size_t)blank},
        .number = {column.data + blank + 1, column.length - (size_t)blank - 1},
    };
}

static void take_phone(struct text column, struct ticket_columns *ticket) {
    struct owner_phone phone = owner_phone_of(column);
    ticket->phone = phone.number;
    ticket->phone_format = phone.format;
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
