// SPDX-License-Identifier: GPL-2.0-or-later
// The members of a ticket as an object: what each is, and a bit for each, by which they are asked for.
// spec: operations.md 1.5.
#ifndef STORE_READ_TICKET_FIELD_NAMES_H
#define STORE_READ_TICKET_FIELD_NAMES_H

#include <stdint.h>

// name, what it is, the member of struct ticket_object
// clang-format off
#define TICKET_FIELDS(FIRST, NEXT) \
    FIRST(id, INTEGER, id) \
    NEXT(number, TEXT, number) \
    NEXT(subject, TEXT, subject) \
    NEXT(status, STATUS, status) \
    NEXT(priority, NAMED, priority) \
    NEXT(department, NAMED, department) \
    NEXT(topic, NAMED, topic) \
    NEXT(staff, AGENT, staff) \
    NEXT(team, NAMED, team) \
    NEXT(sla, NAMED, sla) \
    NEXT(user, PERSON, user) \
    NEXT(organization, NAMED, organization) \
    NEXT(source, TEXT, source) \
    NEXT(created, TIME, created) \
    NEXT(updated, TIME, updated) \
    NEXT(last_update, TIME, last_update) \
    NEXT(last_message, TIME, last_message) \
    NEXT(last_response, TIME, last_response) \
    NEXT(closed, TIME, closed) \
    NEXT(reopened, TIME, reopened) \
    NEXT(due, DUE, due) \
    NEXT(due_set, TIME, due) \
    NEXT(overdue, BOOLEAN, is_overdue) \
    NEXT(answered, BOOLEAN, is_answered) \
    NEXT(parent, PARENT, parent) \
    NEXT(entries, INTEGER, entries) \
    NEXT(attachments, INTEGER, attachments) \
    NEXT(tasks_open, INTEGER, open_tasks)
// clang-format on

// "id,number,…": in the order of their bits.
#define TICKET_FIELD_NAMES                      TICKET_FIELDS(TICKET_FIRST_NAME, TICKET_NEXT_NAME)
#define TICKET_FIRST_NAME(name, what, member)   #name
#define TICKET_NEXT_NAME(name, what, member)    "," #name
#define TICKET_FIELD_BIT(name)                  (UINT64_C(1) << TICKET_FIELD_##name)
#define TICKET_FIELD_NUMBER(name, what, member) TICKET_FIELD_##name,
enum ticket_field { TICKET_FIELDS(TICKET_FIELD_NUMBER, TICKET_FIELD_NUMBER) TICKET_FIELD_COUNT };
#define TICKET_FIELDS_ALL ((UINT64_C(1) << TICKET_FIELD_COUNT) - 1)

// Those that clients are not shown. spec: operations.md 9.3.
#define TICKET_FIELDS_OF_AGENTS                                                                              \
    (TICKET_FIELD_BIT(staff) | TICKET_FIELD_BIT(team) | TICKET_FIELD_BIT(sla) | TICKET_FIELD_BIT(due) |      \
     TICKET_FIELD_BIT(due_set) | TICKET_FIELD_BIT(overdue) | TICKET_FIELD_BIT(tasks_open))

#endif
