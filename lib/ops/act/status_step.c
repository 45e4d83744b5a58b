// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket's status, set by an agent: whether he may, and whether it can be.
#include "ops/act/act.h"

static bool may_open(const struct act *act, struct error *error) {
    if (!act->agent || right_has(&act->change.around.agent, "ticket.create")) return true;
    return act_needs(act, "ticket.close", error);
}

static bool check(const struct act *act, const char *member, const struct ticket_status *from,
                  const struct ticket_status *to, struct error *error) {
    if (ticket_status_is(to, "open")) return may_open(act, error);
    if (ticket_status_is(to, "closed"))
        return act_needs(act, "ticket.close", error) &&
               (ticket_status_is(from, "closed") ||
                status_change_may_close(&act->change.work, &act->change.ticket, error));
    if (ticket_status_is(to, "deleted"))
        return act_refuse(ERROR_UNPROCESSABLE, member, error, "A ticket is deleted by DELETE only");
    return act_refuse(ERROR_UNPROCESSABLE, member, error, "%s: no ticket can be set to this status", member);
}

static bool set(struct act *act, const struct ticket_status *to, struct error *error) {
    struct change *change = &act->change;
    const struct status_wish wish = {
        .status_id = to->id, .closer_id = act->agent ? act->agent->staff.id : 0, .unanswers = true};
    return change_set_status_by(change, &wish, error);
}

bool act_set_status(struct act *act, const char *member, const struct ticket_status *to,
                    struct error *error) {
    struct change *change = &act->change;
    const struct ticket_status *from = help_desk_status(&change->help_desk, change->ticket.state.status_id);
    if (to == from) return true;
    return check(act, member, from, to, error) && set(act, to, error);
}

bool act_reopen(struct act *act, struct error *error) {
    struct change *change = &act->change;
    const struct ticket_status *from = help_desk_status(&change->help_desk, change->ticket.state.status_id);
    if (!ticket_status_is(from, "closed")) return true;
    const struct ticket_status *to = status_to_reopen(&change->help_desk, from);
    if (!to || !ticket_status_is(to, "open"))
        return error_set(error, ERROR_CONFLICT,
                         "The ticket is closed, and the help desk has no status that it could be opened to");
    return set(act, to, error);
}
