// SPDX-License-Identifier: GPL-2.0-or-later
// What becomes of a request that may become a ticket: department, status, priority, SLA, assignee, number.
#ifndef OPS_CREATE_RESOLVE_H
#define OPS_CREATE_RESOLVE_H

#include "base/error.h"
#include "base/text.h"
#include "ops/create/draft.h"
#include "ops/create/number.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// An agent or a team that the ticket could go to, or that a filter names.
struct assignee {
    bool is_team;
    int64_t id;
    bool available;    // at work; a team: switched on
    struct text name;  // an agent's in agent_name_format
    struct text whole; // "First Last" in any format
    struct text username;
};

// Everything is decided, nothing written. Texts lie in the draft's arena.
struct create_decision {
    int64_t department_id, topic_id, sla_id, email_id;
    struct text source;                 // for ticket.source
    const struct ticket_status *status; // NULL: the help desk has not even its default one
    int64_t status_id;
    bool closed;         // nobody works on it
    bool status_changed; // it is not the help desk's default: the history tells of it, and when it was closed
    struct text due;     // est_duedate, or null
    struct number_source number;
    struct assignee *assignees; // those that were looked up
    size_t assignee_count;
    int64_t staff_id, team_id; // whom the ticket goes to; 0: nobody
    bool chosen_by_agent;      // by "assignId": told of in other words
    bool alert_team;           // no agent was meant to have it besides
    bool autorespond;          // to the new ticket; a canned reply is answered for apart
    bool alert;
};

// Decides, puts the priority that the help desk fills in into the draft's answers, and looks which
// filters fit the ticket as it will be (draft->actions). At most one round trip beside those of
// ticket_filters_match(). ERROR_UNPROCESSABLE when `assignee` names no agent,
// ERROR_BAD_REQUEST when the ticket would be closed and cannot be. spec: creating.md C.3, C.4,
// D.1.
bool create_resolve(struct create_draft *draft, struct create_decision *decision,
                    struct error *error) CHECKED;

// One that was looked up, or NULL.
const struct assignee *create_assignee(const struct create_decision *decision, bool is_team, int64_t id);

#endif
