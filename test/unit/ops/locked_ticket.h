// SPDX-License-Identifier: GPL-2.0-or-later
// The ticket 404709, locked: by Support's agent 3, with the thread 9 and the message 4.
#ifndef TEST_LOCKED_TICKET_H
#define TEST_LOCKED_TICKET_H

// The columns of STATEMENT_TICKET_LOCK that the tests set.
enum {
    L_ID = 0,
    L_NUMBER = 1,
    L_OWNER = 2,
    L_STATUS = 3,
    L_DEPARTMENT = 4,
    L_TOPIC = 5,
    L_STAFF = 6,
    L_TEAM = 7,
    L_ANSWERED = 8,
    L_OVERDUE = 9,
    L_DUE = 10,
    L_ESTIMATED = 11,
    L_CREATED = 12,
    L_CLOSED = 14,
    L_LAST_UPDATE = 15,
    L_THREAD = 21,
    L_MESSAGE = 22,
    L_MISSING = 23,
    L_TASKS = 24,
    L_FIRST = 25,
    L_SECOND = 26,
    L_ASSIGNEE = 27,
    L_TEAM_ROW = 28,
    L_SLA = 29,
    L_REFERRED = 30,
    L_CLOSED_EVENT = 31,
    L_DRAFTS = 32,
    L_KIND = 33,
};

#define LOCKED(status, answered, missing)                                                                    \
    [L_KIND] = "ticket", [L_ID] = "2", [L_NUMBER] = "404709", [L_OWNER] = "1", [L_STATUS] = status,          \
    [L_DEPARTMENT] = "1", [L_TOPIC] = "2", [L_STAFF] = "3", [L_TEAM] = "0", [L_ANSWERED] = answered,         \
    [L_OVERDUE] = "0", [L_DUE] = "2099-01-01 00:00:00", [L_ESTIMATED] = "2024-03-08 09:15:00",               \
    [L_CREATED] = "2024-03-05 09:15:00", [L_LAST_UPDATE] = "2024-03-05 09:15:00", [L_THREAD] = "9",          \
    [L_MESSAGE] = "4", [L_MISSING] = missing, [L_TASKS] = "0", [L_ASSIGNEE] = "3"

#endif
