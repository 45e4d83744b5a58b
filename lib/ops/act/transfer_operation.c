// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/transfer.json: a ticket goes to another department. spec: operations.md 4.6;
// acting.md 6.
#include "ops/act/act.h"
#include "ops/act/assigning.h"
#include "ops/operations.h"
#include "store/ticket/thread.h"

struct transfer {
    struct reference name;
    const struct node *to;
    bool alerts, refers;
    struct referral gone, come; // id 0: none
};

// An agent may pass a ticket on to whom he does not know, but not to where nobody looks.
static bool takes_tickets(const struct node *department, struct error *error) {
    if (department->flags & DEPARTMENT_FLAG_ACTIVE && !(department->flags & DEPARTMENT_FLAG_ARCHIVED))
        return true;
    return act_refuse(ERROR_UNPROCESSABLE, "department", error, "department: it takes no tickets any more");
}

// An agent whom the new department would not let have the ticket gives it back.
static bool drop_agent(struct act *act, const struct transfer *transfer, struct error *error) {
    struct ticket_state *state = &act->change.ticket.state;
    const struct ticket_status *status = help_desk_status(&act->change.help_desk, state->status_id);
    bool may = true;
    if (!state->staff_id || !ticket_status_is(status, "open") ||
        !(transfer->to->flags & DEPARTMENT_FLAG_MEMBERS_ONLY))
        return true;
    if (!staff_is_member(act->change.work.db, state->staff_id, transfer->to->id, &may, error)) return false;
    if (!may) state->staff_id = 0;
    return true;
}

static void take_sla(const struct locked_ticket *ticket, const struct node *to, struct ticket_state *state) {
    if (to->sla_id && (!state->sla_id || ticket->sla_is_transient)) state->sla_id = to->sla_id;
}

static void take_referrals(struct act *act, struct transfer *transfer, int64_t from) {
    const struct referral to_new = {REFERRED_TO_DEPARTMENT, transfer->to->id},
                          to_former = {REFERRED_TO_DEPARTMENT, from};
    if (act_is_referred(act, to_new)) transfer->gone = to_new;
    if (transfer->refers && from && !act_is_referred(act, to_former)) transfer->come = to_former;
}

static struct text name_of(const struct act *act, int64_t department_id) {
    const struct node *node = help_desk_node(&act->change.help_desk.departments, department_id);
    return node ? node->name : TEXT("");
}

static bool decide(struct act *act, void *operation, struct error *error) {
    struct transfer *transfer = operation;
    struct change *change = &act->change;
    struct ticket_state *state = &change->ticket.state;
    int64_t from = state->department_id;
    struct text old = name_of(act, from), name = transfer->to->name;
    if (from == transfer->to->id)
        return act_refuse(ERROR_CONFLICT, "department", error, "The ticket is in this department already");
    if (!takes_tickets(transfer->to, error)) return false;
    state->department_id = transfer->to->id;
    change->saves = true;
    take_sla(&change->ticket, transfer->to, state);
    take_referrals(act, transfer, from);
    act_title(act, "Ticket transferred from %.*s to %.*s", (int)old.length, old.data, (int)name.length,
              name.data);
    return drop_agent(act, transfer, error) && act_reopen(act, error) &&
           change_add_event(change, "transferred", act_data(act, "{\"dept\":%s}", act_quoted(act, name)),
                            error);
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct transfer *transfer = operation;
    struct db *db = act->change.work.db;
    int64_t thread_id = act->change.ticket.thread_id;
    return (!transfer->gone.id || thread_unrefer(db, thread_id, transfer->gone, error)) &&
           (!transfer->come.id || thread_refer(db, thread_id, transfer->come, error));
}

static bool queue_mail(struct act *act, void *operation, struct error *error) {
    const struct transfer *transfer = operation;
    const struct ticket_mail mail = act_mail(act, act->has_note ? act->note.id : 0);
    return !transfer->alerts ||
           ticket_mail_alert_transfer(act->change.work.db, &mail, act->change.actor.id, error);
}

static bool read_request(struct act *act, struct transfer *transfer, struct error *error) {
    if (!act_reference(act, "department", &transfer->name, error) ||
        !act_switch(act, "alert", true, &transfer->alerts, error) ||
        !act_switch(act, "refer", false, &transfer->refers, error))
        return false;
    return reference_is_given(transfer->name) ||
           act_refuse(ERROR_UNPROCESSABLE, "department", error, "department is missing");
}

bool ticket_transfer(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .right = "ticket.transfer", .decide = decide, .write = write, .mail = queue_mail};
    struct transfer transfer = {0};
    struct act act;
    bool done =
        act_open(&act, context, "department,alert,refer", error) && read_request(&act, &transfer, error);
    act.change.around.with_referrals = true;
    done = done && act_find(&act, error) &&
           act_department(&act, "department", transfer.name, &transfer.to, error) &&
           act_run(&act, &steps, &transfer, answer, error);
    act_close(&act);
    return done;
}
