// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket's due dates, worked out anew.
#include "ops/ticket/due_again.h"

#include "base/buffer.h"
#include "ops/ticket/due_date.h"

#include <string.h>

#define STAMP_MAX 32

// Times as text compare like the times they are.
static bool is_past(struct text time, struct text now) {
    size_t length = time.length < now.length ? time.length : now.length;
    return !text_is_null(time) && length && memcmp(time.data, now.data, length) <= 0;
}

void ticket_drop_past_due_dates(struct ticket_state *state, struct text now) {
    state->overdue = false;
    if (is_past(state->due, now)) state->due = TEXT_NULL;
    if (is_past(state->estimated_due, now)) state->estimated_due = TEXT_NULL;
}

void ticket_due_again(struct work *work, struct locked_ticket *ticket) {
    const struct help_desk *help_desk = work->help_desk;
    struct ticket_state *state = &ticket->state;
    const struct node *department = help_desk_node(&help_desk->departments, state->department_id);
    struct due_dates due_dates = due_dates_new(help_desk);
    struct buffer due = buffer_new(STAMP_MAX);
    struct due_terms terms = {
        .sla_active = ticket->sla_active,
        .grace_hours = ticket->sla_grace_hours,
        .sla_schedule_id = ticket->sla_schedule_id,
        .department_schedule_id = department ? department->schedule_id : 0,
        .since = state->reopened.length ? state->reopened : ticket->created,
    };
    if (state->overdue) ticket_drop_past_due_dates(state, help_desk->now);
    bool reckoned = due_date_by_sla(&due_dates, &terms, &due);
    state->estimated_due = reckoned ? arena_copy(work->arena, buffer_text(&due)) : TEXT_NULL;
    buffer_free(&due);
    due_dates_free(&due_dates);
}
