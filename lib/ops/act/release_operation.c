// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/release.json: a ticket is nobody's again. spec: operations.md 4.5; acting.md 5.3.
#include "ops/act/act.h"
#include "ops/operations.h"

#include <inttypes.h>

struct release {
    bool staff, team;
};

// By his role, or as the manager of the ticket's department.
static bool may_release(const struct act *act, struct error *error) {
    if (!act->agent || act->change.around.agent.manages_department) return true;
    return act_needs(act, "ticket.release", error);
}

static struct text data_of(struct act *act, int64_t staff_id, int64_t team_id) {
    const struct locked_ticket *ticket = &act->change.ticket;
    const char *name = act_quoted(act, ticket->staff_name);
    if (staff_id && team_id)
        return act_data(act, "{\"staff\":[%" PRId64 ",%s],\"team\":%" PRId64 "}", staff_id, name, team_id);
    if (staff_id) return act_data(act, "{\"staff\":[%" PRId64 ",%s]}", staff_id, name);
    return act_data(act, "{\"team\":%" PRId64 "}", team_id);
}

static bool decide(struct act *act, void *operation, struct error *error) {
    const struct release *release = operation;
    struct change *change = &act->change;
    struct ticket_state *state = &change->ticket.state;
    if (!may_release(act, error)) return false;
    if (!ticket_status_is(help_desk_status(&change->help_desk, state->status_id), "open"))
        return error_set(error, ERROR_UNPROCESSABLE,
                         "The ticket is not open: its agent is the one who closed it");
    int64_t staff_id = release->staff ? state->staff_id : 0, team_id = release->team ? state->team_id : 0;
    if (!staff_id && !team_id) return error_set(error, ERROR_UNPROCESSABLE, "The ticket is not assigned");
    struct text data = data_of(act, staff_id, team_id);
    if (staff_id) state->staff_id = 0;
    if (team_id) state->team_id = 0;
    change->saves = true;
    act_title(act, "Assignment Released");
    return change_add_event(change, "released", data, error);
}

static bool read_request(struct act *act, struct release *release, struct error *error) {
    bool named = act_gives(act, "staff") || act_gives(act, "team");
    if (!act_switch(act, "staff", !named, &release->staff, error) ||
        !act_switch(act, "team", !named, &release->team, error))
        return false;
    if (release->staff || release->team) return true;
    return act_refuse(ERROR_UNPROCESSABLE, "staff", error, "staff or team has to be true: what is released");
}

bool ticket_release(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {.decide = decide};
    struct release release = {0};
    struct act act;
    bool done = act_open(&act, context, "staff,team", error) && read_request(&act, &release, error) &&
                act_find(&act, error) && act_run(&act, &steps, &release, answer, error);
    act_close(&act);
    return done;
}
