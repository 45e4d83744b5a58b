// SPDX-License-Identifier: GPL-2.0-or-later
// Every SQL statement of the server by name, out of the lists that stand beside those who run them.
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include "store/agent_rights_statements.h"
#include "store/answer_statements.h"
#include "store/api_key_statements.h"
#include "store/catalog/catalog_statements.h"
#include "store/changes/lane_statements.h"
#include "store/check/check_statements.h"
#include "store/claim_statements.h"
#include "store/create/assignee_statements.h"
#include "store/create/desk_statements.h"
#include "store/create/native_statements.h"
#include "store/create/number_statements.h"
#include "store/create/row_statements.h"
#include "store/cron/cron_statements.h"
#include "store/desk/kept_desk_statements.h"
#include "store/directory/item_statements.h"
#include "store/directory/organization_statements.h"
#include "store/directory/user_statements.h"
#include "store/edit/client_target_statements.h"
#include "store/edit/edit_party_statements.h"
#include "store/edit/form_field_statements.h"
#include "store/edit/link_statements.h"
#include "store/edit/merge_statements.h"
#include "store/email/look_statements.h"
#include "store/email/row_statements.h"
#include "store/email/thread_statements.h"
#include "store/fetch/account_statements.h"
#include "store/fetch/message_statements.h"
#include "store/help_desk_statements.h"
#include "store/idempotency_statements.h"
#include "store/key_row_statements.h"
#include "store/mail/content_statements.h"
#include "store/mail/queue_statements.h"
#include "store/mail/settings_statements.h"
#include "store/outbox/outbox_statements.h"
#include "store/own_schema_statements.h"
#include "store/people_statements.h"
#include "store/plugin_statements.h"
#include "store/read/answer_column_statements.h"
#include "store/read/client_desk_statements.h"
#include "store/read/key_version_statements.h"
#include "store/read/names_statements.h"
#include "store/read/queue_statements.h"
#include "store/read/shown_ticket_statements.h"
#include "store/read/shown_version_statements.h"
#include "store/read/thread_part_statements.h"
#include "store/read/ticket_list_statements.h"
#include "store/read/ticket_object_statements.h"
#include "store/read/ticket_part_statements.h"
#include "store/read/ticket_row_statements.h"
#include "store/read/ticket_version_statements.h"
#include "store/read/usual_ticket_statements.h"
#include "store/search/search_row_statements.h"
#include "store/storage/file_content_statements.h"
#include "store/storage/storage_folder_statements.h"
#include "store/ticket/act_party_statements.h"
#include "store/ticket/canned_choice_statements.h"
#include "store/ticket/children_statements.h"
#include "store/ticket/deletion_statements.h"
#include "store/ticket/file_statements.h"
#include "store/ticket/mailbox_choice_statements.h"
#include "store/ticket/reply_target_statements.h"
#include "store/ticket/thread_party_statements.h"
#include "store/ticket/thread_statements.h"
#include "store/ticket/ticket_lock_statements.h"
#include "store/ticket/tickets_find_statements.h"
#include "store/ticket/tickets_lock_statements.h"
#include "store/ticket_view_statements.h"
#include "store/token/client_token_statements.h"
#include "store/view/ticket_scope_statements.h"
#include "store/walk_statements.h"
#include "store/webhook/webhook_statements.h"
#include "store/wide_column_statements.h"

#include <stddef.h>

// A list of statements has a line for each: STATEMENT(name, takes, gives, text). What it takes is a text of
// types and names, "INTEGER ticket,16 TEXT body," (or COLUMN_TYPES of a list), what it gives a list of
// columns, see columns.h. A new statement stands in the list of its subject alone, a new list here.

// Those that requests run: a worker prepares them when it starts.
#define STATEMENTS_OF_ALL_DAYS(STATEMENT)                                                                    \
    API_KEY_STATEMENTS(STATEMENT)                                                                            \
    KEY_VERSION_STATEMENTS(STATEMENT)                                                                        \
    PEOPLE_STATEMENTS(STATEMENT)                                                                             \
    HELP_DESK_STATEMENTS(STATEMENT)                                                                          \
    CLIENT_DESK_STATEMENTS(STATEMENT)                                                                        \
    USUAL_TICKET_STATEMENTS(STATEMENT)                                                                       \
    TICKET_ROW_STATEMENTS(STATEMENT)                                                                         \
    TICKET_LIST_STATEMENTS(STATEMENT)                                                                        \
    TICKET_VERSION_STATEMENTS(STATEMENT)                                                                     \
    TICKET_OBJECT_STATEMENTS(STATEMENT)                                                                      \
    THREAD_PART_STATEMENTS(STATEMENT)                                                                        \
    REPLY_TARGET_STATEMENTS(STATEMENT)                                                                       \
    ACT_PARTY_STATEMENTS(STATEMENT)                                                                          \
    TICKET_LOCK_STATEMENTS(STATEMENT)                                                                        \
    THREAD_STATEMENTS(STATEMENT)                                                                             \
    FILE_STATEMENTS(STATEMENT)                                                                               \
    ANSWER_STATEMENTS(STATEMENT)                                                                             \
    MAIL_SETTINGS_STATEMENTS(STATEMENT)                                                                      \
    MAIL_CONTENT_STATEMENTS(STATEMENT)                                                                       \
    MAIL_QUEUE_STATEMENTS(STATEMENT)                                                                         \
    CREATE_DESK_STATEMENTS(STATEMENT)                                                                        \
    ASSIGNEE_STATEMENTS(STATEMENT)                                                                           \
    CLAIM_STATEMENTS(STATEMENT)                                                                              \
    NUMBER_STATEMENTS(STATEMENT)                                                                             \
    ROW_STATEMENTS(STATEMENT)                                                                                \
    WIDE_COLUMN_STATEMENTS(STATEMENT)                                                                        \
    IDEMPOTENCY_STATEMENTS(STATEMENT)

// Those that few requests run or none, of the mailer, of the commands: a worker spares itself their memory,
// 11 KiB each, until then.
#define RARE_STATEMENTS(STATEMENT)                                                                           \
    KEPT_DESK_STATEMENTS(STATEMENT)                                                                          \
    KEPT_TICKET_STATEMENTS(STATEMENT)                                                                        \
    KEPT_LIST_STATEMENTS(STATEMENT)                                                                          \
    LANE_STATEMENTS(STATEMENT)                                                                               \
    API_KEY_RARE_STATEMENTS(STATEMENT)                                                                       \
    KEY_VERSION_RARE_STATEMENTS(STATEMENT)                                                                   \
    PEOPLE_RARE_STATEMENTS(STATEMENT)                                                                        \
    CLIENT_TOKEN_STATEMENTS(STATEMENT)                                                                       \
    TICKET_VIEW_STATEMENTS(STATEMENT)                                                                        \
    TICKET_SCOPE_STATEMENTS(STATEMENT)                                                                       \
    CLIENT_TARGET_STATEMENTS(STATEMENT)                                                                      \
    FORM_FIELD_STATEMENTS(STATEMENT)                                                                         \
    EDIT_PARTY_STATEMENTS(STATEMENT)                                                                         \
    LINK_STATEMENTS(STATEMENT)                                                                               \
    MERGE_STATEMENTS(STATEMENT)                                                                              \
    TICKETS_FIND_STATEMENTS(STATEMENT)                                                                       \
    TICKETS_LOCK_STATEMENTS(STATEMENT)                                                                       \
    MAILBOX_CHOICE_STATEMENTS(STATEMENT)                                                                     \
    CANNED_CHOICE_STATEMENTS(STATEMENT)                                                                      \
    USER_STATEMENTS(STATEMENT)                                                                               \
    ORGANIZATION_STATEMENTS(STATEMENT)                                                                       \
    ITEM_STATEMENTS(STATEMENT)                                                                               \
    KEY_ROW_STATEMENTS(STATEMENT)                                                                            \
    CATALOG_STATEMENTS(STATEMENT)                                                                            \
    SHOWN_THREAD_PART_STATEMENTS(STATEMENT)                                                                  \
    TICKET_LOCK_RARE_STATEMENTS(STATEMENT)                                                                   \
    VERSIONED_TICKET_STATEMENTS(STATEMENT)                                                                   \
    TICKET_VERSION_RARE_STATEMENTS(STATEMENT)                                                                \
    SHOWN_VERSION_STATEMENTS(STATEMENT)                                                                      \
    FILE_CONTENT_STATEMENTS(STATEMENT)                                                                       \
    STORAGE_FOLDER_STATEMENTS(STATEMENT)                                                                     \
    NAMES_STATEMENTS(STATEMENT)                                                                              \
    ANSWER_COLUMN_STATEMENTS(STATEMENT)                                                                      \
    QUEUE_STATEMENTS(STATEMENT)                                                                              \
    SEARCH_ROW_STATEMENTS(STATEMENT)                                                                         \
    TICKET_PART_STATEMENTS(STATEMENT)                                                                        \
    TICKET_ROW_RARE_STATEMENTS(STATEMENT)                                                                    \
    CREATE_DESK_RARE_STATEMENTS(STATEMENT)                                                                   \
    PLUGIN_STATEMENTS(STATEMENT)                                                                             \
    CHILDREN_STATEMENTS(STATEMENT)                                                                           \
    DELETION_STATEMENTS(STATEMENT)                                                                           \
    THREAD_PARTY_STATEMENTS(STATEMENT)                                                                       \
    NATIVE_STATEMENTS(STATEMENT)                                                                             \
    EMAIL_LOOK_STATEMENTS(STATEMENT)                                                                         \
    EMAIL_THREAD_STATEMENTS(STATEMENT)                                                                       \
    EMAIL_ROW_STATEMENTS(STATEMENT)                                                                          \
    MAIL_SETTINGS_RARE_STATEMENTS(STATEMENT)                                                                 \
    MAIL_CONTENT_RARE_STATEMENTS(STATEMENT)                                                                  \
    MAIL_QUEUE_RARE_STATEMENTS(STATEMENT)                                                                    \
    CRON_STATEMENTS(STATEMENT)                                                                               \
    FETCH_ACCOUNT_STATEMENTS(STATEMENT)                                                                      \
    MAILBOX_STATEMENTS(STATEMENT)                                                                            \
    IDEMPOTENCY_RARE_STATEMENTS(STATEMENT)                                                                   \
    WALK_STATEMENTS(STATEMENT)                                                                               \
    CHECK_STATEMENTS(STATEMENT)                                                                              \
    WEBHOOK_STATEMENTS(STATEMENT)                                                                            \
    OWN_SCHEMA_STATEMENTS(STATEMENT)

#define STATEMENT_NUMBER(name, takes, gives, text) STATEMENT_##name,
enum statement {
    STATEMENTS_OF_ALL_DAYS(STATEMENT_NUMBER) // Reads: the texts stand in store/read/statements.h.
    STATEMENTS_OF_REQUESTS,
    STATEMENTS_BEFORE_RARE_ONES = STATEMENTS_OF_REQUESTS - 1,
    RARE_STATEMENTS(STATEMENT_NUMBER)

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
