// SPDX-License-Identifier: GPL-2.0-or-later
// Who acts, and whom and what a request names.
#include "ops/act/act.h"

#include "ops/act/joint_parties.h"
#include "ops/native_version.h"
#include "ops/plugins.h"

#include <stdio.h>
#include <string.h>

static bool is_named(const struct staff *staff, struct reference reference) {
    if (reference.id) return staff->id == reference.id;
    return text_equal_ignoring_case(staff->username, reference.name) ||
           text_equal_ignoring_case(staff->email, reference.name);
}

// Of two whom a name finds, one by his user name and one by his address, the first is meant.
static const struct act_agent *choose(const struct act_agent *agents, size_t count, struct text name) {
    const struct act_agent *one = count == 1 ? agents : NULL;
    for (size_t i = 0; count > 1 && i < count; i++)
        if (text_equal_ignoring_case(agents[i].staff.username, name)) one = &agents[i];
    return one;
}

static bool refuse_name(const char *member, const char *kind, size_t count, struct error *error) {
    return act_refuse(ERROR_UNPROCESSABLE, member, error,
                      count ? "%s: several %s bear this name" : "%s: there is no such %s", member, kind);
}

// osTicket lets nobody else work while the help desk is offline.
static bool may_work(const struct act *act, const struct act_agent *agent, struct error *error) {
    if (!agent->is_active) return act_refuse(ERROR_DENIED, "staffUserName", error, "The agent is not active");
    if (!help_desk_switch(&act->change.help_desk, "isonline", true) && !agent->is_administrator)
        return act_refuse(ERROR_DENIED, NULL, error, "The help desk is offline");
    return true;
}

static bool find_actor(struct act *act, struct error *error) {
    struct change *change = &act->change;
    const struct act_parties *parties = &act->parties;
    change->actor = actor_system();
    if (!reference_is_given(act->names.actor)) return true;
    const struct act_agent *agent = choose(parties->actors, parties->actor_count, act->names.actor.name);
    if (!agent) return refuse_name("staffUserName", "agent", parties->actor_count, error);
    if (reference_is_given(act->wanted) && !is_named(&agent->staff, act->wanted))
        return act_refuse(ERROR_DENIED, "staffUserName", error, "The API key acts as another agent");
    if (!may_work(act, agent, error)) return false;
    act->agent = agent;
    change->actor = actor_agent(&agent->staff, &change->help_desk, &change->arena);
    change->acts = true;
    change->around.agent_id = agent->staff.id;
    return true;
}

// Several tickets may have one number. Whoever sees some only is not told of the others.
static bool is_the_only_one(const struct act *act, struct error *error) {
    const struct operation_context *context = act->change.context;
    struct text namesakes = act->parties.namesakes;
    bool sees_some = principal_is_narrowed(context->principal);
    bool several = sees_some ? context->subject->is_ambiguous : text_find(namesakes, TEXT(","), 0) >= 0;
    if (!several) return true;
    error_set(error, ERROR_AMBIGUOUS, "Several tickets have this number: name one by its id, as id:%lld",
              (long long)act->change.ticket_id);
    if (!sees_some && namesakes.length < sizeof error->ids)
        snprintf(error->ids, sizeof error->ids, "%.*s", (int)namesakes.length, namesakes.data);
    return false;
}

static bool no_ticket(struct error *error) {
    return error_set(error, ERROR_NOT_FOUND, "There is no such ticket");
}

static bool make_comments(struct act *act, struct error *error) {
    struct text comments;
    if (!act_text(act, "comments", &comments, error)) return false;
    return act_text_is_empty(act, comments) || act_make_comments(act, comments, error);
}

// What is there in the place of PHP, which would tell its plugins.
static bool check_native(const struct change *change, struct error *error) {
    const struct operation_settings *settings = change->context->settings;
    return native_version_check(&change->help_desk, error) &&
           (settings->write_despite_audit || plugins_check_audit(change->work.db, &change->help_desk,
                                                                 text_of(settings->ignored_plugins), error));
}

static bool look_into(struct act *act, struct arena *arena, struct error *error) {
    struct change *change = &act->change;
    return act_parties_find(change->work.db, &act->names, arena, &act->parties, &change->help_desk, error) &&
           check_native(change, error);
}

// What the first of several acts found is there for the others.
static bool look_jointly(struct act *act, struct joint_parties *joint, struct error *error) {
    if (!joint->is_found) {
        if (!look_into(act, &joint->arena, error)) return false;
        joint->parties = act->parties;
        joint->parties.namesakes = TEXT_NULL;
        joint->parties.merged_into = 0;
        joint->help_desk = act->change.help_desk;
        joint->is_found = true;
    }
    act->parties = joint->parties;
    act->change.help_desk = joint->help_desk;
    return true;
}

static bool look(struct act *act, struct error *error) {
    struct change *change = &act->change;
    const struct joint_transaction *joint = change->context->joint;
    change->is_rehearsal = act->is_rehearsal;
    return joint && joint->parties ? look_jointly(act, joint->parties, error)
                                   : look_into(act, &change->arena, error);
}

bool act_find_actor(struct act *act, struct error *error) {
    return look(act, error) && find_actor(act, error);
}

bool act_find(struct act *act, struct error *error) {
    struct change *change = &act->change;
    const struct subject *subject = change->context->subject;
    if (!subject || !subject->id) return no_ticket(error);
    if (!text_starts_with(subject->name, TEXT("id:"))) act->names.number = subject->name;
    change->ticket_id = act->names.ticket_id = subject->id;
    return look(act, error) && is_the_only_one(act, error) && find_actor(act, error) &&
           make_comments(act, error);
}

bool act_staff(const struct act *act, const char *member, const struct act_agent **agent,
               struct error *error) {
    const struct act_parties *parties = &act->parties;
    *agent = choose(parties->staff, parties->staff_count, act->names.staff.name);
    return *agent || refuse_name(member, "agent", parties->staff_count, error);
}

bool act_team(const struct act *act, const char *member, const struct act_team **team, struct error *error) {
    const struct act_parties *parties = &act->parties;
    *team = parties->team_count == 1 ? parties->teams : NULL;
    return *team || refuse_name(member, "team", parties->team_count, error);
}

// By its name, or by its path "Support / Mail".
static bool is_called(const struct help_desk *help_desk, const struct node *node, struct text name) {
    struct buffer path = buffer_new(1 << 16);
    bool called = text_equal_ignoring_case(node->name, name) ||
                  (help_desk_department_path(help_desk, node->id, &path) &&
                   text_equal_ignoring_case(buffer_text(&path), name));
    buffer_free(&path);
    return called;
}

bool act_department(const struct act *act, const char *member, struct reference reference,
                    const struct node **department, struct error *error) {
    const struct help_desk *help_desk = &act->change.help_desk;
    size_t count = 0;
    *department = help_desk_node(&help_desk->departments, reference.id);
    if (reference.id) return *department || refuse_name(member, "department", 0, error);
    for (size_t i = 0; i < help_desk->departments.count; i++) {
        const struct node *node = &help_desk->departments.nodes[i];
        if (!is_called(help_desk, node, reference.name)) continue;
        *department = node;
        count++;
    }
    return count == 1 || refuse_name(member, "department", count, error);
}

bool act_status(const struct act *act, const char *member, struct reference reference,
                const struct ticket_status **status, struct error *error) {
    const struct help_desk *help_desk = &act->change.help_desk;
    size_t count = 0;
    *status = help_desk_status(help_desk, reference.id);
    if (reference.id) return *status || refuse_name(member, "status", 0, error);
    for (size_t i = 0; i < help_desk->status_count; i++) {
        if (!text_equal_ignoring_case(help_desk->statuses[i].name, reference.name)) continue;
        *status = &help_desk->statuses[i];
        count++;
    }
    return count == 1 || refuse_name(member, "status", count, error);
}
