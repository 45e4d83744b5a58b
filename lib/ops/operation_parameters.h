// SPDX-License-Identifier: GPL-2.0-or-later
// Parameters that several rows of the operation table have. For operation.c alone, which makes the array of
// the table.
#ifndef OPS_OPERATION_PARAMETERS_H
#define OPS_OPERATION_PARAMETERS_H

#include "ops/operation.h"
#include "ops/statistic_groupings.h"
#include "store/changes/change_types.h"
#include "store/read/ticket_field_names.h"

// clang-format off
#define OF_TICKET \
    {.name = "number", .place = IN_PATH, .kind = PARAMETER_TICKET, .required = true, \
     .help = "the ticket's number, or id: and its id"}
#define OF_WEBHOOK \
    {.name = "id", .place = IN_PATH, .kind = PARAMETER_ID, .required = true, .help = "the webhook's id"}
#define OF_TIMES \
    {.name = "times", .place = IN_QUERY, .kind = PARAMETER_CHOICE, .members = "utc,db", \
     .help = "times in UTC, or as the database has them"}
#define OF_LIMIT(count) \
    {.name = "limit", .place = IN_QUERY, .kind = PARAMETER_INTEGER, .least = 1, .most = (count), \
     .help = "how many at most"}
#define OF_BODY \
    {.name = "body", .place = IN_QUERY, .kind = PARAMETER_CHOICE, .members = "html,text,none", \
     .help = "bodies as they were written, as plain text, or not at all"}
#define EVENT_NAMES \
    "created,closed,reopened,assigned,released,transferred,referred,overdue,edited,viewed,error,collab,resent," \
    "deleted,merged,unlinked,linked,login,logout,message,note"
#define OF_NAMES(parameter, what) {.name = (parameter), .place = IN_QUERY, .kind = PARAMETER_TEXT, .help = (what)}
#define OF_SWITCH(parameter, what) {.name = (parameter), .place = IN_QUERY, .kind = PARAMETER_YES_NO, .help = (what)}
#define OF_SPAN(time) \
    {.name = time "_since", .place = IN_QUERY, .kind = PARAMETER_TIME, .help = "the earliest time of " time}, \
    {.name = time "_before", .place = IN_QUERY, .kind = PARAMETER_TIME, .help = "what time of " time " lies before"}
// Which tickets.
#define OF_FILTERS \
    OF_NAMES("status", "statuses, by id or name"), \
    {.name = "state", .place = IN_QUERY, .kind = PARAMETER_LIST, .members = "open,closed,archived,deleted", \
     .help = "states of statuses"}, \
    OF_NAMES("department", "departments, by id, name or path"), \
    OF_SWITCH("subdepartments", "with the departments below them"), \
    OF_NAMES("topic", "help topics, by id, name or path"), \
    OF_NAMES("staff", "agents, by id, user name or address"), \
    OF_NAMES("team", "teams, by id or name"), \
    {.name = "assigned", .place = IN_QUERY, .kind = PARAMETER_CHOICE, .members = "yes,no,me", \
     .help = "whether an agent or a team has it, or the key's agent"}, \
    OF_SWITCH("unassigned", "the same the other way round"), \
    OF_NAMES("user", "owners, by id or any address"), \
    OF_NAMES("email", "owners, by any address"), \
    OF_NAMES("collaborator", "users who take part, by id or any address"), \
    OF_NAMES("organization", "organizations of owners, by id or name"), \
    OF_NAMES("priority", "priorities, by id or name"), \
    OF_NAMES("sla", "SLA plans, by id or name"), \
    {.name = "source", .place = IN_QUERY, .kind = PARAMETER_LIST, .members = "Web,Email,Phone,API,Other", \
     .help = "where they came from"}, \
    OF_NAMES("number", "numbers"), \
    OF_NAMES("subject", "a part of the subject"), \
    OF_NAMES("parent", "tickets that they were merged into or linked to, by number, or id: and id"), \
    OF_SWITCH("overdue", "whether they are overdue"), \
    OF_SWITCH("answered", "whether they are answered"), \
    OF_NAMES("q", "a text that is searched for: words, a part of a number, an address"), \
    {.name = "queue", .place = IN_QUERY, .kind = PARAMETER_ID, .help = "a queue, by id"}, \
    {.name = "field.", .place = IN_QUERY, .kind = PARAMETER_TEXT, .is_open = true, \
     .help = "answers to the field of the ticket's form whose name is behind the dot: texts, keys or labels"}, \
    OF_SPAN("created"), OF_SPAN("updated"), OF_SPAN("closed"), OF_SPAN("due"), OF_SPAN("last_message"), \
    OF_SPAN("last_response")
// Filters, order and members of a list of tickets.
#define OF_LIST \
    OF_FILTERS, \
    {.name = "sort", .place = IN_QUERY, .kind = PARAMETER_CHOICE, \
     .members = "created,-created,updated,-updated,last_update,-last_update,closed,-closed,due,-due,number,-number," \
                "priority,-priority,id,-id", \
     .help = "the order, falling with a minus"}, \
    {.name = "fields", .place = IN_QUERY, .kind = PARAMETER_LIST, .members = TICKET_FIELD_NAMES, \
     .help = "the tickets' members to answer with"}, \
    {.name = "include", .place = IN_QUERY, .kind = PARAMETER_CHOICE, .members = "entries_last", \
     .help = "with the entry of each ticket that was written last"}, \
    OF_BODY, \
    OF_TIMES
// Of what is done to a ticket.
#define OF_ACT OF_TICKET, OF_ACTING
#define OF_ACTING \
    OF_SWITCH("dry_run", "do everything, tell what it was, and undo it"), \
    OF_SWITCH("heed_lock", "refuse while another agent has osTicket's lock on the ticket"), \
    OF_TIMES
// Of users and organizations.
#define OF_USER {.name = "id", .place = IN_PATH, .kind = PARAMETER_ID, .required = true, .help = "the user's id"}
#define OF_ORGANIZATION \
    {.name = "id", .place = IN_PATH, .kind = PARAMETER_ID, .required = true, .help = "the organization's id"}
#define OF_DRY_RUN OF_SWITCH("dry_run", "do everything, tell what it was, and undo it")
#define OF_CURSOR \
    {.name = "cursor", .place = IN_QUERY, .kind = PARAMETER_TEXT, .help = "what next was in the page before"}
// clang-format on

#endif
