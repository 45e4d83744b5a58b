// SPDX-License-Identifier: GPL-2.0-or-later
// Every SQL statement of the server by name, out of the lists that stand beside those who run them.
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include "store/answer_statements.h"
#include "store/api_key_statements.h"
#include "store/idempotency_statements.h"
#include "store/people_statements.h"
#include "store/plugin_statements.h"
#include "store/walk_statements.h"
#include "store/wide_column_statements.h"

#include <stddef.h>

// A list of statements has a line for each: STATEMENT(name, takes, gives, text). What it takes is a text of
// types and names, "INTEGER ticket,16 TEXT body," (or COLUMN_TYPES of a list), what it gives a list of
// columns, see columns.h. A new statement stands in the list of its subject alone, a new list here.

// Those that requests run: a worker prepares them when it starts.
#define STATEMENTS_OF_ALL_DAYS(STATEMENT)                                                                    \
    API_KEY_STATEMENTS(STATEMENT)                                                                            \
    PEOPLE_STATEMENTS(STATEMENT)                                                                             \
    ANSWER_STATEMENTS(STATEMENT)                                                                             \
    WIDE_COLUMN_STATEMENTS(STATEMENT)                                                                        \
    IDEMPOTENCY_STATEMENTS(STATEMENT)

// Those that few requests run or none, of the mailer, of the commands: a worker spares itself their memory,
// 11 KiB each, until then.
#define RARE_STATEMENTS(STATEMENT)                                                                           \
    PLUGIN_STATEMENTS(STATEMENT)                                                                             \
    IDEMPOTENCY_RARE_STATEMENTS(STATEMENT)                                                                   \
    WALK_STATEMENTS(STATEMENT)

#define STATEMENT_NUMBER(name, takes, gives, text) STATEMENT_##name,
enum statement {
    STATEMENTS_OF_ALL_DAYS(STATEMENT_NUMBER) STATEMENT_HELP_DESK,
    STATEMENT_READING_DESK,
    STATEMENT_LIST_DESK,
    STATEMENT_CLIENT_DESK,
    STATEMENT_DESK_TIMES,
    STATEMENT_TICKET_BY_NUMBER,
    STATEMENT_TICKET_LIST,
    STATEMENT_REPLY_TARGET,
    STATEMENT_TICKET_LOCK,
    STATEMENT_STAFF_MAY_TAKE,
    STATEMENT_ENTRY_INSERT,
    STATEMENT_SYSTEM_NOTES_INSERT,
    STATEMENT_THREAD_RESPONDED,
    STATEMENT_TICKET_SAVE,
    STATEMENT_TICKET_SAVE_ANNULLING,
    STATEMENT_SEARCH_REPLACE,
    STATEMENT_SEARCH_REPLACE_ROWS,
    STATEMENT_EVENT_INSERT,
    STATEMENT_REFERRAL_INSERT,
    STATEMENT_DRAFTS_DELETE,
    STATEMENT_CANNED_RESPONSE,
    STATEMENT_CANNED_FILES,

    // Files: the texts stand in file_statements.h.
    STATEMENT_FILES_FIND,
    STATEMENT_FILES_INSERT,
    STATEMENT_FILE_IDS,
    STATEMENT_FILE_CHUNKS_INSERT,
    STATEMENT_ATTACHMENTS_INSERT,

    // Reads: the texts stand in store/read/statements.h.
    STATEMENT_USUAL_TICKET,
    STATEMENT_TICKETS_OF_STAFF,
    STATEMENT_TICKETS_OF_USER,
    STATEMENT_ENTRIES_OF_STAFF,
    STATEMENT_ENTRIES_OF_USER,

    // Mail: the texts stand in store/mail/statements.h.
    STATEMENT_MAIL_COLLABORATORS,
    STATEMENT_MAIL_ENQUEUE,
    STATEMENT_MAIL_ENQUEUE_REPLY,
    STATEMENT_MAIL_SETTINGS,
    STATEMENT_MAIL_MAILBOX,
    STATEMENT_MAIL_TICKET,
    STATEMENT_MAIL_USER,
    STATEMENT_MAIL_AGENT,
    STATEMENT_MAIL_DEPARTMENT,
    STATEMENT_MAIL_TEAM,
    STATEMENT_MAIL_TOPIC,
    STATEMENT_MAIL_SLA,
    STATEMENT_MAIL_DEPARTMENT_MEMBERS,
    STATEMENT_MAIL_TEAM_MEMBERS,
    STATEMENT_MAIL_ANSWERS,
    STATEMENT_MAIL_COMPANY,
    STATEMENT_MAIL_THREAD,

    // Creating tickets: the texts stand in store/create/statements.h.
    STATEMENT_CREATE_DESK,
    STATEMENT_CREATE_TOPIC,
    STATEMENT_CREATE_ASSIGNEES,
    STATEMENT_CREATE_MEMBERS,
    STATEMENT_CREATE_USER,
    STATEMENT_USER_EMAIL_INSERT,
    STATEMENT_USER_INSERT,
    STATEMENT_USER_EMAIL_TAKE,
    STATEMENT_SEQUENCE_NEXT,
    STATEMENT_NUMBER_TAKEN,
    STATEMENT_NUMBER_CLAIM,
    STATEMENT_NUMBER_RELEASE,
    STATEMENT_TICKET_INSERT,
    STATEMENT_THREAD_INSERT,
    STATEMENT_FORM_ENTRY_INSERT,
    STATEMENT_FORM_VALUE_INSERT,
    STATEMENT_COLLABORATOR_INSERT,
    STATEMENT_SYSLOG_INSERT,

    STATEMENTS_OF_REQUESTS,
    STATEMENTS_BEFORE_RARE_ONES = STATEMENTS_OF_REQUESTS - 1,
    RARE_STATEMENTS(STATEMENT_NUMBER)

        STATEMENT_SORTED_OF_STAFF,
    STATEMENT_SORTED_OF_USER,

    // Of the mailer and of "osticket-fcgi queue".
    STATEMENT_MAIL_ENQUEUE_ALERT,
    STATEMENT_MAIL_DUE,
    STATEMENT_MAIL_LOCK,
    STATEMENT_MAIL_LEASE,
    STATEMENT_MAIL_FINISH,
    STATEMENT_MAIL_POSTPONE,
    STATEMENT_MAIL_REMOVE,
    STATEMENT_MAIL_LEASES,
    STATEMENT_MAIL_FREE,
    STATEMENT_MAIL_PURGE,
    STATEMENT_MAIL_SYSLOG,
    STATEMENT_MAIL_COUNTS,
    STATEMENT_MAIL_LIST,
    STATEMENT_MAIL_ROW,
    STATEMENT_MAIL_RETRY,
    STATEMENT_MAIL_DROP,
    STATEMENT_MAIL_ACCOUNTS,
    STATEMENT_MAIL_TEMPLATE,
    STATEMENT_MAIL_ENTRY,
    STATEMENT_MAIL_LAST_EMAIL,
    STATEMENT_MAIL_FILES,
    STATEMENT_MAIL_FILE_BY_KEY,
    STATEMENT_MAIL_FILE_CHUNKS,
    STATEMENT_MAIL_ALERT_ACTIVITY,
    STATEMENT_MAIL_ALERT_NEW,
    STATEMENT_MAIL_ALERT_ASSIGNED,
    STATEMENT_MAIL_ALERT_MEMBERS,
    STATEMENT_COUNT,
};

// For db_new().
extern const char *const statements[STATEMENT_COUNT];

// What they take and give, as COLUMN_TYPES has it: for tests.
struct statement_types {
    const char *name;
    const char *takes;
    const char *gives;
};
extern const struct statement_types statement_types[STATEMENT_COUNT];

#endif
