// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/status.json: a ticket is closed, opened again, set to another status. spec:
// operations.md 4.3; acting.md 4.
#include "ops/act/act.h"
#include "ops/operations.h"
#include "store/ticket/children.h"

#include <stdio.h>

struct status {
    struct reference name;
    struct text state; // instead of the name: "open", "closed"
    const struct ticket_status *to;
    bool with_children;
    struct child *children;
    size_t child_count;
};

// What became of a ticket that was merged into this one or linked to it.
struct child {
    struct text number;
    struct text refused; // null: it has the status, too
};

static bool read_request(struct act *act, struct status *status, struct error *error) {
    if (!act_switch(act, "children", false, &status->with_children, error) ||
        !act_reference(act, "status", &status->name, error) || !act_text(act, "state", &status->state, error))
        return false;
    bool named = reference_is_given(status->name), stated = !text_is_null(status->state);
    if (named == stated)
        return act_refuse(ERROR_UNPROCESSABLE, "status", error, "Either status or state has to be given");
    if (named || text_equal(status->state, TEXT("open")) || text_equal(status->state, TEXT("closed")))
        return true;
    return act_refuse(ERROR_UNPROCESSABLE, "state", error, "state has to be open or closed");
}

// The first enabled status of the state; of open ones the one that the ticket would come back to.
static bool choose(const struct act *act, struct status *status, struct error *error) {
    const struct help_desk *help_desk = &act->change.help_desk;
    const struct ticket_status *from = help_desk_status(help_desk, act->change.ticket.state.status_id);
    char state[8];
    if (status->to) return true;
    snprintf(state, sizeof state, "%.*s", (int)status->state.length, status->state.data);
    if (ticket_status_is(from, state)) status->to = from;
    if (!status->to && text_equal(status->state, TEXT("open")))
        status->to = status_to_reopen(help_desk, from);
    for (size_t i = 0; !status->to && i < help_desk->status_count; i++)
        if (help_desk->statuses[i].is_enabled && ticket_status_is(&help_desk->statuses[i], state))
            status->to = &help_desk->statuses[i];
    return status->to || act_refuse(ERROR_UNPROCESSABLE, "state", error, "There is no status of this state");
}

static bool decide(struct act *act, void *operation, struct error *error) {
    struct status *status = operation;
    struct change *change = &act->change;
    if (!choose(act, status, error)) return false;
    if (status->to->id == change->ticket.state.status_id)
        return act_refuse(ERROR_CONFLICT, "status", error, "The ticket has this status already");
    act_title(act, "Status Changed");
    return act_set_status(act, "status", status->to, error);
}

static bool decide_child(struct act *act, void *operation, struct error *error) {
    const struct status *status = operation;
    return act_set_status(act, "status", status->to, error);
}

static bool is_refusal(const struct error *error) {
    return error->code == ERROR_DENIED || error->code == ERROR_NOT_FOUND || error->code == ERROR_CONFLICT ||
           error->code == ERROR_UNPROCESSABLE;
}

static bool set_child(struct act *act, struct status *status, const struct ticket_child *of,
                      struct error *error) {
    static const struct act_steps steps = {.decide = decide_child};
    struct arena *arena = &act->change.arena;
    bool seen;
    if (!act_key_sees(act, of->id, &seen, error)) return false;
    if (!seen) return true;
    struct child *child = arena_append(arena, &status->children, &status->child_count, sizeof *child);
    if (!child) return error_too_large(error);
    child->number = of->number;
    if (act_apply(act, of->id, &steps, status, error)) return true;
    if (!is_refusal(error)) return false;
    child->refused = arena_copy(arena, text_of(error->message));
    error_clear(error);
    return true;
}

// A child that the key does not see stays as it is. One that refuses does not keep the others from it, as in
// PHP, but is named.
static bool write(struct act *act, void *operation, struct error *error) {
    struct status *status = operation;
    struct ticket_child *children;
    size_t count;
    if (!status->with_children || !(act->change.ticket.flags & TICKET_FLAG_PARENT)) return true;
    if (!ticket_children(act->change.work.db, act->change.ticket_id, &act->change.arena, &children, &count,
                         error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!set_child(act, status, &children[i], error)) return false;
    return true;
}

static void tell(struct act *act, void *operation, struct json_writer *json) {
    const struct status *status = operation;
    (void)act;
    if (!status->with_children) return;
    json_name(json, "children");
    json_open_array(json);
    for (size_t i = 0; i < status->child_count; i++) {
        json_open_object(json);
        json_text_member(json, "number", status->children[i].number);
        json_text_member(json, "refused", status->children[i].refused);
        json_close_object(json);
    }
    json_close_array(json);
}

static bool queue_mail(struct act *act, void *operation, struct error *error) {
    (void)operation;
    return act_alert_note(act, 0, error);
}

bool ticket_set_status(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {
        .decide = decide, .write = write, .mail = queue_mail, .tell = tell};
    struct status status = {0};
    struct act act;
    bool done = act_open(&act, context, "status,state,children", error) && read_request(&act, &status, error);
    act.change.around.drafts = act.is_page = true;
    done = done && act_find(&act, error) &&
           (!reference_is_given(status.name) || act_status(&act, "status", status.name, &status.to, error)) &&
           act_run(&act, &steps, &status, answer, error);
    act_close(&act);
    return done;
}
