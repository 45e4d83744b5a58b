// SPDX-License-Identifier: GPL-2.0-or-later
// An action on a ticket: what is looked at with its row locked, and what goes with every action.
#include "ops/act/act.h"

#include "base/words.h"
#include "ops/act/answer.h"
#include "ops/read/ticket_read.h"
#include "store/read/ticket_version.h"
#include "store/ticket_view.h"

#include <stdarg.h>
#include <stdio.h>

#define DATA_MAX 1024 // of an event, in the column

bool act_needs(const struct act *act, const char *right, struct error *error) {
    if (!act->agent || right_has(&act->change.around.agent, right)) return true;
    struct text username = act->agent->staff.username;
    return error_set(error, ERROR_DENIED, "%.*s has no %s in the ticket's department", (int)username.length,
                     username.data, right);
}

bool act_key_sees(const struct act *act, int64_t ticket_id, bool *sees, struct error *error) {
    const struct principal *principal = act->change.context->principal;
    *sees = true;
    if (!principal_is_narrowed(principal)) return true;
    int found = ticket_view_has(act->change.work.db, &principal->rules, ticket_id, error);
    *sees = found > 0;
    return found >= 0;
}

// Neither a key nor an agent who may not see the ticket learns that it is there. It may have gone elsewhere
// since the key was looked at.
static bool sees(const struct act *act, struct error *error) {
    const struct agent_rights *rights = &act->change.around.agent;
    bool seen;
    if (!act_key_sees(act, act->change.ticket_id, &seen, error)) return false;
    if (!seen) return error_set(error, ERROR_NOT_FOUND, "There is no such ticket");
    if (!act->agent) return true;
    if (!rights->is_active)
        return act_refuse(ERROR_DENIED, "staffUserName", error, "The agent is not active");
    return right_has_access(rights) || error_set(error, ERROR_NOT_FOUND, "There is no such ticket");
}

// The part of an entity tag that is the ticket's version: 9f3c21aa7be00451 of W/"9f3c21aa7be00451.77ab03d1".
static struct text version_of(struct text tag) {
    tag = text_trim(tag);
    if (text_starts_with(tag, TEXT("W/"))) tag = (struct text){tag.data + 2, tag.length - 2};
    while (tag.length && *tag.data == '"') tag = (struct text){tag.data + 1, tag.length - 1};
    size_t length = 0;
    while (length < tag.length && tag.data[length] != '.' && tag.data[length] != '"') length++;
    return (struct text){tag.data, length};
}

bool act_version_is_wanted(struct text wanted, const char *version) {
    for (struct text tag; list_next(&wanted, &tag);) {
        struct text one = version_of(tag);
        if (text_equal(one, TEXT("*")) || text_equal(one, text_of(version))) return true;
    }
    return false;
}

// The version is of the ticket that the path names, also where it was merged and its parent is what changes.
static bool is_as_wanted(const struct act *act, struct error *error) {
    const struct change *change = &act->change;
    struct text wanted = change->context->wanted_versions;
    struct view view = view_of(change->context);
    struct ticket_version present;
    if (text_is_null(wanted) || act->goes_along) return true;
    int found = ticket_version_read(change->work.db, act->names.ticket_id, false, view.notes, view.rules,
                                    &present, error);
    if (found < 0) return false;
    if (found && act_version_is_wanted(wanted, present.version)) return true;
    error_set(error, ERROR_CHANGED, "The ticket was changed by somebody else");
    snprintf(error->version, sizeof error->version, "%s", present.version);
    return false;
}

// osTicket's own lock, which its panel takes while somebody writes.
static bool is_free(const struct act *act, struct error *error) {
    int64_t holder = act->change.ticket.lock_holder_id;
    if (!act->heeds_lock || !holder || (act->agent && holder == act->agent->staff.id)) return true;
    return error_set(error, ERROR_CONFLICT, "The ticket is locked by another agent");
}

static bool decide(struct change *change, void *operation, struct error *error) {
    struct act *act = operation;
    act->former_staff_id = change->ticket.state.staff_id;
    return sees(act, error) && is_as_wanted(act, error) && is_free(act, error) &&
           (!act->steps->right || act_needs(act, act->steps->right, error)) &&
           (!act->steps->decide || act->steps->decide(act, act->operation, error));
}

static bool write_own(struct change *change, void *operation, struct error *error) {
    struct act *act = operation;
    (void)change;
    return !act->steps->write || act->steps->write(act, act->operation, error);
}

static bool queue_mail(struct change *change, void *operation, struct error *error) {
    struct act *act = operation;
    (void)change;
    return !act->steps->mail || act->steps->mail(act, act->operation, error);
}

static bool tell(struct change *change, void *operation, struct outcome *outcome, struct error *error) {
    (void)change;
    return act_answer(operation, outcome, error);
}

static bool say_nothing(struct change *change, void *operation, struct outcome *outcome,
                        struct error *error) {
    (void)change;
    (void)operation;
    (void)outcome;
    (void)error;
    return true;
}

bool act_apply(struct act *act, int64_t ticket_id, const struct act_steps *steps, void *operation,
               struct error *error) {
    static const struct change_steps change_steps = {
        .decide = decide, .write = write_own, .mail = queue_mail, .answer = say_nothing};
    const struct change *first = &act->change;
    struct act other = {.agent = act->agent, .steps = steps, .operation = operation, .goes_along = true};
    struct outcome outcome;
    change_open(&other.change, first->context);
    other.change.help_desk = first->help_desk;
    other.change.actor = first->actor;
    other.change.acts = first->acts;
    other.change.ticket_id = ticket_id;
    other.change.around.agent_id = first->around.agent_id;
    other.change.around.drafts = first->around.drafts;
    bool done = change_apply(&other.change, &change_steps, &other, &outcome, error);
    act->mails += other.mails;
    change_close(&other.change);
    return done;
}

bool act_run(struct act *act, const struct act_steps *steps, void *operation, struct answer *answer,
             struct error *error) {
    static const struct change_steps change_steps = {
        .decide = decide, .write = write_own, .mail = queue_mail, .answer = tell};
    act->steps = steps;
    act->operation = operation;
    return change_run(&act->change, &change_steps, act, answer, error);
}

struct text act_agent_name(struct act *act, const struct staff *staff) {
    struct arena *arena = &act->change.arena;
    size_t length = staff->first_name.length + staff->last_name.length + 2;
    char *name = arena_take(arena, length);
    if (!name) return TEXT("");
    snprintf(name, length, "%.*s %.*s", (int)staff->first_name.length,
             staff->first_name.data ? staff->first_name.data : "", (int)staff->last_name.length,
             staff->last_name.data ? staff->last_name.data : "");
    return text_trim(text_of(name));
}

struct text act_data(struct act *act, const char *format, ...) {
    char data[DATA_MAX + 1];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(data, sizeof data, format, arguments);
    va_end(arguments);
    // Nothing is cut inside JSON.
    if (length < 0 || (size_t)length >= sizeof data) return TEXT_NULL;
    return arena_copy(&act->change.arena, (struct text){data, (size_t)length});
}

const char *act_quoted(struct act *act, struct text text) {
    struct buffer quoted = buffer_new(1 << 16);
    json_quote(text, &quoted);
    buffer_add_char(&quoted, '\0');
    struct text copy = arena_copy(&act->change.arena, buffer_text(&quoted));
    buffer_free(&quoted);
    return copy.length ? copy.data : "\"\"";
}

bool act_is_referred(const struct act *act, struct referral to) {
    const struct ticket_surroundings *around = &act->change.around;
    for (size_t i = 0; i < around->referral_count; i++)
        if (around->referrals[i].type == to.type && around->referrals[i].id == to.id) return true;
    return false;
}

struct ticket_mail act_mail(struct act *act, int64_t entry_id) {
    const struct change *change = &act->change;
    const struct locked_ticket *ticket = &change->ticket;
    return (struct ticket_mail){
        .ticket_id = ticket->id,
        .thread_id = ticket->thread_id,
        .entry_id = entry_id,
        .owner = {ticket->owner_id, ticket->owner_name, ticket->owner_address},
        .client_name_format = help_desk_config(&change->help_desk, "client_name_format"),
        .secret_salt = text_of(change->context->settings->secret_salt),
        .queued = &act->mails,
    };
}

bool act_alert_note(struct act *act, int64_t assignee_id, struct error *error) {
    if (!act->has_note) return true;
    const struct ticket_mail mail = act_mail(act, act->note.id);
    return ticket_mail_alert_note_to(act->change.work.db, &mail, act->change.actor.id, assignee_id, error);
}
