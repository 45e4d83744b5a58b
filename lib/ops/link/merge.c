// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/merge.json: other tickets become part of this one. spec: operations.md 4.12;
// acting.md 10, 11.
#include "ops/link/merge.h"
#include "ops/operations.h"
#include "store/ticket/thread.h"

#include <inttypes.h>

#define MEMBERS       "tickets,threads,participants,child_status,parent_status,move_tasks,delete_children"
#define FLAGS_MERGED  (TICKET_FLAG_COMBINED | TICKET_FLAG_SEPARATE)
#define FLAGS_RELATED (FLAGS_MERGED | TICKET_FLAG_LINKED | TICKET_FLAG_PARENT)
#define STATUS_CLOSED 3 // of osTicket's own

// ---- the request

static bool read_word(struct act *act, const char *member, const char *one, const char *other,
                      struct text *word, struct error *error) {
    if (!act_text(act, member, word, error)) return false;
    return text_is_null(*word) || text_equal(*word, text_of(one)) || text_equal(*word, text_of(other)) ||
           act_refuse(ERROR_UNPROCESSABLE, member, error, "%s has to be %s or %s", member, one, other);
}

static bool read_request(struct act *act, struct merging *merging, struct error *error) {
    struct text participants;
    if (!read_word(act, "threads", "combine", "separate", &merging->threads, error) ||
        !read_word(act, "participants", "all", "owners", &participants, error) ||
        !act_reference(act, "child_status", &merging->child_status_name, error) ||
        !act_reference(act, "parent_status", &merging->parent_status_name, error) ||
        !act_switch(act, "move_tasks", false, &merging->moves_tasks, error) ||
        !act_switch(act, "delete_children", false, &merging->deletes, error))
        return false;
    merging->owners_only = text_equal(participants, TEXT("owners"));
    return true;
}

// What merged tickets get: what is asked for, else osTicket's "Closed", else the first closed one.
static bool choose_child_status(struct act *act, struct merging *merging, struct error *error) {
    const struct help_desk *help_desk = &act->change.help_desk;
    const struct ticket_status **status = &merging->child_status;
    if (reference_is_given(merging->child_status_name))
        return act_status(act, "child_status", merging->child_status_name, status, error) &&
               (ticket_status_is(*status, "closed") ||
                act_refuse(ERROR_UNPROCESSABLE, "child_status", error,
                           "child_status: tickets that are merged are closed"));
    *status = help_desk_status(help_desk, STATUS_CLOSED);
    if (*status && !ticket_status_is(*status, "closed")) *status = NULL;
    for (size_t i = 0; !*status && i < help_desk->status_count; i++)
        if (ticket_status_is(&help_desk->statuses[i], "closed")) *status = &help_desk->statuses[i];
    return *status || act_refuse(ERROR_UNPROCESSABLE, "child_status", error, "There is no closed status");
}

static bool choose_statuses(struct act *act, struct merging *merging, struct error *error) {
    return choose_child_status(act, merging, error) &&
           (!reference_is_given(merging->parent_status_name) ||
            act_status(act, "parent_status", merging->parent_status_name, &merging->parent_status, error));
}

// ---- what may be merged

static int64_t type_of(struct text threads) {
    return text_equal(threads, TEXT("separate")) ? TICKET_FLAG_SEPARATE : TICKET_FLAG_COMBINED;
}

// All that were merged into one ticket are so in the same way.
static bool choose_type(const struct act *act, struct merging *merging, struct error *error) {
    const struct locked_ticket *parent = &act->change.ticket;
    int64_t own = parent->flags & FLAGS_MERGED;
    merging->type = own ? own : type_of(merging->threads);
    if (parent->parent_id) return relative_refuse(parent, "hangs on another ticket itself", error);
    return text_is_null(merging->threads) || merging->type == type_of(merging->threads) ||
           act_refuse(ERROR_CONFLICT, "threads", error, "Other tickets were merged into it in the other way");
}

static bool check_child(struct act *act, const struct locked_ticket *child, struct error *error) {
    if (child->flags & FLAGS_MERGED) return relative_refuse(child, "is part of a merge", error);
    if (child->parent_id && child->parent_id != act->change.ticket.id)
        return relative_refuse(child, "hangs on another ticket: unlink it first", error);
    if (!(child->flags & TICKET_FLAG_PARENT)) return true;
    int exist = linked_children_exist(act->change.work.db, child->id, error);
    if (exist < 0) return false;
    return !exist || relative_refuse(child, "has tickets below it: unlink them first", error);
}

static bool lock_children(struct act *act, struct merging *merging, struct error *error) {
    for (size_t i = 0; i < merging->id_count; i++) {
        if (merging->ids[i] == act->change.ticket.id)
            return act_refuse(ERROR_UNPROCESSABLE, "tickets", error,
                              "tickets: a ticket is not merged with itself");
        if (!relative_lock(act, &merging->relatives, merging->ids[i], MERGE_RIGHT, error)) return false;
        struct relative_ticket *child = &merging->relatives.items[i];
        child->to = (struct ticket_link_row){
            act->change.ticket.id, (child->ticket.flags & ~FLAGS_RELATED) | merging->type, (int64_t)i + 1};
        if (!check_child(act, &child->ticket, error)) return false;
    }
    return true;
}

static const struct locked_ticket *named(const struct merging *merging, int64_t id) {
    for (size_t i = 0; i < merging->relatives.count; i++)
        if (merging->relatives.items[i].ticket.id == id) return &merging->relatives.items[i].ticket;
    return NULL;
}

// Tickets that were linked to this one are unlinked before they are merged; others would be lost from sight.
static bool unlink_children(struct act *act, const struct merging *merging, struct error *error) {
    const struct locked_ticket *parent = &act->change.ticket;
    int64_t *ids;
    size_t count;
    if (!(parent->flags & TICKET_FLAG_LINKED)) return true;
    if (!linked_children_read(act->change.work.db, parent->id, &act->change.arena, &ids, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct locked_ticket *child = named(merging, ids[i]);
        if (!child)
            return relative_refuse(parent, "has linked tickets that are not to be merged: unlink them first",
                                   error);
        if (!relative_tell(act, "unlinked", child, parent, error) ||
            !relative_tell(act, "unlinked", parent, child, error))
            return false;
    }
    return true;
}

// ---- what the history tells

// A department from which a ticket came keeps seeing it.
static bool refer(struct act *act, const struct locked_ticket *child, struct error *error) {
    int64_t department = child->state.department_id;
    if (!department || department == act->change.ticket.state.department_id) return true;
    return change_add_event(&act->change, "referred", act_data(act, "{\"dept\":%" PRId64 "}", department),
                            error);
}

static bool tell_all(struct act *act, const struct merging *merging, struct error *error) {
    const struct locked_ticket *parent = &act->change.ticket;
    for (size_t i = 0; i < merging->relatives.count; i++) {
        const struct locked_ticket *child = &merging->relatives.items[i].ticket;
        if (!relative_tell(act, "merged", parent, child, error) ||
            !relative_tell(act, "merged", child, parent, error) || !refer(act, child, error))
            return false;
    }
    return true;
}

static bool decide(struct act *act, void *operation, struct error *error) {
    struct merging *merging = operation;
    const struct locked_ticket *parent = &act->change.ticket;
    if (!act_needs(act, "ticket.edit", error) || !choose_type(act, merging, error) ||
        !lock_children(act, merging, error) || !unlink_children(act, merging, error) ||
        !tell_all(act, merging, error))
        return false;
    merging->told = act->change.event_count;
    merging->changes_own = (parent->flags & FLAGS_RELATED) != (merging->type | TICKET_FLAG_PARENT);
    act->change.saves = merging->changes_own;
    return !merging->parent_status || act_set_status(act, "parent_status", merging->parent_status, error);
}

// ---- writing

static bool refer_all(struct act *act, const struct merging *merging, struct error *error) {
    for (size_t i = 0; i < merging->relatives.count; i++) {
        int64_t department = merging->relatives.items[i].ticket.state.department_id;
        const struct referral to = {REFERRED_TO_DEPARTMENT, department};
        if (department && department != act->change.ticket.state.department_id &&
            !thread_refer(act->change.work.db, act->change.ticket.thread_id, to, error))
            return false;
    }
    return true;
}

static bool write(struct act *act, void *operation, struct error *error) {
    const struct merging *merging = operation;
    const struct locked_ticket *parent = &act->change.ticket;
    int64_t flags = (parent->flags & ~FLAGS_RELATED) | merging->type | TICKET_FLAG_PARENT;
    if (!change_write_events(&act->change, merging->told, error) || !refer_all(act, merging, error) ||
        (merging->changes_own && !ticket_flags_set(act->change.work.db, parent->id, flags, error)))
        return false;
    for (size_t i = 0; i < merging->relatives.count; i++)
        if (!merge_one(act, merging, i, error)) return false;
    return true;
}

bool ticket_merge(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {.right = MERGE_RIGHT, .decide = decide, .write = write};
    struct merging merging = {0};
    struct act act;
    bool done = act_open(&act, context, MEMBERS, error) && read_request(&act, &merging, error);
    act.change.around.drafts = true;
    done = done && act_find(&act, error) && choose_statuses(&act, &merging, error) &&
           relatives_named(&act, &merging.ids, &merging.id_count, error);
    if (done && !merging.id_count)
        done = act_refuse(ERROR_UNPROCESSABLE, "tickets", error, "tickets is missing: a list of numbers");
    done = done && act_run(&act, &steps, &merging, answer, error);
    act_close(&act);
    return done;
}
