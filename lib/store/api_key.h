// SPDX-License-Identifier: GPL-2.0-or-later
// API keys as the help desk's administrator keeps them: osTicket's row, and what this server's own table
// (schema/fcgi-key.sql) says beside it.
#ifndef STORE_API_KEY_H
#define STORE_API_KEY_H

#include "base/error.h"
#include "base/text.h"
#include "store/lane_ends.h"

#include <stdbool.h>
#include <stdint.h>

struct db;
struct row;
struct ticket_version;

// Which tickets a key sees. spec: operations.md 2.
enum key_view {
    KEY_VIEW_ALL,
    KEY_VIEW_STAFF,        // those that its agent may access
    KEY_VIEW_USER,         // a user's, as he sees them himself
    KEY_VIEW_ORGANIZATION, // those of an organization's members
    KEY_VIEW_NOTHING,      // what is written there says nothing else
};

#define KEY_DEPARTMENTS_MAX 64 // those behind are not seen
#define KEY_TICKETS_MAX     16
#define KEY_TIME_SIZE       24
#define KEY_ID_SIZE         21 // with a comma or the end behind it

struct key_rules {
    bool has_scopes; // else as a key without rules
    unsigned scopes; // words that are none count for nothing
    int64_t staff_id;
    bool any_staff, is_system;
    enum key_view view;
    int64_t view_id; // of the agent, user or organization
    bool has_departments;
    int64_t departments[KEY_DEPARTMENTS_MAX];
    size_t department_count;
    char department_list[KEY_DEPARTMENTS_MAX * KEY_ID_SIZE]; // the same as a list, "1,2"
    bool has_tickets; // of a client's token alone, which may be for some tickets
    int64_t tickets[KEY_TICKETS_MAX];
    size_t ticket_count;
    char ticket_list[KEY_TICKETS_MAX * KEY_ID_SIZE]; // as department_list
    int64_t rate, burst;                             // requests a minute, and at once; 0: none is set
    bool expired;
    char expires[KEY_TIME_SIZE]; // "2027-01-01T00:00:00Z"; "": never
};

// One department more; beyond KEY_DEPARTMENTS_MAX it is left out.
void key_rules_add_department(struct key_rules *rules, int64_t id);

// One ticket more; false beyond KEY_TICKETS_MAX, where it is left out.
bool key_rules_add_ticket(struct key_rules *rules, int64_t id);

struct api_key {
    int64_t id;
    bool active;
    bool can_create_tickets;
    bool can_exec_cron;
    bool has_rules;
    struct key_rules rules;
    // Scopes that the columns of markus' API plugin give, where osTicket's table has these and the key has no
    // scopes of its own. spec: operations.md 2.
    unsigned granted;
};

// What a row of API_KEY_COLUMNS says, and with `has_rules` of KEY_RULE_COLUMNS behind them.
void api_key_take(const struct row *row, bool has_rules, struct api_key *key);

// What a request is about, as the client calls it: a ticket's number, an agent's user name, a user's address;
// or what it asks of the whole help desk: where the lanes of changes end.
enum subject_kind { SUBJECT_NONE, SUBJECT_TICKET, SUBJECT_STAFF, SUBJECT_USER, SUBJECT_LANES };
struct subject {
    enum subject_kind kind;
    struct text name;
    int64_t id;        // 0: there is none of that name. Of several tickets with one number the first.
    bool is_ambiguous; // of a key that sees some tickets only: it sees several of that number
    // Of a ticket whose reader has a version of it already: where the present one goes, in the same round
    // trip; NULL: it is not wanted. It is there where the key sees all tickets, and the ticket is the only
    // one of its number and has none above it.
    struct ticket_version *version;
    bool has_version;
    struct lanes_ends lanes; // of SUBJECT_LANES, which has no name
};

// What a worker has seen of this server's table of keys, kept from request to request: all zero at first.
// Without the table keys are as osTicket has them, and it is looked for again after some seconds. Until a key
// with rules has come, their columns are not asked for: a refusal would pay a twelfth of its time for them.
struct key_table {
    int64_t missing_until_ms;
    bool has_rules;
    bool has_no_grants; // osTicket's table has no columns of a plugin: looked for once by each worker
};

struct api_key_question {
    struct text key;
    const char *address; // the client's
    bool open_networks;  // 0.0.0.0/0 and ::/0 count; else a key's network of every address is none
};

// The key that this client may use, and in the same round trip the id of `subject` (NULL for none), unless it
// has one already, and its version where it wants that.
// 1: found, 0: none, -1: failure. A second round trip where the table is found missing, for the first key
// with rules that comes to a worker, for the first without scopes of its own, and for each of these where a
// plugin has columns of its own for what keys may do.
int api_key_find(struct db *db, struct key_table *table, const struct api_key_question *question,
                 struct subject *subject, struct api_key *api_key, struct error *error) CHECKED;

// A key that asks for nothing now, whose rights count for what is done in its name: by its id, from wherever
// it may ask. 1, 0, -1. One round trip, two without this server's own table.
int api_key_of_id(struct db *db, int64_t id, struct api_key *api_key, struct error *error) CHECKED;

#endif
