// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's rows that creating a ticket looks at, beside help_desk.h: forms, topic, user, filters.
#ifndef STORE_CREATE_DESK_H
#define STORE_CREATE_DESK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/create/cdata_columns.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct file_search;

// store/ lies below forms/: the rows are plain here, and ops/create/forms.c makes forms of them.
struct field_row {
    int64_t id, form_id, flags, sort;
    struct text type, label, name, configuration;
};

struct form_row {
    int64_t id;
    struct text type;  // "U", "T", "G"
    int64_t sort;      // its place among the help topic's forms from 0 on; without a topic 1
    struct text extra; // of the help topic's row, else null
    struct field_row *fields;
    size_t field_count;
};

struct topic_row {
    int64_t id; // 0: there is no such topic
    bool active;
    int64_t flags, department_id, priority_id, sla_id, status_id, staff_id, team_id, sequence_id;
    bool no_autoresponse;
    struct text number_format;
};

// The user with the request's address, and his organisation; or, for an unknown address, the organisation
// that its domain belongs to.
struct user_row {
    int64_t id;                // 0: new
    struct text name, address; // as stored: his default address
    int64_t default_email_id;
    struct text created;
    int64_t open_tickets; // 0 where nobody asked
    bool has_account;
    int64_t organization_id;
    struct text organization_name, organization_manager;
    int64_t organization_status;
};

struct filter_rule_row {
    struct text what, how, value;
    bool active;
};
struct filter_action_row {
    struct text type, configuration;
};
struct filter_row {
    int64_t id;
    struct text name, target;
    int64_t email_id;
    bool match_all, stop_on_match;
    struct filter_rule_row *rules;
    size_t rule_count;
    struct filter_action_row *actions; // by their sort
    size_t action_count;
    int64_t order; // of its execution
};

struct list_item_row {
    int64_t id, list_id;
    struct text value, abbreviation;
    int64_t sort;
};

// What of a department decides about a new ticket, beside help_desk.h's node.
struct department_row {
    int64_t id, sla_id;
    bool auto_response; // to a new ticket
};

struct sla_row {
    int64_t id, flags, grace_hours, schedule_id;
    struct text name;
};

// A mailbox of the help desk itself.
struct mailbox_row {
    int64_t id, department_id, priority_id, topic_id;
    bool no_autoresponse;
    struct text address;
};

struct sequence_row {
    int64_t id;
    struct text padding;
};

// Everything lies in the arena.
struct create_desk {
    struct form_row user_form, ticket_form;
    struct form_row *topic_forms; // without the ticket form; in their order
    size_t topic_form_count;
    struct topic_row topic;
    struct user_row user;
    struct filter_row *filters; // active ones, in execution order
    size_t filter_count;
    bool banned; // the requester's address (a known user's default one) stands in the ban list
    struct list_item_row *list_items; // of the lists that a form uses, disabled ones, too
    size_t list_item_count;
    bool topic_requested; // `topic` is the one of the request, not the default one
    struct department_row *departments;
    size_t department_count;
    struct sla_row *slas;
    size_t sla_count;
    struct mailbox_row *mailboxes;
    size_t mailbox_count;
    struct sequence_row *sequences;
    size_t sequence_count;
    struct cdata_columns columns; // of user__cdata and ticket__cdata
};

// What to look for.
struct create_desk_wish {
    struct text email;            // of the request
    int64_t user_id;              // 0, or instead of the address
    int64_t topic_id;             // 0, or no such topic: the default topic, whose forms do not count
    int64_t default_topic_id;     // default_help_topic, 0 for none
    bool counts_tickets;          // of the user that are open
    struct cdata_trust *trust;    // NULL: the columns of cdata tables are looked at
    struct file_search *searches; // for files; the first SLOT_COUNT of them are answered
    size_t search_count;
};

// Reads everything in a number of round trips that does not depend on what is found.
bool create_desk_load(struct db *db, const struct create_desk_wish *wish, struct arena *arena,
                      struct create_desk *desk, struct error *error) CHECKED;

// Another topic instead (a filter chose it): its row alone. The forms stay those of the topic that the
// request named, whose answers are checked by then; so it is in PHP.
bool create_desk_topic(struct db *db, int64_t topic_id, struct arena *arena, struct create_desk *desk,
                       struct error *error) CHECKED;

#endif
