// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket and an entry out of a row.
#include "store/read/ticket_columns.h"

#include "store/help_desk.h"
#include "store/read/ticket_column_statements.h"
#include "store/row.h"

void ticket_columns_take(const struct row *part, struct ticket_columns *ticket) {
    *ticket = (struct ticket_columns){
        .id = row_integer(part, SHOWN_TICKET_ID),
        .number = row_copy(part, SHOWN_TICKET_NUMBER),
        .status_id = row_integer(part, SHOWN_TICKET_STATUS),
        .department_id = row_integer(part, SHOWN_TICKET_DEPARTMENT),
        .topic_id = row_integer(part, SHOWN_TICKET_TOPIC),
        .source = row_copy(part, SHOWN_TICKET_SOURCE),
        .created = row_copy(part, SHOWN_TICKET_CREATED),
        .closed = row_copy(part, SHOWN_TICKET_CLOSED),
        .due = row_copy(part, SHOWN_TICKET_DUE),
        .estimated_due = row_copy(part, SHOWN_TICKET_ESTIMATED_DUE),
        .reopened = row_copy(part, SHOWN_TICKET_REOPENED),
        .owner = {row_integer(part, SHOWN_TICKET_OWNER), row_copy(part, SHOWN_TICKET_OWNER_NAME),
                  row_copy(part, SHOWN_TICKET_OWNER_ADDRESS)},
        .priority_id = -1,
        .assignee = {row_integer(part, SHOWN_TICKET_STAFF), row_copy(part, SHOWN_TICKET_STAFF_FIRST_NAME),
                     row_copy(part, SHOWN_TICKET_STAFF_LAST_NAME)},
        .team_id = row_integer(part, SHOWN_TICKET_TEAM),
        .team_name = row_copy(part, SHOWN_TICKET_TEAM_NAME),
    };
}

void sla_columns_take(const struct row *part, struct ticket_columns *ticket) {
    ticket->sla_active = (row_integer(part, SHOWN_SLA_FLAGS) & SLA_FLAG_ACTIVE) != 0;
    ticket->sla_grace_hours = row_integer(part, SHOWN_SLA_GRACE);
    ticket->sla_schedule_id = row_integer(part, SHOWN_SLA_SCHEDULE);
}

void entry_columns_take(const struct row *part, struct entry_columns *entry) {
    *entry = (struct entry_columns){
        .id = row_integer(part, SHOWN_ENTRY_ID),
        .parent_id = row_integer(part, SHOWN_ENTRY_PARENT),
        .thread_id = row_integer(part, SHOWN_ENTRY_THREAD),
        .type = row_copy(part, SHOWN_ENTRY_TYPE),
        .poster = row_copy(part, SHOWN_ENTRY_POSTER),
        .source = row_copy(part, SHOWN_ENTRY_SOURCE),
        .title = row_copy(part, SHOWN_ENTRY_TITLE),
        .body = row_copy(part, SHOWN_ENTRY_BODY),
        .format = row_copy(part, SHOWN_ENTRY_FORMAT),
        .flags = row_integer(part, SHOWN_ENTRY_FLAGS),
        .created = row_copy(part, SHOWN_ENTRY_CREATED),
        .updated = row_copy(part, SHOWN_ENTRY_UPDATED),
        .editor_id = row_integer(part, SHOWN_ENTRY_EDITOR),
        .staff = {row_integer(part, SHOWN_ENTRY_STAFF), row_copy(part, SHOWN_ENTRY_STAFF_FIRST_NAME),
                  row_copy(part, SHOWN_ENTRY_STAFF_LAST_NAME)},
        .user = {.id = row_integer(part, SHOWN_ENTRY_USER), .name = row_copy(part, SHOWN_ENTRY_USER_NAME)},
    };
}
