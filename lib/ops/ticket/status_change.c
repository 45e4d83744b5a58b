// SPDX-License-Identifier: GPL-2.0-or-later
// What a new status does to a ticket.
#include "ops/ticket/status_change.h"

#include "base/buffer.h"
#include "ops/ticket/due_again.h"
#include "ops/ticket/reopening.h"
#include "json/writer.h"

#include <inttypes.h>
#include <string.h>

#define EVENT_DATA_MAX 4096
#define STAMP_MAX      32

static bool lacks_topic(const struct help_desk *help_desk, const struct locked_ticket *ticket) {
    return help_desk_switch(help_desk, "require_topic_to_close", false) &&
           !help_desk_node(&help_desk->topics, ticket->state.topic_id);
}

static bool is_closeable(const struct help_desk *help_desk, const struct locked_ticket *ticket) {
    return !ticket->missing_answers && !ticket->open_tasks && !lacks_topic(help_desk, ticket);
}

static bool refuse(const char *field, struct error *error) {
    return error_field(error, text_of(field));
}

bool status_change_may_close(const struct work *work, const struct locked_ticket *ticket,
                             struct error *error) {
    if (ticket->missing_answers) {
        error_set(error, ERROR_CONFLICT,
                  "This ticket is missing data on one or more required fields and cannot be closed");
        return refuse("fields", error);
    }
    if (ticket->open_tasks) {
        error_set(error, ERROR_CONFLICT, "This ticket has %lld open tasks and cannot be closed",
                  (long long)ticket->open_tasks);
        return refuse("tasks", error);
    }
    if (!lacks_topic(work->help_desk, ticket)) return true;
    error_set(error, ERROR_CONFLICT, "This ticket is missing a help topic and cannot be closed");
    return refuse("topic", error);
}

const struct ticket_status *status_to_reopen(const struct help_desk *help_desk,
                                             const struct ticket_status *from) {
    struct reopening reopening = reopening_of(from);
    const struct ticket_status *named = help_desk_status(help_desk, reopening.status_id);
    if (reopening_is_allowed(reopening) && ticket_status_is(named, "open")) return named;
    return help_desk_status(help_desk, help_desk_number(help_desk, "default_ticket_status_id", 1));
}

// {"status":[3,"Closed"]}
static struct text closed_data(struct arena *arena, const struct ticket_status *status) {
    struct buffer data = buffer_new(EVENT_DATA_MAX);
    buffer_add_format(&data, "{\"status\":[%" PRId64 ",", status->id);
    json_quote(status->name, &data);
    buffer_add_string(&data, "]}");
    struct text copy = arena_copy(arena, buffer_text(&data));
    buffer_free(&data);
    return copy;
}

// osTicket's auto-referral: who had the ticket keeps seeing it, or, where nobody had, who closes it.
static int64_t agent_to_refer_to(const struct help_desk *help_desk, const struct locked_ticket *ticket,
                                 int64_t closer_id) {
    int64_t staff_id = ticket->state.staff_id;
    if (!help_desk_switch(help_desk, "auto_refer_closed", true)) return 0;
    if (staff_id) return ticket->referred_to_agent ? 0 : staff_id;
    return closer_id;
}

static void close_ticket(const struct work *work, struct locked_ticket *ticket,
                         const struct ticket_status *status, int64_t closer_id,
                         struct status_change *change) {
    const struct help_desk *help_desk = work->help_desk;
    struct ticket_state *state = &ticket->state;
    state->closed = state->last_update = help_desk->now;
    ticket_drop_past_due_dates(state, help_desk->now);
    change->event = "closed";
    change->data = closed_data(work->arena, status);
    change->annuls_closed = true;
    change->deletes_drafts = ticket->has_drafts;
    change->refers_to = agent_to_refer_to(help_desk, ticket, closer_id);
    if (closer_id) state->staff_id = closer_id;
}

// Who gets a ticket that comes back: its agent, else the "last respondent" of osTicket: the second who
// responded, which is the agent at hand when there was one response before.
static int64_t agent_to_return_to(const struct locked_ticket *ticket, int64_t respondent_id) {
    if (ticket->state.staff_id) return ticket->state.staff_id;
    if (ticket->second_respondent_id) return ticket->second_respondent_id;
    return ticket->first_respondent_id ? respondent_id : 0;
}

static bool assign_again(struct work *work, struct locked_ticket *ticket, int64_t respondent_id,
                         struct error *error) {
    const struct node *department =
        help_desk_node(&work->help_desk->departments, ticket->state.department_id);
    int64_t staff_id = agent_to_return_to(ticket, respondent_id);
    bool may = false;
    if (staff_id && department && !(department->flags & DEPARTMENT_FLAG_NO_REOPEN_ASSIGN) &&
        !staff_may_take(work->db, staff_id, department->id, &may, error))
        return false;
    ticket->state.staff_id = may ? staff_id : 0;
    return true;
}

static bool reopen_ticket(struct work *work, struct locked_ticket *ticket, const struct status_wish *wish,
                          struct status_change *change, struct error *error) {
    struct ticket_state *state = &ticket->state;
    struct text now = work->help_desk->now;
    if (ticket_is_reopenable(work->help_desk, state->status_id, state->department_id, state->topic_id) &&
        !assign_again(work, ticket, wish->respondent_id, error))
        return false;
    if (wish->unanswers) state->answered = false;
    state->closed = TEXT_NULL;
    state->reopened = state->last_update = now;
    ticket_due_again(work, ticket);
    change->event = "reopened";
    change->annuls_closed = true;
    return true;
}

// {"status":6}
static void note_edit(const struct ticket_status *status, struct arena *arena, struct status_change *change) {
    struct buffer data = buffer_new(STAMP_MAX);
    buffer_add_format(&data, "{\"status\":%" PRId64 "}", status->id);
    change->event = "edited";
    change->data = arena_copy(arena, buffer_text(&data));
    buffer_free(&data);
}

bool status_change_decide(struct work *work, struct locked_ticket *ticket, const struct status_wish *wish,
                          struct status_change *change, struct error *error) {
    const struct ticket_status *to = help_desk_status(work->help_desk, wish->status_id);
    const struct ticket_status *from = help_desk_status(work->help_desk, ticket->state.status_id);
    memset(change, 0, sizeof *change);
    if (!to || to == from) return true;
    if (ticket_status_is(to, "closed")) {
        if (!wish->forces && !ticket_status_is(from, "closed") && !is_closeable(work->help_desk, ticket))
            return true;
        close_ticket(work, ticket, to, wish->closer_id, change);
    } else if (ticket_status_is(to, "open") && ticket_status_is(from, "closed")) {
        if (!reopen_ticket(work, ticket, wish, change, error)) return false;
    } else if (ticket_status_is(to, "open")) {
        if (wish->unanswers && !ticket_status_is(from, "open")) ticket->state.answered = false;
        note_edit(to, work->arena, change);
    } else {
        return true;
    }
    ticket->state.status_id = to->id;
    return true;
}
