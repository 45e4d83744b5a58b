// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket out of a row.
#include "store/read/ticket_object.h"

#include "store/row.h"
#include "store/statements.h"

struct agent agent_of(const struct row *part) {
    return (struct agent){row_integer(part, AGENT_ID), row_copy(part, AGENT_USERNAME),
                          row_copy(part, AGENT_FIRST_NAME), row_copy(part, AGENT_LAST_NAME)};
}

struct person person_of(const struct row *part) {
    return (struct person){row_integer(part, PERSON_ID), row_copy(part, PERSON_NAME),
                           row_copy(part, PERSON_ADDRESS)};
}

struct named named_of(const struct row *row, unsigned id, unsigned name) {
    return (struct named){row_integer(row, id), row_copy(row, name)};
}

static void take_times(const struct row *row, struct ticket_object *object) {
    object->created = row_copy(row, OBJECT_CREATED);
    object->updated = row_copy(row, OBJECT_UPDATED);
    object->last_update = row_copy(row, OBJECT_LAST_UPDATE);
    object->last_message = row_copy(row, OBJECT_LAST_MESSAGE);
    object->last_response = row_copy(row, OBJECT_LAST_RESPONSE);
    object->closed = row_copy(row, OBJECT_CLOSED);
    object->reopened = row_copy(row, OBJECT_REOPENED);
    object->due = row_copy(row, OBJECT_DUE);
    object->estimated_due = row_copy(row, OBJECT_ESTIMATED_DUE);
}

void ticket_object_take(const struct row *row, struct ticket_object *object) {
    const struct row staff = row_part(row, OBJECT_STAFF), user = row_part(row, OBJECT_USER);
    *object = (struct ticket_object){
        .id = row_integer(row, OBJECT_ID),
        .number = row_copy(row, OBJECT_NUMBER),
        .subject = row_copy(row, OBJECT_SUBJECT),
        .status = named_of(row, OBJECT_STATUS, OBJECT_STATUS_NAME),
        .state = row_copy(row, OBJECT_STATUS_STATE),
        .priority = named_of(row, OBJECT_PRIORITY, OBJECT_PRIORITY_NAME),
        .department = named_of(row, OBJECT_DEPARTMENT, OBJECT_DEPARTMENT_NAME),
        .topic = named_of(row, OBJECT_TOPIC, OBJECT_TOPIC_NAME),
        .staff = agent_of(&staff),
        .team = named_of(row, OBJECT_TEAM, OBJECT_TEAM_NAME),
        .sla = named_of(row, OBJECT_SLA, OBJECT_SLA_NAME),
        .user = person_of(&user),
        .organization = named_of(row, OBJECT_ORGANIZATION, OBJECT_ORGANIZATION_NAME),
        .source = row_copy(row, OBJECT_SOURCE),
        .is_overdue = row_is_true(row, OBJECT_IS_OVERDUE),
        .is_answered = row_is_true(row, OBJECT_IS_ANSWERED),
        .parent = named_of(row, OBJECT_PARENT, OBJECT_PARENT_NUMBER),
        .entries = row_integer(row, OBJECT_ENTRIES),
        .attachments = row_integer(row, OBJECT_ATTACHMENTS),
        .open_tasks = row_integer(row, OBJECT_OPEN_TASKS),
    };
    take_times(row, object);
}

static void take(const struct row *row, void *into) {
    ticket_object_take(row, into);
}

int ticket_object_read(struct db *db, int64_t ticket_id, struct view view, struct arena *arena,
                       struct ticket_object *object, struct error *error) {
    struct query query =
        QUERY(STATEMENT_TICKET_OBJECT, db_integer(view.utc), db_integer(view.notes), db_integer(ticket_id));
    return row_first(db, query, arena, take, object, error);
}
