// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket that is edited as by osTicket's page of it, all parts at once: one event tells of all, the due
// date is worked out anew whatever changed, a plan that only filled a gap is chosen anew, the note is
// alerted, and the ticket does not move up in lists. spec: acting.md 7.2.
#include "ops/edit/answer_event.h"
#include "ops/edit/edit.h"
#include "ops/ticket/due_again.h"

#define MEMBERS_MAX 2048

static int64_t sla_to_choose(const struct change *change) {
    const struct help_desk *help_desk = &change->help_desk;
    const struct node *department =
                          help_desk_node(&help_desk->departments, change->ticket.state.department_id),
                      *topic = help_desk_node(&help_desk->topics, change->ticket.state.topic_id);
    if (department && department->sla_id) return department->sla_id;
    if (topic && topic->sla_id) return topic->sla_id;
    return help_desk_number(help_desk, "default_sla_id", 0);
}

// Where the request names none, and the ticket has one that another department would have replaced. A ticket
// without any stays so: osTicket's page finds it changed, from nothing to none, and says so.
static bool choose_sla(struct act *act, const struct ticket_edit *edit, struct error *error) {
    struct change *change = &act->change;
    struct locked_ticket *ticket = &change->ticket;
    struct edit_parties parties = {0};
    bool is_fixed = !ticket->state.sla_id || !ticket->sla_is_transient;
    int64_t id = sla_to_choose(change);
    if (!text_is_null(edit->told[TOLD_SLA]) || is_fixed || !id || id == ticket->state.sla_id) return true;
    if (!edit_parties_find(change->work.db, (struct reference){0, TEXT_NULL},
                           (struct reference){id, TEXT_NULL}, &change->arena, &parties, error))
        return false;
    if (parties.sla_count != 1) return true;
    ticket->state.sla_id = id;
    ticket->sla_active = (parties.slas->flags & SLA_FLAG_ACTIVE) != 0;
    ticket->sla_grace_hours = parties.slas->grace_hours;
    ticket->sla_schedule_id = parties.slas->schedule_id;
    change->saves = true;
    return true;
}

static bool is_same(struct text one, struct text other) {
    return text_is_null(one) == text_is_null(other) && text_equal(one, other);
}

static void reckon_due(struct change *change) {
    struct ticket_state before = change->ticket.state, *state = &change->ticket.state;
    ticket_due_again(&change->work, &change->ticket);
    if (state->overdue != before.overdue || !is_same(state->due, before.due) ||
        !is_same(state->estimated_due, before.estimated_due))
        change->saves = true;
}

static bool tell(struct act *act, struct ticket_edit *edit, struct error *error) {
    struct arena *arena = &act->change.arena;
    struct buffer members = buffer_new(MEMBERS_MAX);
    bool tells = edit->answers.count > 0;
    if (!act->change.ticket.state.sla_id && text_is_null(edit->told[TOLD_SLA]))
        edit->told[TOLD_SLA] = TEXT("\"sla_id\":[null,\"0\"]");
    for (size_t i = 0; i < TOLD_COUNT; i++) {
        if (text_is_null(edit->told[i])) continue;
        if (members.length) buffer_add_char(&members, ',');
        buffer_add_text(&members, edit->told[i]);
        tells = true;
    }
    struct text data = answer_event_of_all(buffer_text(&members), &edit->answers, arena);
    bool done = !members.failed && (!tells || !text_is_null(data));
    buffer_free(&members);
    if (!done) return error_too_large(error);
    return !tells || change_add_event(&act->change, "edited", data, error);
}

bool edit_decide_page(struct act *act, struct ticket_edit *edit, struct error *error) {
    act_title(act, "Ticket Updated");
    act->change.reindexes = true;
    if (!answer_edits_tell(&act->change, &edit->answers, error) || !choose_sla(act, edit, error))
        return false;
    reckon_due(&act->change);
    return tell(act, edit, error);
}
