// SPDX-License-Identifier: GPL-2.0-or-later
// Parts of an edit that are columns of the ticket: topic, SLA plan, due date, source, owner.
#include "ops/edit/due.h"
#include "ops/edit/edit.h"
#include "ops/ticket/due_again.h"
#include "ops/ticket/source_name.h"
#include "store/help_desk.h"

#include <inttypes.h>
#include <stdio.h>

#define NEEDS_EDIT "ticket.edit"

// What is told of a column, JSON without braces: by an event of its own, or with all else.
static bool note_event(struct act *act, struct ticket_edit *edit, enum edit_told column, struct text member,
                       struct error *error) {
    struct change *change = &act->change;
    change->saves = true;
    if (edit->is_page) {
        edit->told[column] = member;
        return true;
    }
    return change_add_event(change, "edited", act_data(act, "{%.*s}", (int)member.length, member.data),
                            error);
}

// What is set by osTicket's dialogs moves the ticket up in lists, what is by its page does not.
static void touch(struct act *act, const struct ticket_edit *edit) {
    if (!edit->is_page) act->change.ticket.state.last_update = act->change.help_desk.now;
}

// An id as the history has it: null for none.
static const char *shown_id(int64_t id, char digits[24]) {
    snprintf(digits, 24, "%" PRId64, id);
    return id ? digits : "null";
}

// "topic_id":[1,2], for what changed from one id to another; of the page, whose values came as text, [1,"2"].
static bool tell_ids(struct act *act, struct ticket_edit *edit, enum edit_told column, int64_t from,
                     int64_t to, struct error *error) {
    static const char *const names[] = {
        [TOLD_TOPIC] = "topic_id", [TOLD_SLA] = "sla_id", [TOLD_USER] = "user_id"};
    char old[24], new[24];
    touch(act, edit);
    struct text member =
        edit->is_page
            ? act_data(act, "\"%s\":[%s,\"%" PRId64 "\"]", names[column], shown_id(from, old), to)
            : act_data(act, "\"%s\":[%s,%s]", names[column], shown_id(from, old), shown_id(to, new));
    return note_event(act, edit, column, member, error);
}

// ---- topic

static bool is_called(const struct help_desk *help_desk, const struct node *node, struct text name) {
    struct buffer path = buffer_new(1 << 16);
    bool called =
        text_equal_ignoring_case(node->name, name) || (help_desk_topic_path(help_desk, node->id, &path) &&
                                                       text_equal_ignoring_case(buffer_text(&path), name));
    buffer_free(&path);
    return called;
}

// The topic that is meant; `*count` bear the name.
static const struct node *find_topic(const struct help_desk *help_desk, struct reference reference,
                                     size_t *count) {
    const struct node *found = reference.id ? help_desk_node(&help_desk->topics, reference.id) : NULL;
    *count = found ? 1 : 0;
    for (size_t i = 0; !reference.id && i < help_desk->topics.count; i++) {
        const struct node *node = &help_desk->topics.nodes[i];
        if (!is_called(help_desk, node, reference.name)) continue;
        found = node;
        ++*count;
    }
    return found;
}

// Agents who do not see all departments see private topics of their own ones only. spec: acting.md 7.1.
static bool is_seen(const struct act *act, const struct node *topic) {
    const struct act_agent *agent = act->agent;
    return !agent || !topic->is_private || !topic->department_id ||
           right_is_granted(agent->permissions, "visibility.departments") ||
           id_is_listed(agent->departments, topic->department_id);
}

static bool choose_topic(struct act *act, int64_t *id, struct error *error) {
    struct reference reference;
    size_t count;
    if (!act_reference(act, "topic", &reference, error)) return false;
    *id = 0;
    if (!reference_is_given(reference)) return true;
    const struct node *topic = find_topic(&act->change.help_desk, reference, &count);
    if (count > 1)
        return act_refuse(ERROR_UNPROCESSABLE, "topic", error, "topic: several help topics bear this name");
    if (!topic) return act_refuse(ERROR_UNPROCESSABLE, "topic", error, "topic: there is no such help topic");
    *id = topic->id;
    if (*id != act->change.ticket.state.topic_id && !is_seen(act, topic))
        return act_refuse(ERROR_UNPROCESSABLE, "topic", error, "topic: there is no such help topic");
    return (topic->flags & TOPIC_FLAG_ACTIVE && !(topic->flags & TOPIC_FLAG_ARCHIVED)) ||
           *id == act->change.ticket.state.topic_id ||
           act_refuse(ERROR_UNPROCESSABLE, "topic", error, "topic: the help topic is not active");
}

bool edit_topic(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                struct error *error) {
    struct ticket_state *state = &act->change.ticket.state;
    int64_t before = state->topic_id, id;
    (void)given;
    if (!act_needs(act, NEEDS_EDIT, error) || !choose_topic(act, &id, error)) return false;
    if (id == before) return true;
    state->topic_id = id;
    edit_changes(edit, "topic", TEXT("Help Topic"));
    return tell_ids(act, edit, TOLD_TOPIC, before, id, error);
}

// ---- SLA plan

static bool choose_sla(struct act *act, const struct ticket_edit *edit, const struct edit_sla **sla,
                       struct error *error) {
    *sla = NULL;
    if (!act_gives(act, "sla")) return true;
    if (edit->parties.sla_count != 1)
        return act_refuse(ERROR_UNPROCESSABLE, "sla", error,
                          edit->parties.sla_count ? "sla: several SLA plans bear this name"
                                                  : "sla: there is no such SLA plan");
    *sla = edit->parties.slas;
    return (*sla)->flags & SLA_FLAG_ACTIVE || (*sla)->id == act->change.ticket.state.sla_id ||
           act_refuse(ERROR_UNPROCESSABLE, "sla", error, "sla: the SLA plan is not active");
}

bool edit_sla(struct act *act, struct ticket_edit *edit, const struct json_value *given,
              struct error *error) {
    struct locked_ticket *ticket = &act->change.ticket;
    int64_t before = ticket->state.sla_id;
    const struct edit_sla *sla;
    (void)given;
    if (!act_needs(act, NEEDS_EDIT, error) || !choose_sla(act, edit, &sla, error)) return false;
    if ((sla ? sla->id : 0) == before) return true;
    ticket->state.sla_id = sla ? sla->id : 0;
    ticket->sla_active = sla != NULL;
    ticket->sla_grace_hours = sla ? sla->grace_hours : 0;
    ticket->sla_schedule_id = sla ? sla->schedule_id : 0;
    ticket->sla_alerts = !sla || !(sla->flags & SLA_FLAG_NO_ALERTS);
    ticket_due_again(&act->change.work, ticket);
    edit_changes(edit, "sla", TEXT("SLA Plan"));
    return tell_ids(act, edit, TOLD_SLA, before, ticket->state.sla_id, error);
}

// ---- due date

static const char *shown_text(struct act *act, struct text text) {
    return text_is_null(text) ? "null" : act_quoted(act, text);
}

bool edit_due(struct act *act, struct ticket_edit *edit, const struct json_value *given,
              struct error *error) {
    struct change *change = &act->change;
    struct ticket_state *state = &change->ticket.state;
    struct text text, before = state->due, due = TEXT_NULL;
    (void)given;
    if (!act_needs(act, NEEDS_EDIT, error) || !act_text(act, "due", &text, error)) return false;
    if (!text_is_null(text) && !due_read(&change->help_desk, text, &change->arena, &due, error)) return false;
    if (text_is_null(due) == text_is_null(before) && text_equal(due, before)) return true;
    if (edit->is_page && !text_is_null(due) &&
        ticket_status_is(help_desk_status(&change->help_desk, state->status_id), "closed"))
        return act_refuse(ERROR_UNPROCESSABLE, "due", error, "due: a closed ticket takes no due date");
    state->due = due;
    ticket_due_again(&change->work, &change->ticket);
    edit_changes(edit, "due", TEXT("Due Date"));
    touch(act, edit);
    return note_event(act, edit, TOLD_DUE,
                      act_data(act, "\"duedate\":[%s,%s]", shown_text(act, before), shown_text(act, due)),
                      error);
}

// ---- source

bool edit_source(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                 struct error *error) {
    struct locked_ticket *ticket = &act->change.ticket;
    struct text name, before = ticket->source;
    (void)given;
    if (!act_needs(act, NEEDS_EDIT, error) || !act_text(act, "source", &name, error)) return false;
    const char *source = ticket_source_named(text_trim(name));
    if (!source)
        return act_refuse(ERROR_UNPROCESSABLE, "source", error,
                          "source: has to be Phone, Email, Web, API or Other");
    if (text_equal(before, text_of(source))) return true;
    ticket->source = edit->source = text_of(source);
    edit_changes(edit, "source", TEXT("Ticket Source"));
    touch(act, edit);
    return note_event(
        act, edit, TOLD_SOURCE,
        act_data(act, "\"source\":[%s,%s]", act_quoted(act, before), act_quoted(act, ticket->source)), error);
}

// ---- owner

bool edit_owner(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                struct error *error) {
    struct locked_ticket *ticket = &act->change.ticket;
    const struct edit_user *user = &edit->parties.user;
    (void)given;
    if (!act_needs(act, NEEDS_EDIT, error)) return false;
    if (!user->id) return act_refuse(ERROR_UNPROCESSABLE, "owner", error, "owner: there is no such user");
    int64_t before = ticket->owner_id;
    if (user->id == before) return true;
    ticket->owner_id = user->id;
    ticket->owner_name = user->name;
    ticket->owner_address = user->address;
    edit->has_owner = true;
    edit_changes(edit, "owner", TEXT("Ticket Owner"));
    if (edit->is_page) return tell_ids(act, edit, TOLD_USER, before, user->id, error);
    return note_event(act, edit, TOLD_USER,
                      act_data(act, "\"owner\":%" PRId64 ",\"fields\":{\"Ticket Owner\":%s}", user->id,
                               act_quoted(act, text_cut(user->name, 64))),
                      error);
}
