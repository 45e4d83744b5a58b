// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's own settings and its small tables, read afresh for each request in one statement; names may
// be kept, see desk/kept_desk.h.
#ifndef STORE_HELP_DESK_H
#define STORE_HELP_DESK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// A row of osTicket's table config, namespace core.
struct config_row {
    struct text key;
    struct text value;
};

// A department or a help topic. Both nest through `parent` (0 at the root).
struct node {
    int64_t id;
    int64_t parent;
    int64_t flags;
    int64_t schedule_id, manager_id; // departments only
    int64_t sla_id;
    bool is_private;       // topics only
    int64_t department_id; // the same: whose it is, 0: nobody's
    struct text name;
    struct text translation; // null where there is none
};

struct node_list {
    struct node *nodes;
    size_t count;
};

#define DEPARTMENT_FLAG_MEMBERS_ONLY     1 // may be assigned to
#define DEPARTMENT_FLAG_NO_CLAIM         2 // a response does not assign
#define DEPARTMENT_FLAG_ACTIVE           4
#define DEPARTMENT_FLAG_ARCHIVED         8
#define DEPARTMENT_FLAG_PRIMARY_ONLY     16 // of the members
#define DEPARTMENT_FLAG_NO_REOPEN_ASSIGN 32
#define TOPIC_FLAG_ACTIVE                2
#define TOPIC_FLAG_ARCHIVED              4
#define STATUS_MODE_ENABLED              1
#define SLA_FLAG_ACTIVE                  1
#define SLA_FLAG_NO_ALERTS               4 // when it is overdue
#define SLA_FLAG_TRANSIENT               8 // another department brings its own
#define TEAM_FLAG_ACTIVE                 1

struct ticket_status {
    int64_t id;
    struct text name;
    struct text translation;
    struct text state;      // "open", "closed", "archived", "deleted"
    struct text properties; // JSON
    bool is_enabled;        // agents are offered it
};

struct ticket_priority {
    int64_t id;
    struct text description; // as clients see it: "Normal"
    struct text name;        // "normal"
    struct text color;       // "#FFFFF0"
    int64_t urgency;         // 1 is the most urgent
    int64_t is_public;
};

#define SCHEDULE_FLAG_BUSINESS_HOURS 1

struct schedule_row {
    int64_t id;
    int64_t flags;
    struct text timezone;      // IANA name; null or empty: the help desk's default
    struct text configuration; // JSON {"holidays":[ids]}; null where there is none
};

// As the table schedule_entry has it; dates and times as text, null where the column is NULL.
struct schedule_entry_row {
    int64_t id, sort; // their order within a schedule is by sort, then id
    int64_t schedule_id;
    struct text repeats;
    struct text starts_on, starts_at, ends_on, ends_at, stops_on;
    bool has_day, has_week, has_month;
    int64_t day, week, month;
};

// A plugin that is switched on.
struct plugin_row {
    int64_t id;
    struct text name;
    struct text install_path; // "plugins/chat", "plugins/chat.phar"
};

// A form field whose answer a ticket shows: named subject, priority or phone, in any case.
struct answer_field {
    int64_t id, sort;
    struct text name;
    struct text phone_format; // of a phone: "us" or another
};

// Everything points into the arena that it was loaded with.
struct help_desk {
    struct config_row *config;
    size_t config_count;
    struct node_list departments;
    struct node_list topics;
    struct ticket_status *statuses;
    size_t status_count;
    struct ticket_priority *priorities;
    size_t priority_count;
    struct schedule_row *schedules;
    size_t schedule_count;
    struct schedule_entry_row *schedule_entries; // of all schedules, each schedule's in their order
    size_t schedule_entry_count;
    struct plugin_row *plugins; // only of help_desk_load() and a reply
    size_t plugin_count;
    struct answer_field *answer_fields; // only of a list
    size_t answer_field_count;
    struct text zone_name; // the database's time zone as it names it: "UTC", "CET", "+02:00", "Europe/Berlin"
    int64_t zone_offset;   // seconds east of UTC, now
    // The database's clock in a January and a July, as it shows and in UTC.
    struct text january, january_utc, july, july_utc;
    struct text now; // the database's clock, "YYYY-MM-DD HH:MM:SS" in its own zone
};

// Reads everything in one round trip.
bool help_desk_load(struct db *db, struct arena *arena, struct help_desk *help_desk,
                    struct error *error) CHECKED;

// The same, but of the settings only those that answering with tickets takes.
bool help_desk_load_for_reading(struct db *db, struct arena *arena, struct help_desk *help_desk,
                                struct error *error) CHECKED;

// The same with the fields of answers, but without the times: the zone, the clock, and the schedules.
bool help_desk_load_for_list(struct db *db, struct arena *arena, struct help_desk *help_desk,
                             struct error *error) CHECKED;

// Adds the times to a help desk that was loaded without them, in one more round trip; one that has them is
// fine.
bool help_desk_load_times(struct db *db, struct arena *arena, struct help_desk *help_desk,
                          struct error *error) CHECKED;

// As help_desk_load() by a statement that reads other kinds of rows too, see help_desk_statements.h.
struct row;
struct db_value;
struct help_desk_query {
    unsigned statement;
    const struct db_value *values;
    size_t value_count;
    void (*take)(const struct row *row, void *context); // is handed each row that is none of the help desk's
    void *context;
};
bool help_desk_load_by(struct db *db, const struct help_desk_query *query, struct arena *arena,
                       struct help_desk *help_desk, struct error *error) CHECKED;

// A setting of the help desk; TEXT_NULL when it has no row.
struct text help_desk_config(const struct help_desk *help_desk, const char *key);

// Its URL without slashes at the end; null where it has none.
struct text help_desk_url(const struct help_desk *help_desk);

// The same as PHP takes it for a switch: no row gives `fallback`; "" and "0" are off.
bool help_desk_switch(const struct help_desk *help_desk, const char *key, bool fallback);

// The same as a number; no row or no number gives `fallback`.
int64_t help_desk_number(const struct help_desk *help_desk, const char *key, int64_t fallback);

// The row with this id, or NULL.
const struct node *help_desk_node(const struct node_list *list, int64_t id);
const struct ticket_status *help_desk_status(const struct help_desk *help_desk, int64_t id);

// Whether there is a status, and it has this state ("open", "closed").
bool ticket_status_is(const struct ticket_status *status, const char *state);

// Whether one of the two is archived, which keeps its closed tickets from being opened again.
bool help_desk_is_archived(const struct help_desk *help_desk, int64_t department_id, int64_t topic_id);
const struct ticket_priority *help_desk_priority(const struct help_desk *help_desk, int64_t id);
const struct answer_field *help_desk_answer_field(const struct help_desk *help_desk, int64_t id);

// The ids of the fields whose answers a ticket shows, "20,22": those of its own forms, of its owner's, or
// all. Empty where there are none.
enum answers_of { ANSWERS_OF_TICKET = 1, ANSWERS_OF_OWNER = 2, ANSWERS_OF_BOTH = 3 };
void help_desk_list_fields(const struct help_desk *help_desk, enum answers_of whose, struct buffer *list);

// The name as clients see it: the translation where there is one.
struct text help_desk_status_name(const struct ticket_status *status);

// "Parent / Child". A department's translation stands for its whole path, a topic's only for its own part.
// False, and nothing written, when there is no such row. A loop of parents ends where it closes.
bool help_desk_department_path(const struct help_desk *help_desk, int64_t id, struct buffer *path);
bool help_desk_topic_path(const struct help_desk *help_desk, int64_t id, struct buffer *path);

#endif
