// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/assign.json and claim.json: whose a ticket is. spec: operations.md 4.4;
// acting.md 5.1, 5.2.
#include "ops/act/act.h"
#include "ops/act/assigning.h"
#include "ops/operations.h"
#include "store/ticket/thread.h"

#include <inttypes.h>

#define REFERRALS_MAX 2

struct assignment {
    const struct act_agent *staff; // NULL: none is named
    const struct act_team *team;
    bool refers, alerts;
    bool to_oneself;
    struct text comments;                                     // of the mails; null: the note
    struct referral gone[REFERRALS_MAX], come[REFERRALS_MAX]; // what is taken back, what is new
    size_t gone_count, come_count;
};

static void forget_referral(struct act *act, struct assignment *assignment, struct referral to) {
    if (act_is_referred(act, to)) assignment->gone[assignment->gone_count++] = to;
}

// Whoever had the ticket keeps seeing it.
static void refer_former(struct act *act, struct assignment *assignment, enum referral_type type,
                         int64_t former) {
    const struct referral to = {type, former};
    if (assignment->refers && former && !act_is_referred(act, to))
        assignment->come[assignment->come_count++] = to;
}

static bool give_staff(struct act *act, struct assignment *assignment, struct error *error) {
    struct change *change = &act->change;
    struct ticket_state *state = &change->ticket.state;
    const struct staff *staff = &assignment->staff->staff;
    struct text name = act_agent_name(act, staff);
    struct text shown = actor_agent(staff, change->work.help_desk, &change->arena).name;
    if (state->staff_id == staff->id)
        return act_refuse(ERROR_CONFLICT, "staff", error, "The ticket is assigned to this agent already");
    if (!assigning_check_staff(act, "staff", assignment->staff, error)) return false;
    refer_former(act, assignment, REFERRED_TO_STAFF, state->staff_id);
    forget_referral(act, assignment, (struct referral){REFERRED_TO_STAFF, staff->id});
    state->staff_id = staff->id;
    assignment->to_oneself = act->agent && act->agent->staff.id == staff->id;
    act_title(act, assignment->to_oneself ? "Ticket claimed by %.*s" : "Ticket Assigned to %.*s",
              (int)shown.length, shown.data);
    struct text data = assignment->to_oneself
                           ? TEXT("{\"claim\":true}")
                           : act_data(act, "{\"staff\":[%" PRId64 ",%s]}", staff->id, act_quoted(act, name));
    return change_add_event(change, "assigned", data, error);
}

static bool give_team(struct act *act, struct assignment *assignment, struct error *error) {
    struct change *change = &act->change;
    struct ticket_state *state = &change->ticket.state;
    const struct act_team *team = assignment->team;
    if (state->team_id == team->id)
        return act_refuse(ERROR_CONFLICT, "team", error, "The ticket is assigned to this team already");
    if (!assigning_check_team("team", team, error)) return false;
    refer_former(act, assignment, REFERRED_TO_TEAM, state->team_id);
    forget_referral(act, assignment, (struct referral){REFERRED_TO_TEAM, team->id});
    state->team_id = team->id;
    if (!assignment->staff)
        act_title(act, "Ticket Assigned to %.*s", (int)team->name.length, team->name.data);
    return change_add_event(change, "assigned", act_data(act, "{\"team\":%" PRId64 "}", team->id), error);
}

// First the agent, then the team: as in osTicket's two dialogs. The first of them opens a closed ticket.
static bool decide(struct act *act, void *operation, struct error *error) {
    struct assignment *assignment = operation;
    act->change.saves = true;
    return (!assignment->staff || (give_staff(act, assignment, error) && act_reopen(act, error))) &&
           (!assignment->team || (give_team(act, assignment, error) && act_reopen(act, error)));
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct assignment *assignment = operation;
    struct db *db = act->change.work.db;
    int64_t thread_id = act->change.ticket.thread_id;
    for (size_t i = 0; i < assignment->gone_count; i++)
        if (!thread_unrefer(db, thread_id, assignment->gone[i], error)) return false;
    for (size_t i = 0; i < assignment->come_count; i++)
        if (!thread_refer(db, thread_id, assignment->come[i], error)) return false;
    return true;
}

static bool alert(struct act *act, struct ticket_mail_assignment assignment, struct text comments,
                  bool with_note, struct error *error) {
    const struct ticket_mail mail = act_mail(act, with_note && act->has_note ? act->note.id : 0);
    assignment.assigner_id = act->change.actor.id;
    assignment.assigner = act->change.actor.name;
    assignment.comments = mail.entry_id ? comments : TEXT("");
    return ticket_mail_alert_assigned(act->change.work.db, &mail, &assignment, error);
}

// To oneself nobody writes.
static bool queue_mail(struct act *act, void *operation, struct error *error) {
    const struct assignment *assignment = operation;
    if (!assignment->alerts) return true;
    bool tells_staff = assignment->staff && !assignment->to_oneself;
    if (tells_staff && !alert(act, (struct ticket_mail_assignment){.staff_id = assignment->staff->staff.id},
                              assignment->comments, true, error))
        return false;
    return !assignment->team || alert(act, (struct ticket_mail_assignment){.team_id = assignment->team->id},
                                      assignment->comments, !assignment->staff, error);
}

static bool read_assign(struct act *act, struct assignment *assignment, struct error *error) {
    if (!act_reference(act, "staff", &act->names.staff, error) ||
        !act_reference(act, "team", &act->names.team, error) ||
        !act_switch(act, "alert", true, &assignment->alerts, error) ||
        !act_switch(act, "refer", false, &assignment->refers, error))
        return false;
    if (reference_is_given(act->names.staff) || reference_is_given(act->names.team)) return true;
    return act_refuse(ERROR_UNPROCESSABLE, "staff", error,
                      "staff or team has to say whom the ticket goes to");
}

static bool find(struct act *act, struct assignment *assignment, struct error *error) {
    act->change.around.with_referrals = act->is_logged = true;
    act->change.around.drafts = true; // of a ticket that is opened again
    return act_find(act, error) && act_comments_of_mail(act, &assignment->comments, error) &&
           (!reference_is_given(act->names.staff) || act_staff(act, "staff", &assignment->staff, error)) &&
           (!reference_is_given(act->names.team) || act_team(act, "team", &assignment->team, error));
}

bool ticket_assign(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .right = "ticket.assign", .decide = decide, .write = write, .mail = queue_mail};
    struct assignment assignment = {0};
    struct act act;
    bool done = act_open(&act, context, "staff,team,alert,refer", error) &&
                read_assign(&act, &assignment, error) && find(&act, &assignment, error) &&
                act_run(&act, &steps, &assignment, answer, error);
    act_close(&act);
    return done;
}

// Nobody takes a ticket from another, nor one that is closed.
static bool decide_claim(struct act *act, void *operation, struct error *error) {
    struct assignment *assignment = operation;
    struct change *change = &act->change;
    const struct ticket_state *state = &change->ticket.state;
    const struct node *department = help_desk_node(&change->help_desk.departments, state->department_id);
    if (!ticket_status_is(help_desk_status(&change->help_desk, state->status_id), "open"))
        return error_set(error, ERROR_DENIED, "The ticket is not open: nobody can claim it");
    if (state->staff_id) return error_set(error, ERROR_DENIED, "The ticket is assigned to an agent already");
    if (!assigning_may_have(department, assignment->staff))
        return error_set(error, ERROR_DENIED, "The department assigns its tickets to its members only");
    change->saves = true;
    return give_staff(act, assignment, error);
}

bool ticket_claim(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {.right = "ticket.assign", .decide = decide_claim, .write = write};
    struct assignment assignment = {0};
    struct act act;
    bool done = act_open(&act, context, "", error);
    if (done && !reference_is_given(act.names.actor))
        done = act_refuse(ERROR_UNPROCESSABLE, "staffUserName", error,
                          "staffUserName is missing: the agent who claims");
    act.names.staff = act.names.actor;
    done = done && find(&act, &assignment, error) && act_run(&act, &steps, &assignment, answer, error);
    act_close(&act);
    return done;
}
