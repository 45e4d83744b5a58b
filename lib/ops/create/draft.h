// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket on its way: what was read of the help desk, and what has been decided so far. Nothing of it is
// written yet.
//
// The way of a creation, in ops/create.c, file by file of ops/create/:
//   create_request_read()   request.h: the body
//   create_desk_load()      store/create/desk.h: the help desk's rows that a creation looks at
//   create_check_native()   native.h: may it be done here, or is it PHP's turn?
//   create_fill_forms()     forms.h: values of the ticket form, the topic's forms and the user's
//   ticket_filters_apply()  filter.h: ban list, ticket filters
//   create_check_limit()    limit.h: open tickets of the user
//   create_check_address()  address.h: DNS, where addresses are verified
//   create_validate()       forms.h: errors gathered so far and those of the forms → 400
//   create_resolve()        resolve.h: department, status, priority, SLA, assignee
//   create_write()          write.h: one transaction
#ifndef OPS_CREATE_DRAFT_H
#define OPS_CREATE_DRAFT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "forms/form.h"
#include "ops/create/by_mail.h"
#include "ops/create/request.h"
#include "ops/operation.h"
#include "store/create/desk.h"
#include "store/help_desk.h"
#include "store/work.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What filters and the request ask for; 0: nothing said. ticket_filters_apply() changes these, and
// create_resolve() reads them.
struct create_wishes {
    int64_t department_id, topic_id, priority_id, sla_id, team_id, staff_id, status_id, canned_id;
    bool has_priority;
    bool priority_is_loose; // the id is kept, and nobody looks for its name
    bool autorespond;       // request, filters ("noresp")
    bool alert;
};

// A filter that matched, for what is told of it after the ticket is there: events and mails.
struct matched_action {
    struct text filter_name;
    struct text type;          // dept, topic, pri, sla, team, agent, status, canned, noresp, email
    struct text configuration; // JSON
};

struct actor;
struct creation;
struct outcome;

// What is done with a new ticket beside what every one gets, in its transaction, by whoever is above
// ops/create. NULL: nothing.
struct create_beside {
    bool (*people)(struct creation *creation, void *with,
                   struct error *error); // who takes part, before all others
    bool (*write)(struct creation *creation, void *with,
                  struct error *error); // behind message and collaborators
    bool (*answer)(struct creation *creation, void *with, struct outcome *outcome, struct error *error);
    void *with;
    const struct actor *opener;   // the client who opens it himself: its history is his; NULL: the system's
    const struct actor *assigner; // whose choice an assignment by the request is; NULL: the system's
    bool is_rehearsal;            // all is undone in the end
};

struct create_draft {
    struct operation_context *context;
    struct arena arena;
    struct help_desk help_desk;
    struct work work; // with this arena and help desk
    struct create_request request;
    struct text asked_email; // the request's, before a filter put the Reply-To in its place; null: none did
    struct create_desk desk;
    struct form_answers user_answers; // only for a new user
    struct form_answers ticket_answers;
    struct form_answers *topic_answers; // one a form of the help topic
    size_t topic_answer_count;
    // What the forms found wrong, for create_validate(). One in user_errors, whoever adds it, makes the new
    // user "Incomplete client information".
    struct form_errors user_errors, ticket_errors, topic_errors;
    struct create_wishes wishes;
    struct matched_action *actions;
    size_t action_count;
    struct create_beside beside;
    const struct create_by_mail *mail; // NULL: it is no mail that the ticket is made of
};

#endif
