// SPDX-License-Identifier: GPL-2.0-or-later
// The rows that a new ticket is made of, and those of a new user. To be written in one transaction. Texts are
// made to fit their columns: store/text_fit.h.
#ifndef STORE_CREATE_ROWS_H
#define STORE_CREATE_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/create/cdata_columns.h"
#include "store/work.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// A new user; the address row is used again where it has lost its user. ERROR_RETRYABLE when somebody else
// created a user with this address meanwhile: a second look finds him. spec: creating.md C.1.
#define USER_NAME_MAX 128 // characters
struct new_user {
    struct text name, address;
    int64_t organization_id;
};
bool user_insert(struct work *work, const struct new_user *user, int64_t *user_id,
                 struct error *error) CHECKED;

// A new ticket. Times as "YYYY-MM-DD HH:MM:SS" in the database's zone.
struct new_ticket {
    struct text number, ip_address, source;
    int64_t user_id, status_id, department_id, sla_id, topic_id, staff_id, team_id, email_id;
    struct text created;
    struct text due;    // est_duedate, or null
    struct text closed; // null: it is open
    bool has_message;
};
bool ticket_insert(struct work *work, const struct new_ticket *ticket, int64_t *ticket_id, int64_t *thread_id,
                   struct error *error) CHECKED;

// One form with its answers.
struct new_form_entry {
    int64_t form_id;
    const char *object_type; // "T", "U"
    int64_t object_id;
    int64_t sort;
    struct text extra; // JSON, or null
};
struct new_form_value {
    int64_t field_id;
    struct text label; // for the error, ERROR_TOO_LARGE, when the value is longer than its column
    struct text value; // or null
    bool has_value_id;
    int64_t value_id;
};
bool form_entry_insert(struct work *work, const struct new_form_entry *entry,
                       const struct new_form_value *values, size_t count, struct error *error) CHECKED;

// A row of user__cdata, organization__cdata or ticket__cdata. Writes nothing without any column.
struct cdata_value {
    struct cdata_column column;
    struct text value;
};
enum cdata_of { CDATA_OF_TICKET, CDATA_OF_USER, CDATA_OF_ORGANIZATION };
bool cdata_save(struct work *work, enum cdata_of of, int64_t object_id, const struct cdata_value *values,
                size_t count, struct error *error) CHECKED;

#define COLLABORATOR_ACTIVE  1
#define COLLABORATOR_IN_COPY 2

// Who takes part in the thread.
struct new_collaborator {
    int64_t user_id, flags;
};
bool collaborators_insert(struct db *db, int64_t thread_id, const struct new_collaborator *collaborators,
                          size_t count, struct error *error) CHECKED;

#define SYSLOG_WARNING 2
#define SYSLOG_DEBUG   3

// Notes in the system log, whose texts are HTML, unless the help desk logs nothing of this level (1 error, 2
// warning, 3 debug).
bool syslog_insert(struct work *work, const char *type, int64_t level, struct text title, struct text text,
                   struct text ip_address, struct error *error) CHECKED;

#endif
