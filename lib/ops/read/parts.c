// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/{number}/collaborators.json, /related.json, /referrals.json, /tasks.json, and what else hangs
// on a ticket. spec: operations.md 3.2, 3.6.
#include "ops/read/parts.h"

#include "ops/operations.h"
#include "ops/read/values.h"
#include "store/read/thread_parts.h"
#include "store/read/ticket_parts.h"

static void take_collaborator(const struct collaborator *collaborator, void *context) {
    struct ticket_read *read = context;
    struct json_writer *json = &read->json;
    json_open_object(json);
    value_person(json, "user", collaborator->user);
    value_boolean(json, "active", collaborator->is_active);
    value_boolean(json, "cc", collaborator->is_in_copy);
    value_time(json, "since", collaborator->since, read->view);
    json_close_object(json);
}

bool part_collaborators(struct ticket_read *read, struct error *error) {
    json_name(&read->json, "collaborators");
    json_open_array(&read->json);
    bool done =
        collaborators_read(read->context->db, &read->ticket, read->view, take_collaborator, read, error);
    json_close_array(&read->json);
    return done;
}

static void write_relative(struct json_writer *json, const struct relative *relative) {
    json_open_object(json);
    json_integer_member(json, "id", relative->id);
    json_text_member(json, "number", relative->number);
    json_text_member(json, "subject", relative->subject);
    json_text_member(json, "state", relative->state);
    json_close_object(json);
}

// What the tickets are to each other: both sides have the flag.
static struct text kind_of(const struct relative *relative) {
    if (!relative) return TEXT_NULL;
    return relative->flags & TICKET_FLAGS_MERGED  ? TEXT("merged")
           : relative->flags & TICKET_FLAG_LINKED ? TEXT("linked")
                                                  : TEXT_NULL;
}

bool part_related(struct ticket_read *read, struct error *error) {
    struct json_writer *json = &read->json;
    struct relative *upper, *lower;
    size_t upper_count, lower_count;
    if (!upper_ticket_read(read->context->db, &read->ticket, read->view, &read->arena, &upper, &upper_count,
                           error) ||
        !lower_tickets_read(read->context->db, &read->ticket, read->view, &read->arena, &lower, &lower_count,
                            error))
        return false;
    json_name(json, "related");
    json_open_object(json);
    json_name(json, "parent");
    if (upper_count)
        write_relative(json, upper);
    else
        json_null(json);
    json_name(json, "children");
    json_open_array(json);
    for (size_t i = 0; i < lower_count; i++) write_relative(json, &lower[i]);
    json_close_array(json);
    json_text_member(json, "kind", kind_of(upper_count ? upper : lower_count ? lower : NULL));
    json_close_object(json);
    return true;
}

bool part_referrals(struct ticket_read *read, struct error *error) {
    struct json_writer *json = &read->json;
    struct referral *referrals;
    size_t count;
    if (!referrals_read(read->context->db, &read->ticket, read->view, &read->arena, &referrals, &count,
                        error))
        return false;
    json_name(json, "referrals");
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        json_open_object(json);
        json_integer_member(json, "id", referrals[i].id);
        value_agent(json, "staff", referrals[i].staff);
        value_named(json, "team", referrals[i].team);
        value_named(json, "department", referrals[i].department);
        value_time(json, "since", referrals[i].since, read->view);
        json_close_object(json);
    }
    json_close_array(json);
    return true;
}

static void write_task(struct ticket_read *read, const struct task *task) {
    struct json_writer *json = &read->json;
    json_open_object(json);
    json_integer_member(json, "id", task->id);
    json_text_member(json, "number", task->number);
    json_text_member(json, "title", task->title);
    value_boolean(json, "open", (task->flags & TASK_FLAG_OPEN) != 0);
    value_boolean(json, "overdue", (task->flags & TASK_FLAG_OVERDUE) != 0);
    value_named(json, "department", task->department);
    value_agent(json, "staff", task->staff);
    value_named(json, "team", task->team);
    value_time(json, "created", task->created, read->view);
    value_time(json, "due", task->due, read->view);
    value_time(json, "closed", task->closed, read->view);
    json_close_object(json);
}

bool part_tasks(struct ticket_read *read, struct error *error) {
    struct task *tasks;
    size_t count;
    if (!tasks_read(read->context->db, &read->ticket, read->view, &read->arena, &tasks, &count, error))
        return false;
    json_name(&read->json, "tasks");
    json_open_array(&read->json);
    for (size_t i = 0; i < count; i++) write_task(read, &tasks[i]);
    json_close_array(&read->json);
    return true;
}

// Of an agent who works on the ticket in the panel.
bool part_lock(struct ticket_read *read, struct error *error) {
    struct json_writer *json = &read->json;
    struct held_lock *lock;
    size_t count;
    if (!held_lock_read(read->context->db, &read->ticket, read->view, &read->arena, &lock, &count, error))
        return false;
    json_name(json, "lock");
    if (!count) {
        json_null(json);
        return true;
    }
    json_open_object(json);
    value_agent(json, "staff", lock->staff);
    value_time(json, "expires", lock->expires, read->view);
    json_close_object(json);
    return true;
}

static void write_organization(struct ticket_read *read, const struct organization *organization) {
    struct json_writer *json = &read->json;
    json_open_object(json);
    json_integer_member(json, "id", organization->id);
    json_text_member(json, "name", organization->name);
    value_text(json, "domain", organization->domain);
    value_time(json, "created", organization->created, read->view);
    value_time(json, "updated", organization->updated, read->view);
    json_close_object(json);
}

bool part_organization(struct ticket_read *read, struct error *error) {
    struct organization *organization;
    size_t count;
    if (!organization_read(read->context->db, &read->ticket, read->view, &read->arena, &organization, &count,
                           error))
        return false;
    json_name(&read->json, "organization");
    if (count)
        write_organization(read, organization);
    else
        json_null(&read->json);
    return true;
}

bool ticket_collaborators(struct operation_context *context, struct answer *answer, struct error *error) {
    return ticket_read_run(context, answer, part_collaborators, error);
}

bool ticket_related(struct operation_context *context, struct answer *answer, struct error *error) {
    return ticket_read_run(context, answer, part_related, error);
}

bool ticket_referrals(struct operation_context *context, struct answer *answer, struct error *error) {
    return ticket_read_run_for_agents(context, answer, part_referrals, error);
}

bool ticket_tasks(struct operation_context *context, struct answer *answer, struct error *error) {
    return ticket_read_run_for_agents(context, answer, part_tasks, error);
}
