// SPDX-License-Identifier: GPL-2.0-or-later
// An agent's lock and draft.
#include "ops/act/locking.h"

static bool uses_locks(const struct help_desk *help_desk) {
    return help_desk_number(help_desk, "ticket_lock", 2) != 0 &&
           help_desk_number(help_desk, "autolock_minutes", 0) > 0;
}

static bool is_own_lock(const struct act *act) {
    return act->agent && act->change.ticket.lock_id &&
           act->change.ticket.lock_holder_id == act->agent->staff.id;
}

void act_heed_lock(struct act *act) {
    bool asked = act_gives(act, "heed_lock") ||
                 !text_is_null(act->change.context->parameter(act->change.context, "heed_lock"));
    if (!asked) act->heeds_lock = act->agent && uses_locks(&act->change.help_desk);
}

void act_release_lock(struct act *act) {
    if (is_own_lock(act)) act->change.saves = true;
}

bool act_forget_writing(struct act *act, const char *what, struct error *error) {
    struct db *db = act->change.work.db;
    const struct locked_ticket *ticket = &act->change.ticket;
    if (is_own_lock(act) && !ticket_lock_release(db, ticket->id, ticket->lock_id, error)) return false;
    return !act->agent || !ticket->has_drafts ||
           ticket_draft_delete(db, ticket->id, act->agent->staff.id, what, error);
}
