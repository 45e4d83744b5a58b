// SPDX-License-Identifier: GPL-2.0-or-later
// POST and DELETE /tickets/{number}/refer.json: who else sees a ticket. spec: operations.md 4.7;
// acting.md 5.4.
#include "ops/act/act.h"
#include "ops/act/assigning.h"
#include "ops/operations.h"
#include "store/ticket/thread.h"

#include <inttypes.h>

struct referring {
    struct reference department_name;
    const struct act_agent *staff; // one of the three
    const struct act_team *team;
    const struct node *department;
    struct referral to;
    const char *member; // of the request
};

static bool read_request(struct act *act, struct referring *referring, struct error *error) {
    struct act_names *names = &act->names;
    if (!act_reference(act, "staff", &names->staff, error) ||
        !act_reference(act, "team", &names->team, error) ||
        !act_reference(act, "department", &referring->department_name, error))
        return false;
    int given = reference_is_given(names->staff) + reference_is_given(names->team) +
                reference_is_given(referring->department_name);
    referring->member = reference_is_given(names->staff)  ? "staff"
                        : reference_is_given(names->team) ? "team"
                                                          : "department";
    return given == 1 || act_refuse(ERROR_UNPROCESSABLE, given ? referring->member : "staff", error,
                                    "One of staff, team and department has to be given");
}

static bool find(struct act *act, struct referring *referring, struct error *error) {
    const struct act_names *names = &act->names;
    const char *member = referring->member;
    act->change.around.with_referrals = act->is_logged = true;
    if (!act_find(act, error)) return false;
    if (reference_is_given(names->staff)) {
        if (!act_staff(act, member, &referring->staff, error)) return false;
        referring->to = (struct referral){REFERRED_TO_STAFF, referring->staff->staff.id};
    } else if (reference_is_given(names->team)) {
        if (!act_team(act, member, &referring->team, error)) return false;
        referring->to = (struct referral){REFERRED_TO_TEAM, referring->team->id};
    } else {
        if (!act_department(act, member, referring->department_name, &referring->department, error))
            return false;
        referring->to = (struct referral){REFERRED_TO_DEPARTMENT, referring->department->id};
    }
    return true;
}

static bool can_be_referred(const struct referring *referring, struct error *error) {
    const char *member = referring->member;
    if (referring->staff && !referring->staff->is_available)
        return act_refuse(ERROR_UNPROCESSABLE, member, error, "staff: the agent is not at work");
    if (referring->team && !referring->team->is_active)
        return act_refuse(ERROR_UNPROCESSABLE, member, error, "team: the team is disabled");
    if (referring->team && !referring->team->has_members)
        return act_refuse(ERROR_UNPROCESSABLE, member, error, "team: the team has no members");
    return true;
}

// Whether the ticket is his, theirs, or there, so that a referral would say nothing.
static bool has_already(const struct act *act, const struct referring *referring) {
    const struct ticket_state *state = &act->change.ticket.state;
    switch (referring->to.type) {
    case REFERRED_TO_STAFF: return state->staff_id == referring->to.id;
    case REFERRED_TO_TEAM: return state->team_id == referring->to.id;
    case REFERRED_TO_DEPARTMENT: return state->department_id == referring->to.id;
    }
    return false;
}

static struct text data_of(struct act *act, const struct referring *referring) {
    int64_t id = referring->to.id;
    if (referring->team) return act_data(act, "{\"team\":%" PRId64 "}", id);
    if (referring->department) return act_data(act, "{\"dept\":%" PRId64 "}", id);
    struct text name = act_agent_name(act, &referring->staff->staff);
    return act_data(act, "{\"staff\":[%" PRId64 ",%s]}", id, act_quoted(act, name));
}

static bool decide(struct act *act, void *operation, struct error *error) {
    const struct referring *referring = operation;
    if (!can_be_referred(referring, error)) return false;
    if (has_already(act, referring))
        return act_refuse(ERROR_CONFLICT, referring->member, error, "The ticket is there already");
    if (act_is_referred(act, referring->to))
        return act_refuse(ERROR_CONFLICT, referring->member, error, "The ticket is referred there already");
    act_title(act, "Referral");
    return change_add_event(&act->change, "referred", data_of(act, referring), error);
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct referring *referring = operation;
    return thread_refer(act->change.work.db, act->change.ticket.thread_id, referring->to, error);
}

static bool queue_mail(struct act *act, void *operation, struct error *error) {
    (void)operation;
    return act_alert_note(act, 0, error);
}

static bool decide_end(struct act *act, void *operation, struct error *error) {
    const struct referring *referring = operation;
    return act_is_referred(act, referring->to) ||
           act_refuse(ERROR_NOT_FOUND, referring->member, error, "The ticket is not referred there");
}

static bool write_end(struct act *act, void *operation, struct error *error) {
    const struct referring *referring = operation;
    return thread_unrefer(act->change.work.db, act->change.ticket.thread_id, referring->to, error);
}

static bool run(struct operation_context *context, const struct act_steps *steps, struct answer *answer,
                struct error *error) {
    struct referring referring = {0};
    struct act act;
    bool done = act_open(&act, context, "staff,team,department", error) &&
                read_request(&act, &referring, error) && find(&act, &referring, error) &&
                act_run(&act, steps, &referring, answer, error);
    act_close(&act);
    return done;
}

bool ticket_refer(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .right = "ticket.refer", .decide = decide, .write = write, .mail = queue_mail};
    return run(context, &steps, answer, error);
}

bool ticket_refer_end(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {.right = "ticket.refer", .decide = decide_end, .write = write_end};
    return run(context, &steps, answer, error);
}
