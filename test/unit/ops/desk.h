// SPDX-License-Identifier: GPL-2.0-or-later
// A small help desk in rows, and one request to it: what the tests of the operations share.
#ifndef TEST_DESK_H
#define TEST_DESK_H

#include "fake_db.h"
#include "ops/operation.h"

#define DESK_ANSWER_MAX (1 << 20)

// The columns of STATEMENT_TICKET_BY_NUMBER and its sisters that the tests set.
enum {
    T_ID = 0,
    T_NUMBER = 1,
    T_STATUS = 2,
    T_DEPARTMENT = 3,
    T_TOPIC = 4,
    T_SOURCE = 5,
    T_CREATED = 6,
    T_DUE = 8,
    T_OWNER = 11,
    T_OWNER_NAME = 12,
    T_OWNER_ADDRESS = 13,
    T_PHONE = 22,
    T_SUBJECT = 23,
    T_PRIORITY = 24,
    T_TEAM = 17,
    T_TEAM_NAME = 18,
    E_ID = 27,
    E_PARENT = 28,
    E_THREAD = 29,
    E_TYPE = 30,
    E_POSTER = 31,
    E_SOURCE = 32,
    E_TITLE = 33,
    E_BODY = 34,
    E_FORMAT = 35,
    E_FLAGS = 36,
    E_CREATED = 37,
    E_UPDATED = 38,
    E_STAFF = 40,
    E_EDITOR = 46,
    E_ATTACHMENTS = 48,
};

// The rows of STATEMENT_READING_DESK and STATEMENT_LIST_DESK: departments 1 and 4 (below 1), topics 1
// (translated) and 2 (below 1), statuses open 1, closed 3, archived 4, priority 2, agents' names as "Last,
// First", the fields 20 subject, 22 priority, 3 phone.
#define DESK_ROWS 13
extern const fake_row desk_rows[DESK_ROWS];

// The row of STATEMENT_DESK_TIMES, which the former has, too.
extern const fake_row desk_times[1];

#define DESK_HELP_DESK                                                                                       \
    {STATEMENT_READING_DESK, desk_rows, DESK_ROWS}, {STATEMENT_LIST_DESK, desk_rows, DESK_ROWS}, {           \
        STATEMENT_DESK_TIMES, desk_times, 1                                                                  \
    }

struct desk {
    struct db db;
    struct operation_settings settings;
    struct principal principal;
    struct operation_context context;
    struct output output;
    struct answer answer;
    struct error error;
    const char *parameter_name; // the only query parameter
    const char *parameter_value;
    char answered[DESK_ANSWER_MAX];
    size_t length;
    bool client_gone;
};

// A request to a help desk that answers from `answers`. Large: keep it static.
void desk_open(struct desk *desk, const struct fake_answer *answers, size_t count);

// Runs the handler; afterwards `answered` is the terminated answer.
bool desk_run(struct desk *desk, operation_handler *handle);

#endif
