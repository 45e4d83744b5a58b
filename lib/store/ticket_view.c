// SPDX-License-Identifier: GPL-2.0-or-later
// Which tickets somebody sees who sees some only.
#include "store/ticket_view.h"

#include "store/row.h"
#include "store/statements.h"

bool ticket_view_is_client(const struct key_rules *rules) {
    return rules && (rules->view == KEY_VIEW_USER || rules->view == KEY_VIEW_ORGANIZATION);
}

bool ticket_view_is_empty(const struct key_rules *rules) {
    return rules->view == KEY_VIEW_NOTHING || (rules->view != KEY_VIEW_ALL && rules->view_id <= 0) ||
           (rules->has_departments && !rules->department_count) ||
           (rules->has_tickets && !rules->ticket_count);
}

static struct db_value id_if(bool is_one, int64_t id) {
    return is_one ? db_integer(id) : db_text(TEXT_NULL);
}

struct viewer viewer_of(const struct key_rules *rules) {
    int64_t id = rules ? rules->view_id : 0;
    return (struct viewer){
        .who = db_integer(id),
        .user = id_if(rules && rules->view == KEY_VIEW_USER, id),
        .organization = id_if(rules && rules->view == KEY_VIEW_ORGANIZATION, id),
        .departments = db_string(rules && rules->has_departments ? rules->department_list : NULL),
        .tickets = db_string(rules && rules->has_tickets ? rules->ticket_list : NULL),
    };
}

unsigned view_statement(const struct key_rules *rules, unsigned first, unsigned of_kind) {
    return first + (unsigned)rules->view * of_kind;
}

struct look {
    int64_t ticket_id; // the first that is seen
    size_t count;
};

static void take_look(const struct row *row, void *into) {
    struct look *look = into;
    if (!look->count++) look->ticket_id = row_integer(row, VIEW_TICKET);
}

#define STATEMENTS_OF_KIND (STATEMENT_VIEW_STAFF - STATEMENT_VIEW_ALL)

static bool look_for(struct db *db, const struct key_rules *rules, unsigned first, struct db_value ticket,
                     struct look *look, struct error *error) {
    const struct viewer viewer = viewer_of(rules);
    *look = (struct look){0};
    if (ticket_view_is_empty(rules)) return true;
    struct query query = QUERY(view_statement(rules, first, STATEMENTS_OF_KIND), viewer.who,
                               viewer.departments, viewer.tickets, ticket);
    return row_each(db, query, NULL, take_look, look, error);
}

int ticket_view_has(struct db *db, const struct key_rules *rules, int64_t ticket_id, struct error *error) {
    struct look look;
    if (!look_for(db, rules, STATEMENT_VIEW_ALL, db_integer(ticket_id), &look, error)) return -1;
    return look.count > 0;
}

bool ticket_view_narrow(struct db *db, const struct key_rules *rules, struct subject *subject,
                        struct error *error) {
    struct look look;
    bool by_id = text_starts_with(subject->name, TEXT("id:"));
    bool done = by_id ? look_for(db, rules, STATEMENT_VIEW_ALL, db_integer(subject->id), &look, error)
                      : look_for(db, rules, STATEMENT_VIEW_NUMBER_ALL, db_key(subject->name), &look, error);
    subject->id = look.ticket_id;
    subject->is_ambiguous = look.count > 1;
    return done;
}
