// SPDX-License-Identifier: GPL-2.0-or-later
// Several tickets, found by their numbers or ids.
#include "store/ticket/tickets_find.h"

#include "store/row.h"
#include "store/statements.h"

struct seeking {
    struct sought_ticket *tickets;
    size_t count;
};

static void take(const struct row *part, struct sought_ticket *ticket) {
    ticket->id = row_integer(part, FOUND_TICKET_ID);
    ticket->parent_id = row_integer(part, FOUND_TICKET_PARENT);
    ticket->flags = row_integer(part, FOUND_TICKET_FLAGS);
    ticket->count++;
}

static void take_row(const struct row *row, void *into) {
    const struct seeking *seeking = into;
    const struct row part = row_part(row, FOUND_TICKET);
    int64_t place = row_integer(row, FOUND_TICKET_PLACE), id = row_integer(&part, FOUND_TICKET_ID);
    for (size_t i = 0; i < seeking->count; i++) {
        struct sought_ticket *ticket = &seeking->tickets[i];
        bool is_numbered = !text_is_null(ticket->number);
        if (is_numbered ? place == (int64_t)i : place == FOUND_BY_ID && ticket->id == id) take(&part, ticket);
    }
}

bool tickets_find(struct db *db, struct sought_ticket *tickets, size_t count, struct error *error) {
    struct db_value values[2 * TICKETS_LOCK_MAX];
    struct seeking seeking = {tickets, count};
    for (size_t i = 0; i < TICKETS_LOCK_MAX; i++) {
        bool is_numbered = i < count && !text_is_null(tickets[i].number);
        values[i] = is_numbered ? db_key(tickets[i].number) : db_text(TEXT_NULL);
        values[TICKETS_LOCK_MAX + i] = db_integer(i < count && !is_numbered ? tickets[i].id : 0);
    }
    for (size_t i = 0; i < count; i++) {
        tickets[i].count = 0;
        if (!text_is_null(tickets[i].number)) tickets[i].id = 0;
    }
    return row_each(db, QUERY_OF(STATEMENT_TICKETS_FIND, values), NULL, take_row, &seeking, error);
}
