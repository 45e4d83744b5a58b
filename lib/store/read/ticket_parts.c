// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of what hangs on a ticket.
#include "store/read/ticket_parts.h"

#include "store/row.h"
#include "store/statements.h"
#include "store/ticket_view.h"

static bool read_all(struct db *db, struct query query, struct arena *arena, row_take *take,
                     struct row_list list, struct error *error) {
    return row_all(db, query, arena, take, list, error) && (!arena->failed || error_too_large(error));
}

void form_answer_take_shown(const struct row *row, struct answered_field *field) {
    *field = (struct answered_field){
        .id = row_integer(row, ANSWERED_FIELD),
        .name = row_copy(row, ANSWERED_NAME),
        .label = row_copy(row, ANSWERED_LABEL),
        .type = row_copy(row, ANSWERED_TYPE),
        .value = row_copy(row, ANSWERED_VALUE),
        .has_value_id = !row_is_null(row, ANSWERED_VALUE_ID),
        .value_id = row_integer(row, ANSWERED_VALUE_ID),
        .form = row_copy(row, ANSWERED_FORM),
    };
}

static void take_field(const struct row *row, void *into) {
    form_answer_take_shown(row, into);
}

bool form_answers_read(struct db *db, const char *type, int64_t object_id, bool all, struct arena *arena,
                       struct answered_field **fields, size_t *count, struct error *error) {
    return read_all(db,
                    QUERY(STATEMENT_ANSWERED_FIELDS, db_string(type), db_integer(object_id), db_integer(all)),
                    arena, take_field, ROW_LIST(fields, count), error);
}

bool answered_fields_read(struct db *db, const struct ticket_version *ticket, struct view view,
                          struct arena *arena, struct answered_field **fields, size_t *count,
                          struct error *error) {
    return form_answers_read(db, "T", ticket->ticket_id, !ticket_view_is_client(view.rules), arena, fields,
                             count, error);
}

static void take_relative(const struct row *row, void *into) {
    *(struct relative *)into = (struct relative){
        .id = row_integer(row, RELATIVE_ID),
        .number = row_copy(row, RELATIVE_NUMBER),
        .subject = row_copy(row, RELATIVE_SUBJECT),
        .state = row_copy(row, RELATIVE_STATE),
        .flags = row_integer(row, RELATIVE_FLAGS),
    };
}

#define STATEMENTS_OF_KIND (STATEMENT_UPPER_TICKET_OF_STAFF - STATEMENT_UPPER_TICKET_OF_ALL)

// By the statement of those who see all tickets, or the one of the view.
static struct query relatives(const struct ticket_version *ticket, struct view view, unsigned of_all,
                              unsigned of_kinds, struct db_value values[4]) {
    const struct viewer viewer = viewer_of(view.rules);
    values[0] = viewer.who;
    values[1] = viewer.departments;
    values[2] = viewer.tickets;
    values[3] = db_integer(ticket->ticket_id);
    if (!view.rules) return (struct query){of_all, values + 3, 1};
    return (struct query){view_statement(view.rules, of_kinds, STATEMENTS_OF_KIND), values, 4};
}

bool upper_ticket_read(struct db *db, const struct ticket_version *ticket, struct view view,
                       struct arena *arena, struct relative **tickets, size_t *count, struct error *error) {
    struct db_value values[4];
    struct query query =
        relatives(ticket, view, STATEMENT_UPPER_TICKET, STATEMENT_UPPER_TICKET_OF_ALL, values);
    return read_all(db, query, arena, take_relative, ROW_LIST(tickets, count), error);
}

bool lower_tickets_read(struct db *db, const struct ticket_version *ticket, struct view view,
                        struct arena *arena, struct relative **tickets, size_t *count, struct error *error) {
    struct db_value values[4];
    struct query query =
        relatives(ticket, view, STATEMENT_LOWER_TICKETS, STATEMENT_LOWER_TICKETS_OF_ALL, values);
    return read_all(db, query, arena, take_relative, ROW_LIST(tickets, count), error);
}

static void take_referral(const struct row *row, void *into) {
    const struct row staff = row_part(row, REFERRAL_STAFF);
    *(struct referral *)into = (struct referral){
        .id = row_integer(row, REFERRAL_ID),
        .type = row_copy(row, REFERRAL_TYPE),
        .since = row_copy(row, REFERRAL_SINCE),
        .staff = agent_of(&staff),
        .team = named_of(row, REFERRAL_TEAM, REFERRAL_TEAM_NAME),
        .department = named_of(row, REFERRAL_DEPARTMENT, REFERRAL_DEPARTMENT_NAME),
    };
}

bool referrals_read(struct db *db, const struct ticket_version *ticket, struct view view, struct arena *arena,
                    struct referral **referrals, size_t *count, struct error *error) {
    *count = 0;
    if (!ticket->thread_id) return true;
    return read_all(db, QUERY(STATEMENT_REFERRALS, db_integer(view.utc), db_integer(ticket->thread_id)),
                    arena, take_referral, ROW_LIST(referrals, count), error);
}

static void take_task(const struct row *row, void *into) {
    const struct row staff = row_part(row, TASK_STAFF);
    *(struct task *)into = (struct task){
        .id = row_integer(row, TASK_ID),
        .number = row_copy(row, TASK_NUMBER),
        .title = row_copy(row, TASK_TITLE),
        .flags = row_integer(row, TASK_FLAGS),
        .department = named_of(row, TASK_DEPARTMENT, TASK_DEPARTMENT_NAME),
        .staff = agent_of(&staff),
        .team = named_of(row, TASK_TEAM, TASK_TEAM_NAME),
        .due = row_copy(row, TASK_DUE),
        .created = row_copy(row, TASK_CREATED),
        .closed = row_copy(row, TASK_CLOSED),
    };
}

bool tasks_read(struct db *db, const struct ticket_version *ticket, struct view view, struct arena *arena,
                struct task **tasks, size_t *count, struct error *error) {
    return read_all(db, QUERY(STATEMENT_TASKS, db_integer(view.utc), db_integer(ticket->ticket_id)), arena,
                    take_task, ROW_LIST(tasks, count), error);
}

static void take_lock(const struct row *row, void *into) {
    const struct row staff = row_part(row, HELD_LOCK_STAFF);
    *(struct held_lock *)into = (struct held_lock){agent_of(&staff), row_copy(row, HELD_LOCK_EXPIRES)};
}

bool held_lock_read(struct db *db, const struct ticket_version *ticket, struct view view, struct arena *arena,
                    struct held_lock **locks, size_t *count, struct error *error) {
    return read_all(db, QUERY(STATEMENT_HELD_LOCK, db_integer(view.utc), db_integer(ticket->ticket_id)),
                    arena, take_lock, ROW_LIST(locks, count), error);
}

static void take_organization(const struct row *row, void *into) {
    *(struct organization *)into = (struct organization){
        .id = row_integer(row, ORGANIZATION_ID),
        .name = row_copy(row, ORGANIZATION_NAME),
        .domain = row_copy(row, ORGANIZATION_DOMAIN),
        .created = row_copy(row, ORGANIZATION_CREATED),
        .updated = row_copy(row, ORGANIZATION_UPDATED),
    };
}

bool organization_read(struct db *db, const struct ticket_version *ticket, struct view view,
                       struct arena *arena, struct organization **organizations, size_t *count,
                       struct error *error) {
    const struct viewer viewer = viewer_of(view.rules);
    return read_all(db,
                    QUERY(STATEMENT_TICKET_ORGANIZATION, db_integer(view.utc),
                          db_integer(!ticket_view_is_client(view.rules)), viewer.user, viewer.organization,
                          db_integer(ticket->ticket_id)),
                    arena, take_organization, ROW_LIST(organizations, count), error);
}
