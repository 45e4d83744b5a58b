// SPDX-License-Identifier: GPL-2.0-or-later
// A small help desk in rows, and one request to it: what the tests of the operations share.
#ifndef TEST_DESK_H
#define TEST_DESK_H

#include "fake_db.h"
#include "ops/operation.h"
#include "store/statements.h"

#define DESK_ANSWER_MAX (1 << 20)

// The columns of STATEMENT_TICKET_BY_NUMBER and its sisters that the tests set.
enum {
    T_ID = SORTED_TICKET + SHOWN_TICKET_ID,
    T_NUMBER = SORTED_TICKET + SHOWN_TICKET_NUMBER,
    T_STATUS = SORTED_TICKET + SHOWN_TICKET_STATUS,
    T_DEPARTMENT = SORTED_TICKET + SHOWN_TICKET_DEPARTMENT,
    T_TOPIC = SORTED_TICKET + SHOWN_TICKET_TOPIC,
    T_SOURCE = SORTED_TICKET + SHOWN_TICKET_SOURCE,
    T_CREATED = SORTED_TICKET + SHOWN_TICKET_CREATED,
    T_DUE = SORTED_TICKET + SHOWN_TICKET_DUE,
    T_OWNER = SORTED_TICKET + SHOWN_TICKET_OWNER,
    T_OWNER_NAME = SORTED_TICKET + SHOWN_TICKET_OWNER_NAME,
    T_OWNER_ADDRESS = SORTED_TICKET + SHOWN_TICKET_OWNER_ADDRESS,
    T_PHONE = SORTED_PHONE,
    T_SUBJECT = SORTED_SUBJECT,
    T_PRIORITY = SORTED_PRIORITY,
    T_TEAM = SORTED_TICKET + SHOWN_TICKET_TEAM,
    T_TEAM_NAME = SORTED_TICKET + SHOWN_TICKET_TEAM_NAME,
    E_ID = SORTED_ENTRY + SHOWN_ENTRY_ID,
    E_PARENT = SORTED_ENTRY + SHOWN_ENTRY_PARENT,
    E_THREAD = SORTED_ENTRY + SHOWN_ENTRY_THREAD,
    E_TYPE = SORTED_ENTRY + SHOWN_ENTRY_TYPE,
    E_POSTER = SORTED_ENTRY + SHOWN_ENTRY_POSTER,
    E_SOURCE = SORTED_ENTRY + SHOWN_ENTRY_SOURCE,
    E_TITLE = SORTED_ENTRY + SHOWN_ENTRY_TITLE,
    E_BODY = SORTED_ENTRY + SHOWN_ENTRY_BODY,
    E_FORMAT = SORTED_ENTRY + SHOWN_ENTRY_FORMAT,
    E_FLAGS = SORTED_ENTRY + SHOWN_ENTRY_FLAGS,
    E_CREATED = SORTED_ENTRY + SHOWN_ENTRY_CREATED,
    E_UPDATED = SORTED_ENTRY + SHOWN_ENTRY_UPDATED,
    E_STAFF = SORTED_ENTRY + SHOWN_ENTRY_STAFF,
    E_EDITOR = SORTED_EDITOR,
    E_ATTACHMENTS = SORTED_ATTACHMENTS,
};

// The rows of STATEMENT_READING_DESK and STATEMENT_LIST_DESK: departments 1 and 4 (below 1), topics 1
// (translated) and 2 (below 1), statuses open 1, closed 3, archived 4, priority 2, agents' names as "Last,
// First", the fields 20 subject, 22 priority, 3 phone.
#define DESK_ROWS 13
extern const fake_row desk_rows[DESK_ROWS];

// A row of a setting.
#define DESK_ROW_OF_SETTING(key, value)                                                                      \
    [DESK_KIND] = "config", [DESK_SETTING_KEY] = key, [DESK_SETTING_VALUE] = value

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
