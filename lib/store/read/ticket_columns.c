// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket and an entry out of a row.
#include "store/read/ticket_columns.h"

#include "db/db.h"

// The columns of TICKET_PART and ENTRY_PART in store/read/statements.h, in their order.
// clang-format off
enum ticket_column {
    TICKET_ID, NUMBER, STATUS_ID, DEPARTMENT_ID, TOPIC_ID, SOURCE, CREATED, CLOSED, DUE, ESTIMATED_DUE, REOPENED,
    OWNER_ID, OWNER_NAME, OWNER_ADDRESS, STAFF_ID, STAFF_FIRST, STAFF_LAST, TEAM_ID, TEAM_NAME,
    SLA_FLAGS, SLA_GRACE, SLA_SCHEDULE,
};
enum entry_column {
    ENTRY_ID, ENTRY_PARENT, ENTRY_THREAD, ENTRY_TYPE, ENTRY_POSTER, ENTRY_SOURCE, ENTRY_TITLE, ENTRY_BODY,
    ENTRY_FORMAT, ENTRY_FLAGS, ENTRY_CREATED, ENTRY_UPDATED, ENTRY_EDITOR_ID, ENTRY_STAFF_ID, ENTRY_STAFF_FIRST,
    ENTRY_STAFF_LAST, ENTRY_USER_ID, ENTRY_USER_NAME,
};
// clang-format on

#define SLA_FLAG_ACTIVE 1

// The row at hand from a column on.
struct part {
    struct db_rows *rows;
    unsigned first;
    struct arena *arena;
};

static int64_t integer(const struct part *part, unsigned column) {
    return db_rows_integer(part->rows, part->first + column);
}

static struct text kept(const struct part *part, unsigned column) {
    struct text text = db_rows_text(part->rows, part->first + column);
    return part->arena ? arena_copy(part->arena, text) : text;
}

static struct staff_columns take_staff(const struct part *part, unsigned id) {
    return (struct staff_columns){integer(part, id), kept(part, id + 1), kept(part, id + 2)};
}

void ticket_columns_take(struct db_rows *rows, unsigned first, struct arena *arena,
                         struct ticket_columns *ticket) {
    const struct part part = {rows, first, arena};
    *ticket = (struct ticket_columns){
        .id = integer(&part, TICKET_ID),
        .number = kept(&part, NUMBER),
        .status_id = integer(&part, STATUS_ID),
        .department_id = integer(&part, DEPARTMENT_ID),
        .topic_id = integer(&part, TOPIC_ID),
        .source = kept(&part, SOURCE),
        .created = kept(&part, CREATED),
        .closed = kept(&part, CLOSED),
        .due = kept(&part, DUE),
        .estimated_due = kept(&part, ESTIMATED_DUE),
        .reopened = kept(&part, REOPENED),
        .owner = {integer(&part, OWNER_ID), kept(&part, OWNER_NAME), kept(&part, OWNER_ADDRESS)},
        .priority_id = -1,
        .assignee = take_staff(&part, STAFF_ID),
        .team_id = integer(&part, TEAM_ID),
        .team_name = kept(&part, TEAM_NAME),
        .sla_active = (integer(&part, SLA_FLAGS) & SLA_FLAG_ACTIVE) != 0,
        .sla_grace_hours = integer(&part, SLA_GRACE),
        .sla_schedule_id = integer(&part, SLA_SCHEDULE),
    };
}

void entry_columns_take(struct db_rows *rows, unsigned first, struct arena *arena,
                        struct entry_columns *entry) {
    const struct part part = {rows, first, arena};
    *entry = (struct entry_columns){
        .id = integer(&part, ENTRY_ID),
        .parent_id = integer(&part, ENTRY_PARENT),
        .thread_id = integer(&part, ENTRY_THREAD),
        .type = kept(&part, ENTRY_TYPE),
        .poster = kept(&part, ENTRY_POSTER),
        .source = kept(&part, ENTRY_SOURCE),
        .title = kept(&part, ENTRY_TITLE),
        .body = kept(&part, ENTRY_BODY),
        .format = kept(&part, ENTRY_FORMAT),
        .flags = integer(&part, ENTRY_FLAGS),
        .created = kept(&part, ENTRY_CREATED),
        .updated = kept(&part, ENTRY_UPDATED),
        .editor_id = integer(&part, ENTRY_EDITOR_ID),
        .staff = take_staff(&part, ENTRY_STAFF_ID),
        .user = {.id = integer(&part, ENTRY_USER_ID), .name = kept(&part, ENTRY_USER_NAME)},
    };
}
