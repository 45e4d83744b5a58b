// SPDX-License-Identifier: GPL-2.0-or-later
// Whom a ticket can be given to.
#include "ops/act/assigning.h"

static bool is_member(const struct node *department, const struct act_agent *agent, bool primary_only) {
    if (agent->department_id == department->id) return true;
    return !primary_only &&
           (department->manager_id == agent->staff.id || id_is_listed(agent->departments, department->id));
}

bool assigning_may_have(const struct node *department, const struct act_agent *agent) {
    bool primary_only = department && department->flags & DEPARTMENT_FLAG_PRIMARY_ONLY;
    bool members_only = department && department->flags & DEPARTMENT_FLAG_MEMBERS_ONLY;
    return (!primary_only && !members_only) || is_member(department, agent, primary_only);
}

// Without this permission an agent knows those alone who work in a department of his.
static bool may_choose(const struct act *act, const struct act_agent *agent) {
    if (!act->agent || right_is_granted(act->agent->permissions, "visibility.agents")) return true;
    struct text own = act->agent->departments, list = agent->departments;
    bool knows = id_is_listed(own, agent->department_id);
    for (size_t i = 0; !knows && i < act->change.help_desk.departments.count; i++) {
        int64_t id = act->change.help_desk.departments.nodes[i].id;
        knows = id_is_listed(own, id) && id_is_listed(list, id);
    }
    return knows;
}

bool assigning_check_staff(const struct act *act, const char *member, const struct act_agent *agent,
                           struct error *error) {
    const struct change *change = &act->change;
    const struct node *department =
        help_desk_node(&change->help_desk.departments, change->ticket.state.department_id);
    if (agent->is_available && assigning_may_have(department, agent) && may_choose(act, agent)) return true;
    return act_refuse(ERROR_UNPROCESSABLE, member, error,
                      agent->is_available ? "%s: the ticket cannot be assigned to this agent"
                                          : "%s: the agent is not at work",
                      member);
}

bool assigning_check_team(const char *member, const struct act_team *team, struct error *error) {
    if (team->is_active && team->has_available) return true;
    return act_refuse(ERROR_UNPROCESSABLE, member, error,
                      team->is_active ? "%s: nobody of the team is at work" : "%s: the team is disabled",
                      member);
}
